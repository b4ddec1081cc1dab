import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	inUnits,
	roundedInUnits,
	type Rates,
} from '../../source/exchange/price.js';
import type {Usage} from '../../source/exchange/usage.js';
import {priceExchange} from '../../source/pricing/price-exchange.js';
import {billed, bookWith} from './billed.js';

const count = fc.integer({min: 0, max: 20_000_000});
const usage = fc.record<Usage>({
	input: count,
	output: count,
	cacheRead: count,
	cacheWrite5m: count,
	cacheWrite1h: count,
	reasoning: fc.constant(undefined),
	webSearch: fc.integer({min: 0, max: 50}),
});
const rate = fc.integer({min: 0, max: 700_000_000_000});
const rates = fc.record<Rates>({
	input: rate,
	output: rate,
	cacheRead: fc.option(rate, {nil: undefined}),
	cacheWrite5m: fc.option(rate, {nil: undefined}),
	cacheWrite1h: fc.option(rate, {nil: undefined}),
});
/**
A multiplier with nine decimals at most, in billionths.
*/
const multiplier = fc.integer({min: 1, max: 5_000_000_000});

/**
The same formula in another way: every call in billionths of billionths, in decimal places instead of
fractions.
*/
function secondOpinion(
	calls: readonly Usage[],
	price: Rates & {readonly webSearchPer1k: number},
	billionths: number,
): bigint {
	const big = BigInt;
	let places = 0n;
	for (const call of calls) {
		const classes: ReadonlyArray<readonly [number, number]> = [
			[call.input, price.input],
			[call.output, price.output],
			[call.cacheRead, price.cacheRead ?? price.input],
			[call.cacheWrite5m, price.cacheWrite5m ?? price.input],
			[
				call.cacheWrite1h,
				price.cacheWrite1h ??
					price.input * (price.cacheWrite5m === undefined ? 1 : 2),
			],
		];
		for (const [tokens, perMillion] of classes) {
			// A nano-dollar has 10 ** 15 of these: a millionth of a billionth.
			places += big(tokens) * big(perMillion) * big(billionths);
		}

		places += big(call.webSearch) * big(price.webSearchPer1k) * 10n ** 12n;
	}

	const whole = places / 10n ** 15n;
	return places % 10n ** 15n >= 5n * 10n ** 14n ? whole + 1n : whole;
}

test('a cost is the exact sum, rounded half up once', () => {
	fc.assert(
		fc.property(
			usage,
			fc.array(usage, {maxLength: 3}),
			fc.record({tokens: rates, webSearchPer1k: rate}),
			multiplier,
			(main, extra, {tokens, webSearchPer1k}, billionths) => {
				const price = {...tokens, webSearchPer1k};
				const {costNanodollars} = priceExchange(
					billed({
						servedModel: 'mine',
						usage: main,
						extraUsage: extra.map((one) => ({
							...one,
							kind: 'compaction',
							model: 'mine',
						})),
					}),
					bookWith({user: {mine: price}, multiplier: billionths / 1e9}),
				);
				const expected = secondOpinion([main, ...extra], price, billionths);
				expect(costNanodollars).toBe(
					expected <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(expected) : null,
				);
			},
		),
		{numRuns: 2000},
	);
});

describe('a decimal is read from its digits', () => {
	test('with up to nine decimals nothing is lost', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 99_999_999_999_999}), (units) => {
				expect(inUnits(Number(`${units}e-9`), 9)).toBe(units);
			}),
		);
	});

	test.each([
		[0.025, 9, 25_000_000],
		[0.1, 9, 100_000_000],
		[3, 9, 3_000_000_000],
		[1e-9, 9, 1],
		[1e21, 0, undefined],
		[1e-10, 9, undefined],
		[0.1234567891, 9, undefined],
		[0, 9, 0],
		[-1, 9, undefined],
		[NaN, 9, undefined],
		[Infinity, 9, undefined],
	])('%d at %d places is %s', (decimal, places, expected) => {
		expect(inUnits(decimal, places)).toBe(expected);
	});

	test.each([
		[1.4e-9, 1],
		[1.5e-9, 2],
		[4.9e-10, 0],
		[5e-10, 1],
		[5e-11, 0],
		[0.009750000049, 9_750_000],
	])('%d dollars are %d nano-dollars, rounded half up', (dollars, expected) => {
		expect(roundedInUnits(dollars, 9)).toBe(expected);
	});
});
