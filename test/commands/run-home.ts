import process from 'node:process';
import path from 'node:path';
import {isLockHeld, lockFiles} from '../../source/control/lock.js';
import {startSimulatedEndpoint} from '../../source/simulated/endpoint.js';
import {run, testHome, type Said, type TestHome} from '../helpers/program.js';
import {holderOf, kill} from './open-monitor.js';

export const sdkClient = path.resolve(import.meta.dirname, 'sdk-client.mjs');

type Row = Readonly<Record<string, unknown>>;

export type RunHome = AsyncDisposable &
	Pick<TestHome, 'folder' | 'log' | 'file'> &
	Readonly<{
		env: NodeJS.ProcessEnv;
		/**
		The program with these words, in this home.
		*/
		tollgate(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Said>;
		/**
		What the usage log has, one row for each request.
		*/
		rows(): Promise<readonly Row[]>;
		hasPassthrough(): boolean;
	}>;

/**
A home whose endpoint is simulated, and has a key of its own unless told. No passthrough outlives the test.
*/
export async function runHome({
	key = 'env:UPSTREAM_KEY',
	toml = '',
	port = 0,
}: Readonly<{
	key?: string;
	toml?: string;
	port?: number;
}> = {}): Promise<RunHome> {
	const endpoint = await startSimulatedEndpoint({pace: 0});
	const home = testHome(
		`[server]\nport = ${port}\n[endpoints.main]\nurl = "${endpoint.url}"\nkey = "${key}"\n${toml}`,
	);
	const {folder, log, file} = home;
	const env = {
		HOME: folder,
		UPSTREAM_KEY: 'upstream-key',
		CLAUDE_CONFIG_DIR: '',
		ANTHROPIC_API_KEY: '',
		ANTHROPIC_AUTH_TOKEN: '',
		ANTHROPIC_CUSTOM_HEADERS: '',
		OPENAI_API_KEY: '',
		OPENAI_BASE_URL: '',
	};
	const tollgate = async (
		words: readonly string[],
		over: NodeJS.ProcessEnv = {},
	) => run(words, {home: folder, env: {...env, ...over}});
	return {
		folder,
		log,
		file,
		env,
		tollgate,
		async rows() {
			const {stdout} = await tollgate(['log', 'export', '--json']);
			return stdout
				.split('\n')
				.filter(Boolean)
				.map((line) => JSON.parse(line) as Row);
		},
		hasPassthrough: () =>
			isLockHeld(lockFiles((name) => path.join(folder, name))),
		async [Symbol.asyncDispose]() {
			const holder = holderOf(folder);
			if (holder) {
				kill(holder.pid, 'SIGKILL');
			}

			await endpoint.close();
			home[Symbol.dispose]();
		},
	};
}

/**
A command for the shell, as the words of `tollgate run`.
*/
export const shell = (command: string): readonly string[] => [
	'run',
	'--',
	'sh',
	'-c',
	command,
];

export const nodeRuns = (...words: readonly string[]): readonly string[] => [
	'run',
	'--',
	process.execPath,
	...words,
];
