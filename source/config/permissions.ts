import fs from 'node:fs';
import process from 'node:process';
import {UserError} from '../user-error.js';

/**
Why somebody else than the user (or root) could change a file or folder, with the command that puts
it right; undefined when nobody could.
*/
export function writableByOthers(
	{mode, uid}: {mode: number; uid: number},
	me: number,
): Readonly<{why: string; command: string}> | undefined {
	// eslint-disable-next-line no-bitwise
	if ((mode & 0o022) !== 0) {
		return {why: 'others can write to it', command: 'chmod go-w'};
	}

	// As root we may be in a container, where the files of the host have the host's owners.
	return uid !== me && uid !== 0 && me !== 0
		? {why: 'it belongs to another user', command: 'chown "$USER"'}
		: undefined;
}

/**
Throws when others could change the file or folder: a config can name commands to run.
*/
export function refuseIfOthersCanWrite(path: string, stats: fs.Stats): void {
	const danger = writableByOthers(stats, process.getuid?.() ?? stats.uid);
	if (danger !== undefined) {
		throw new UserError(
			`${path} is not used: ${danger.why}.`,
			`Run: ${danger.command} ${quoteForShell(path)}`,
			{exitCode: 2},
		);
	}
}

/**
Makes the file if there is none, for the user's eyes only (0600), and tightens one that there is.
*/
export function makePrivateFile(path: string): void {
	const file = fs.openSync(path, 'a', 0o600);
	try {
		// eslint-disable-next-line no-bitwise
		if ((fs.fstatSync(file).mode & 0o077) !== 0) {
			fs.fchmodSync(file, 0o600);
		}
	} finally {
		fs.closeSync(file);
	}
}

export const quoteForShell = (path: string): string =>
	/^[\w\-./]+$/.test(path)
		? path
		: `'${path.replaceAll("'", String.raw`'\''`)}'`;
