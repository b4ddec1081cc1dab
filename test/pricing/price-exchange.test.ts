import {describe, expect, test} from 'vitest';
import {
	priceExchange,
	type Billed,
} from '../../source/pricing/price-exchange.js';
import {billed, bookWith, dollar, noUsage} from './billed.js';

const priced = (changed: Partial<Billed>, book = bookWith()) =>
	priceExchange(billed(changed), book);

const mine = {input: 7 * dollar, output: 9 * dollar};
const listed = [
	{
		id: 'claude-sonnet-4-6',
		price: {
			prompt: 0.0000025,
			completion: 1e-5,
			cacheRead: undefined,
			cacheWrite: undefined,
			webSearch: 0.01,
		},
	},
	{id: 'unpriced-here', price: undefined},
];

describe('the price comes', () => {
	const user = {'claude-sonnet-4-6': mine};
	const book = bookWith({user, takesListed: true});
	book.learn(listed);

	test('from the gateway that reported a cost, before all others', () => {
		expect(priced({reportedCostUsd: 0.00975}, book)).toEqual({
			costNanodollars: 9_750_000,
			countedNanodollars: 9_750_000,
			priceSource: 'endpoint',
		});
		expect(priced({reportedCostUsd: 0, usage: undefined}, book)).toMatchObject({
			costNanodollars: 0,
			priceSource: 'endpoint',
		});
	});

	test("else from the user's own, before the gateway's list", () => {
		expect(priced({}, book)).toMatchObject({
			costNanodollars: 7 * dollar,
			priceSource: 'user',
		});
	});

	test("else from the gateway's list, before the catalogue", () => {
		const other = bookWith({takesListed: true});
		expect(priced({}, other)).toMatchObject({priceSource: 'catalogue'});
		other.learn(listed);
		expect(priced({}, other)).toMatchObject({
			costNanodollars: 2.5 * dollar,
			priceSource: 'models',
		});
	});

	test("from the catalogue where the gateway's list is not to be taken", () => {
		const other = bookWith();
		other.learn(listed);
		expect(priced({}, other)).toMatchObject({
			costNanodollars: 3 * dollar,
			priceSource: 'catalogue',
		});
	});

	test('from nobody, and then there is none', () => {
		expect(priced({servedModel: 'claude-sonnet-5-6'})).toEqual({
			costNanodollars: null,
			countedNanodollars: null,
			priceSource: 'unpriced',
			gap: {model: 'claude-sonnet-5-6', lacks: 'model'},
		});
	});
});

test('a list without prices does not undo one with prices', () => {
	const book = bookWith({takesListed: true});
	book.learn(listed);
	book.learn([{id: 'claude-sonnet-4-6', price: undefined}]);
	expect(priced({}, book)).toMatchObject({priceSource: 'models'});
});

describe('the model that is priced', () => {
	test('is the one that answered, not the one asked for', () => {
		expect(priced({servedModel: 'claude-opus-4-5'})).toMatchObject({
			costNanodollars: 5 * dollar,
		});
	});

	test('is the one asked for where the answer names none', () => {
		expect(priced({servedModel: undefined})).toMatchObject({
			costNanodollars: 3 * dollar,
		});
	});

	test('is never found in the catalogue by what was asked where something else answered', () => {
		expect(priced({servedModel: 'internal-7'})).toMatchObject({
			priceSource: 'unpriced',
		});
	});

	test('is found under the name asked by where the user gave that a price', () => {
		const book = bookWith({user: {'my-model': mine}});
		expect(
			priced({servedModel: 'internal-7', sentModel: 'my-model'}, book),
		).toMatchObject({costNanodollars: 7 * dollar, priceSource: 'user'});
	});
});

describe('nothing is said to cost', () => {
	test.each([
		['an error', {status: 429, usage: undefined}],
		['a count of tokens', {kind: 'count_tokens', usage: undefined}],
		['a list of models', {kind: 'models', usage: undefined}],
	] as const)('%s', (_, changed) => {
		expect(priced(changed)).toEqual({
			costNanodollars: 0,
			countedNanodollars: 0,
			priceSource: null,
		});
	});
});

describe('no cost is known of', () => {
	test.each([
		['an answer without usage', {usage: undefined}],
		['what is not measured', {kind: 'other', usage: undefined}],
		['an answer that never came', {status: 0, usage: undefined}],
	] as const)('%s', (_, changed) => {
		expect(priced(changed)).toEqual({
			costNanodollars: null,
			countedNanodollars: null,
			priceSource: null,
		});
	});
});

