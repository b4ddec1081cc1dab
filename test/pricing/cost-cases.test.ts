import fs from 'node:fs';
import {describe, expect, test} from 'vitest';
import {inUnits, type Price} from '../../source/exchange/price.js';
import {costOf, rounded} from '../../source/pricing/cost.js';
import type {Ratio} from '../../source/pricing/multipliers.js';

type Rates = Readonly<{
	input: number;
	output: number;
	cache_read?: number;
	cache_write_5m?: number;
	cache_write_1h?: number;
	web_search_per_1k?: number;
	tiers?: ReadonlyArray<Rates & {readonly above: number}>;
}>;
type Case = Readonly<{
	id: string;
	note: string;
	rates_usd_per_mtok: Rates;
	usage: Readonly<
		Record<
			| 'input'
			| 'output'
			| 'cache_read'
			| 'cache_write_5m'
			| 'cache_write_1h'
			| 'web_search',
			number
		>
	>;
	modifiers: Readonly<Record<string, number | string>>;
	expected_usd: number;
}>;

const {cases} = JSON.parse(
	fs.readFileSync(
		new URL('../fixtures/cost-cases.json', import.meta.url),
		'utf8',
	),
) as {cases: readonly Case[]};

const nano = (dollars: number | undefined) =>
	dollars === undefined ? undefined : inUnits(dollars, 9);

const ratesOf = (rates: Rates) => ({
	input: nano(rates.input)!,
	output: nano(rates.output)!,
	cacheRead: nano(rates.cache_read),
	cacheWrite5m: nano(rates.cache_write_5m),
	cacheWrite1h: nano(rates.cache_write_1h),
});

const priceOf = (rates: Rates): Price => ({
	...ratesOf(rates),
	webSearchPer1k: nano(rates.web_search_per_1k),
	tiers: rates.tiers?.map((tier) => ({above: tier.above, ...ratesOf(tier)})),
});

const multipliersOf = (modifiers: Case['modifiers']): readonly Ratio[] =>
	Object.entries(modifiers)
		.filter(([name]) => name.endsWith('_multiplier'))
		.map(([, value]) => [inUnits(Number(value), 9)!, 1e9]);

describe('a cost agrees to the nano-dollar with what was reckoned by hand', () => {
	test.each(cases)('$id: $note', (one) => {
		const {usage} = one;
		const cost = costOf(
			{
				input: usage.input,
				output: usage.output,
				cacheRead: usage.cache_read,
				cacheWrite5m: usage.cache_write_5m,
				cacheWrite1h: usage.cache_write_1h,
				webSearch: usage.web_search,
			},
			priceOf(one.rates_usd_per_mtok),
			multipliersOf(one.modifiers),
		);

		expect(rounded(cost!)).toBe(nano(one.expected_usd));
	});
});
