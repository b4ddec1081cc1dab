import {spawn} from 'node:child_process';
import {once} from 'node:events';
import os from 'node:os';
import process from 'node:process';
import {printable} from '../../config/printable.js';
import {handedFiles} from './named-files.js';
import type {Signals} from './signals.js';
import {stopAlong} from './stop-along.js';

/**
Runs a program with our terminal, and answers the exit code to hand on: 128 and the number of the signal that ended
it; 127 where there is no such program, 126 where it cannot be started.
*/
export async function runChild(
	[program, ...words]: readonly [string, ...string[]],
	{env, signals}: Readonly<{env: NodeJS.ProcessEnv; signals: Signals}>,
): Promise<number> {
	const child = spawn(program, words, {stdio: handedFiles(words), env});
	signals.goTo(child);
	const over = new AbortController();
	if (child.pid !== undefined && process.stdin.isTTY) {
		void stopAlong(child, over.signal);
	}

	try {
		const [code, signal] = (await once(child, 'exit')) as [
			number | null,
			NodeJS.Signals | null,
		];
		return code ?? codeOf(signal!);
	} catch (error) {
		return notStarted(program, error as NodeJS.ErrnoException);
	} finally {
		over.abort();
	}
}

export const codeOf = (signal: NodeJS.Signals): number =>
	128 + os.constants.signals[signal];

function notStarted(
	program: string,
	{code, message}: NodeJS.ErrnoException,
): number {
	const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
	process.stderr.write(
		isMissing
			? `There is no program "${printable(program)}" here.\n`
			: `"${printable(program)}" cannot be started: ${code === 'EACCES' ? 'it may not be executed' : message}.\n`,
	);
	return isMissing ? 127 : 126;
}
