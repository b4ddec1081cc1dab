import {describe, expect, test} from 'vitest';
import {limitRate, limitSeries} from '../../source/monitor/limit-rates.js';
import {
	outputPerSecond,
	outputSeries,
	tokensPerMinute,
} from '../../source/monitor/rates.js';
import type {Attempt, Exchange, Live} from '../../source/exchange/exchange.js';
import {sampleModel} from './sample-model.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	liveRow,
	sampleNowMs,
} from './sample-rows.js';

const modelWith = ({
	exchanges = [],
	attempts = [],
	live = [],
}: {
	exchanges?: Exchange[];
	attempts?: Attempt[];
	live?: Live[];
}) =>
	sampleModel({quiet: true}, [
		{kind: 'attached', news: {revision: 1, exchanges, attempts}},
		{kind: 'live', rows: live},
	]);

const minute = 60_000;

describe('the rate of 429 and 529', () => {
	const at = (id: number, agoMs: number, httpStatus: number | null) =>
		attemptRow(id, id, {
			startedAt: sampleNowMs - agoMs,
			endedAt: httpStatus === null ? null : sampleNowMs - agoMs + 500,
			httpStatus,
		});
	const model = modelWith({
		attempts: [
			at(1, 10_000, 429),
			at(2, 20_000, 200),
			at(3, 5000, null),
			at(4, 2 * minute, 429),
			at(5, 3 * minute, 200),
			at(6, 4 * minute, 529),
			at(7, 59 * minute, 200),
			at(8, 61 * minute, 429),
		],
	});
	test.each([
		[minute, {attempts: 2, limited: 1}],
		[5 * minute, {attempts: 5, limited: 3}],
		[60 * minute, {attempts: 6, limited: 3}],
	])('over %d ms counts attempts that were answered', (span, rate) => {
		expect(limitRate(model, span)).toEqual(rate);
	});

	test('is drawn in the minute of each', () => {
		// It is 14:32:07: ten seconds ago was another minute of the clock.
		expect(limitSeries(model, {cells: 4, bucketMs: minute})).toEqual([
			0, 1, 1, 0,
		]);
	});
});

describe('output tokens', () => {
	test('of a finished stream lie evenly between its first token and its end', () => {
		const endedAt = Math.floor(sampleNowMs / 1000) * 1000;
		const model = modelWith({
			exchanges: [
				endedRow(1, {outputTokens: 400, firstTokenAt: endedAt - 4000, endedAt}),
			],
		});
		expect(outputSeries(model, {cells: 6, bucketMs: 1000})).toEqual([
			0, 100, 100, 100, 100, 0,
		]);
	});

	test('of an answer without a stream lie between request and answer', () => {
		const endedAt = Math.floor(sampleNowMs / 1000) * 1000;
		const model = modelWith({
			exchanges: [
				endedRow(1, {
					stream: false,
					outputTokens: 400,
					startedAt: endedAt - 2000,
					firstTokenAt: endedAt,
					endedAt,
				}),
			],
		});
		expect(outputSeries(model, {cells: 4, bucketMs: 1000})).toEqual([
			0, 200, 200, 0,
		]);
	});

	test('of a running stream count as they are reckoned', () => {
		const model = modelWith({
			exchanges: [exchangeRow(1, {state: 'streaming'})],
			live: [
				liveRow(1, {
					state: 'streaming',
					firstTokenAt: sampleNowMs - 120_000,
					lastByteAt: sampleNowMs,
					estimatedOutputTokens: 12_000,
				}),
			],
		});
		expect(outputPerSecond(model)).toBe(100);
	});

	test('have no rate when nothing came', () => {
		expect(
			outputPerSecond(
				modelWith({exchanges: [endedRow(1, {agoMs: 2 * minute})]}),
			),
		).toBeUndefined();
	});
});

test('tokens per minute are those of the last one, prompt and answer, by served model', () => {
	const model = modelWith({
		exchanges: [
			endedRow(1, {agoMs: 10_000, servedModel: 'a', outputTokens: 48}),
			endedRow(2, {agoMs: 15_000, servedModel: 'a', outputTokens: 100}),
			endedRow(3, {agoMs: 90_000, servedModel: 'a', outputTokens: 100}),
			endedRow(4, {
				agoMs: 10_000,
				servedModel: 'b',
				outputTokens: null,
				inputTokens: 50,
				cacheReadTokens: null,
				cacheWrite5mTokens: null,
				cacheWrite1hTokens: null,
			}),
		],
	});
	expect(Object.fromEntries(tokensPerMinute(model))).toEqual({
		a: 2 * (312 + 21_000 + 840) + 148,
		b: 50,
	});
});
