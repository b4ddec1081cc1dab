import Anthropic from '@anthropic-ai/sdk';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';

let endpoint: SimulatedEndpoint;
let client: Anthropic;

beforeAll(async () => {
	endpoint = await startSimulatedEndpoint({pace: 0, seed: 7});
	client = new Anthropic({
		baseURL: endpoint.url,
		apiKey: 'any',
		maxRetries: 0,
	});
});

afterAll(async () => {
	await endpoint.close();
});

const ask = {
	model: 'claude-sonnet-4-6',
	max_tokens: 4000,
	messages: [{role: 'user', content: 'What is wrong with this queue?'}],
} as const;
const tools = [
	{
		name: 'Read',
		description: 'Reads a file.',
		input_schema: {
			type: 'object',
			properties: {file_path: {type: 'string'}, limit: {type: 'integer'}},
			required: ['file_path', 'limit'],
		},
	},
] satisfies Anthropic.Tool[];
const aString: unknown = expect.any(String);
const aNumber: unknown = expect.any(Number);
const simulate = (demand: string) => ({headers: {'x-simulate': demand}});

describe('the Anthropic client', () => {
	test('reads a whole answer', async () => {
		const {data, response} = await client.messages
			.create({...ask, messages: [...ask.messages]}, simulate('tokens=40'))
			.withResponse();

		expect(data).toMatchObject({
			type: 'message',
			role: 'assistant',
			model: 'claude-sonnet-4-6',
			stop_reason: 'end_turn',
			usage: {output_tokens: 40, cache_read_input_tokens: 0},
		});
		expect(data.content).toMatchObject([{type: 'text'}]);
		expect(response.headers.get('request-id')).toMatch(/^req_sim_/);
		expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe(
			'4000',
		);
	});

	test('puts a stream together, with thinking before the text', async () => {
		// Whether it thinks is chance: ask until it did.
		for (let times = 0; times < 20; times += 1) {
			const message = await client.messages
				.stream({
					...ask,
					messages: [{role: 'user', content: `Think ${times}`}],
					thinking: {type: 'adaptive'},
				})
				.finalMessage();
			const [first, second] = message.content;
			if (first?.type !== 'thinking') {
				continue;
			}

			const thinking = message.usage.output_tokens_details?.thinking_tokens;
			expect(first.signature).toMatch(/^\w{96}$/);
			expect(second?.type).toBe('text');
			expect(thinking).toBeGreaterThan(0);
			expect(thinking).toBeLessThan(message.usage.output_tokens);
			return;
		}

		expect.fail('It never thought.');
	});

	test.each([true, false])(
		'gets tool calls that fit their schema (stream: %s)',
		async (stream) => {
			const parameters = {...ask, messages: [...ask.messages], tools};
			const options = simulate('tokens=5; tools=2');
			const message = stream
				? await client.messages.stream(parameters, options).finalMessage()
				: await client.messages.create(parameters, options);

			expect(message.stop_reason).toBe('tool_use');
			expect(message.content.map(({type}) => type)).toEqual([
				'text',
				'tool_use',
				'tool_use',
			]);
			for (const block of message.content.slice(1)) {
				expect(block).toMatchObject({
					name: 'Read',
					input: {file_path: aString, limit: aNumber},
				});
			}
		},
	);

	test('is told when the limit ended the answer', async () => {
		const message = await client.messages
			.stream(
				{...ask, messages: [...ask.messages], max_tokens: 16},
				simulate('tokens=80'),
			)
			.finalMessage();

		expect(message.stop_reason).toBe('max_tokens');
		expect(message.usage.output_tokens).toBe(16);
	});

	test('is told of a refusal', async () => {
		const message = await client.messages.create(
			{...ask, messages: [...ask.messages]},
			simulate('refusal'),
		);

		expect(message.stop_reason).toBe('refusal');
		expect(message.stop_details?.type).toBe('refusal');
	});

	test('gets JSON of the schema it asked for', async () => {
		const message = await client.messages.create({
			...ask,
			messages: [...ask.messages],
			output_config: {
				format: {
					type: 'json_schema',
					schema: {
						type: 'object',
						properties: {title: {type: 'string'}},
						required: ['title'],
					},
				},
			},
		});

		const [block] = message.content;
		expect(JSON.parse(block?.type === 'text' ? block.text : '')).toEqual({
			title: aString,
		});
	});

	test('counts tokens, lists models and finds one', async () => {
		const counted = await client.messages.countTokens({
			model: ask.model,
			messages: [...ask.messages],
		});
		const ids: string[] = [];
		for await (const model of client.models.list({limit: 2})) {
			ids.push(model.id);
		}

		const one = await client.models.retrieve('claude-haiku-4-5');
		expect(counted.input_tokens).toBeGreaterThan(10);
		expect(ids).toEqual([
			'claude-opus-5-5',
			'claude-sonnet-4-6',
			'claude-haiku-4-5',
			'gpt-5.4',
			'glm-5.3',
		]);
		expect(one).toMatchObject({
			display_name: 'Claude Haiku 4.5',
			line: 'haiku',
		});
	});

	test.each([
		['400', Anthropic.BadRequestError, 'invalid_request_error'],
		['401', Anthropic.AuthenticationError, 'authentication_error'],
		['403', Anthropic.PermissionDeniedError, 'permission_error'],
		['404', Anthropic.NotFoundError, 'not_found_error'],
		['429; retry-after=2', Anthropic.RateLimitError, 'rate_limit_error'],
		['500', Anthropic.InternalServerError, 'api_error'],
		['529', Anthropic.InternalServerError, 'overloaded_error'],
	])('knows the error behind %s', async (demand, kind, type) => {
		const asking = client.messages.create(
			{...ask, messages: [...ask.messages]},
			simulate(demand),
		);

		await expect(asking).rejects.toThrow(kind);
		await expect(asking).rejects.toMatchObject({type});
	});

	test('is told that a model does not exist', async () => {
		await expect(
			client.messages.create({
				...ask,
				messages: [...ask.messages],
				model: 'no-such-model',
			}),
		).rejects.toMatchObject({status: 404, type: 'not_found_error'});
	});

	test('meets the error in the middle of a stream', async () => {
		const stream = client.messages.stream(
			{...ask, messages: [...ask.messages]},
			simulate('error; tokens=30'),
		);

		await expect(stream.finalMessage()).rejects.toMatchObject({
			type: 'overloaded_error',
		});
	});
});
