import fs from 'node:fs';
import {quoteForShell} from '../../config/permissions.js';
import {UserError} from '../../user-error.js';

/**
Throws where there is a config, of whatever kind: a link that leads nowhere is one too.
*/
export function refuseExisting(file: string): void {
	if (fs.lstatSync(file, {throwIfNoEntry: false}) !== undefined) {
		throw existing(file);
	}
}

/**
Makes the config (0600), and nothing where one has come meanwhile: then it throws a UserError, as it does where the
file cannot be written.
*/
export function createConfig(file: string, toml: string): void {
	let descriptor: number;
	try {
		descriptor = fs.openSync(file, 'wx', 0o600);
	} catch (error) {
		throw (error as NodeJS.ErrnoException).code === 'EEXIST'
			? existing(file)
			: unwritable(file, error);
	}

	try {
		fs.writeFileSync(descriptor, toml);
		fs.fsyncSync(descriptor);
	} catch (error) {
		// Half a config is worse than none.
		fs.rmSync(file, {force: true});
		throw unwritable(file, error);
	} finally {
		fs.closeSync(descriptor);
	}
}

const existing = (file: string): UserError =>
	new UserError(
		`There is a config already: ${file}. It stays as it is.`,
		`Edit it, and see what it says with: tollgate config check. For a new one, move it away first: mv ${quoteForShell(file)} ${quoteForShell(`${file}.old`)}`,
	);

const unwritable = (file: string, error: unknown): UserError =>
	new UserError(
		`${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`,
		'Its folder must be yours to write, and the disk not full.',
		{cause: error},
	);
