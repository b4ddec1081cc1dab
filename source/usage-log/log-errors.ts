import fs from 'node:fs';
import {UserError} from '../user-error.js';
import {codeOf, isCorrupt} from './trouble.js';

/**
Throws a UserError where there is no usage log.
*/
export function refuseWithoutLog(path: string): void {
	if (!fs.existsSync(path)) {
		throw new UserError(
			`There is no usage log yet: ${path}`,
			'It begins with the first "tollgate" or "tollgate serve".',
		);
	}
}

/**
What SQLite says of a usage log, as a UserError; other errors as they are.
*/
export function logErrorInWords(error: unknown, path: string): unknown {
	if (isCorrupt(error)) {
		return new UserError(
			`The usage log is broken: ${path}`,
			'The passthrough moves a broken log aside and begins a new one. What can be saved of this one, "sqlite3 FILE .recover" shows.',
			{cause: error},
		);
	}

	if (/no such (?:table|column)/.test((error as Error).message)) {
		return new UserError(
			`This is no usage log, or one of an older version: ${path}`,
			'A passthrough brings an older one up to date when it starts: tollgate serve. See "log" in [server] of the config.',
			{cause: error},
		);
	}

	if (codeOf(error) === 'SQLITE_FULL') {
		return new UserError(
			`The disk is full, the usage log cannot be written: ${path}`,
			'Nothing was lost. Make room on its disk and try again.',
			{cause: error},
		);
	}

	return codeOf(error).startsWith('SQLITE_')
		? new UserError(
				`The usage log cannot be read (${codeOf(error)}): ${path}`,
				'It and its folder must be yours to read and write.',
				{cause: error},
			)
		: error;
}
