import {expect, test} from 'vitest';
import {readModelsList} from '../../source/wire/models-list.js';
import {answerOf, factsOf, jsonHeaders} from './said.js';

test('a list with prices is read with them', () => {
	expect(
		readModelsList({
			data: [
				{
					id: 'anthropic/claude-sonnet-4.6',
					context_length: 1_000_000,
					pricing: {
						prompt: '0.000003',
						completion: '0.000015',
						input_cache_read: '0.0000003',
						input_cache_write: '0.00000375',
						web_search: '0.01',
					},
					top_provider: {},
				},
				{
					id: 'openrouter/auto',
					context_length: null,
					pricing: {prompt: '-1', completion: ''},
				},
			],
		}),
	).toEqual({
		shape: 'openrouter',
		hasMore: false,
		next: undefined,
		models: [
			{
				id: 'anthropic/claude-sonnet-4.6',
				context: 1_000_000,
				price: {
					prompt: 0.000003,
					completion: 0.000015,
					cacheRead: 0.0000003,
					cacheWrite: 0.00000375,
					webSearch: 0.01,
				},
			},
			{
				id: 'openrouter/auto',
				context: undefined,
				price: {
					prompt: undefined,
					completion: undefined,
					cacheRead: undefined,
					cacheWrite: undefined,
					webSearch: undefined,
				},
			},
		],
	});
});

test.each([
	[{object: 'list', data: []}, 'openai'],
	[{data: [], has_more: false, first_id: null, last_id: null}, 'anthropic'],
	[[{id: 'bare'}], 'openai'],
])('%j has the shape of %s', (body, shape) => {
	expect(readModelsList(body)?.shape).toBe(shape);
});

test.each([undefined, {}, 'no', {data: {}}, {models: []}])(
	'%j is no list',
	(body) => {
		expect(readModelsList(body)).toBeUndefined();
	},
);

test('entries without a name are left out', () => {
	expect(
		readModelsList({data: [null, {id: 7}, {id: ''}, {id: 'x'}]})?.models,
	).toEqual([{id: 'x', context: undefined, price: undefined}]);
});

test('a list is no usage, and may be large', async () => {
	const data = Array.from({length: 500}, (_, index) => ({
		id: `model-${index}`,
		description: 'x'.repeat(100),
	}));
	const facts = await factsOf(
		answerOf('anthropic-messages', {kind: 'models', headers: jsonHeaders}),
		JSON.stringify({data}),
	);
	expect(facts).toMatchObject({outcome: 'ok', usageStatus: 'none'});
	expect(facts.models?.models).toHaveLength(500);
});

test.each([
	['cut short', '{"data":[', 'complete', 'truncated'],
	['cut off', '{"data":[]}', 'cut', 'ok'],
	['an error', '{"error":{"message":"x","code":"429"}}', 'complete', 'error'],
] as const)('a list that is %s is %4$s', async (_, body, how, outcome) => {
	const facts = await factsOf(
		answerOf('openai-chat', {kind: 'models', headers: jsonHeaders}),
		body,
		how,
	);
	expect(facts).toMatchObject({outcome, usageStatus: 'none'});
});
