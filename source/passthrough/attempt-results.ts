import type {Outcome} from '../exchange/exchange.js';
import {showDuration} from '../exchange/show.js';
import type {BreakerResult, BreakerStanding} from '../policy/breaker.js';
import type {OwnHold} from './hold-words.js';
import type {Stop} from './journey.js';
import {Refusal} from './refusal.js';

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
All targets are let be: until when the first of them is.
*/
export function allLetBe(
	stops: readonly Stop[],
	standing: readonly BreakerStanding[],
	nowMs: number,
): Refusal {
	const names = stops.map(({target}) => target);
	const waits = standing
		.filter(({target}) => names.includes(target))
		.map(({until}) => Math.max(0, until - nowMs));
	const first = showDuration(Math.min(...waits, 60_000));
	return new Refusal(
		'breaker',
		`${names.join(', ')} failed again and again and ${names.length === 1 ? 'is' : 'are'} let be; the next request after ${first} finds out whether that is over. Another target in [aliases] would be asked meanwhile.`,
	);
}

/**
It was held so long that its client might not wait for an answer that is paid for. Milliseconds.
*/
export const tooLate = ({
	heldFor,
	sinceMs,
	silentMs,
}: Readonly<{heldFor: OwnHold; sinceMs: number; silentMs: number}>): Refusal =>
	new Refusal(
		heldFor,
		`${showDuration(sinceMs)} of the ${showDuration(silentMs)} that a client waits have gone (silent in [hold]), too little is left for a whole answer. Ask again.`,
	);

/**
Why everything waits: `what` is a status or the code of a failed connection.
*/
export const strikeWords = (
	strikes: number,
	{target}: Stop,
	what: string,
): string =>
	`the same request failed ${strikes} times, last with ${what} at ${target}`;
