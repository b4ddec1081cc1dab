import {nearest} from '../config/nearest.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';

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
			const {exportUsageLog} = await import('./log/export.js');
			await exportUsageLog(given);
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