describe('rates are multiplied', () => {
	const opus = {servedModel: 'claude-opus-5-5'} as const;
	const openai = {format: 'openai-chat', servedModel: 'gpt-5.1'} as const;
	test.each<[string, Partial<Billed>, number]>([
		['by 2 in fast mode', {...opus, speed: 'fast'}, 8],
		['by 1.1 in the US', {...opus, inferenceGeo: 'us'}, 4.4],
		['by both', {...opus, speed: 'fast', inferenceGeo: 'us'}, 8.8],
		[
			'not by a geography that costs nothing',
			{...opus, inferenceGeo: 'global'},
			4,
		],
		[
			'not in the US for older models',
			{servedModel: 'claude-haiku-4-5', inferenceGeo: 'us'},
			1,
		],
		['by a half for batches', {...opus, serviceTier: 'batch'}, 2],
		[
			"not for Anthropic's priority tier",
			{...opus, serviceTier: 'priority'},
			4,
		],
		[
			"by a half in OpenAI's flex tier",
			{...openai, serviceTier: 'flex'},
			0.625,
		],
		[
			"by 2 in OpenAI's priority tier",
			{...openai, serviceTier: 'priority'},
			2.5,
		],
		[
			'by 2.5 there for gpt-5.5',
			{
				...openai,
				servedModel: 'gpt-5.5',
				serviceTier: 'priority',
				usage: {...noUsage, input: 200_000},
			},
			2.5,
		],
		['not in the default tier', {...openai, serviceTier: 'default'}, 1.25],
		[
			"not by a tier's name elsewhere",
			{
				format: 'openai-chat',
				servedModel: 'deepseek-v4-pro',
				serviceTier: 'flex',
			},
			1.32,
		],
		[
			'not for regions that have rows of their own',
			{servedModel: 'us.anthropic.claude-opus-4-6-v1', inferenceGeo: 'us'},
			5.5,
		],
	])('%s', (_, changed, dollars) => {
		expect(priced(changed).costNanodollars).toBe(dollars * dollar);
	});

	test('by what the endpoint charges, but not its web searches', () => {
		const usage = {...noUsage, input: 1_000_000, webSearch: 3};
		expect(priced({usage}, bookWith({multiplier: 0.6}))).toMatchObject({
			costNanodollars: 1.83 * dollar,
		});
	});

	test('by 0 where an endpoint is free', () => {
		expect(priced({}, bookWith({multiplier: 0}))).toMatchObject({
			costNanodollars: 0,
			priceSource: 'catalogue',
		});
	});
});

describe('fast mode on a model that is not known to have one', () => {
	test('has no price', () => {
		expect(priced({speed: 'fast'})).toMatchObject({
			costNanodollars: null,
			countedNanodollars: null,
			priceSource: 'unpriced',
			gap: {model: 'claude-sonnet-4-6', lacks: 'fast'},
		});
	});

	test("has the user's, where there is one", () => {
		const book = bookWith({user: {'claude-sonnet-4-6': mine}});
		expect(priced({speed: 'fast'}, book)).toMatchObject({
			costNanodollars: 7 * dollar,
		});
	});
});

describe('calls within an answer', () => {
	const extra = {...noUsage, input: 1_000_000};

	test('are priced each at its own model', () => {
		expect(
			priced({
				extraUsage: [
					{...extra, kind: 'compaction', model: 'claude-sonnet-4-6'},
					{...extra, kind: 'advisor', model: 'claude-opus-4-5'},
				],
			}),
		).toEqual({
			costNanodollars: 11 * dollar,
			countedNanodollars: 11 * dollar,
			priceSource: 'catalogue',
		});
	});

	test('leave the whole without a price where one has none, and what is known is counted', () => {
		expect(
			priced({extraUsage: [{...extra, kind: 'advisor', model: 'nobody-1'}]}),
		).toEqual({
			costNanodollars: null,
			countedNanodollars: 3 * dollar,
			priceSource: 'unpriced',
			gap: {model: 'nobody-1', lacks: 'model'},
		});
	});

	test('are rounded once, together', () => {
		const book = bookWith({
			user: {tiny: {input: 300_000, output: 0}},
		});
		const usage = {...noUsage, input: 1};
		expect(
			priced(
				{
					servedModel: 'tiny',
					usage,
					extraUsage: [{...usage, kind: 'compaction', model: 'tiny'}],
				},
				book,
			).costNanodollars,
		).toBe(1);
	});
});

describe('web searches', () => {
	const usage = {...noUsage, webSearch: 2};

	test("cost what the catalogue says where the user's price is of tokens alone", () => {
		const book = bookWith({user: {'claude-sonnet-4-6': mine}});
		expect(priced({usage}, book)).toMatchObject({
			costNanodollars: 0.02 * dollar,
			priceSource: 'user',
		});
	});

	test('leave an answer without a price where nobody knows what they cost, and its tokens are counted', () => {
		const book = bookWith({user: {mine}});
		expect(
			priced({usage: {...usage, input: 1_000_000}, servedModel: 'mine'}, book),
		).toEqual({
			costNanodollars: null,
			countedNanodollars: 7 * dollar,
			priceSource: 'unpriced',
			gap: {model: 'mine', lacks: 'web_search'},
		});
	});

	test.each([
		['my-model', 'internal-7', 'my-model'],
		['my-model', 'openrouter/my-model[1m]', 'x'],
	])('%s lacks their price where %s answered for %s', (id, served, sent) => {
		const book = bookWith({user: {[id]: mine}});
		expect(
			priced({usage, servedModel: served, sentModel: sent}, book).gap,
		).toEqual({model: id, lacks: 'web_search'});
	});
});

test.each([undefined, ''])('a model called %j lacks a name', (sentModel) => {
	expect(priced({servedModel: undefined, sentModel}).gap).toEqual({
		model: null,
		lacks: 'model',
	});
});

test('a sum that no number can hold exactly is no cost', () => {
	const usage = {...noUsage, output: Number.MAX_SAFE_INTEGER};
	expect(priced({usage})).toMatchObject({costNanodollars: null});
});
