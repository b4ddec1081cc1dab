import {expect, test} from 'vitest';
import {chooseModel, likeIds} from '../../source/doctor/choose-model.js';
import type {Chart} from '../../source/doctor/chart.js';
import {cost} from '../../source/doctor/checks/cost.js';
import {PriceBook} from '../../source/pricing/price-book.js';

const prices = new PriceBook({
	user: new Map(),
	host: 'api.gateway.example',
	multiplier: 1,
	takesListed: false,
});

const modelsOf = (ids: readonly string[]) =>
	ids.map((id) => ({id, context: undefined, price: undefined}));

test.each([
	[
		['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5'],
		'claude-haiku-4-5',
	],
	[['claude-opus-4-6', 'claude-sonnet-4-6'], 'claude-sonnet-4-6'],
	[['anthropic/claude-sonnet-4.6', 'gpt-5.4'], 'anthropic/claude-sonnet-4.6'],
	[['gpt-5.4', 'gpt-5.4-mini', 'text-embedding-3-small'], 'gpt-5.4-mini'],
	[['gpt-image-1-mini', 'gpt-5.4'], 'gpt-5.4'],
	[['house-haiku', 'claude-haiku-4-5'], 'claude-haiku-4-5'],
	[['house-model:free', 'house-model'], 'house-model'],
	[[], 'claude-haiku-4-5'],
])('of %j the one that is asked is %s', (ids, chosen) => {
	expect(
		chooseModel({
			listed: modelsOf(ids),
			prices,
			spoken: ['anthropic-messages'],
			formats: ['anthropic-messages'],
		}),
	).toBe(chosen);
});

test.each([
	['Claude Sonnet 4.6', 'claude-sonnet-4-6'],
	['claude-sonnet-4.6', 'claude-sonnet-4-6'],
	['anthropic/claude-sonnet-4-6', 'claude-sonnet-4-6'],
	['claude-sonet-4-6', 'claude-sonnet-4-6'],
	['Claude Opus 4.6', 'claude-opus-4-6'],
])('by %s is meant %s', (id, meant) => {
	expect(
		likeIds(id, {
			listed: modelsOf([
				'claude-opus-4-6',
				'claude-sonnet-4-6',
				'claude-haiku-4-5',
			]),
		})[0],
	).toBe(meant);
});

const chartOf = (model: string): Chart => ({
	endpoint: 'gateway',
	given: new URL('https://api.gateway.example/v1'),
	base: new URL('https://api.gateway.example/v1'),
	formats: ['openai-chat'],
	areFormatsSaid: true,
	auth: undefined,
	key: {kind: 'here', text: 'gw-key-of-the-gateway', shown: '$K', from: 'K'},
	proxy: undefined,
	knownHosts: [],
	wantedModel: undefined,
	namedModels: [],
	prices: new PriceBook({
		user: new Map([['gold', {input: 2e12, output: 9e12}]]),
		host: 'api.gateway.example',
		multiplier: 1,
		takesListed: false,
	}),
	isFree: false,
	async ask() {
		throw new Error('Nothing is asked here.');
	},
	spoken: ['openai-chat'],
	model,
});

test('a model that is too dear to be tried is not asked', async () => {
	const {findings, chart} = await cost(chartOf('gold'));

	expect(findings).toEqual([
		expect.objectContaining({
			standing: 'skipped',
			said: expect.stringContaining('too dear to be tried') as string,
			fix: 'Name a cheaper model: --model ID',
		}),
	]);
	expect(chart.isFree).toBe(true);
});

test('where a price is not known, it is said that the cost is not either', async () => {
	const {findings, chart} = await cost(chartOf('nobody-knows-it'));

	expect(findings[0]?.said).toBe(
		'What 2 tiny requests to nobody-knows-it will cost is not known: its price is not.',
	);
	expect(chart.isFree).toBe(false);
});
