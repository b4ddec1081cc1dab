import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ExtraUsage, Usage} from '../../source/exchange/usage.js';
import {catalogueModels} from '../../source/pricing/catalogue.js';
import {costParts, type CostParts} from '../../source/pricing/cost-parts.js';
import {
	priceExchange,
	type Billed,
} from '../../source/pricing/price-exchange.js';
import {billed, bookWith, dollar, noUsage} from './billed.js';

const names = [
	'claude-sonnet-4-6',
	'claude-opus-4-6',
	'claude-opus-4-5',
	'gpt-5.5',
	'gemini-2.5-pro',
	'mine',
	'nobody-knows',
] as const;
const anyName = fc.constantFrom(...names);
const count = fc.oneof(
	fc.nat(50),
	fc.nat(2_000_000),
	fc.constantFrom(0, 200_001),
);
const usage: fc.Arbitrary<Usage> = fc.record({
	input: count,
	output: count,
	cacheRead: count,
	cacheWrite5m: count,
	cacheWrite1h: count,
	reasoning: fc.constant(undefined),
	webSearch: fc.constantFrom(0, 0, 1, 7),
});
const extra: fc.Arbitrary<ExtraUsage> = fc
	.tuple(
		usage,
		fc.constantFrom('compaction', 'advisor'),
		fc.option(anyName, {nil: undefined}),
	)
	.map(([tokens, kind, model]) => ({...tokens, kind, model}));
const anyBilled: fc.Arbitrary<Billed & {usage: Usage}> = fc
	.record({
		usage,
		servedModel: fc.option(anyName, {nil: undefined}),
		sentModel: anyName,
		extraUsage: fc.array(extra, {maxLength: 2}),
		format: fc.constantFrom('anthropic-messages', 'openai-responses'),
		speed: fc.constantFrom(undefined, 'fast'),
		inferenceGeo: fc.constantFrom(undefined, 'us'),
		serviceTier: fc.constantFrom(undefined, 'batch', 'priority', 'flex'),
	})
	.map((given) => ({...billed(given), usage: given.usage}));
const rate = fc.nat(20 * dollar);
const book = fc
	.record({
		multiplier: fc.constantFrom(1, 0.8, 1.000000007, 3),
		price: fc.record({
			input: rate,
			output: rate,
			cacheWrite5m: fc.option(rate, {nil: undefined}),
			webSearchPer1k: fc.option(rate, {nil: undefined}),
		}),
		host: fc.constantFrom('gateway.example', 'api.anthropic.com'),
	})
	.map(({price, ...given}) => bookWith({...given, user: {mine: price}}));

const partsOf = (cost: CostParts) => cost.calls.flatMap(({parts}) => parts);

describe('the parts of a cost', () => {
	test('add up to what is billed, to the nano-dollar', () => {
		fc.assert(
			fc.property(anyBilled, book, (given, prices) => {
				const whole = priceExchange(given, prices);
				const cost = costParts(given, prices);
				if (whole.costNanodollars === null) {
					expect(cost).toBeUndefined();
					return;
				}

				expect(cost).toMatchObject({
					nanodollars: whole.costNanodollars,
					source: whole.priceSource,
				});
				let sum = 0;
				for (const {nanodollars} of partsOf(cost!)) {
					expect(nanodollars).toBeGreaterThanOrEqual(0);
					sum += nanodollars;
				}

				expect(sum).toBe(whole.costNanodollars);
			}),
			{numRuns: 500},
		);
	});

	test('are each their count at their rate, to less than a nano-dollar', () => {
		fc.assert(
			fc.property(anyBilled, book, (given, prices) => {
				for (const {parts, multipliers} of costParts(given, prices)?.calls ??
					[]) {
					for (const {of, count: tokens, rate: each, nanodollars} of parts) {
						let exact =
							(tokens * each) / (of === 'webSearch' ? 1000 : 1_000_000);
						for (const {ratio} of of === 'webSearch' ? [] : multipliers) {
							exact *= ratio[0] / ratio[1];
						}

						expect(Math.abs(nanodollars - exact)).toBeLessThan(
							1 + exact * 1e-9,
						);
					}
				}
			}),
			{numRuns: 200},
		);
	});

	test('of every model of the catalogue are told', () => {
		for (const {id} of catalogueModels()) {
			const given = {
				...billed({servedModel: id, sentModel: id}),
				usage: {...noUsage, input: 1000, output: 10},
			};
			const whole = priceExchange(given, bookWith()).costNanodollars;
			expect(costParts(given, bookWith())?.nanodollars ?? null).toBe(whole);
		}
	});

	test('name what their rates are multiplied by', () => {
		const given = {
			...billed({
				servedModel: 'claude-opus-4-6',
				speed: 'fast',
				inferenceGeo: 'us',
				serviceTier: 'batch',
			}),
			usage: {...noUsage, input: 1_000_000},
		};
		const [call] = costParts(given, bookWith({multiplier: 0.8}))!.calls;
		expect(call!.multipliers).toEqual([
			{why: 'fast', ratio: [6, 1]},
			{why: 'geography', ratio: [11, 10]},
			{why: 'tier', ratio: [1, 2]},
			{why: 'endpoint', ratio: [8e8, 1e9]},
		]);
	});

	test('of a class that has no rate of its own stand at the one that counts', () => {
		const prices = bookWith({
			user: {mine: {input: 3 * dollar, output: dollar, cacheWrite5m: 4e9}},
		});
		const given = {
			...billed({servedModel: 'mine', sentModel: 'mine'}),
			usage: {...noUsage, cacheRead: 10, cacheWrite1h: 10},
		};
		expect(partsOf(costParts(given, prices)!)).toEqual([
			{of: 'cacheRead', count: 10, rate: 3e9, nanodollars: 30_000},
			{of: 'cacheWrite1h', count: 10, rate: 6e9, nanodollars: 60_000},
		]);
	});
});
