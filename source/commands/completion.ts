import process from 'node:process';
import {nearest} from '../config/nearest.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {
	liveNames,
	shells,
	type LiveName,
	type Shell,
} from './completion/offered.js';

/**
Prints a script that lets a shell complete our commands, their flags, and the names in the config. The
script asks us for these names with `--values`.
*/
export async function completion(given: Given): Promise<void> {
	const of = given.flags['values'] as string | undefined;
	const [shell] = given.input;
	if (of !== undefined) {
		await printValues(given, of);
		return;
	}

	if (!isShell(shell)) {
		throw strange(shell);
	}

	process.stdout.write(await scriptFor(shell));
}

const isShell = (word: string | undefined): word is Shell =>
	shells.includes(word as Shell);

async function scriptFor(shell: Shell): Promise<string> {
	const {entries} = await import('./completion/entries.js');
	switch (shell) {
		case 'bash': {
			const {bashScript} = await import('./completion/bash.js');
			return bashScript(entries());
		}

		case 'zsh': {
			const {zshScript} = await import('./completion/zsh.js');
			return zshScript(entries());
		}

		case 'fish': {
			const {fishScript} = await import('./completion/fish.js');
			return fishScript(entries());
		}
	}
}

/**
Quiet where there is nothing, also for a name that a later version may know.
*/
async function printValues(given: Given, of: string): Promise<void> {
	if (!liveNames.includes(of as LiveName)) {
		return;
	}

	const {liveValues} = await import('./completion/live-values.js');
	const values = await liveValues(given, of as LiveName);
	process.stdout.write(values.map((value) => `${value}\n`).join(''));
}

function strange(shell: string | undefined): UserError {
	const meant = nearest(shell ?? '', shells);
	const write = `Write: tollgate completion ${shells.slice(0, -1).join(', ')} or ${shells.at(-1)}`;
	return new UserError(
		shell === undefined
			? 'This does not say for which shell.'
			: `There are no completions for "${shell}".`,
		meant === undefined ? write : `Did you mean "${meant}"? ${write}`,
		{exitCode: 2},
	);
}
