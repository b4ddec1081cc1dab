import {findCredentials} from '../../config/credentials.js';
import type {Endpoint} from '../../config/config.js';
import {
	keySource,
	type KeySource,
	type AuthScheme,
} from '../../config/endpoint-kinds.js';
import {inShell} from '../../config/run-command.js';
import type {Key} from '../../doctor/chart.js';
import {UserError} from '../../user-error.js';
import {agentKey} from './agent-key.js';

export type KeyFor = Readonly<{
	key: Key;
	/**
	Where the key itself says in which header it goes.
	*/
	scheme: AuthScheme | undefined;
}>;

/**
The key of an endpoint, from where the config or `--key` says. Where it cannot be had, the reason takes its
place. A command runs, as it does when the passthrough starts.
*/
export async function keyFor(
	endpoint: Endpoint,
	env: NodeJS.ProcessEnv,
): Promise<KeyFor> {
	const source = endpoint.key;
	if (source.kind === 'agent') {
		const carried = agentKey(endpoint, env);
		return {
			key: carried?.key ?? {kind: 'agent'},
			scheme: carried?.scheme,
		};
	}

	const {credentials, problems} = await findCredentials(
		{endpoints: [endpoint], keys: []},
		{
			env,
			runCommand: inShell({env}),
			whereToSet: (name) => `Set ${name} in this shell: export ${name}=…`,
		},
	);
	const text = credentials.get(endpoint.name)?.reveal();
	const [problem] = problems;
	return {
		key:
			text === undefined
				? {
						kind: 'missing',
						said: problem?.says ?? 'There is no key.',
						fix:
							fixOf(problem?.hint, source) ??
							'Name its variable: --key env:NAME',
					}
				: {kind: 'here', text, ...nameOf(source)},
		scheme: undefined,
	};
}

/**
Where a line break came along with the key, a command takes it away.
*/
export const fixOf = (
	hint: string | undefined,
	source: KeySource,
): string | undefined =>
	source.kind === 'env' && hint === 'A key is one line.'
		? String.raw`Take the line break away: export ${source.variable}="$(printf %s "$${source.variable}" | tr -d '\r\n')"`
		: hint;

const nameOf = (
	source: Exclude<KeySource, {kind: 'agent'}>,
): Readonly<{shown: string; from: string}> =>
	source.kind === 'env'
		? {shown: `$${source.variable}`, from: source.variable}
		: {shown: '$KEY', from: 'the output of its command'};

/**
What `--key` names. Throws a UserError that repeats nothing of it: people paste keys here.
*/
export function keyFlag(flag: unknown): KeySource | undefined {
	if (flag === undefined) {
		return undefined;
	}

	const reading = keySource.read(flag);
	if (reading.kind === 'wrong') {
		throw new UserError(
			`--key ${reading.wrong.replace('a key itself does not belong in this file', 'a key itself does not belong on a command line')}.`,
			`Write --key ${keySource.allowed.replaceAll('"', '')}.`,
			{exitCode: 2},
		);
	}

	return reading.value;
}
