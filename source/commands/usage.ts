import type {CommandName} from './commands.js';

const home =
	'  --home DIR       Keep config, log and state in one folder (or TOLLGATE_HOME)';

const texts: Record<CommandName, string> = {
	monitor: `Tollgate sits between a coding agent and the endpoint it pays for.

Usage
  tollgate                 The monitor. Joins the passthrough of this home, or starts one
  tollgate run -- claude   Runs an agent through the passthrough, which it joins or starts
  tollgate serve           The passthrough alone, in the foreground
  tollgate init            Writes a first config: asks, or takes flags
  tollgate demo            The monitor over a simulated endpoint and agent; needs no key
  tollgate summary         What today cost, where it went, what was wasted
  tollgate env             What makes a client come here: variables, or what to write into its config
  tollgate status          What runs, and what is in force
  tollgate alias           Shows or switches the active alias
  tollgate cap             What each key may spend today, and changes it
  tollgate key             Local keys: adds, lists, revokes
  tollgate pause           Makes new requests wait; tollgate resume lets them go on
  tollgate statusline      One line for a status bar
  tollgate stop            Stops the passthrough after its streams have ended
  tollgate doctor          Tests an endpoint and this machine, and says what to change
  tollgate config check    What is wrong in the config, or what is in force
  tollgate log             Checks, shrinks or exports the usage log
  tollgate completion      Completions for bash, zsh or fish

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
	run: `Runs a program so that its requests are measured, and hands on its exit code.

Usage
  tollgate run [options] -- claude [its own options]
  tollgate run [options] -- python agent.py

Joins the passthrough of this home, or starts one and stops it afterwards. Where none can serve, nothing is run.
Claude Code, codex and opencode are known by their names; any other program gets the variables of all clients.

Options
  --pane           Opens the monitor beside it, in tmux, zellij, WezTerm or kitty
  --alias NAME     Makes this alias the active one as long as it runs
  --key WHICH      A local key: env:NAME, or its name, with its secret in TOLLGATE_KEY_NAME
  --for CLIENT     claude-code, anthropic-sdk, openai, codex or opencode, where its name does not tell
${home}`,
	env: `Prints what makes a client come to the passthrough of this home.

Usage
  eval "$(tollgate env)"                  In bash and zsh
  tollgate env | source                   In fish
  tollgate env --for codex                What one client needs

Options
  --for CLIENT     claude-code, claude-desktop, anthropic-sdk, openai, codex or opencode; else what any of them reads
  --shell SHELL    bash, fish or pwsh; else the one it is called from
  --key WHICH      A local key: env:NAME, or its name, with its secret in TOLLGATE_KEY_NAME
  --json           For scripts
${home}`,
	demo: `Shows the monitor over a built-in simulated endpoint and agent. Needs no key and no network.

Usage
  tollgate demo [options]

Options
  --headless       No monitor: send requests and print the totals
  --requests N     How many (100 with --headless)
  --seed N         Another session
  --ascii          Plain ASCII glyphs`,
	init: `Writes a first config. Asks for what the flags leave open, tries the endpoint, shows the file first.

Usage
  tollgate init
  tollgate init --url URL --key env:NAME [options]

Options
  --url URL        The base URL of the API, with or without /v1
  --key WHERE      Where its key is: env:NAME, "cmd:COMMAND", or agent (its own). Never the key itself
  --name NAME      What the endpoint is called; else after its host
  --formats LIST   anthropic-messages,openai-chat,openai-responses
  --fast ID        The exact id of the model of coding-fast, or none
  --default ID     Of coding-default
  --deep ID        Of coding-deep
  --cap DOLLARS    What a day may cost: 20 unless told, none for no cap
  --at-cap WHAT    ask, refuse or alias:coding-fast
  --zone ZONE      Where a day begins: system, or a name like Europe/Berlin
  --no-probe       Asks the endpoint nothing (or --offline)
  --dry-run        Prints the file and writes nothing
  --yes            Asks nothing, and writes also where the endpoint fails
${home}`,
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
	doctor: `Tests an endpoint before the agent does, and this machine, and says what to change.

Usage
  tollgate doctor                       This machine, and every endpoint of the config
  tollgate doctor NAME                  This machine, and that endpoint
  tollgate doctor https://host/v1 --key env:NAME
                                        An endpoint that is not in the config
  tollgate doctor --local               This machine alone

A few tiny requests are sent to a model, for a cent or so; how much at most is said before.

Options
  --free           Nothing that costs
  --model ID       The model that is asked
  --key SOURCE     Where its key is: env:NAME, cmd:COMMAND
  --local          No endpoint
  --json           For scripts: one object a line
  --ascii          Plain ASCII glyphs
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
	completion: `Prints a script that lets a shell complete commands, options and the names in the config.

Usage
  tollgate completion bash
  tollgate completion zsh
  tollgate completion fish

For good: add this to ~/.bashrc, or to ~/.zshrc with "zsh" in it:
  eval "$(tollgate completion bash)"
In fish, once:
  tollgate completion fish > ~/.config/fish/completions/tollgate.fish

Options
${home}`,
};

export const usage = (name: CommandName): string => texts[name];
