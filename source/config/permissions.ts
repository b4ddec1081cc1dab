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
Takes from others what they may do with a file or folder of ours, links followed. One that is not there
stays so. Throws a UserError for one of another user, and where the rights cannot be changed.
*/
export function keepPrivate(path: string): void {
	const stats = fs.statSync(path, {throwIfNoEntry: false});
	if (stats === undefined) {
		return;
	}

	const me = process.getuid?.() ?? stats.uid;
	if (stats.uid !== me && stats.uid !== 0 && me !== 0) {
		refuseIfOthersCanWrite(path, stats);
	}

	if (!isForOthers(stats)) {
		return;
	}

	try {
		// By its name: to open and close the file would let go of locks on it.
		// eslint-disable-next-line no-bitwise
		fs.chmodSync(path, stats.mode & 0o700);
	} catch (error) {
		throw new UserError(
			`${path} can be read by others, and that cannot be changed (${(error as NodeJS.ErrnoException).code}).`,
			`Run: sudo chown "$USER" ${quoteForShell(path)}`,
			{cause: error, exitCode: 2},
		);
	}
}

// eslint-disable-next-line no-bitwise
const isForOthers = ({mode}: fs.Stats): boolean => (mode & 0o077) !== 0;

/**
Makes the file if there is none, for the user's eyes only (0600), and tightens one that there is.
*/
export function makePrivateFile(path: string): void {
	const file = fs.openSync(path, 'a', 0o600);
	try {
		if (isForOthers(fs.fstatSync(file))) {
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
