import {showWait} from '../../exchange/show.js';
import {wordsFor} from '../../exchange/words.js';
import {lastLimited} from '../limit-rates.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {steady, widthOf} from './fit-text.js';
import type {Line} from './line.js';

/**
A cause that is older is told of only where there is room to spare.
*/
const recentMs = 300_000;

/**
Why the endpoint took no more the last time, and how long ago: `429 input tokens/min, resets in 21s  12s ago`.
Undefined where there was nothing in the last hour, or where it does not fit into `width`.
*/
export function causeLine(
	model: Model,
	{width, glyphs}: Readonly<{width: number; glyphs: Glyphs}>,
): Line | undefined {
	const attempt = lastLimited(model);
	if (!attempt) {
		return undefined;
	}

	const exchange = model.exchanges.get(attempt.exchange!);
	// The row of the exchange tells its last attempt, with the limits that came with the answer.
	const told =
		exchange?.httpStatus === attempt.httpStatus &&
		exchange.attempts === attempt.number
			? exchange
			: attempt;
	const {short = []} = wordsFor(told, {nowMs: model.nowMs}) ?? {};
	const endpoint = steady(attempt.endpoint ?? '', glyphs);
	const ago = `${showWait(model.nowMs - (attempt.endedAt ?? model.nowMs))} ago`;
	const candidates = [...short, String(attempt.httpStatus)]
		.map((one) => steady(one, glyphs))
		.flatMap((one) => (endpoint === '' ? [one] : [`${endpoint}: ${one}`, one]));
	const text = candidates.find((one) => widthOf(one) + 2 + ago.length <= width);
	return text === undefined
		? undefined
		: [
				[text, 'warn'],
				[`  ${ago}`, 'dim'],
			];
}

/**
Whether it is so young that it is worth a line of its own.
*/
export const isCauseRecent = (model: Model): boolean => {
	const endedAt = lastLimited(model)?.endedAt ?? undefined;
	return endedAt !== undefined && model.nowMs - endedAt < recentMs;
};
