import {UserError} from '../user-error.js';
import type {Config, Endpoint} from './config.js';
import type {KeySource} from './endpoint-kinds.js';
import {inShell, type CommandResult, type RunCommand} from './run-command.js';
import {Secret} from './secret.js';

/**
Our own keys by endpoint. An endpoint with `key = "agent"` has none here.
*/
export type Credentials = ReadonlyMap<string, Secret>;

/**
Fetches the key of each endpoint from where the config says. Throws a UserError (exit code 2) that
names the endpoint, and never anything of what was found there. A command runs once, one at a time:
it may ask the user something.
*/
export async function resolveCredentials(
	config: Config,
	env: NodeJS.ProcessEnv,
	runCommand: RunCommand = inShell({env}),
): Promise<Credentials> {
	const credentials = new Map<string, Secret>();
	const printed = new Map<string, CommandResult>();
	for (const endpoint of config.endpoints) {
		const {key} = endpoint;
		if (key.kind === 'env') {
			credentials.set(
				endpoint.name,
				fromVariable(env[key.variable], {endpoint, key, config}),
			);
		} else if (key.kind === 'cmd') {
			const result =
				printed.get(key.command) ??
				// eslint-disable-next-line no-await-in-loop
				(await runCommand(key.command));
			printed.set(key.command, result);
			credentials.set(endpoint.name, fromCommand(result, {endpoint, config}));
		}
	}

	return credentials;
}

type Origin = Readonly<{endpoint: Endpoint; config: Config}>;

function fromVariable(
	value: string | undefined,
	{key, ...origin}: Origin & {key: KeySource & {kind: 'env'}},
): Secret {
	if (!value) {
		throw failure(
			origin,
			`the variable ${key.variable} is ${value === undefined ? 'not set' : 'empty'}`,
			`Set ${key.variable} where Tollgate is started.`,
		);
	}

	return checked(value, origin, `what ${key.variable} holds`);
}

function fromCommand(result: CommandResult, origin: Origin): Secret {
	const output =
		result.kind === 'exited' && result.code === 0
			? result.output.trim()
			: undefined;
	if (output === undefined) {
		throw failure(
			origin,
			`its command ${howItEnded(result)}`,
			'Run the command yourself to see why.',
		);
	}

	if (output === '') {
		throw failure(
			origin,
			'its command printed nothing',
			'It must print the key, and only that.',
		);
	}

	return checked(output, origin, 'what its command printed');
}

function howItEnded(result: CommandResult): string {
	switch (result.kind) {
		case 'exited': {
			return `failed with exit code ${result.code}`;
		}

		case 'killed': {
			return `was killed by ${result.signal}`;
		}

		case 'timed-out': {
			return `did not end within ${result.afterMs / 1000} s`;
		}

		case 'too-long': {
			return 'printed far more than a key';
		}

		case 'not-started': {
			return `could not be started (${result.code ?? 'no reason given'})`;
		}
	}
}

/**
A key goes into a header: one line, and only what a header can carry.
*/
function checked(value: string, origin: Origin, what: string): Secret {
	if (/[\n\r]/.test(value)) {
		throw failure(origin, `${what} has several lines`, 'A key is one line.');
	}

	if (!/^[\u{20}-\u{7E}\u{A0}-\u{FF}]+$/u.test(value)) {
		throw failure(
			origin,
			`${what} has characters that no header can carry`,
			'See that it is the key itself, with no colour codes and no typographic quotes.',
		);
	}

	return new Secret(value);
}

function failure(
	{endpoint, config}: Origin,
	says: string,
	hint: string,
): UserError {
	return new UserError(
		`The endpoint "${endpoint.name}" has no key: ${says}.`,
		config.file === undefined
			? hint
			: `${hint} Its key is set in ${config.file}.`,
		{exitCode: 2},
	);
}
