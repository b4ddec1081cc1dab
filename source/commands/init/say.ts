import {log} from '@clack/prompts';
import {wrap} from '../config/wrap.js';
import {output} from './question.js';

const guideCells = 3;

/**
Says a sentence between two questions, broken where the terminal ends.
*/
export function say(
	kind: 'info' | 'step' | 'warn' | 'error',
	sentence: string,
): void {
	const room = roomNow();
	log[kind](wrap(sentence, {first: room, rest: room}).join('\n'), {output});
}

/**
Shows the lines of a file. What is longer than the terminal is wide goes on below, moved in.
*/
export function show(lines: readonly string[]): void {
	const room = roomNow();
	const shown = lines.flatMap((line) =>
		wrap(line, {first: room, rest: room - 2}).map((part, index) =>
			index === 0 ? part : `  ${part}`,
		),
	);
	log.message(shown, {output});
}

const roomNow = (): number => Math.max(20, (output.columns ?? 80) - guideCells);
