import type {Config} from './config.js';
import type {KeySource} from './endpoint-kinds.js';
import {nearest} from './nearest.js';
import {firstProblem, type Problem} from './problem.js';
import {inShell, type CommandResult, type RunCommand} from './run-command.js';
import {Secret} from './secret.js';

/**
Our own keys by endpoint. An endpoint with `key = "agent"` has none here.
*/
export type Credentials = ReadonlyMap<string, Secret>;

/**
What a local key uses in place of an endpoint's own key: by key, then by endpoint. Only keys that have some.
*/
export type KeyCredentials = ReadonlyMap<string, Credentials>;

export type AllCredentials = Readonly<{
	credentials: Credentials;
	keyCredentials: KeyCredentials;
}>;

/**
The same for those who send nothing for local keys. All that the config names is fetched.
*/
export const resolveCredentials = async (
	config: Config,
	env: NodeJS.ProcessEnv,
	runCommand?: RunCommand,
): Promise<Credentials> => {
	const {credentials} = await resolveAllCredentials(config, env, runCommand);
	return credentials;
};

/**
Fetches the key of each endpoint, and those that local keys have of their own, from where the config says. Throws a UserError (exit code 2) that
names the endpoint, and never anything of what was found there. A command runs once, one at a time:
it may ask the user something.
*/
export async function resolveAllCredentials(
	config: Config,
	env: NodeJS.ProcessEnv,
	runCommand: RunCommand = inShell({env}),
): Promise<AllCredentials> {
	const {problems, ...all} = await findCredentials(config, {
		env,
		runCommand,
	});
	const error = firstProblem(problems, config);
	if (error !== undefined) {
		throw error;
	}

	return all;
}

export type Finding = Readonly<{
	env: NodeJS.ProcessEnv;
	runCommand: RunCommand;
	/**
	Keys that commands have printed before, by command: these are not run again.
	*/
	known?: ReadonlyMap<string, Secret>;
	/**
	What to do where a variable is missing.
	*/
	whereToSet?(variable: string): string;
}>;

/**
The same for those who want to hear of all that is wrong.
*/
export async function findCredentials(
	{endpoints, keys}: Pick<Config, 'endpoints' | 'keys'>,
	{
		env,
		runCommand,
		known,
		whereToSet = (variable) => `Set ${variable} where Tollgate is started.`,
	}: Finding,
): Promise<AllCredentials & Readonly<{problems: readonly Problem[]}>> {
	const problems: Problem[] = [];
	const printed = new Map<string, Found>(known);
	const ask = async (command: string): Promise<Found> => {
		const found =
			printed.get(command) ?? fromCommand(await runCommand(command));
		printed.set(command, found);
		return found;
	};

	const fetchAll = async (wants: readonly Want[]): Promise<Credentials> => {
		const secrets = new Map<string, Secret>();
		for (const {endpoint, source, path, says} of wants) {
			const found =
				source.kind === 'env'
					? fromVariable(env, source.variable, whereToSet)
					: // eslint-disable-next-line no-await-in-loop -- One may ask the user something.
						await ask(source.command);
			if (found instanceof Secret) {
				secrets.set(endpoint, found);
			} else {
				problems.push({path, says: `${says}: ${found.why}.`, hint: found.hint});
			}
		}

		return secrets;
	};

	const credentials = await fetchAll(endpoints.flatMap((one) => wantOf(one)));
	const keyCredentials = new Map<string, Credentials>();
	for (const key of keys) {
		if (key.credentials.size > 0) {
			// eslint-disable-next-line no-await-in-loop -- The same.
			keyCredentials.set(key.name, await fetchAll(wantsOf(key)));
		}
	}

	return {credentials, keyCredentials, problems};
}

/**
A key to fetch, for an endpoint; and what to say where there is none.
*/
type Want = Readonly<{
	endpoint: string;
	source: Exclude<KeySource, {kind: 'agent'}>;
}> &
	Pick<Problem, 'path' | 'says'>;

const wantOf = ({name, key}: Config['endpoints'][number]): readonly Want[] =>
	key.kind === 'agent'
		? []
		: [
				{
					endpoint: name,
					source: key,
					path: ['endpoints', name, 'key'],
					says: `The endpoint "${name}" has no key`,
				},
			];

const wantsOf = ({
	name,
	credentials,
}: Config['keys'][number]): readonly Want[] =>
	Array.from(credentials, ([endpoint, source]) => ({
		endpoint,
		source,
		path: ['keys', name, 'credentials', endpoint],
		says: `The key "${name}" has none of its own for the endpoint "${endpoint}"`,
	}));

type Found = Secret | Readonly<{why: string; hint: string}>;

function fromVariable(
	env: NodeJS.ProcessEnv,
	name: string,
	whereToSet: (variable: string) => string,
): Found {
	const value = env[name];
	if (value) {
		return checked(value, `what ${name} holds`);
	}

	const near = nearest(
		name,
		Object.keys(env).filter((other) => /key|token|secret/i.test(other)),
	);
	return {
		why: `the variable ${name} is ${value === undefined ? 'not set' : 'empty'}`,
		hint: `${near === undefined || near === name ? '' : `Did you mean ${near}? `}${whereToSet(name)}`,
	};
}

function fromCommand(result: CommandResult): Found {
	const output =
		result.kind === 'exited' && result.code === 0
			? result.output.trim()
			: undefined;
	if (output === undefined) {
		return {
			why: `its command ${howItEnded(result)}`,
			hint: 'Run the command yourself to see why.',
		};
	}

	return output === ''
		? {
				why: 'its command printed nothing',
				hint: 'It must print the key, and only that.',
			}
		: checked(output, 'what its command printed');
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
function checked(value: string, what: string): Found {
	if (/[\n\r]/.test(value)) {
		return {why: `${what} has several lines`, hint: 'A key is one line.'};
	}

	return /^[\u{20}-\u{7E}\u{A0}-\u{FF}]+$/u.test(value)
		? new Secret(value)
		: {
				why: `${what} has characters that no header can carry`,
				hint: 'See that it is the key itself, with no colour codes and no typographic quotes.',
			};
}
