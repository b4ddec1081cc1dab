import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {UserError} from '../user-error.js';
import {parseToml, readConfigText} from './config-file.js';
import {editedToml, type Edit} from './edit-toml.js';
import type {Table} from './table.js';

export type ConfigEdit = Readonly<{
	/**
	The config of a home.
	*/
	file: string;
	/**
	What to change in the document as it stands there. May throw: then nothing is changed.
	*/
	edits(document: Table): readonly Edit[];
	/**
	What to write by hand where the file is written in a way that cannot be edited here.
	*/
	byHand: string;
}>;

/**
Changes single values of a config, and nothing else of it; makes one where there is none. Two who do it at once
follow each other. Answers whether anything was different. Throws a UserError where it cannot be done: then the
file is as it was.
*/
export async function editConfig({
	file,
	edits,
	byHand,
}: ConfigEdit): Promise<boolean> {
	const target = targetOf(file);
	const fresh = await begin(`${target}.new`);
	let isOurs = true;
	try {
		const before = readConfigText(file) ?? '';
		const after = editedToml(before, edits(parseToml(before, file)));
		// A byte that is no UTF-8 would be written as another.
		if (after === undefined || before.includes('\u{FFFD}')) {
			throw new UserError(
				`${file} is written in a way that cannot be edited here, so it is as it was.`,
				byHand,
			);
		}

		if (after === before) {
			return false;
		}

		keepRights(fresh, file);
		finish(fresh, target, after);
		// By now another edit may have begun a file of that name.
		isOurs = false;
		return true;
	} catch (error) {
		throw inWords(error, file);
	} finally {
		fs.closeSync(fresh.descriptor);
		if (isOurs) {
			fs.rmSync(fresh.file, {force: true});
		}
	}
}

/**
Behind a link the file that it leads to is the one to replace.
*/
function targetOf(file: string): string {
	try {
		return fs.realpathSync(file);
	} catch (error) {
		if (fs.lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink()) {
			throw new UserError(
				`${file} is a link that leads to no file.`,
				'Make the file that it leads to, or take the link away.',
				{cause: error},
			);
		}

		return file;
	}
}

type Fresh = Readonly<{file: string; descriptor: number}>;

/**
An edit takes some milliseconds: what is older was left by one that was killed.
*/
const staleMs = 10_000;
const patienceMs = 3000;

/**
The new file is also what makes others wait.
*/
async function begin(file: string): Promise<Fresh> {
	const until = performance.now() + patienceMs;
	for (;;) {
		try {
			return {file, descriptor: fs.openSync(file, 'wx', 0o600)};
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
				throw inWords(error, file);
			}

			const since = fs.statSync(file, {throwIfNoEntry: false})?.mtimeMs;
			if (since !== undefined && Date.now() - since > staleMs) {
				fs.rmSync(file, {force: true});
			} else if (performance.now() > until) {
				throw new UserError(
					`The config is being changed by another command: ${file} is there.`,
					'Try again, or remove that file if nobody does.',
					{cause: error},
				);
			}
		}

		// eslint-disable-next-line no-await-in-loop -- Polled: another process has it.
		await delay(20);
	}
}

/**
Behind a link the config lies with other files, in rights of their own.
*/
function keepRights({descriptor}: Fresh, file: string): void {
	if (fs.lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink()) {
		fs.fchmodSync(descriptor, fs.statSync(file).mode);
	}
}

function finish({file, descriptor}: Fresh, target: string, text: string): void {
	const owner = fs.statSync(target, {throwIfNoEntry: false});
	if (owner !== undefined && process.getuid?.() === 0) {
		// Of a file that another user has, root shall not take possession.
		fs.fchownSync(descriptor, owner.uid, owner.gid);
	}

	fs.writeFileSync(descriptor, text);
	fs.fsyncSync(descriptor);
	fs.renameSync(file, target);
	syncFolder(target);
}

/**
The new name survives a power loss. The file is in place whether or not this can be done.
*/
function syncFolder(target: string): void {
	try {
		const folder = fs.openSync(path.dirname(target), 'r');
		try {
			fs.fsyncSync(folder);
		} finally {
			fs.closeSync(folder);
		}
	} catch {
		// Some file systems do not sync folders.
	}
}

function inWords(error: unknown, file: string): unknown {
	const {code, syscall} = error as NodeJS.ErrnoException;
	return error instanceof UserError || syscall === undefined
		? error
		: new UserError(
				`${file} cannot be written (${code}), so it is as it was.`,
				'The file and its folder must be yours to write, and their disk not full.',
				{cause: error},
			);
}
