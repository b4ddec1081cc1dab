import type {LastWords} from './crash-log.js';
import type {PassthroughEnd} from './spawn-passthrough.js';

const firstDelayMs = 1000;
const longestDelayMs = 30_000;
/**
What only the user can put right is not better a second later.
*/
const firstToldDelayMs = 8000;

/**
How long to wait before the next start: 1, 2, 4 … 30 s; never less than 8 s after what the user has to
put right. `failures` counts those in a row, from 1.
*/
export function restartDelayMs(
	failures: number,
	words: LastWords | undefined,
): number {
	const first = words?.kind === 'told' ? firstToldDelayMs : firstDelayMs;
	return Math.min(longestDelayMs, first * 2 ** Math.min(10, failures - 1));
}

/**
Why a passthrough is gone, for the screen.
*/
export function reasonOf({code, signal, words}: PassthroughEnd): string {
	return words?.kind === 'told'
		? words.text
		: [howItEnded(code, signal), words?.text].filter(Boolean).join(': ');
}

function howItEnded(
	code: number | null,
	signal: NodeJS.Signals | null,
): string {
	if (signal !== null) {
		return `it was killed by ${signal}`;
	}

	return code === null ? 'it ended' : `it ended with exit code ${code}`;
}
