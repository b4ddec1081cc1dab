import OpenAI from 'openai';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {allOf, startPair, thrownBy, withoutTime, type Pair} from './pair.js';

let pair: Pair;

beforeAll(async () => {
	pair = await startPair({main: 'openai_usage = "observe"'});
});

afterAll(async () => {
	await pair[Symbol.asyncDispose]();
});

const clientOf = (url: string) =>
	new OpenAI({baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0});
const chat = {
	model: 'gpt-5.4',
	messages: [
		{role: 'user' as const, content: 'What is wrong with this queue?'},
	],
};
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
const simulate = (demand: string) => ({headers: {'x-simulate': demand}});
const withUsage = {
	stream: true as const,
	stream_options: {include_usage: true},
};
const last = () => pair.tollgate.rows().at(-1)!;

const seenUsage = (usage: OpenAI.CompletionUsage | null | undefined) => {
	const read = usage?.prompt_tokens_details?.cached_tokens ?? 0;
	return {
		inputTokens: (usage?.prompt_tokens ?? 0) - read,
		cacheReadTokens: read,
		outputTokens: usage?.completion_tokens,
	};
};

describe('the OpenAI client sees through us what it sees without us', () => {
	test.each([
		['a whole answer', {}, 'tokens=40'],
		['tool calls', {tools: chatTools}, 'tools=2; tokens=9'],
		['gzip', {}, 'gzip; tokens=90'],
		['thinking', {model: 'glm-5.3'}, 'ok'],
	])('chat completions: %s', async (_, more, demand) => {
		const {direct, through} = await pair.bothWays(async (url) =>
			clientOf(url).chat.completions.create(
				{...chat, ...more},
				simulate(demand),
			),
		);

		expect(withoutTime(through)).toEqual(withoutTime(direct));
		expect(last()).toMatchObject({
			outcome: 'ok',
			format: 'openai-chat',
			usageStatus: 'exact',
			servedModel: through.model,
			stopReason: through.choices[0]?.finish_reason,
			...seenUsage(through.usage),
		});
	});

	test.each([
		['a stream with usage', withUsage, 'tokens=40', 'exact'],
		['a stream without', {stream: true as const}, 'tokens=40', 'missing'],
		[
			'a stream with tools',
			{...withUsage, tools: chatTools},
			'tools=2',
			'exact',
		],
		['a stream in brotli', withUsage, 'br; tokens=200', 'exact'],
	] as const)('chat completions: %s', async (_, more, demand, usageStatus) => {
		const {direct, through} = await pair.bothWays(async (url) =>
			allOf(
				await clientOf(url).chat.completions.create(
					{
						...chat,
						...more,
						tools: 'tools' in more ? [...more.tools] : undefined,
					},
					simulate(demand),
				),
			),
		);

		expect(withoutTime(through)).toEqual(withoutTime(direct));
		expect(last()).toMatchObject({outcome: 'ok', usageStatus});
		if (usageStatus === 'exact') {
			expect(last()).toMatchObject(seenUsage(through.at(-1)?.usage));
		}
	});

	test('responses', async () => {
		const asked = {model: 'gpt-5.4', input: 'Hello', tools: responseTools};
		const {direct, through} = await pair.bothWays(async (url) =>
			clientOf(url).responses.create(asked, simulate('tools=1; tokens=30')),
		);

		expect(withoutTime(through)).toEqual(withoutTime(direct));
		expect(last()).toMatchObject({
			format: 'openai-responses',
			outcome: 'ok',
			usageStatus: 'exact',
			outputTokens: through.usage?.output_tokens,
		});
	});

	test('responses, event by event', async () => {
		const {direct, through} = await pair.bothWays(async (url) =>
			allOf(
				await clientOf(url).responses.create({
					model: 'gpt-5.4',
					input: 'Hello',
					stream: true,
				}),
			),
		);

		expect(withoutTime(through)).toEqual(withoutTime(direct));
		const end = through.at(-1);
		expect(end?.type).toBe('response.completed');
		expect(last()).toMatchObject({
			usageStatus: 'exact',
			outputTokens:
				end?.type === 'response.completed'
					? end.response.usage?.output_tokens
					: undefined,
		});
	});

	test.each([
		'401',
		'404',
		'429; retry-after-ms=20',
		'quota',
		'500',
		'html502',
	])('what is thrown: %s', async (demand) => {
		const {direct, through} = await pair.bothWays(async (url) =>
			thrownBy(clientOf(url).chat.completions.create(chat, simulate(demand))),
		);

		expect(through).toEqual(direct);
		expect(last()).toMatchObject({outcome: 'error'});
	});

	test.each(['error; tokens=30', 'cut; tokens=30; after=2'])(
		'what is thrown in the middle of a stream: %s',
		async (demand) => {
			const {direct, through} = await pair.bothWays(async (url) =>
				thrownBy(
					clientOf(url)
						.chat.completions.create({...chat, ...withUsage}, simulate(demand))
						.then(async (stream) => allOf(stream)),
				),
			);

			expect(through).toEqual(direct);
			expect(through).toHaveProperty('name');
		},
	);

	test('models, one and all', async () => {
		const {direct, through} = await pair.bothWays(async (url) => ({
			all: await allOf(clientOf(url).models.list()),
			one: await clientOf(url).models.retrieve('gpt-5.4'),
		}));

		expect(through).toEqual(direct);
	});
});

describe('with the usage asked for by us', () => {
	test('the client sees a stream as if nobody had asked, and the log has its usage', async () => {
		await using injecting = await startPair();
		const chunks = await allOf(
			await clientOf(injecting.tollgate.url).chat.completions.create(
				{...chat, stream: true},
				simulate('tokens=25'),
			),
		);

		expect(chunks.every(({choices}) => choices.length === 1)).toBe(true);
		expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
		const {tokens} = injecting.behind.count().total;
		expect(injecting.tollgate.row()).toMatchObject({
			usageStatus: 'exact',
			inputTokens: tokens.input,
			cacheReadTokens: tokens.cacheRead,
			outputTokens: 25,
		});
	});

	test('the stream helper puts the same answer together', async () => {
		await using injecting = await startPair();
		const answer = await clientOf(injecting.tollgate.url)
			.chat.completions.stream({...chat, tools: chatTools}, simulate('tools=2'))
			.finalChatCompletion();

		expect(answer.choices[0]?.message.tool_calls).toHaveLength(2);
		expect(injecting.tollgate.row().usageStatus).toBe('exact');
	});
});
