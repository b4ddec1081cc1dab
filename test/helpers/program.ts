import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {vi} from 'vitest';

/**
The program as it is shipped: built before the tests run.
*/
export const program = path.resolve(
	process.env['TOLLGATE_PROGRAM'] ?? 'dist/bin.js',
);

export type Said = Readonly<{
	code: number | null;
	signal: NodeJS.Signals | null;
	stdout: string;
	stderr: string;
}>;

export type RunOptions = Readonly<{
	home?: string;
	env?: NodeJS.ProcessEnv;
	/**
	The Node that runs it; this one unless told.
	*/
	node?: string;
}>;

export type Started = AsyncDisposable &
	Readonly<{
		child: ChildProcess;
		pid: number;
		stdout(): string;
		stderr(): string;
		/**
		Settles when it has ended and all it said has come.
		*/
		ended: Promise<Said>;
	}>;

/**
Starts the program as a process of its own; killed with the test if it still runs.
*/
export function startProgram(
	args: readonly string[],
	{home, env = {}, node = process.execPath}: RunOptions = {},
): Started {
	const child = spawn(node, [program, ...args], {
		env: {
			...process.env,
			...(home !== undefined && {TOLLGATE_HOME: home}),
			...env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const texts = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			texts[name] += text;
		});
	}

	const ended = once(child, 'close').then(([code, signal]): Said => ({
		code: code as number | null,
		signal: signal as NodeJS.Signals | null,
		...texts,
	}));
	return {
		child,
		pid: child.pid!,
		stdout: () => texts.stdout,
		stderr: () => texts.stderr,
		ended,
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}

export const run = async (
	args: readonly string[],
	options?: RunOptions,
): Promise<Said> => startProgram(args, options).ended;

export type Serving = Started & Readonly<{url: string; port: number}>;

/**
Starts `tollgate serve` and waits until it says where it listens.
*/
export async function startServe(
	home: string,
	args: readonly string[] = ['--port', '0'],
	options: RunOptions = {},
): Promise<Serving> {
	const started = startProgram(['serve', ...args], {home, ...options});
	let hasEnded = false;
	void started.ended.then(() => {
		hasEnded = true;
	});
	await vi.waitUntil(() => hasEnded || started.stdout().includes('\n'), {
		timeout: 20_000,
		interval: 10,
	});
	const url = /^listening on (?<url>http:\S+)$/m.exec(started.stdout())
		?.groups?.['url'];
	if (url === undefined) {
		throw new Error(
			`It does not serve: ${JSON.stringify(await started.ended)}`,
		);
	}

	return {...started, url, port: Number(new URL(url).port)};
}

export type TestHome = Disposable &
	Readonly<{folder: string; log: string; file(name: string): string}>;

/**
A folder for one Tollgate, with a config in it.
*/
export function testHome(config = ''): TestHome {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-home-'));
	if (config !== '') {
		fs.writeFileSync(path.join(folder, 'config.toml'), config, {mode: 0o600});
	}

	return {
		folder,
		log: path.join(folder, 'usage.db'),
		file: (name) => path.join(folder, name),
		[Symbol.dispose]() {
			fs.rmSync(folder, {recursive: true, force: true});
		},
	};
}

export const configFor = (url: string): string =>
	`[endpoints.main]\nurl = "${url}"\n`;
