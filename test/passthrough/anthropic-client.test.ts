import Anthropic from '@anthropic-ai/sdk';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {allOf, startPair, thrownBy, withoutTime, type Pair} from './pair.js';

let pair: Pair;

beforeAll(async () => {
	pair = await startPair({
		toml: '[aliases.coding-default]\ntargets = ["main/claude-sonnet-4-6"]',
	});
});

afterAll(async () => {
	await pair[Symbol.asyncDispose]();
});

const clientOf = (baseURL: string) =>
	new Anthropic({baseURL, apiKey: 'any', maxRetries: 0});
const question = {
	model: 'claude-sonnet-4-6',
	max_tokens: 4000,
	messages: [
		{role: 'user' as const, content: 'What is wrong with this queue?'},
	],
};
const tools = [
	{
		name: 'Read',
		description: 'Reads a file.',
		input_schema: {
			type: 'object',
			properties: {file_path: {type: 'string'}},
			required: ['file_path'],
		},
	},
] satisfies Anthropic.Tool[];
const simulate = (demand: string) => ({headers: {'x-simulate': demand}});
const last = () => pair.tollgate.rows().at(-1)!;

const usageInLog = (row: Exchange) => ({
	input: row.inputTokens,
	output: row.outputTokens,
	read: row.cacheReadTokens,
	written: (row.cacheWrite5mTokens ?? 0) + (row.cacheWrite1hTokens ?? 0),
});
const usageSeen = ({usage}: Anthropic.Message) => ({
	input: usage.input_tokens,
	output: usage.output_tokens,
	read: usage.cache_read_input_tokens ?? 0,
	written: usage.cache_creation_input_tokens ?? 0,
});

const asks: Readonly<
	Record<string, (client: Anthropic) => Promise<Anthropic.Message>>
> = {
	'a whole answer': async (client) => client.messages.create(question),
	'a stream': async (client) =>
		client.messages.stream({...question, max_tokens: 3000}).finalMessage(),
	'a stream with thinking': async (client) =>
		client.messages
			.stream({...question, thinking: {type: 'adaptive'}})
			.finalMessage(),
	'tool calls': async (client) =>
		client.messages.create({...question, tools}, simulate('tools=2; tokens=9')),
	'tool calls in a stream': async (client) =>
		client.messages
			.stream({...question, tools}, simulate('tools=2; tokens=12'))
			.finalMessage(),
	async 'a conversation that is cached'(client) {
		const cached = {
			...question,
			system: [
				{
					type: 'text' as const,
					text: 'You are thorough. '.repeat(800),
					cache_control: {type: 'ephemeral' as const, ttl: '1h' as const},
				},
			],
		};
		await client.messages.create(cached);
		return client.messages.stream(cached).finalMessage();
	},
	gzip: async (client) =>
		client.messages.stream(question, simulate('gzip')).finalMessage(),
	brotli: async (client) => client.messages.create(question, simulate('br')),
	zstd: async (client) =>
		client.messages
			.stream(question, simulate('zstd; tokens=300'))
			.finalMessage(),
	'an end at the limit': async (client) =>
		client.messages
			.stream({...question, max_tokens: 16}, simulate('tokens=80'))
			.finalMessage(),
	'a refusal': async (client) =>
		client.messages.create(question, simulate('refusal')),
};

