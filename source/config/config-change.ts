import type {Config} from './config.js';
import {findCredentials, type AllCredentials} from './credentials.js';
import {firstProblem} from './problem.js';
import {wrong, type Reread} from './reread.js';
import {inShell} from './run-command.js';
import type {Secret} from './secret.js';
import {isLoopback} from './server-kinds.js';

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

export type InForce = AllCredentials & Readonly<{config: Config}>;
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
		readAt,
		asksAgain,
		env,
		signal,
	}: Readonly<{
		inForce: InForce;
		/**
		The port that we listen on.
		*/
		port: number;
		/**
		Epoch milliseconds: what was in the file before is known.
		*/
		readAt: number;
		asksAgain: boolean;
		env: NodeJS.ProcessEnv;
		signal: AbortSignal;
	}>,
): Promise<ConfigChange> {
	if (found.kind === 'wrong') {
		return {kind: 'broken', problem: found.problem};
	}

	const {config, needsRestart} = withFixed(found.config, inForce.config, port);
	const {problems, ...all} = await findCredentials(config, {
		env,
		runCommand: inShell({env, signal}),
		known: asksAgain ? new Map() : printedKeys(inForce),
		whereToSet: (variable) =>
			`This process was started without ${variable}: set it and restart Tollgate.`,
	});
	const error = firstProblem(problems, config);
	return error === undefined
		? {kind: 'loaded', ...all, config, readAt, needsRestart}
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
	// An address that others can reach stays shut, whatever the next one will be.
	const requireKey = config.server.requireKey || !isLoopback(host);
	const server = {...config.server, host, port, log, requireKey};
	return {
		config: {...config, server},
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
	keyCredentials,
}: InForce): ReadonlyMap<string, Secret> => {
	const all = [
		...config.endpoints.map(
			({name, key}) => [key, credentials.get(name)] as const,
		),
		...config.keys.flatMap((one) =>
			Array.from(
				one.credentials,
				([endpoint, source]) =>
					[source, keyCredentials.get(one.name)?.get(endpoint)] as const,
			),
		),
	];
	return new Map(
		all.flatMap(([source, secret]) =>
			source.kind === 'cmd' && secret ? [[source.command, secret]] : [],
		),
	);
};
