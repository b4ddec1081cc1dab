import {nearest} from '../config/nearest.js';
import {UserError} from '../user-error.js';
import type {Command} from './command.js';
import {commands, type CommandName} from './commands.js';

/**
The command that the words of a command line name: the first that is no flag and no flag's value.
The monitor where there is none.
*/
export function commandNamed(argv: readonly string[]): CommandName {
	const index = argv.findIndex(
		(word, at) => !word.startsWith('-') && !takesValue.has(argv[at - 1] ?? ''),
	);
	const first = argv[index];
	if (first === undefined) {
		return 'monitor';
	}

	if (isCommandName(first)) {
		return first;
	}

	const before = argv[index - 1];
	if (before?.startsWith('-') && !allFlags.has(before)) {
		// Most likely its value. The flag is what has to be put right.
		return 'monitor';
	}

	const meant = nearest(first, names);
	throw new UserError(
		`There is no command "${first}".`,
		meant === undefined
			? `Commands: ${names.join(', ')}; none of them shows the monitor. Try: tollgate --help`
			: `Did you mean: tollgate ${meant}`,
		{exitCode: 2},
	);
}

/**
The monitor has no name: it is what comes without one.
*/
const names = Object.keys(commands).filter(
	(name) => name !== 'monitor',
) as readonly CommandName[];

const isCommandName = (word: string): word is CommandName =>
	new Set<string>(names).has(word);

/**
A flag as it is written: `--read-only`, `-x`.
*/
export const dashed = (flag: string): string =>
	`${flag.length === 1 ? '-' : '--'}${flag.replaceAll(/[A-Z]/gv, (letter) => `-${letter.toLowerCase()}`)}`;

const written = [
	['--home', 'string'],
	['--help', 'boolean'],
	['--version', 'boolean'],
	['-h', 'boolean'],
	...Object.values<Command>(commands).flatMap(({flags}) =>
		Object.entries(flags).map(([flag, {type}]) => [dashed(flag), type]),
	),
] as const;
const allFlags = new Set(written.map(([flag]) => flag));
/**
Flags may stand before the command: what follows one of these is no command.
*/
const takesValue = new Set(
	written.filter(([, type]) => type !== 'boolean').map(([flag]) => flag),
);