describe('the Anthropic client sees through us what it sees without us', () => {
	test.each(Object.keys(asks))('%s', async (name) => {
		const {direct, through} = await pair.bothWays(async (url) =>
			asks[name]!(clientOf(url)),
		);

		expect(withoutTime(through)).toEqual(withoutTime(direct));
		const row = last();
		expect(row).toMatchObject({
			outcome: 'ok',
			usageStatus: 'exact',
			servedModel: through.model,
			stopReason: through.stop_reason,
			messageId: through.id,
			anomalies: null,
		});
		expect(usageInLog(row)).toEqual(usageSeen(through));
	});

	test('every event of a stream', async () => {
		const {direct, through} = await pair.bothWays(async (url) => {
			const events: unknown[] = [];
			const stream = await clientOf(url).messages.create({
				...question,
				stream: true,
			});
			for await (const event of stream) {
				events.push(event);
			}

			return events;
		});

		expect(through).toEqual(direct);
		expect(through.length).toBeGreaterThan(5);
	});

	test('models, one and all, and counted tokens', async () => {
		const {direct, through} = await pair.bothWays(async (url) => {
			const client = clientOf(url);
			return {
				models: await allOf(client.models.list({limit: 2})),
				one: await client.models.retrieve('claude-haiku-4-5'),
				counted: await client.messages.countTokens({
					model: question.model,
					messages: question.messages,
				}),
			};
		});

		// Of what the endpoint lists nothing is missing, and the alias stands behind it.
		expect({...through, models: through.models.slice(0, -1)}).toEqual(direct);
		expect(through.models.at(-1)).toMatchObject({
			id: 'coding-default',
			type: 'model',
		});
		expect(direct.models).toHaveLength(5);
		expect(last()).toMatchObject({
			path: '/v1/messages/count_tokens',
			usageStatus: 'none',
			inputTokens: null,
		});
	});

	test.each([
		'400',
		'401',
		'403',
		'404',
		'413',
		'429; retry-after=2',
		'429; retry-after-ms=1500; should-retry=true',
		'quota',
		'500',
		'529',
		'html502',
		'cut; tokens=40; after=3',
		'error; tokens=40',
	])('what is thrown: %s', async (demand) => {
		const {direct, through} = await pair.bothWays(async (url) =>
			thrownBy(
				clientOf(url)
					.messages.stream(question, simulate(demand))
					.finalMessage(),
			),
		);

		expect(through).toEqual(direct);
		expect(through).toHaveProperty('name');
		expect(last().outcome).toMatch(/^(?:error|truncated)$/);
	});

	test('the headers of a limit', async () => {
		const {direct, through} = await pair.bothWays(async (url) => {
			const {response} = await clientOf(url)
				.messages.create(question)
				.withResponse();
			return [...response.headers.keys()].toSorted();
		});

		expect(through).toEqual(direct);
		expect(last().rateLimits?.windows?.['requests']?.limit).toBe(4000);
	});
});

test('an alias is answered by its target', async () => {
	const message = await clientOf(pair.tollgate.url).messages.create({
		...question,
		model: 'coding-default',
	});

	expect(message.model).toBe('claude-sonnet-4-6');
	expect(last()).toMatchObject({
		askedModel: 'coding-default',
		alias: 'coding-default',
		sentModel: 'claude-sonnet-4-6',
		servedModel: 'claude-sonnet-4-6',
	});
});

test('a client that retries by itself gets there, and every try is a row', async () => {
	const before = pair.tollgate.rows().length;
	const client = new Anthropic({
		baseURL: pair.tollgate.url,
		apiKey: 'any',
		maxRetries: 1,
	});
	await expect(
		client.messages.create(question, simulate('429; retry-after-ms=1')),
	).rejects.toThrow(Anthropic.RateLimitError);

	const rows = pair.tollgate.rows().slice(before);
	expect(rows).toMatchObject([
		{httpStatus: 429, errorClass: 'rate_limit', retryAfterMs: 1},
		{httpStatus: 429, errorClass: 'rate_limit', retryAfterMs: 1},
	]);
	expect(rows[0]?.bodyHash).toBe(rows[1]?.bodyHash);
});

test('our own refusals are errors that the client knows', async () => {
	const refused = await thrownBy(
		clientOf(pair.tollgate.url).messages.create(question, {
			headers: {origin: 'https://evil.example'},
		}),
	);

	expect(refused).toMatchObject({
		kind: 'PermissionDeniedError',
		status: 403,
		type: 'permission_error',
		message: expect.stringContaining('allow_origins') as string,
	});
});
