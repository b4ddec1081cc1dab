import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Price} from '../../source/exchange/price.js';
import {boundCost, type BoundFor} from '../../source/pricing/bound-cost.js';
import {catalogueModels} from '../../source/pricing/catalogue.js';
import {priceExchange} from '../../source/pricing/price-exchange.js';
import {billed, bookWith, dollar, noUsage} from './billed.js';

const million = 1_000_000;
const asked = (changed: Partial<BoundFor> = {}): BoundFor => ({
	names: [undefined, 'mine'],
	speed: undefined,
	inferenceGeo: undefined,
	...changed,
});
const none = {fresh: 0, cached: 0, output: 0};
const bookOf = (price: Price, multiplier = 1) =>
	bookWith({user: {mine: price}, multiplier});

const plain: Price = {input: 3 * dollar, output: 15 * dollar};
const withCache: Price = {
	...plain,
	cacheRead: 0.3 * dollar,
	cacheWrite5m: 3.75 * dollar,
	cacheWrite1h: 6 * dollar,
};

describe('a million tokens of a bound cost', () => {
	test.each<readonly [string, Price, Partial<typeof none>, number]>([
		['as a cache write', withCache, {fresh: million}, 3.75],
		[
			'as input where that is dearer',
			{...withCache, cacheWrite5m: dollar},
			{fresh: million},
			3,
		],
		['as input where nothing is cached', plain, {fresh: million}, 3],
		['as a cache read', withCache, {cached: million}, 0.3],
		['as input where reads have no price', plain, {cached: million}, 3],
		['as output', withCache, {output: million}, 15],
		[
			'each its own',
			withCache,
			{fresh: million, cached: million, output: million},
			19.05,
		],
		['nothing where nothing is asked', withCache, {}, 0],
		['nothing where that is the price', {input: 0, output: 0}, {output: 9}, 0],
	])('%s', (_, price, tokens, dollars) => {
		expect(boundCost({...none, ...tokens}, asked(), bookOf(price))).toBe(
			dollars * dollar,
		);
	});

	test('what the endpoint asks for them', () => {
		const tokens = {...none, output: million};
		expect(boundCost(tokens, asked(), bookOf(plain, 0.8))).toBe(12 * dollar);
		expect(boundCost(tokens, asked(), bookOf(plain, 1.2))).toBe(18 * dollar);
	});
});

test('a part of a nano-dollar is a whole one', () => {
	const book = bookOf({input: 1, output: 1});
	expect(boundCost({...none, output: 1}, asked(), book)).toBe(1);
	expect(boundCost({...none, output: million}, asked(), book)).toBe(1);
	expect(boundCost({...none, output: million + 1}, asked(), book)).toBe(2);
});

test('of a price with tiers the dearest counts that the prompt may come into', () => {
	const price: Price = {
		...plain,
		tiers: [
			{above: 1000, input: 6 * dollar, output: 10 * dollar},
			{above: 2000, input: 5 * dollar, output: 20 * dollar},
		],
	};
	const cost = (fresh: number, cached: number) =>
		boundCost({fresh, cached, output: million}, asked(), bookOf(price));
	expect(cost(1000, 0)).toBe(15 * dollar + 1000 * 3000);
	expect(cost(601, 400)).toBe(15 * dollar + 1001 * 6000);
	expect(cost(1001, 1000)).toBe(20 * dollar + 2001 * 6000);
});

describe('as it is asked for', () => {
	const opus = (changed: Partial<BoundFor>) =>
		boundCost(
			{...none, output: million},
			asked({names: [undefined, 'claude-opus-4-8'], ...changed}),
			bookWith(),
		);
	const gpt = (changed: Partial<BoundFor>) =>
		boundCost(
			{...none, output: million},
			asked({names: [undefined, 'gpt-5.1'], format: 'openai-chat', ...changed}),
			bookWith(),
		);

	test('fast mode and a place are dearer', () => {
		const usual = opus({})!;
		expect(usual).toBeGreaterThan(0);
		expect(opus({speed: 'fast'})).toBe(usual * 2);
		expect(opus({speed: 'standard'})).toBe(usual);
		expect(opus({inferenceGeo: 'us'})).toBe((usual * 11) / 10);
		expect(opus({inferenceGeo: 'us', speed: 'fast'})).toBe((usual * 22) / 10);
	});

	test('a dearer tier counts, and a cheaper one is not relied on', () => {
		const usual = gpt({})!;
		expect(usual).toBeGreaterThan(0);
		expect(gpt({serviceTier: 'priority'})).toBe(usual * 2);
		expect(gpt({serviceTier: 'flex'})).toBe(usual);
		expect(gpt({serviceTier: 'auto'})).toBe(usual);
	});
});

