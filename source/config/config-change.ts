import type {Config} from './config.js';
import {findCredentials, type Credentials} from './credentials.js';
import {firstProblem} from './problem.js';
import {wrong, type Reread} from './reread.js';
import {inShell} from './run-command.js';
import type {Secret} from './secret.js';

/**
What became of a changed config. `broken`: what was in force stays.
*/
export type ConfigChange =
	| (Loaded & Readonly<{kind: 'loaded'}>)
	| Readonly<{
			kind: 'broken';
			/**
			One line: file and line, what is wrong, what to write.
			*/
			problem: string;
	  }>;

export type InForce = Readonly<{config: Config; credentials: Credentials}>;
type Loaded = InForce &
	Readonly<{
		/**
		Epoch milliseconds.
		*/
		readAt: number;
		/**
		Settings that were changed and cannot while it runs, e.g. `server.port`: `config` has their old
		values.
		*/
		needsRestart: readonly string[];
	}>;

/**
What a config that was read again comes to. Its keys are fetched where they come from; but what a command
of the config in force has printed is not asked for once more, unless `asksAgain`.
*/
export async function changeOf(
	found: Reread,
	{
		inForce,
		port,
		asksAgain,
		env,
		signal,
	}: Readonly<{
		inForce: InForce;
		/**
		The port that we listen on.
		*/
		port: number;
		asksAgain: boolean;
		env: NodeJS.ProcessEnv;
		signal: AbortSignal;
	}>,
): Promise<ConfigChange> {
	const readAt = Date.now();
	if (found.kind === 'wrong') {
		return {kind: 'broken', problem: found.problem};
	}

	const {config, needsRestart} = withFixed(found.config, inForce.config, port);
	const {credentials, problems} = await findCredentials(config, {
		env,
		runCommand: inShell({env, signal}),
		known: asksAgain ? new Map() : printedKeys(inForce),
		whereToSet: (variable) =>
			`This process was started without ${variable}: set it and restart Tollgate.`,
	});
	const error = firstProblem(problems, config);
	return error === undefined
		? {kind: 'loaded', config, credentials, readAt, needsRestart}
		: {kind: 'broken', problem: wrong(error).problem};
}

/**
What a listener and an open log cannot change.
*/
const fixed = ['host', 'port', 'log'] as const;

function withFixed(
	config: Config,
	{server: old}: Config,
	listening: number,
): Readonly<{config: Config; needsRestart: readonly string[]}> {
	const {host, port, log} = old;
	return {
		config: {...config, server: {...config.server, host, port, log}},
		needsRestart: fixed
			.filter(
				(name) =>
					config.server[name] !== old[name] &&
					// Asked for any, and given this one.
					!(name === 'port' && config.server.port === listening),
			)
			.map((name) => `server.${name}`),
	};
}

/**
The keys that commands gave, by command.
*/
const printedKeys = ({
	config,
	credentials,
}: InForce): ReadonlyMap<string, Secret> =>
	new Map(
		config.endpoints.flatMap(({name, key}) => {
			const secret = credentials.get(name);
			return key.kind === 'cmd' && secret ? [[key.command, secret]] : [];
		}),
	);
