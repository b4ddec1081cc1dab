import type {Outcome} from '../exchange/exchange.js';
import type {BreakerResult} from '../policy/breaker.js';
import type {Stop} from './journey.js';

/**
Endpoints say with these that they do not work; with others, that they do.
*/
const broken = new Set([500, 502, 503, 504]);
const busy = new Set([429, 529]);

/**
What an answer tells of its target.
*/
export function breakerResult(status: number, outcome: Outcome): BreakerResult {
	if (broken.has(status) || outcome === 'truncated') {
		return 'failed';
	}

	return busy.has(status) ? 'busy' : 'ok';
}

/**
Why everything waits: `what` is a status or the code of a failed connection.
*/
export const strikeWords = (
	strikes: number,
	{target}: Stop,
	what: string,
): string =>
	`the same request failed ${strikes} times, last with ${what} at ${target}`;
