import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import type {Home} from '../../config/home.js';
import {
	crashLogSize,
	lastWordsSince,
	openCrashLog,
	type LastWords,
} from './crash-log.js';

export type PassthroughEnd = Readonly<{
	/**
	Null where a signal ended it, or where it could not be started.
	*/
	code: number | null;
	signal: NodeJS.Signals | null;
	words: LastWords | undefined;
}>;

/**
A passthrough that this process has started. It may not be ready yet, and may never be.
*/
export type PassthroughChild = Readonly<{
	/**
	Undefined where it could not be started: `ended` says why.
	*/
	pid: number | undefined;
	ended: Promise<PassthroughEnd>;
}>;

export type SpawnOptions = Readonly<{
	/**
	The file that Node runs: this program's own.
	*/
	program: string;
	home: Home;
	crashLog: string;
	env: NodeJS.ProcessEnv;
	/**
	In a session of its own, so that it outlives the terminal and whoever started it.
	*/
	detached: boolean;
}>;

/**
Starts `tollgate serve`. Its stderr goes to `crash.log`, and its stdout nowhere: a pipe would break
with whoever reads it. That it listens is seen from the home's files.
*/
export function spawnPassthrough(options: SpawnOptions): PassthroughChild {
	const {program, home, crashLog, env, detached} = options;
	const stderr = tryToOpen(crashLog);
	const before = crashLogSize(crashLog);
	try {
		const child = spawn(process.execPath, [program, 'serve', ...at(home)], {
			detached,
			stdio: ['ignore', 'ignore', stderr ?? 'ignore'],
			env,
			cwd: home.data,
		});
		child.unref();
		return {
			pid: child.pid,
			ended: endOf(child, () => lastWordsSince(crashLog, before)),
		};
	} finally {
		if (stderr !== undefined) {
			fs.closeSync(stderr);
		}
	}
}

function tryToOpen(crashLog: string): number | undefined {
	try {
		return openCrashLog(crashLog);
	} catch {
		// A full disk, or a home that is gone: the passthrough may serve all the same, or its end says why.
		return undefined;
	}
}

// A home in two folders is the system's usual one, and found by the same variables.
const at = (home: Home): readonly string[] =>
	home.single ? ['--home', home.data] : [];

async function endOf(
	child: ReturnType<typeof spawn>,
	words: () => LastWords | undefined,
): Promise<PassthroughEnd> {
	try {
		const [code, signal] = (await once(child, 'exit')) as [
			number | null,
			NodeJS.Signals | null,
		];
		return {code, signal, words: words()};
	} catch (error) {
		const {message} = error as Error;
		return {
			code: null,
			signal: null,
			words: {kind: 'crash', text: `it could not be started: ${message}`},
		};
	}
}