test.each<readonly [string, Partial<BoundFor>]>([
	['of a model that nobody knows', {names: [undefined, 'nobodys-model']}],
	['without a model', {names: [undefined, undefined]}],
	[
		'in a fast mode that is not known',
		{names: [undefined, 'claude-sonnet-4-6'], speed: 'fast'},
	],
])('a request %s has no bound in dollars', (_, changed) => {
	expect(
		boundCost({...none, output: 1}, asked(changed), bookWith()),
	).toBeNull();
});

test("the user's price holds in a fast mode that is not known", () => {
	expect(
		boundCost(
			{...none, output: million},
			asked({speed: 'fast'}),
			bookOf(plain),
		),
	).toBe(15 * dollar);
});

test('the name that will answer goes before the one that is asked for', () => {
	const tokens = {...none, output: million};
	const names = ['claude-haiku-4-5', 'claude-opus-4-8'] as const;
	expect(boundCost(tokens, asked({names}), bookWith())).toBe(
		boundCost(tokens, asked({names: [undefined, names[0]]}), bookWith()),
	);
});

test('a sum beyond all counting is above every cap', () => {
	expect(
		boundCost(
			{...none, output: Number.MAX_SAFE_INTEGER},
			asked(),
			bookOf(plain),
		),
	).toBe(Number.MAX_SAFE_INTEGER);
});

const rate = fc.nat(100_000_000_000);
const rates = fc.record(
	{
		input: rate,
		output: rate,
		cacheRead: rate,
		cacheWrite5m: rate,
	},
	{requiredKeys: ['input', 'output']},
);
const priceOfOnesOwn: fc.Arbitrary<Price> = fc
	.tuple(
		rates,
		fc.array(
			fc
				.tuple(rates, fc.nat(500_000))
				.map(([tier, above]) => ({...tier, above})),
			{maxLength: 3},
		),
	)
	.map(([price, tiers]) => ({...price, tiers}));

const dearModels = [
	'claude-opus-4-8',
	'claude-opus-4-6',
	'claude-sonnet-4-5',
	'gpt-5.5',
	'gpt-5.1',
	'gemini-2.5-pro',
];

test('no usage within a bound costs more than it', () => {
	const models = catalogueModels().map(({id}) => id);
	fc.assert(
		fc.property(
			fc.record({
				model: fc.oneof(
					fc.constantFrom(...models),
					fc.constantFrom(...dearModels),
					fc.constant('mine'),
				),
				price: priceOfOnesOwn,
				multiplier: fc.constantFrom(1, 0.8, 1.25, 0.333333333),
				fresh: fc.nat(400_000),
				cached: fc.nat(400_000),
				output: fc.nat(100_000),
				shares: fc.array(fc.double({min: 0, max: 1, noNaN: true}), {
					minLength: 5,
					maxLength: 5,
				}),
				speed: fc.constantFrom(undefined, 'fast', 'standard'),
				isServedFast: fc.boolean(),
				inferenceGeo: fc.constantFrom(undefined, 'us', 'global'),
				serviceTier: fc.constantFrom(undefined, 'priority', 'flex', 'batch'),
				format: fc.constantFrom('anthropic-messages', 'openai-chat'),
			}),
			({model, price, multiplier, shares, isServedFast, ...given}) => {
				const book = bookWith({user: {mine: price}, multiplier});
				const {format, inferenceGeo, serviceTier, speed} = given;
				const bound = boundCost(
					given,
					{
						names: [undefined, model],
						format,
						speed,
						inferenceGeo,
						serviceTier,
					},
					book,
				);
				const [prompt, written, read, readBeyond, answered] =
					shares as unknown as readonly [
						number,
						number,
						number,
						number,
						number,
					];
				const fresh = Math.floor(given.fresh * prompt);
				const cacheWrite5m = Math.floor(fresh * written);
				// More may be in a cache than was known.
				const beyond = Math.floor((fresh - cacheWrite5m) * readBeyond);
				const {costNanodollars} = priceExchange(
					billed({
						sentModel: model,
						servedModel: model,
						format,
						inferenceGeo,
						serviceTier,
						speed: isServedFast ? speed : undefined,
						usage: {
							...noUsage,
							input: fresh - cacheWrite5m - beyond,
							cacheWrite5m,
							cacheRead: Math.floor(given.cached * read) + beyond,
							output: Math.floor(given.output * answered),
						},
					}),
					book,
				);
				expect(costNanodollars === null && bound !== null).toBe(false);
				fc.pre(bound !== null && costNanodollars !== null);
				expect(costNanodollars).toBeLessThanOrEqual(bound);
			},
		),
		{numRuns: 500},
	);
});
