import {nearest} from '../config/nearest.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';

const actions = ['add', 'list', 'revoke'] as const;
const usageLine =
	'Write: tollgate key add NAME, tollgate key list, or tollgate key revoke NAME';

/**
Makes, lists and revokes local keys.
*/
export async function key(given: Given): Promise<void> {
	const [action, name] = given.input;
	switch (action) {
		case 'add': {
			const {addKey} = await import('./key/add.js');
			await addKey(given, named(name, 'add'));
			return;
		}

		case 'list': {
			refuseMore(given, name);
			const {listKeys} = await import('./key/list.js');
			await listKeys(given);
			return;
		}

		case 'revoke': {
			refuseMore(given, undefined);
			const {revokeKey} = await import('./key/revoke.js');
			await revokeKey(given, named(name, 'revoke'));
			return;
		}

		case undefined:
		default: {
			throw strange(action);
		}
	}
}

function named(name: string | undefined, action: 'add' | 'revoke'): string {
	if (name !== undefined) {
		return name;
	}

	throw new UserError(
		`This does not say which key to ${action}.`,
		`Write: tollgate key ${action} NAME`,
		{exitCode: 2},
	);
}

/**
Caps are given to a new key only.
*/
function refuseMore({flags}: Given, word: string | undefined): void {
	if (
		word !== undefined ||
		flags['cap'] !== undefined ||
		flags['tokens'] !== undefined
	) {
		throw new UserError(
			word === undefined
				? '--cap and --tokens are for a new key.'
				: 'tollgate key list takes no name.',
			'To change the cap of a key: tollgate cap KEY AMOUNT',
			{exitCode: 2},
		);
	}
}

function strange(action: string | undefined): UserError {
	const meant = nearest(action ?? '', actions);
	return new UserError(
		action === undefined
			? 'This does not say what to do with keys.'
			: 'There is nothing of that name to do with keys.',
		meant === undefined ? usageLine : `Did you mean "${meant}"? ${usageLine}`,
		{exitCode: 2},
	);
}
