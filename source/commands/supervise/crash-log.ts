import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {cleanText} from '../../exchange/clean.js';

/**
What a passthrough left in `crash.log` before it ended. `told` is for the user, who can put it right.
*/
export type LastWords = Readonly<{kind: 'told' | 'crash'; text: string}>;

/**
Bytes after which a new one is begun, and of it the part that is read.
*/
const longest = 1024 * 1024;
const readAtMost = 16 * 1024;

/**
Opens it for a child's stderr: for the user's eyes only (0600). The caller closes the descriptor.
*/
export function openCrashLog(file: string): number {
	if (crashLogSize(file) > longest) {
		fs.renameSync(file, `${file}.old`);
	}

	return fs.openSync(file, 'a', 0o600);
}

export const crashLogSize = (file: string): number =>
	fs.statSync(file, {throwIfNoEntry: false})?.size ?? 0;

/**
What was written since it had `size` bytes; undefined where that is nothing.
*/
export function lastWordsSince(
	file: string,
	size: number,
): LastWords | undefined {
	return lastWordsIn(tail(file, size));
}

/**
Finds the one line that says why. A mistake of the user's is told in its last two lines: what is so,
and what to do. Where Node ends a program it says its own version last.
*/
export function lastWordsIn(text: string): LastWords | undefined {
	const lines = text
		.split('\n')
		.filter((line) => line.trim() !== '' && !/^\s+at /v.test(line));
	const [message, hint] = lines.slice(-2);
	const last = hint ?? message;
	if (message === undefined || last === undefined) {
		return undefined;
	}

	if (last.startsWith('Node.js v')) {
		const error = lines.findLast((line) => /^\w*Error\b.*:/v.test(line));
		return saidAs('crash', error ?? message);
	}

	return hint === undefined || isReport(message) || isReport(last)
		? saidAs('crash', last)
		: saidAs('told', `${message} ${hint}`);
}

/**
How lines begin that a passthrough writes while it runs, and how a bug is told.
*/
const report = /^\d{4}-\d\d-\d\dT[\d.:]+Z /v;
const isReport = (line: string): boolean =>
	report.test(line) || line.startsWith('Tollgate met a bug');

const saidAs = (kind: LastWords['kind'], line: string): LastWords => ({
	kind,
	text: cleanText(line.replace(report, '')),
});

function tail(file: string, from: number): string {
	let descriptor: number | undefined;
	try {
		descriptor = fs.openSync(file, 'r');
		const {size} = fs.fstatSync(descriptor);
		const start = Math.max(from > size ? 0 : from, size - readAtMost);
		const bytes = Buffer.alloc(size - start);
		fs.readSync(descriptor, bytes, 0, bytes.length, start);
		return bytes.toString();
	} catch {
		// It is a help, not a need: whatever keeps us from reading it, there are no words then.
		return '';
	} finally {
		if (descriptor !== undefined) {
			fs.closeSync(descriptor);
		}
	}
}
