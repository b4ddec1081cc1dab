import {nearest} from '../config/nearest.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';

const usageLine = 'Write: tollgate config check';

/**
Looks at the config.
*/
export async function config(given: Given): Promise<void> {
	const [action] = given.input;
	if (action !== 'check') {
		throw strange(action);
	}

	const {checkConfig} = await import('./config/check.js');
	await checkConfig(given);
}

function strange(action: string | undefined): UserError {
	const isNear = nearest(action ?? '', ['check']) !== undefined;
	return new UserError(
		action === undefined
			? 'This does not say what to do with the config.'
			: `There is nothing called "config ${action}".`,
		isNear ? `Did you mean "check"? ${usageLine}` : usageLine,
		{exitCode: 2},
	);
}
