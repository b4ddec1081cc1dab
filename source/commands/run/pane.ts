import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import type {Home} from '../../config/home.js';

type Env = NodeJS.ProcessEnv;
type Line = readonly [string, ...string[]];

type Splitter = Readonly<{
	name: string;
	/**
	The variable that it sets for all that runs in it.
	*/
	variable: string;
	split(command: readonly string[], env: Env): Line;
	/**
	Gives the keys back to the agent, where splitting takes them.
	*/
	back?(env: Env): Line;
}>;

/**
Those that run inside others stand first.
*/
const splitters: readonly Splitter[] = [
	{
		name: 'tmux',
		variable: 'TMUX',
		split: (command, env) => [
			'tmux',
			'split-window',
			'-h',
			'-d',
			...(env['TMUX_PANE'] ? ['-t', env['TMUX_PANE']] : []),
			...command,
		],
	},
	{
		name: 'zellij',
		variable: 'ZELLIJ',
		split: (command) => [
			'zellij',
			'run',
			'--direction',
			'right',
			'--close-on-exit',
			'--name',
			'tollgate',
			'--',
			...command,
		],
		back: () => ['zellij', 'action', 'move-focus', 'left'],
	},
	{
		name: 'WezTerm',
		variable: 'WEZTERM_PANE',
		split: (command, env) => [
			'wezterm',
			'cli',
			'split-pane',
			'--right',
			'--pane-id',
			env['WEZTERM_PANE']!,
			'--',
			...command,
		],
		back: (env) => [
			'wezterm',
			'cli',
			'activate-pane',
			'--pane-id',
			env['WEZTERM_PANE']!,
		],
	},
	{
		name: 'kitty',
		variable: 'KITTY_WINDOW_ID',
		split: (command) => [
			'kitten',
			'@',
			'launch',
			'--location=vsplit',
			'--keep-focus',
			'--title=tollgate',
			...command,
		],
	},
];

/**
The command lines that open a program beside us and give the keys back, and what they are of; undefined where nothing
here can be split.
*/
export function splitLines(
	command: readonly string[],
	env: Env,
): Readonly<{name: string; split: Line; back: Line | undefined}> | undefined {
	const splitter = splitters.find(({variable}) => env[variable]);
	return (
		splitter && {
			name: splitter.name,
			split: splitter.split(command, env),
			back: splitter.back?.(env),
		}
	);
}

/**
The monitor of a home as a command. The new pane has the variables of whoever draws it, which may not be ours.
*/
export const monitorCommand = (home: Home, env: Env): readonly string[] => [
	...(home.single ? [] : ['env', ...whereHomeIs(env)]),
	process.execPath,
	process.argv[1]!,
	...(home.single ? ['--home', home.data] : []),
];

/**
What a home in two folders is found by, also where ours is not set and that of the pane is.
*/
const whereHomeIs = (env: Env): readonly string[] => [
	...(env['HOME'] ? [`HOME=${env['HOME']}`] : []),
	...['TOLLGATE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'].map(
		(name) => `${name}=${env[name] ?? ''}`,
	),
];

const patienceMs = 5000;

/**
Whether the monitor is open beside us, and what is to be said about that, in a sentence.
*/
export type Pane = Readonly<{isOpen: boolean; note?: string}>;

export async function openPane(home: Home, env: Env): Promise<Pane> {
	const found = splitLines(monitorCommand(home, env), env);
	if (found === undefined) {
		return {
			isOpen: false,
			note: 'There is no pane to split here (tmux, zellij, WezTerm or kitty): run "tollgate" in another terminal to watch.',
		};
	}

	const {name, split, back} = found;
	const problem = await failureOf(split);
	if (problem !== undefined) {
		return {
			isOpen: false,
			note: `${name} has not opened the monitor (${problem}): run "tollgate" in another terminal to watch.`,
		};
	}

	const taken = back && (await failureOf(back));
	return {
		isOpen: true,
		...(taken !== undefined && {
			note: `${name} has left the keys with the monitor (${taken}): go back to this pane.`,
		}),
	};
}

async function failureOf([program, ...words]: Line): Promise<
	string | undefined
> {
	const child = spawn(program, words, {
		stdio: 'ignore',
		timeout: patienceMs,
	});
	try {
		const [code] = (await once(child, 'exit')) as [number | null];
		return code === 0 ? undefined : `${program} failed`;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return code === 'ENOENT' ? `there is no ${program}` : String(code);
	}
}
