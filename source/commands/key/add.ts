import process from 'node:process';
import type {Config} from '../../config/config.js';
import {editConfig} from '../../config/edit-config.js';
import type {Edit} from '../../config/edit-toml.js';
import {homeFiles, prepareHome} from '../../config/home.js';
import {defaultKey, isKeyName, keyNameRule} from '../../config/key-kinds.js';
import {hashOf, newSecret} from '../../config/local-keys.js';
import {isTable, type Table} from '../../config/table.js';
import {UserError} from '../../user-error.js';
import {capOf} from '../cap/asked.js';
import type {Given} from '../command.js';
import {configTaken} from '../config/config-taken.js';
import {look} from '../look.js';

/**
Makes a local key, or gives one a secret that has none, and prints the secret: only its hash is kept.
*/
export async function addKey(given: Given, name: string): Promise<void> {
	refuseName(name);
	const caps = capsOf(given, name);
	const {home, lock, ...sight} = look(given);
	const config = await sight.config();
	prepareHome(home);
	const {config: file} = homeFiles(home);
	const secret = newSecret(name);
	await editConfig({
		file,
		edits(document) {
			refuseKnown(document, name);
			const hash = {
				section: ['keys', name],
				name: 'hash',
				value: hashOf(secret),
			};
			return [...caps, hash];
		},
		byHand: `Write what it has of that key below a line [keys.${name}], and say this again.`,
	});
	const taken = await configTaken(lock, Date.now());
	process.stdout.write(
		given.flags['json'] === true
			? `${JSON.stringify({name, secret})}\n`
			: `${[secret, ...howToSend(config)].join('\n')}\n`,
	);
	if (taken.kind === 'not-taken') {
		throw new UserError(
			`The key is written, but the passthrough that runs does not know it${taken.why === undefined ? ' yet.' : `: ${taken.why}`}`,
			'What is in force: tollgate status',
		);
	}
}

function refuseName(name: string): void {
	if (!isKeyName(name)) {
		// It may be a secret that was meant for somewhere else.
		throw new UserError('That cannot be the name of a key.', keyNameRule, {
			exitCode: 2,
		});
	}

	if (name === defaultKey) {
		throw new UserError(
			`"${defaultKey}" is the key of requests that have none, so it has no secret.`,
			`To give it a cap: tollgate cap ${defaultKey} 20`,
			{exitCode: 2},
		);
	}
}

/**
The caps that it begins with, as they are written in the file.
*/
function capsOf({flags}: Given, name: string): readonly Edit[] {
	const section = ['keys', name];
	const cap = flags['cap'] as string | undefined;
	const tokens = flags['tokens'] as string | undefined;
	if (cap !== undefined && capOf(cap, 'nanodollars') === undefined) {
		throw new UserError(
			'--cap takes US dollars, more than 0 and at most 1000000.',
			'Write --cap 20',
			{exitCode: 2},
		);
	}

	if (tokens !== undefined && capOf(tokens, 'tokens') === undefined) {
		throw new UserError(
			'--tokens takes a whole number of tokens.',
			'Write --tokens 2000000',
			{exitCode: 2},
		);
	}

	return [
		...(cap === undefined
			? []
			: [{section, name: 'daily_cap', value: Number(cap)}]),
		...(tokens === undefined
			? []
			: [{section, name: 'daily_tokens', value: Number(tokens)}]),
	];
}

function refuseKnown(document: Table, name: string): void {
	const {keys} = document;
	const known = isTable(keys) ? keys[name] : undefined;
	if (isTable(known) && known['hash'] !== undefined) {
		throw new UserError(
			`There is a key "${name}" already.`,
			`For a new secret: tollgate key revoke ${name}, then tollgate key add ${name}`,
		);
	}
}

/**
How a client sends it.
*/
function howToSend({endpoints}: Config): readonly string[] {
	const own = endpoints.filter(({key}) => key.kind !== 'agent');
	const passedOn = endpoints.filter(({key}) => key.kind === 'agent');
	const whom = own.length > 0 && passedOn.length > 0;
	return [
		...(own.length === 0
			? []
			: [
					`Give it to the agent as its API key${whom ? ` (${namesOf(own)})` : ''}: it is sent as x-api-key or as Bearer, and goes no further.`,
				]),
		...(passedOn.length === 0
			? []
			: [
					`Beside the agent's own key${whom ? ` (${namesOf(passedOn)})` : ''} it is sent as x-tollgate-key: with Claude Code set ANTHROPIC_CUSTOM_HEADERS="x-tollgate-key: …".`,
				]),
		'It is shown this once: only its hash is kept.',
	];
}

const namesOf = (endpoints: ReadonlyArray<Readonly<{name: string}>>): string =>
	endpoints.map(({name}) => name).join(', ');
