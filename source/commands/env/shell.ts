import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {UserError} from '../../user-error.js';
import type {Value} from './setup.js';

export const shells = ['bash', 'fish', 'pwsh'] as const;
export type Shell = (typeof shells)[number];

/**
The shell that `--shell` names, undefined where it was not given. Throws a UserError for another.
*/
export function shellOfFlag(written: string | undefined): Shell | undefined {
	const known = shells.find((name) => name === written);
	if (written !== undefined && known === undefined) {
		throw new UserError(
			'--shell names no shell that is known.',
			`Write one of: ${shells.join(', ')}; bash is also for zsh and sh.`,
			{exitCode: 2},
		);
	}

	return known;
}

/**
The shell that we are started from, else the user's usual one. bash stands for all that are written like it.
*/
export function detectShell(
	env: NodeJS.ProcessEnv,
	parent: string | undefined,
): Shell {
	const names = [parent, env['SHELL']].map(
		// A login shell has a dash before its name.
		(name) => path.basename(name ?? '').replace(/^-/v, ''),
	);
	const first = names.find((name) =>
		/^(?:ba|da|[akz])?sh$|^fish$|^pwsh$/v.test(name),
	);
	return shells.find((name) => name === first) ?? 'bash';
}

/**
The name of the program of a process; undefined where the system does not tell.
*/
export function programOf(pid: number): string | undefined {
	try {
		return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
	} catch {
		// Not Linux.
		const {status, stdout} = spawnSync(
			'ps',
			['-o', 'comm=', '-p', String(pid)],
			{encoding: 'utf8'},
		);
		return status === 0 ? stdout.trim() : undefined;
	}
}

type Writing = Readonly<{
	quote(text: string): string;
	reference(variable: string): string;
	/**
	What stands between two texts that become one.
	*/
	joint: string;
	assign(name: string, value: string): string;
}>;

const writings: Readonly<Record<Shell, Writing>> = {
	bash: {
		quote: (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`,
		reference: (variable) => `"$${variable}"`,
		joint: '',
		assign: (name, value) => `export ${name}=${value}`,
	},
	fish: {
		quote: (text) => `'${text.replaceAll(/['\\]/gv, String.raw`\$&`)}'`,
		reference: (variable) => `"$${variable}"`,
		joint: '',
		assign: (name, value) => `set -gx ${name} ${value}`,
	},
	pwsh: {
		// It takes typographic quotes for plain ones.
		quote: (text) => `'${text.replaceAll(/['\u{2018}-\u{201B}]/gv, '$&$&')}'`,
		reference: (variable) => `$env:${variable}`,
		joint: ' + ',
		assign: (name, value) => `$env:${name} = ${value}`,
	},
};

/**
The line that sets a variable in a shell and all it starts.
*/
export function assignment(shell: Shell, name: string, value: Value): string {
	const {quote, reference, joint, assign} = writings[shell];
	if (typeof value === 'string') {
		return assign(name, quote(value));
	}

	const {before, variable} = value;
	return assign(
		name,
		[...(before === '' ? [] : [quote(before)]), reference(variable)].join(
			joint,
		),
	);
}

/**
Words of a command line as they are written in a shell.
*/
export const commandLine = (shell: Shell, words: readonly string[]): string =>
	words
		.map((word) =>
			/^[\w\-.\/:=]+$/v.test(word) ? word : writings[shell].quote(word),
		)
		.join(' ');

/**
How the lines we print are put in force.
*/
export const takenBy: Readonly<Record<Shell, string>> = {
	bash: 'eval "$(tollgate env)"',
	fish: 'tollgate env | source',
	pwsh: 'tollgate env | Out-String | Invoke-Expression',
};
