import type {Config, KeyConfig} from '../../config/config.js';
import {variable} from '../../config/environment.js';
import {isKeyName} from '../../config/key-kinds.js';
import {isLocalKey, keyOf} from '../../config/local-keys.js';
import {UserError} from '../../user-error.js';

/**
The variable that the secret of the local key is in which `--key` names: the config holds its hash alone. `env:NAME`
names the variable; the name of a key stands for its own, `TOLLGATE_KEY_CI` for `ci`. Undefined where no key was
named. Throws a UserError where the secret is not there, or of no key; it never repeats what it found.
*/
export function keyVariable(
	written: string | undefined,
	{config, env}: Readonly<{config: Config; env: NodeJS.ProcessEnv}>,
): string | undefined {
	if (written === undefined) {
		return undefined;
	}

	refuseSecret(written);
	const {named} = /^env:(?<named>[A-Z_a-z]\w*)$/v.exec(written)?.groups ?? {};
	if (named !== undefined) {
		keyIn(named, {config, env});
		return named;
	}

	const known = config.keys.find(({name}) => name === written);
	if (known === undefined || !isKeyName(written)) {
		throw unknownKey(config);
	}

	if (known.hash === undefined) {
		throw new UserError(
			`The key ${known.name} has no secret yet.`,
			`Make one: tollgate key add ${known.name}`,
		);
	}

	const own = ownVariable(written);
	const found = keyIn(own, {config, env});
	if (found.name !== written) {
		throw new UserError(
			`${own} holds the secret of the key ${found.name}, and not of ${written}.`,
			`Put that of ${written} there, or say which variable holds it: --key env:NAME`,
		);
	}

	return own;
}

/**
The variable that the secret of a key is looked for in.
*/
const ownVariable = (name: string): string =>
	`TOLLGATE_KEY_${name.toUpperCase().replaceAll('-', '_')}`;

function keyIn(
	name: string,
	{config, env}: Readonly<{config: Config; env: NodeJS.ProcessEnv}>,
): KeyConfig {
	const secret = variable(env, name);
	if (secret === undefined) {
		throw new UserError(
			`The variable ${name} is not set: the secret of the local key is looked for there.`,
			`Only its hash is in the config. Set ${name} to what "tollgate key add" printed, or name another variable: --key env:NAME`,
		);
	}

	const key = keyOf(secret, config.keys);
	if (key === undefined) {
		throw new UserError(
			`What ${name} holds is the secret of no key of this config.`,
			'It may be revoked, or of another home. The keys there are: tollgate key list',
		);
	}

	return key;
}

function refuseSecret(text: string): void {
	if (isLocalKey(text)) {
		throw new UserError(
			'--key takes the name of a key, not its secret: others can read it in the list of processes.',
			'Put the secret into a variable, and write --key env:NAME',
			{exitCode: 2},
		);
	}
}

function unknownKey({keys}: Config): UserError {
	const names = keys
		.filter(({hash}) => hash !== undefined)
		.map(({name}) => name);
	return new UserError(
		'--key names no key of the config.',
		names.length === 0
			? 'There is none with a secret: tollgate key add NAME. Or write --key env:NAME, with the variable its secret is in.'
			: `Write one of: ${names.join(', ')}; or env:NAME, with the variable its secret is in.`,
		{exitCode: 2},
	);
}
