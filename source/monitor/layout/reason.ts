import type {Attempt} from '../../exchange/exchange.js';
import {showWait} from '../../exchange/show.js';
import {wordsFor} from '../../exchange/words.js';
import type {Entry} from '../exchange-list.js';
import {isOpen, quietForMs, toneOf} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import {tokensOf} from '../tokens-of.js';
import type {Span} from './columns.js';
import {steady} from './fit-text.js';
import {heldTexts, type Place} from './held-text.js';
import {ordinal} from './time-left.js';

type Facts = Readonly<{
	nowMs: number;
	attempts: ReadonlyMap<number, Attempt>;
	/**
	Its place among those that wait for a slot, where it does.
	*/
	queue?: Place | undefined;
	/**
	What was answered here for it, or asked of it, and is not followed yet.
	*/
	answered?: string | undefined;
	glyphs: Glyphs;
}>;

/**
Cells that say nothing yet, or nothing any more, give their room to why that is so.
*/
export function reasonSpan(entry: Entry, facts: Facts): Span | undefined {
	const {exchange, live, state} = entry;
	if (state === 'stalled' && facts.answered === undefined) {
		const wait = showWait(quietForMs(live, facts.nowMs) ?? 0);
		return {
			titles: ['T/S', 'TTFT'],
			texts: [`quiet ${wait}`, wait],
			tone: toneOf[state],
		};
	}

	const texts = reasonTexts(entry, facts);
	// A lower bound of tokens is worth more than the word that it was cut.
	const titles =
		exchange.outputTokens === null ? ['OUT', 'T/S', 'TTFT'] : ['T/S', 'TTFT'];
	const hasPrompt = tokensOf(exchange, live).prompt !== undefined;
	if ((state === 'held' || state === 'retrying') && !hasPrompt) {
		titles.unshift('IN', 'CACHED');
	}

	if (isOpen(exchange)) {
		titles.push('COST');
	}

	return texts.length === 0
		? undefined
		: {
				titles,
				texts: texts.map((text) => steady(text, facts.glyphs)),
				tone: toneOf[state],
			};
}

/**
Why an exchange does not run or did not end well: the longest wording first; empty where all is well.
*/
export function reasonTexts(
	{exchange, live, state, fallbacks}: Entry,
	{attempts, nowMs, queue, answered}: Omit<Facts, 'glyphs'>,
): readonly string[] {
	if (answered !== undefined) {
		return [answered];
	}

	switch (state) {
		case 'held': {
			return heldTexts({exchange, live}, {nowMs, queue});
		}

		case 'retrying': {
			return retryTexts({exchange, live, fallbacks}, {attempts, nowMs});
		}

		case 'waiting': {
			return targetTexts(fallbacks, ['no answer yet', 'waiting']);
		}

		case 'failed':
		case 'aborted': {
			return wordsFor(exchange, {nowMs})?.short ?? ['failed'];
		}

		case 'streaming':
		case 'stalled':
		case 'done': {
			return [];
		}
	}
}

/**
Before the next try: `429, try 2 in 4s`; while it has no answer: `429, try 2`.
*/
const retryTexts = (
	{exchange, live, fallbacks}: Omit<Entry, 'state'>,
	{attempts, nowMs}: Pick<Facts, 'attempts' | 'nowMs'>,
): readonly string[] => {
	const last = Array.from(attempts.values()).findLast(
		(attempt) => attempt.exchange === exchange.id && attempt.endedAt !== null,
	);
	const why = last?.httpStatus ?? wordOf(last?.errorClass) ?? 'failed';
	const made = live?.attempts ?? exchange.attempts ?? 1;
	if ((live?.state ?? exchange.state) !== 'held') {
		return targetTexts(fallbacks, [`${why}, try ${made}`, `try ${made}`]);
	}

	const until = live?.heldUntil ?? null;
	const wait =
		until !== null && until > nowMs
			? ` in ${showWait(until - nowMs + 999)}`
			: '';
	const next = `try ${made + 1}`;
	return [`${why}, ${next}${wait}`, `${next}${wait}`, next];
};

const wordOf = (errorClass: string | null | undefined) =>
	errorClass?.replaceAll('_', ' ');

/**
With the target it is at, where that is not the first.
*/
const targetTexts = (
	fallbacks: number,
	texts: readonly string[],
): readonly string[] =>
	fallbacks > 0
		? [...texts.map((text) => `${text}, ${targetText(fallbacks)}`), ...texts]
		: texts;

/**
`2nd target`
*/
export const targetText = (fallbacks: number): string =>
	`${ordinal(fallbacks + 1)} target`;
