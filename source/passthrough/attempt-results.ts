import type {HoldReason, Outcome} from '../exchange/exchange.js';
import {showDuration} from '../exchange/show.js';
import type {BreakerResult, BreakerStanding} from '../policy/breaker.js';
import type {Stop} from './journey.js';
import {Refusal} from './refusal.js';

/**
Endpoints say with these that they do not work; with others, that they do.
*/
const busy = new Set([429, 529]);
const isBroken = (status: number): boolean =>
	status >= 500 && status !== 501 && !busy.has(status);

/**
What an answer tells of its target.
*/
export function breakerResult(status: number, outcome: Outcome): BreakerResult {
	if (isBroken(status) || outcome === 'truncated') {
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
	const shut = standing.filter(
		({target, until}) =>
			until > nowMs && stops.some((stop) => stop.target === target),
	);
	const names = shut.map(({target}) => target).join(', ');
	const first = showDuration(Math.min(...shut.map(({until}) => until - nowMs)));
	const others =
		shut.length < stops.length
			? 'Its other targets are none for this request: its prompt is dear, or has thinking that their models cannot read.'
			: 'Another target in [aliases] would be asked meanwhile.';
	return new Refusal(
		'breaker',
		`${names} failed again and again and ${shut.length === 1 ? 'is' : 'are'} let be; in ${first} a request finds out whether that is over. ${others}`,
	);
}

/**
It was held so long that its client might not wait for an answer that is paid for. Milliseconds.
*/
export const tooLate = ({
	heldFor,
	sinceMs,
	silentMs,
}: Readonly<{
	heldFor: HoldReason;
	sinceMs: number;
	silentMs: number;
}>): Refusal =>
	new Refusal(
		// It was let go: that is no refusal of its cap.
		heldFor === 'cap' ? 'reserved' : heldFor,
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
