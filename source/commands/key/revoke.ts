import fs from 'node:fs';
import process from 'node:process';
import {editConfig} from '../../config/edit-config.js';
import {homeFiles} from '../../config/home.js';
import {isKeyName} from '../../config/key-kinds.js';
import {nearest} from '../../config/nearest.js';
import {isTable, type Table} from '../../config/table.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {configTaken} from '../config/config-taken.js';
import {look} from '../look.js';

/**
Takes the secret of a key out of the config, and waits until the passthrough that runs refuses it. Reads no more
of the config than it must: a key has to be revoked also where something else in there is wrong.
*/
export async function revokeKey(given: Given, name: string): Promise<void> {
	const {home, lock} = look(given);
	const {config: file} = homeFiles(home);
	if (!fs.existsSync(file)) {
		refuseWithoutSecret({}, name);
	}

	await editConfig({
		file,
		edits(document) {
			refuseWithoutSecret(document, name);
			return [{section: ['keys', name], name: 'hash', value: undefined}];
		},
		byHand: `Take the hash out of keys.${isKeyName(name) ? name : 'NAME'} by hand.`,
	});
	const taken = await configTaken(lock, Date.now());
	if (taken.kind === 'not-taken') {
		throw new UserError(
			`The passthrough that runs may still take the key "${name}"${taken.why === undefined ? ': it has not read its config yet.' : `: ${taken.why}`}`,
			'Put that right, or stop it: tollgate stop',
		);
	}

	process.stdout.write(
		`The key "${name}" is revoked${taken.kind === 'taken' ? ': its secret is refused from now on' : ''}. Its caps stay in ${file}.\n`,
	);
}

function refuseWithoutSecret(document: Table, name: string): void {
	const keys = isTable(document['keys']) ? document['keys'] : {};
	const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
	if (isTable(known) && known['hash'] !== undefined) {
		return;
	}

	const names = Object.keys(keys);
	const meant = nearest(name, names);
	throw known === undefined
		? new UserError(
				isKeyName(name)
					? `There is no key "${name}".`
					: 'There is no key of that name.',
				`${meant === undefined ? '' : `Did you mean "${meant}"? `}What there is: tollgate key list`,
			)
		: new UserError(
				`The key "${name}" has no secret, so nothing was changed.`,
				`To give it one: tollgate key add ${name}`,
			);
}
