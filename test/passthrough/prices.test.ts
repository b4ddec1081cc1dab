import type {ServerResponse} from 'node:http';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {ask} from '../helpers/ask.js';
import {startEndpoint, type Endpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const list = JSON.stringify({
	data: [
		{
			id: 'house-model',
			context_length: 1000,
			pricing: {prompt: '0.0000015', completion: '0.000006'},
		},
	],
});

const answer = (model: string, usage: object) =>
	JSON.stringify({
		id: 'msg_1',
		type: 'message',
		role: 'assistant',
		model,
		content: [],
		stop_reason: 'end_turn',
		usage,
	});

let endpoint: Endpoint;
afterEach(async () => endpoint.close());

/**
An endpoint whose answers used 1000 tokens in and 100 out.
*/
async function serve(
	model = 'house-model',
	{
		onList,
		usage = {input_tokens: 1000, output_tokens: 100},
	}: {
		onList?: (response: ServerResponse, authorization?: string) => void;
		usage?: object;
	} = {},
): Promise<string> {
	endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.setHeader('content-type', 'application/json');
		if (heard.target.endsWith('/models')) {
			if (onList === undefined) {
				response.end(list);
			} else {
				onList(response, heard.header('authorization'));
			}
		} else {
			response.end(answer(model, usage));
		}
	});
	return endpoint.url;
}

const post = async (url: string, model = 'house-model') =>
	ask(url, {
		method: 'POST',
		path: '/v1/messages',
		body: JSON.stringify({model, max_tokens: 10, messages: []}),
	});

const cost = (row: {
	costNanodollars: number | null;
	priceSource: string | null;
}) => [row.costNanodollars, row.priceSource];

describe('the price of a request', () => {
	test('is the one in the config', async () => {
		await using tollgate = await startTollgate({
			endpoint: await serve(),
			main: 'price_multiplier = 0.5\nbilling = "plan"',
			toml: '[prices."house-model"]\ninput = 0.025\noutput = 1',
		});
		await post(tollgate.url);
		// 1000 at 0.025 and 100 at 1 are 125 millionths of a dollar.
		expect(tollgate.row()).toMatchObject({
			costNanodollars: 62_500,
			countedNanodollars: 62_500,
			priceSource: 'user',
			billing: 'plan',
		});
	});

	test("comes from the endpoint's list, which is asked for with our key", async () => {
		const keys: Array<string | undefined> = [];
		const url = await serve('house-model', {
			onList(response, authorization) {
				keys.push(authorization);
				response.end(list);
			},
		});
		await using tollgate = await startTollgate({
			endpoint: url,
			main: 'prices = "models"\nkey = "env:HOUSE_KEY"',
			env: {HOUSE_KEY: 'sk-secret-of-the-house'},
		});
		await vi.waitFor(async () => {
			await post(tollgate.url);
			expect(cost(tollgate.rows().at(-1)!)).toEqual([2_100_000, 'models']);
		});
		expect(keys).toEqual(['Bearer sk-secret-of-the-house']);
	});

	test("comes from the list that an agent asked for, where the key is the agent's", async () => {
		let asked = 0;
		const url = await serve('house-model', {
			onList(response) {
				asked++;
				response.end(list);
			},
		});
		await using tollgate = await startTollgate({
			endpoint: url,
			main: 'prices = "models"',
		});
		await post(tollgate.url);
		await ask(tollgate.url, {method: 'GET', path: '/v1/models'});
		await post(tollgate.url);
		expect(tollgate.rows().map((row) => cost(row))).toEqual([
			[null, 'unpriced'],
			[0, null],
			[2_100_000, 'models'],
		]);
		expect(asked).toBe(1);
	});

	test('comes from the catalogue while the list does not come', async () => {
		const url = await serve('claude-haiku-4-5', {
			onList(response) {
				response.destroy();
			},
		});
		await using tollgate = await startTollgate({
			endpoint: url,
			main: 'prices = "models"\nkey = "env:HOUSE_KEY"',
			env: {HOUSE_KEY: 'sk-secret-of-the-house'},
		});
		await post(tollgate.url);
		expect(cost(tollgate.row())).toEqual([1_500_000, 'catalogue']);
	});

	test('is what the gateway says it cost, also in this format', async () => {
		const usage = {input_tokens: 1000, output_tokens: 100, cost: 0.00042};
		await using tollgate = await startTollgate({
			endpoint: await serve('claude-haiku-4-5', {usage}),
		});
		await post(tollgate.url);
		expect(cost(tollgate.row())).toEqual([420_000, 'endpoint']);
	});

	test('is known in part where an advisor has none, and the row says which', async () => {
		const advisor = {type: 'advisor_message', model: 'adviser-9'};
		const counted = {input_tokens: 1000, output_tokens: 100};
		const usage = {...counted, iterations: [{...advisor, ...counted}]};
		await using tollgate = await startTollgate({
			endpoint: await serve('claude-haiku-4-5', {usage}),
		});
		await post(tollgate.url);
		expect(tollgate.row()).toMatchObject({
			costNanodollars: null,
			countedNanodollars: 1_500_000,
			priceSource: 'unpriced',
			unpricedModel: 'adviser-9',
			unpricedFor: 'model',
		});
	});

	test('is not known for a model that nobody lists', async () => {
		await using tollgate = await startTollgate({
			endpoint: await serve('claude-sonnet-5-6'),
		});
		await post(tollgate.url, 'claude-sonnet-4-6');
		expect(tollgate.row()).toMatchObject({
			costNanodollars: null,
			countedNanodollars: null,
			priceSource: 'unpriced',
			unpricedModel: 'claude-sonnet-5-6',
			unpricedFor: 'model',
			usageStatus: 'exact',
		});
	});
});

test('what we turn down has cost nothing', async () => {
	await using tollgate = await startTollgate({
		endpoint: await serve(),
		main: 'formats = ["openai-chat"]',
	});
	await post(tollgate.url);
	expect(tollgate.row()).toMatchObject({
		outcome: 'refused',
		costNanodollars: 0,
		priceSource: null,
	});
});

test('a drain does not wait for a list that does not come', async () => {
	let hasAsked = false;
	const url = await serve('house-model', {
		onList() {
			hasAsked = true;
		},
	});
	const tollgate = await startTollgate({
		endpoint: url,
		main: 'prices = "models"\nkey = "env:HOUSE_KEY"',
		env: {HOUSE_KEY: 'sk-secret-of-the-house'},
	});
	await vi.waitFor(() => {
		expect(hasAsked).toBe(true);
	});
	await expect(tollgate.drain()).resolves.toBe(0);
	await tollgate[Symbol.asyncDispose]();
});
