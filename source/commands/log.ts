import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {nearest} from '../config/nearest.js';
import {jsonLines} from '../export/json-lines.js';
import {openLogReadonly} from '../usage-log/open-readonly.js';
import {isCorrupt, codeOf} from '../usage-log/trouble.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {look} from './look.js';
import {wholeFlag} from './setting-out.js';

const actions = ['check', 'prune', 'export'] as const;
const usageLine =
	'Write: tollgate log check, tollgate log prune --older-than 90d, or tollgate log export --json';

/**
Works on the usage log: checks, shrinks or exports it.
*/
export async function log(given: Given): Promise<void> {
	const [action] = given.input;
	switch (action) {
		case 'check': {
			const {checkUsageLog} = await import('./log/check.js');
			await checkUsageLog(given);
			return;
		}

		case 'prune': {
			const {pruneUsageLog} = await import('./log/prune.js');
			await pruneUsageLog(given);
			return;
		}

		case 'export': {
			await exportLog(given);
			return;
		}

		case undefined:
		default: {
			throw strange(action);
		}
	}
}

function strange(action: string | undefined): UserError {
	const meant = nearest(action ?? '', actions);
	return new UserError(
		action === undefined
			? 'This does not say what to do with the usage log.'
			: `There is nothing called "log ${action}".`,
		meant === undefined ? usageLine : `Did you mean "${meant}"? ${usageLine}`,
		{exitCode: 2},
	);
}

async function exportLog(given: Given): Promise<void> {
	if (given.flags['json'] !== true) {
		throw new UserError(
			'JSON is the one form the log can be exported in, and it wants to be named.',
			'Write: tollgate log export --json',
			{exitCode: 2},
		);
	}

	const {server} = await look(given).config();
	await exportJson(
		server.log,
		wholeFlag(given.flags['since'], {
			name: 'since',
			from: 0,
			to: Number.MAX_SAFE_INTEGER,
		}) ?? 0,
	);
}

async function exportJson(path: string, since: number): Promise<void> {
	if (!fs.existsSync(path)) {
		throw new UserError(
			`There is no usage log yet: ${path}`,
			'It begins with the first "tollgate" or "tollgate serve".',
		);
	}

	try {
		using opened = openLogReadonly(path);
		await print(jsonLines(opened.db, {since}));
	} catch (error) {
		throw inWords(error, path);
	}
}

/**
No faster than it is read. Ends early where nobody reads any more, as "head" does.
*/
async function print(pieces: Iterable<string>): Promise<void> {
	const {stdout} = process;
	for (const piece of pieces) {
		if (stdout.write(piece)) {
			continue;
		}

		// eslint-disable-next-line no-await-in-loop -- One piece after the other.
		await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(
			() => undefined,
		);
		if (!stdout.writable) {
			return;
		}
	}
}

function inWords(error: unknown, path: string): unknown {
	if (isCorrupt(error)) {
		return new UserError(
			`The usage log is broken: ${path}`,
			'The passthrough moves a broken log aside and begins a new one. What can be saved of this one, "sqlite3 FILE .recover" shows.',
			{cause: error},
		);
	}

	if ((error as Error).message.includes('no such table')) {
		return new UserError(
			`This is a database, but no usage log: ${path}`,
			'See "log" in [server] of the config.',
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
