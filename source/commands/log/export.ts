import {jsonLines} from '../../export/json-lines.js';
import {logErrorInWords, refuseWithoutLog} from '../../usage-log/log-errors.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {print} from '../print.js';
import {wholeFlag} from '../whole-flag.js';

/**
Prints the log as JSON lines.
*/
export async function exportUsageLog(given: Given): Promise<void> {
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
	refuseWithoutLog(path);
	try {
		using opened = openLogReadonly(path);
		await print(jsonLines(opened.db, {since}));
	} catch (error) {
		throw logErrorInWords(error, path);
	}
}
