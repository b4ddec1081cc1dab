import {machineDayStart} from '../calendar/machine-day.js';
import {quarterMs} from '../exchange/measures.js';
import type {QuarterTotals} from '../usage-log/news.js';
import {asOfMs, configOf} from './connection.js';
import {knownSinceMs} from './known-since.js';
import {limitSeries} from './limit-rates.js';
import type {Model} from './model.js';
import {outputSeries} from './rates.js';

const minuteMs = 60_000;
const spansMs = {'5m': 5 * minuteMs, '1h': 60 * minuteMs} as const;

/**
What a sparkline shows, a value for each cell, the oldest first; undefined where it is not known.
*/
export type Series = ReadonlyArray<number | undefined>;

/**
Output tokens over the span that was chosen, in at most `cells` parts.
*/
export function outputSpark(model: Model, cells: number): Series {
	if (model.span === 'day') {
		return daySeries(model, cells, ({outputTokens}) => outputTokens);
	}

	const bucketMs = bucketFor(spansMs[model.span], cells);
	const parts = Math.min(cells, Math.ceil(spansMs[model.span] / bucketMs));
	const known = knownSinceMs(model);
	const beginMs = beginOf(model.nowMs, {parts, bucketMs});
	const untilMs = asOfMs(model);
	return outputSeries(model, {cells: parts, bucketMs}).map((value, index) => {
		const fromMs = beginMs + index * bucketMs;
		if (fromMs > untilMs) {
			return undefined;
		}

		return fromMs >= known
			? value
			: quarterRate(model, fromMs, ({outputTokens}) => outputTokens, bucketMs);
	});
}

/**
Attempts that were limited, the same way. All of the last hour are known, as far as the passthrough was heard.
Of a day, the sums know those of 429 alone.
*/
export function limitSpark(model: Model, cells: number): Series {
	if (model.span === 'day') {
		return daySeries(model, cells, ({limited}) => limited);
	}

	const bucketMs = bucketFor(spansMs[model.span], cells);
	const parts = Math.min(cells, Math.ceil(spansMs[model.span] / bucketMs));
	const beginMs = beginOf(model.nowMs, {parts, bucketMs});
	const untilMs = asOfMs(model);
	return limitSeries(model, {cells: parts, bucketMs}).map((value, index) =>
		beginMs + index * bucketMs > untilMs ? undefined : value,
	);
}

/**
A cell for no less than a second, so that the line does not move with every frame.
*/
const bucketFor = (spanMs: number, cells: number): number =>
	Math.max(1000, Math.ceil(spanMs / Math.max(1, cells) / 100) * 100);

const beginOf = (
	nowMs: number,
	{parts, bucketMs}: {parts: number; bucketMs: number},
): number => (Math.floor(nowMs / bucketMs) + 1 - parts) * bucketMs;

type Of = (totals: QuarterTotals) => number;

/**
What a part of a quarter of an hour has of it, where the quarters of today were read.
*/
function quarterRate(
	{quarters}: Model,
	atMs: number,
	of: Of,
	spanMs: number,
): number | undefined {
	const quarter = Math.floor(atMs / quarterMs);
	return quarters.length === 0 || quarter < quarters[0]!.quarter
		? undefined
		: (sumOf(quarters, quarter, quarter, of) * spanMs) / quarterMs;
}

/**
Today from its beginning to the end of this quarter of an hour. What runs is not in it yet.
*/
function daySeries(model: Model, cells: number, of: Of): Series {
	if (model.quarters.length === 0) {
		return Array.from({length: cells}, () => undefined);
	}

	const first = Math.floor(dayStartMs(model) / quarterMs);
	const count = Math.floor(model.nowMs / quarterMs) - first + 1;
	// Whole quarters for each cell, or whole cells for each quarter.
	const each = Math.ceil(count / cells);
	const parts = Math.ceil(count / each);
	const repeated = Math.max(1, Math.floor(cells / parts));
	return Array.from({length: parts}, (_, index) => {
		const from = first + index * each;
		return sumOf(model.quarters, from, from + each - 1, of);
	}).flatMap((value) => Array.from({length: repeated}, () => value));
}

const sumOf = (
	quarters: readonly QuarterTotals[],
	from: number,
	to: number,
	of: Of,
): number => {
	let sum = 0;
	for (const row of quarters) {
		if (row.quarter >= from && row.quarter <= to) {
			sum += of(row);
		}
	}

	return sum;
};

/**
As the passthrough counts days; where their zone is not known here, the first quarter that has anything in it.
*/
const dayStartMs = (model: Model): number => {
	const {hours, quarters, nowMs} = model;
	const told = hours[0]?.fromMs;
	if (told !== undefined && nowMs - told < 26 * 60 * minuteMs) {
		return told;
	}

	return configOf(model)?.day === undefined
		? machineDayStart('00:00', nowMs)
		: quarters[0]!.quarter * quarterMs;
};
