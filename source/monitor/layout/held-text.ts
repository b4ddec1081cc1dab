import type {Live} from '../../exchange/exchange.js';
import {showClock, showWait} from '../../exchange/show.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import type {Entry} from '../exchange-list.js';
import {orderText} from './order-text.js';
import {ordinal} from './time-left.js';

/**
The place of a request among those that wait for the same endpoint, from 1.
*/
export type Place = Readonly<{place: number; of: number}>;

/**
Why a request waits, for how long, and how long it can: the fullest wording first.
*/
export function heldTexts(
	{exchange, live}: Pick<Entry, 'exchange' | 'live'>,
	{nowMs, queue}: Readonly<{nowMs: number; queue: Place | undefined}>,
): readonly string[] {
	const reason = live?.holdReason ?? exchange.holdReason;
	const waited =
		typeof live?.heldSince === 'number' ? showWait(nowMs - live.heldSince) : '';
	const left = leftText(live, nowMs);
	if (reason === 'queue' && queue && queue.of > 1) {
		const place = `queue ${ordinal(queue.place)} of ${queue.of}`;
		return distinct([listed(place, left), place, 'queued']);
	}

	const words = reasonWords[reason ?? ''] ?? [reason ?? 'held'];
	return distinct([
		...words.map((word) => listed(spaced(word, waited), left)),
		...words.map((word) => listed(word, left)),
		...words.map((word) => spaced(word, waited)),
		...words,
	]);
}

/**
What the screen says of a reason, the fullest first; the others say it themselves.
*/
const reasonWords: Readonly<Record<string, readonly string[]>> = {
	queue: ['queued'],
	reserved: ['budget reserved', 'reserved'],
	cap: ['at the cap', 'cap'],
};

/**
What was answered for a request at its cap, or asked of any, and is not followed yet: `once…`.
*/
export function answerText(
	model: Model,
	id: number,
	glyphs: Glyphs,
): string | undefined {
	const ordered = orderText(model, id, glyphs);
	if (ordered !== undefined) {
		return ordered;
	}

	const {answers} = model;
	const answer = answers.find(({exchange}) => exchange === id);
	if (answer?.problem !== undefined || !answer) {
		return undefined;
	}

	const {decision} = answer;
	const word =
		decision.kind === 'alias'
			? `on ${decision.alias}`
			: decision.kind === 'once'
				? 'once'
				: 'refusing';
	return word + glyphs.soon;
}

/**
The same in the detail, with when it began.
*/
export function heldInFull(live: Live | undefined, nowMs: number): string {
	if (typeof live?.heldSince !== 'number') {
		return '';
	}

	const {silentUntil} = live;
	return [
		`since ${showClock(live.heldSince, {seconds: true})}`,
		live.heldUntil !== null && live.heldUntil > nowMs
			? `goes on in ${showWait(live.heldUntil - nowMs)}`
			: '',
		silentUntil === null
			? ''
			: silentUntil > nowMs
				? `silent for ${showWait(silentUntil - nowMs)} more at most`
				: 'kept alive with comments',
	]
		.filter(Boolean)
		.join('  ');
}

/**
How long the client can be kept waiting in silence.
*/
const leftText = (live: Live | undefined, nowMs: number): string => {
	const until = live?.silentUntil ?? null;
	if (until === null) {
		return '';
	}

	return until > nowMs ? `${showWait(until - nowMs)} left` : 'kept alive';
};

const spaced = (...parts: readonly string[]) => parts.filter(Boolean).join(' ');
const listed = (...parts: readonly string[]) =>
	parts.filter(Boolean).join(', ');
const distinct = (texts: readonly string[]) => [...new Set(texts)];
