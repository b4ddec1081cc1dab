import OpenAI from 'openai';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';

let endpoint: SimulatedEndpoint;
let client: OpenAI;

beforeAll(async () => {
	endpoint = await startSimulatedEndpoint({pace: 0, seed: 7});
	client = new OpenAI({
		baseURL: `${endpoint.url}/v1`,
		apiKey: 'any',
		maxRetries: 0,
	});
});

afterAll(async () => {
	await endpoint.close();
});

const messages = [
	{role: 'user' as const, content: 'What is wrong with this queue?'},
];
const chat = {model: 'gpt-5.4', messages};
const parameters = {
	type: 'object',
	properties: {command: {type: 'string'}},
	required: ['command'],
};
const chatTools = [
	{type: 'function' as const, function: {name: 'Bash', parameters}},
];
const responseTools = [
	{type: 'function' as const, name: 'Bash', parameters, strict: false},
];
const aString: unknown = expect.any(String);
const aNumber: unknown = expect.any(Number);
const simulate = (demand: string) => ({headers: {'x-simulate': demand}});

describe('the OpenAI client, chat completions', () => {
	test('reads a whole answer', async () => {
		const answer = await client.chat.completions.create(
			chat,
			simulate('tokens=40'),
		);

		expect(answer.choices[0]).toMatchObject({
			finish_reason: 'stop',
			message: {role: 'assistant', content: aString},
		});
		expect(answer.usage?.completion_tokens).toBe(40);
		expect(answer.usage?.total_tokens).toBe(
			40 + (answer.usage?.prompt_tokens ?? 0),
		);
	});

	test('gets usage with a stream only where it asked for it', async () => {
		const read = async (asked: boolean) => {
			const chunks: OpenAI.ChatCompletionChunk[] = [];
			const stream = await client.chat.completions.create(
				{
					...chat,
					stream: true,
					...(asked && {stream_options: {include_usage: true}}),
				},
				simulate('tokens=9'),
			);
			for await (const chunk of stream) {
				chunks.push(chunk);
			}

			return chunks;
		};

		const told = await read(true);
		const untold = await read(false);
		expect(told.at(-1)).toMatchObject({
			choices: [],
			usage: {completion_tokens: 9},
		});
		expect(told.slice(0, -1).every(({usage}) => usage === null)).toBe(true);
		expect(untold.every((chunk) => !('usage' in chunk))).toBe(true);
		expect(untold.every(({choices}) => choices.length === 1)).toBe(true);
	});

	test.each([true, false])(
		'gets tool calls that fit their schema (stream: %s)',
		async (stream) => {
			const asked = {...chat, tools: chatTools};
			const options = simulate('tokens=5; tools=2');
			const answer = stream
				? await client.chat.completions
						.stream({...asked, stream_options: {include_usage: true}}, options)
						.finalChatCompletion()
				: await client.chat.completions.create(asked, options);

			const calls = answer.choices[0]?.message.tool_calls ?? [];
			expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
			expect(calls).toHaveLength(2);
			for (const call of calls) {
				expect(call.id).toMatch(/^call_sim/);
				expect(
					JSON.parse(call.type === 'function' ? call.function.arguments : ''),
				).toEqual({command: aString});
			}
		},
	);

	test('sees the reasoning of a model that shows it', async () => {
		const answer = await client.chat.completions.create({
			...chat,
			model: 'glm-5.3',
		});

		const reasoned =
			answer.usage?.completion_tokens_details?.reasoning_tokens ?? 0;
		expect('reasoning_content' in answer.choices[0]!.message).toBe(
			reasoned > 0,
		);
	});
});

describe('the OpenAI client, responses', () => {
	test('reads a whole answer', async () => {
		const answer = await client.responses.create(
			{model: 'gpt-5.4', input: 'Hello'},
			simulate('tokens=40'),
		);

		expect(answer.status).toBe('completed');
		expect(answer.output_text).toContain(' ');
		expect(answer.usage).toMatchObject({
			output_tokens: 40,
			input_tokens_details: {cached_tokens: 0},
		});
	});

	test.each([true, false])(
		'gets function calls that fit their schema (stream: %s)',
		async (stream) => {
			const asked = {
				model: 'gpt-5.4',
				input: 'Hello',
				tools: responseTools,
			};
			const options = simulate('tools=1; tokens=4');
			const answer = stream
				? await client.responses.stream(asked, options).finalResponse()
				: await client.responses.create(asked, options);

			const call = answer.output.at(-1);
			expect(answer.output.map(({type}) => type)).toEqual([
				'message',
				'function_call',
			]);
			expect(
				JSON.parse(call?.type === 'function_call' ? call.arguments : ''),
			).toEqual({command: aString});
		},
	);

	test('counts the events of a stream without a gap', async () => {
		const stream = await client.responses.create({
			model: 'gpt-5.4',
			input: 'Hello',
			stream: true,
		});
		const numbers: number[] = [];
		const types: string[] = [];
		for await (const event of stream) {
			numbers.push(event.sequence_number);
			types.push(event.type);
		}

		expect(numbers).toEqual(numbers.map((_, index) => index));
		expect(types[0]).toBe('response.created');
		expect(types.at(-1)).toBe('response.completed');
	});

	test('is told when the limit ended the answer', async () => {
		const answer = await client.responses
			.stream(
				{model: 'gpt-5.4', input: 'Hello', max_output_tokens: 16},
				simulate('tokens=80'),
			)
			.finalResponse();

		expect(answer.status).toBe('incomplete');
		expect(answer.incomplete_details?.reason).toBe('max_output_tokens');
		expect(answer.usage?.output_tokens).toBe(16);
	});

	test('meets the failure in the middle of a stream', async () => {
		const stream = await client.responses.create(
			{model: 'gpt-5.4', input: 'Hello', stream: true},
			simulate('error; tokens=30'),
		);
		const types: string[] = [];
		for await (const {type} of stream) {
			types.push(type);
		}

		expect(types.at(-1)).toBe('response.failed');
	});
});

describe('the OpenAI client, errors and models', () => {
	test.each([
		['401', OpenAI.AuthenticationError, 'invalid_api_key'],
		['429; retry-after-ms=20', OpenAI.RateLimitError, 'rate_limit_exceeded'],
		['quota', OpenAI.RateLimitError, 'insufficient_quota'],
	])('knows the error behind %s', async (demand, kind, code) => {
		const asking = client.chat.completions.create(chat, simulate(demand));

		await expect(asking).rejects.toThrow(kind);
		await expect(asking).rejects.toMatchObject({code});
	});

	test('is told that a model does not exist', async () => {
		await expect(
			client.chat.completions.create({...chat, model: 'no-such-model'}),
		).rejects.toMatchObject({status: 404, code: 'model_not_found'});
	});

	test('meets the error in the middle of a stream', async () => {
		const stream = await client.chat.completions.create(
			{...chat, stream: true},
			simulate('error; tokens=30'),
		);
		const read = async () => {
			for await (const _ of stream) {
				// Only the end matters.
			}
		};

		await expect(read()).rejects.toMatchObject({code: 'server_error'});
	});

	test('lists models in its own shape', async () => {
		const list = await client.models.list();
		const one = await client.models.retrieve('gpt-5.4');

		expect(list.data).toContainEqual(one);
		expect(one).toEqual({
			id: 'gpt-5.4',
			object: 'model',
			created: aNumber,
			owned_by: 'openai',
		});
	});
});
