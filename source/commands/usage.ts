import type {CommandName} from './commands.js';

const home =
	'  --home DIR       Keep config, log and state in one folder (or TOLLGATE_HOME)';

const texts: Record<CommandName, string> = {
	monitor: `Tollgate sits between a coding agent and the endpoint it pays for.

Usage
  tollgate                 The monitor. Joins the passthrough of this home, or starts one
  tollgate serve           The passthrough alone, in the foreground
  tollgate demo            The monitor over a simulated endpoint and agent; needs no key
  tollgate status          What runs
  tollgate stop            Stops the passthrough after its streams have ended
  tollgate log export      The usage log, one JSON object a line

Options
${home}
  --ascii          Plain ASCII glyphs
  --read-only      Look, do not touch
  --once           Print one plain frame and leave
  --columns N      Its width
  --version        Print the version
  --help           This help, or that of a command: tollgate serve --help`,
	serve: `Runs the passthrough in the foreground. Prints where it listens when it is ready.

Usage
  tollgate serve [options]

Options
  --port N         Listen on this port instead of the config's; 0 for any
${home}`,
	demo: `Shows the monitor over a built-in simulated endpoint and agent. Needs no key and no network.

Usage
  tollgate demo [options]

Options
  --headless       No monitor: send requests and print the totals
  --requests N     How many (100 with --headless)
  --seed N         Another session
  --ascii          Plain ASCII glyphs`,
	stop: `Stops the passthrough of this home after its streams have ended.

Usage
  tollgate stop [options]

Options
${home}`,
	status: `Says what runs.

Usage
  tollgate status [options]

Options
  --json           For scripts
${home}`,
	log: `Works on the usage log.

Usage
  tollgate log export --json [--since REVISION]

Options
  --json           One JSON object a line
  --since N        Only what has changed after this revision
${home}`,
};

export const usage = (name: CommandName): string => texts[name];
