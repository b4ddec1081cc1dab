import {aliasShown} from '../../exchange/as-asked.js';
import {setterWords} from '../../control/setter-words.js';
import {
	type Active,
	type Change,
	type Pause,
	type Setter,
} from '../../control/steering.js';
import {isPassing, type Lasting} from '../../control/switch-to.js';
import {showClock, showInstant, showWait} from '../../exchange/show.js';

/**
`coding-deep, for 20m (until 14:32), then coding-default`; before the comma `verb`, where there is one.
*/
export function activeInWords(
	active: Active,
	nowMs: number,
	verb = '',
): string {
	const name = `${aliasShown(active.alias)}${verb}`;
	return isPassing(active)
		? `${name}, for ${lastingInWords(active, nowMs)}, then ${aliasShown(active.then)}`
		: name;
}

function lastingInWords({until, requestsLeft}: Lasting, nowMs: number): string {
	const parts = [
		...(until === null
			? []
			: [`${leftInWords(until - nowMs)} (until ${clockOf(until, nowMs)})`]),
		...(requestsLeft === null
			? []
			: [
					requestsLeft === 1
						? 'one more request'
						: `${requestsLeft} more requests`,
				]),
	];
	return parts.length > 1
		? `${parts.join(' or ')}, whichever ends first`
		: parts.join('');
}

/**
How long it was, once it has run out: `for 1 request`, `until 14:32:07`.
*/
export const lastedInWords = (
	{until, requestsLeft}: Lasting,
	ender: Setter,
): string =>
	ender === 'time' && until !== null
		? `until ${showClock(until, {seconds: true})}`
		: `for ${requestsLeft ?? 1} ${requestsLeft === 1 ? 'request' : 'requests'}`;

/**
`since 2026-11-22 14:12:07 by a command, until 14:32: new requests wait`
*/
export function pauseInWords(
	{value: {mode, until}, ...change}: Change<Pause>,
	nowMs: number,
): string {
	const end = until === null ? '' : `, until ${clockOf(until, nowMs)}`;
	const why = change.reason === null ? '' : ` (${change.reason})`;
	return `since ${showInstant(change.setAt)} ${setterWords[change.setBy]}${why}${end}: ${whatPausedMeans(mode)}`;
}

export const whatPausedMeans = (mode: Pause['mode']): string =>
	mode === 'refuse' ? 'new requests are turned away' : 'new requests wait';

/**
What is left, never less than there is: `20m` and not `19m` a moment later.
*/
export const leftInWords = (ms: number): string =>
	showWait(
		ms < 10 * 60_000
			? Math.ceil(ms / 1000) * 1000
			: Math.ceil(ms / 60_000) * 60_000,
	);

/**
With seconds where minutes would not tell it from now.
*/
export const clockOf = (epochMs: number, nowMs: number): string =>
	showClock(epochMs, {seconds: epochMs - nowMs < 2 * 60_000});
