import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {
	entryOf,
	listedEntries,
	type Entry,
} from '../../source/monitor/exchange-list.js';
import {
	isDescending,
	nextSort,
	reversedSort,
	sortNames,
	usualSort,
	type Sort,
} from '../../source/monitor/sort.js';
import {sortedEntries} from '../../source/monitor/sorted-entries.js';
import {sampleModel} from './sample-model.js';
import {endedRow, exchangeRow, sampleNowMs} from './sample-rows.js';

const model = sampleModel();
const entriesOf = (...rows: readonly Exchange[]): readonly Entry[] =>
	rows.map((row) => entryOf(model, row));
const ids = (entries: readonly Entry[]): readonly number[] =>
	entries.map(({exchange}) => exchange.id);

const nothing = {
	inputTokens: null,
	outputTokens: null,
	cacheReadTokens: null,
	cacheWrite5mTokens: null,
	cacheWrite1hTokens: null,
	costNanodollars: null,
	firstTokenAt: null,
	usageStatus: 'none',
} as const;
const rows = entriesOf(
	exchangeRow(903, {startedAt: sampleNowMs - 9000, sentModel: 'b-model'}),
	endedRow(902, {
		tookMs: 3000,
		askedModel: 'A-model',
		outputTokens: 500,
		inputTokens: 9000,
		costNanodollars: 5e6,
	}),
	endedRow(901, {
		tookMs: 5000,
		askedModel: 'c-model',
		outputTokens: 900,
		inputTokens: 100,
		costNanodollars: 7e6,
	}),
	endedRow(900, {tookMs: 1000, askedModel: 'a-model', ...nothing}),
);

describe('the list is sorted', () => {
	test.each([
		['state', [903, 902, 901, 900], [900, 901, 902, 903]],
		['time', [903, 901, 902, 900], [900, 902, 901, 903]],
		['model', [902, 900, 903, 901], [901, 903, 902, 900]],
		['in', [902, 901, 903, 900], [901, 902, 903, 900]],
		['out', [901, 902, 903, 900], [902, 901, 903, 900]],
		['cost', [901, 902, 903, 900], [902, 901, 903, 900]],
		['rate', [902, 901, 903, 900], [901, 902, 903, 900]],
	] as const)('by %s, what is not known last', (by, expected, reversed) => {
		const sorted = (isReversed: boolean) =>
			ids(sortedEntries(rows, {by, isReversed}, sampleNowMs));
		expect(sorted(false)).toEqual(expected);
		expect(sorted(true)).toEqual(reversed);
	});

	test('by the time to the first token, the slowest first', () => {
		const slow = endedRow(10);
		const entries = entriesOf(
			endedRow(12, {firstTokenAt: null}),
			endedRow(11),
			{...slow, firstTokenAt: (slow.firstTokenAt ?? 0) + 500},
		);
		expect(
			ids(sortedEntries(entries, {by: 'ttft', isReversed: false}, sampleNowMs)),
		).toEqual([10, 11, 12]);
	});

	test('by cost: one without a price is not the cheapest', () => {
		const entries = entriesOf(
			endedRow(22, {priceSource: 'unpriced', costNanodollars: 0}),
			endedRow(21, {costNanodollars: 0}),
			endedRow(20, {costNanodollars: 1e6}),
		);
		const sorted = (isReversed: boolean) =>
			ids(sortedEntries(entries, {by: 'cost', isReversed}, sampleNowMs));
		expect(sorted(false)).toEqual([20, 21, 22]);
		expect(sorted(true)).toEqual([21, 20, 22]);
	});
});

const everySort: readonly Sort[] = sortNames.flatMap((by) => [
	{by, isReversed: false},
	{by, isReversed: true},
]);

test.each(everySort)(
	'nothing is lost by sorting, and equals keep their order: %j',
	(sort) => {
		const entries = listedEntries(model);
		const sorted = sortedEntries(entries, sort, sampleNowMs);
		expect(new Set(ids(sorted))).toEqual(new Set(ids(entries)));
		expect(sorted).toHaveLength(entries.length);
		const isTurned = sort.by === 'state' && sort.isReversed;
		expect(ids(sortedEntries(sorted, sort, sampleNowMs))).toEqual(
			ids(isTurned ? entries : sorted),
		);
		const equal = entriesOf(endedRow(3), endedRow(2), endedRow(1));
		const order = ids(sortedEntries(equal, sort, sampleNowMs));
		expect(order).toEqual(isTurned ? [1, 2, 3] : [3, 2, 1]);
	},
);

test('the columns follow each other, each in its own direction, and the last leads back', () => {
	let sort = reversedSort(usualSort);
	const seen = sortNames.map(() => {
		sort = nextSort(sort);
		return sort.by;
	});
	expect(seen).toEqual([...sortNames.slice(1), 'state']);
	expect(sort).toEqual(usualSort);
});

test.each([
	['cost', false, true],
	['cost', true, false],
	['model', false, false],
	['model', true, true],
] as const)('by %s, reversed: %s, descends: %s', (by, isReversed, expected) => {
	expect(isDescending({by, isReversed})).toBe(expected);
});
