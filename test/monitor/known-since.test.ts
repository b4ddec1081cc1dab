import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {dollarsPerHour} from '../../source/monitor/cap-burn.js';
import {knownSinceMs} from '../../source/monitor/known-since.js';
import type {Model} from '../../source/monitor/model.js';
import {outputPerSecond, tokensPerMinute} from '../../source/monitor/rates.js';
import {update} from '../../source/monitor/update.js';
import {sampleModel} from './sample-model.js';
import {endedRow, exchangeRow, sampleNowMs} from './sample-rows.js';

const model = 'claude-sonnet-4-6';
const news = (exchanges: readonly Exchange[]) => ({
	revision: 1,
	exchanges,
	attempts: [],
});
const attached = (exchanges: readonly Exchange[]): Model =>
	sampleModel({quiet: true}, [{kind: 'attached', news: news(exchanges)}]);

/**
One each `everyMs`, the newest of them just now; ids from 1000 on.
*/
const many = (
	count: number,
	everyMs: number,
	given: Partial<Exchange> = {},
): readonly Exchange[] =>
	Array.from({length: count}, (_, index) =>
		endedRow(1000 + count - index, {
			agoMs: index * everyMs,
			tookMs: 10,
			...given,
		}),
	).toReversed();

describe('where more have ended than are held', () => {
	test('they are known since the first of the last five hundred', () => {
		expect(knownSinceMs(attached(many(499, 1000)))).toBe(0);
		expect(knownSinceMs(attached(many(500, 1000)))).toBe(sampleNowMs - 499_000);
	});

	test('one that ended long before says nothing of the others', () => {
		const lost = endedRow(1600, {agoMs: 3_000_000, outcome: 'lost'});
		expect(knownSinceMs(attached([...many(550, 1000), lost]))).toBe(
			sampleNowMs - 499_000,
		);
	});

	test('one that ran for long is held when it has ended, however old its id', () => {
		const long = exchangeRow(1, {startedAt: sampleNowMs - 1_200_000});
		const before = attached([long, ...many(620, 1000)]);
		const cost = 3e9;
		const after = update(before, {
			kind: 'news',
			news: news([
				endedRow(1, {agoMs: 0, tookMs: 1_200_000, costNanodollars: cost}),
			]),
		});
		const later = update(after, {
			kind: 'news',
			news: news(many(620, 1).map((row) => ({...row, id: row.id + 5000}))),
		});
		expect(after.exchanges.has(1)).toBe(true);
		expect(later.exchanges.size).toBeLessThanOrEqual(600);
		expect(dollarsPerHour(after).get(model)! / 1e9).toBeGreaterThan(
			(cost / 1e9) * (3600 / 499),
		);
	});

	test('rates go by the time that is held', () => {
		// Ten each second: fifty seconds of them.
		const busy = attached(
			many(500, 100, {outputTokens: 50, costNanodollars: 1e6}),
		);
		expect(outputPerSecond(busy)).toBeCloseTo(500, -1);
		expect(tokensPerMinute(busy).get(model)! / 600).toBeCloseTo(
			50 + 312 + 21_000 + 840,
			-2,
		);
		expect(dollarsPerHour(busy).get(model)! / 36e9).toBeCloseTo(1, 1);
	});

	test('the list keeps the order in which they began', () => {
		const held = update(attached(many(590, 1000)), {
			kind: 'news',
			news: news(many(620, 1).map((row) => ({...row, id: row.id + 5000}))),
		});
		const ids = Array.from(held.exchanges.keys());
		expect(ids).toHaveLength(500);
		expect(ids).toEqual(ids.toSorted((one, other) => one - other));
	});
});

test('a log that is read anew keeps the mark, another log does not', () => {
	const marked = {...attached(many(3, 1000)), selected: 1002};
	const again = (exchanges: readonly Exchange[]) =>
		update(marked, {kind: 'attached', news: news(exchanges)}).selected;
	expect(again(many(4, 1000).slice(0, 3))).toBeUndefined();
	expect(again(many(3, 1000))).toBe(1002);
});

test('what has no model burns under the name that the sums have for it', () => {
	const nameless = attached([
		endedRow(1, {
			agoMs: 1000,
			askedModel: null,
			sentModel: null,
			servedModel: null,
			outputTokens: 60,
		}),
	]);
	expect([...tokensPerMinute(nameless).keys()]).toEqual(['']);
	expect([...dollarsPerHour(nameless).keys()]).toEqual(['']);
});
