import type {CommandName} from './commands.js';

const home =
	'  --home DIR       Keep config, log and state in one folder (or TOLLGATE_HOME)';

const texts: Record<CommandName, string> = {
	monitor: `Tollgate sits between a coding agent and the endpoint it pays for.

Usage
  tollgate                 The monitor. Joins the passthrough of this home, or starts one
  tollgate serve           The passthrough alone, in the foreground
  tollgate demo            The monitor over a simulated endpoint and agent; needs no key
  tollgate summary         What today cost, where it went, what was wasted
  tollgate status          What runs, and what is in force
  tollgate alias           Shows or switches the active alias
  tollgate cap             What each key may spend today, and changes it
  tollgate key             Local keys: adds, lists, revokes
  tollgate pause           Makes new requests wait; tollgate resume lets them go on
  tollgate statusline      One line for a status bar
  tollgate stop            Stops the passthrough after its streams have ended
  tollgate config check    What is wrong in the config, or what is in force
  tollgate log             Checks, shrinks or exports the usage log

Options
${home}
  --ascii          Plain ASCII glyphs
  --read-only      Look, do not touch
  --plain          One line for each event, no screen; also into a pipe
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
	alias: `Shows the aliases and which one is active, or makes another the active one.

Usage
  tollgate alias                        What is active, and what there is
  tollgate alias NAME                   Switches; open streams go on as they are
  tollgate alias NAME --for 20m         For that long, then back
  tollgate alias NAME --next 5          For so many requests, then back
  tollgate alias as-asked               None: every model is left as it is asked for

Options
  --for TIME       How long: 90s, 20m, 2h
  --next N         For how many requests
  --json           For scripts; without NAME
${home}`,
	pause: `Makes new requests wait until tollgate resume. What runs is not cut.

Usage
  tollgate pause [options]

Options
  --for TIME       Resumes by itself after that long: 90s, 20m, 2h
  --refuse         Turns requests away at once, so that none waits
${home}`,
	resume: `Lets requests go on after a pause, those that waited first.

Usage
  tollgate resume [options]

Options
${home}`,
	cap: `Shows what each key has spent today of its cap, or changes a cap.

Usage
  tollgate cap                          All keys
  tollgate cap KEY                      One of them
  tollgate cap KEY +5                   Raises its cap by 5 dollars, for today only
  tollgate cap KEY 30                   Its cap is 30 dollars a day; written into the config
  tollgate cap KEY +50000 tokens        The same for a cap in tokens

With one key alone, KEY may be left out.

Options
  --json           For scripts
${home}`,
	key: `Local keys: each with its own cap, and a secret that lets its requests in.

Usage
  tollgate key add NAME                 Makes one, and prints its secret this once
  tollgate key list                     What there is, today's spend, when each was seen last
  tollgate key revoke NAME              Its secret is refused at once; its cap stays

Options
  --cap DOLLARS    With add: what it may spend in a day
  --tokens N       With add: the tokens it may use in a day
  --json           For scripts
${home}`,
	status: `Says what runs, which alias is active and whether it is paused.

Usage
  tollgate status [options]

Options
  --json           For scripts
${home}`,
	statusline: `Prints one line for a status bar: that of Claude Code, or tmux.

Usage
  tollgate statusline [options]

Options
${home}`,
	summary: `Says what a day cost, where it went and what was wasted. Today, unless told.

Usage
  tollgate summary [options]

Options
  --date DAY       That day: 2026-11-22, today, yesterday, 7d (so many days ago)
  --week, --month  The week or the month of that day, or of today
  --since, --until From a day or a time (2026-11-22T14:00) until another, that day included
  --by WHAT        By model, alias, key, endpoint, session, hour or day
  --json           For scripts
  --csv            For a spreadsheet
  --markdown       For a page or a message
  --columns N      Its width: the terminal's, and 80 where there is none
  --ascii          Plain ASCII glyphs
${home}`,
	config: `Reads the config and says what is wrong, or what is in force and where each value comes from.

Usage
  tollgate config check [options]

Options
  --json           For scripts
  --port N         As with: tollgate serve --port N
${home}`,
	log: `Works on the usage log.

Usage
  tollgate log check [--json]                   Is the file whole, and does every sum add up?
  tollgate log prune --older-than 90d [--json]  Takes out old requests; their sums stay
  tollgate log export --json [--since N]        Every request, one JSON object a line

Options
  --json           For scripts
  --older-than AGE What is older goes: 90d, 48h
  --since N        Only what has changed after this revision
${home}`,
};

export const usage = (name: CommandName): string => texts[name];
