import process from 'node:process';
import type {Readable} from 'node:stream';
import {isCancel, type CANCEL_SYMBOL} from '@clack/prompts';
import type {Reading} from '../../config/kinds.js';
import {Left} from './asker.js';
import {guardedInput} from './guarded-input.js';

/**
What each question of the prompt library takes.
*/
export type Common = Readonly<{
	input: Readable;
	output: NodeJS.WriteStream;
	signal: AbortSignal;
}>;

/**
One question of the prompt library.
*/
export type Ask = <Value>(
	prompt: (common: Common) => Promise<Value | typeof CANCEL_SYMBOL>,
) => Promise<Value>;
/**
A line of text, asked for until it is understood.
*/
export type Understood = <Value>(
	message: string,
	understand: (written: string) => Reading<Value>,
	initialValue?: string,
) => Promise<Value>;

/**
Where it is asked: what is printed for others goes to stdout.
*/
export const output = process.stderr;

/**
Asks one question, and asks it again where a key was pasted. Throws Left where the person leaves, or `left` aborts.
*/
export async function question<Value>(
	ask: (common: Common) => Promise<Value | typeof CANCEL_SYMBOL>,
	{left, onKey}: Readonly<{left: AbortSignal; onKey: () => void}>,
): Promise<Value> {
	for (;;) {
		let isHeld = false;
		using input = guardedInput(process.stdin, () => {
			isHeld = true;
		});
		// eslint-disable-next-line no-await-in-loop -- Until there is an answer.
		const value = await ask({input: input.stream, output, signal: left});
		if (!isCancel(value)) {
			return value;
		}

		if (!isHeld || left.aborted) {
			throw new Left();
		}

		onKey();
	}
}
