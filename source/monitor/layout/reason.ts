import type {Attempt, Exchange} from '../../exchange/exchange.js';
import {showWait} from '../../exchange/show.js';
import {wordsFor} from '../../exchange/words.js';
import type {Entry} from '../exchange-list.js';
import {quietForMs, toneOf} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import type {Span} from './columns.js';
import {steady} from './fit-text.js';

type Facts = Readonly<{
	nowMs: number;
	attempts: ReadonlyMap<number, Attempt>;
	glyphs: Glyphs;
}>;

/**
Cells that say nothing yet, or nothing any more, give their room to why that is so.
*/
export function reasonSpan(entry: Entry, facts: Facts): Span | undefined {
	const {exchange, live, state} = entry;
	if (state === 'stalled') {
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
	{exchange, live, state}: Entry,
	{attempts, nowMs}: Pick<Facts, 'attempts' | 'nowMs'>,
): readonly string[] {
	switch (state) {
		case 'held': {
			const reason = live?.holdReason ?? exchange.holdReason;
			return reason ? [`held: ${reason}`, reason] : ['held'];
		}

		case 'retrying': {
			return retryTexts(
				exchange,
				live?.attempts ?? exchange.attempts,
				attempts,
			);
		}

		case 'waiting': {
			return ['no answer yet', 'waiting'];
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

const retryTexts = (
	{id}: Exchange,
	number: number | null,
	attempts: ReadonlyMap<number, Attempt>,
): readonly string[] => {
	const last = Array.from(attempts.values()).findLast(
		({exchange, endedAt}) => exchange === id && endedAt !== null,
	);
	const why = last?.httpStatus ?? last?.errorClass ?? 'failed';
	return [`${why}, try ${number ?? 2}`, `try ${number ?? 2}`];
};
