import {Buffer} from 'node:buffer';
import zlib from 'node:zlib';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {AnswerFacts} from '../../source/wire/wire-format.js';
import {startEndpoint, type Endpoint} from '../helpers/endpoint.js';
import {
	measure,
	optionsOf,
	readFixtures,
	type Fixture,
} from '../wire/measured.js';

const streams = readFixtures().filter(
	({request, response}) => request.stream === true && response.status === 200,
);
const of = (protocol: string) =>
	streams.filter((fixture) => fixture.protocol === protocol);

let playing: Pick<Fixture, 'body' | 'response'>;
let endpoint: Endpoint;
let anthropic: Anthropic;
let openai: OpenAI;

beforeAll(async () => {
	endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.setHeaders(new Map(Object.entries(playing.response.headers)));
		response.end(playing.body);
	});
	const options = {apiKey: 'any', maxRetries: 0, logLevel: 'off'} as const;
	anthropic = new Anthropic({...options, baseURL: endpoint.url});
	openai = new OpenAI({...options, baseURL: `${endpoint.url}/v1`});
});

afterAll(async () => endpoint.close());

/**
What both sides can tell; the SDKs know one kind of cache writes.
*/
type Tokens = Readonly<
	Record<'input' | 'output' | 'read' | 'written' | 'searches', number>
>;

type Counted = Readonly<{tokens: Tokens | undefined; threw: boolean}>;

const ours = ({usage}: Pick<AnswerFacts, 'usage'>): Tokens | undefined =>
	usage && {
		input: usage.input,
		output: usage.output,
		read: usage.cacheRead,
		written: usage.cacheWrite5m + usage.cacheWrite1h,
		searches: usage.webSearch,
	};

const asRecorded = ({wanted}: Fixture): Tokens | undefined => {
	const usage = wanted['usage'] as Readonly<Record<string, number>> | null;
	return usage
		? {
				input: usage['input']!,
				output: usage['output']!,
				read: usage['cache_read']!,
				written: usage['cache_write_5m']! + usage['cache_write_1h']!,
				searches: usage['web_search']!,
			}
		: undefined;
};

const ofAnthropic = (usage: Anthropic.Usage | undefined): Tokens | undefined =>
	usage && {
		input: usage.input_tokens,
		output: usage.output_tokens,
		read: usage.cache_read_input_tokens ?? 0,
		written: usage.cache_creation_input_tokens ?? 0,
		searches: usage.server_tool_use?.web_search_requests ?? 0,
	};

const ask = {
	model: 'claude-sonnet-4-6',
	max_tokens: 100,
	messages: [{role: 'user' as const, content: 'Hello'}],
};

async function byAnthropic(
	answer: Pick<Fixture, 'body' | 'response'>,
): Promise<Counted> {
	playing = answer;
	const stream = anthropic.messages.stream(ask);
	let seen: Anthropic.Usage | undefined;
	stream.on('streamEvent', (_, {usage}) => {
		seen = usage;
	});
	try {
		const {usage} = await stream.finalMessage();
		return {tokens: ofAnthropic(usage), threw: false};
	} catch {
		return {tokens: ofAnthropic(seen), threw: true};
	}
}

/**
Cached tokens are a part of these prompts.
*/
const ofOpenai = (
	usage: OpenAI.CompletionUsage | undefined | null,
): Tokens | undefined => {
	if (!usage) {
		return undefined;
	}

	const details = usage.prompt_tokens_details as
		Readonly<Record<string, number | undefined>> | undefined;
	const read = details?.['cached_tokens'] ?? 0;
	const written = details?.['cache_write_tokens'] ?? 0;
	return {
		input: usage.prompt_tokens - read - written,
		output: usage.completion_tokens,
		read,
		written,
		searches: 0,
	};
};

async function byChat(answer: Fixture): Promise<Counted> {
	playing = answer;
	let usage: OpenAI.CompletionUsage | undefined | null;
	try {
		const stream = await openai.chat.completions.create({
			...ask,
			stream: true,
		});
		for await (const chunk of stream) {
			// What Groq sends beside the format is for its own SDK.
			const {x_groq: groq} = chunk as {x_groq?: {usage?: typeof usage}};
			usage = chunk.usage ?? groq?.usage ?? usage;
		}

		return {tokens: ofOpenai(usage), threw: false};
	} catch {
		return {tokens: ofOpenai(usage), threw: true};
	}
}

async function byResponses(answer: Fixture): Promise<Counted> {
	playing = answer;
	const stream = openai.responses.stream({model: 'gpt-5.4', input: 'Hello'});
	let usage: OpenAI.Responses.ResponseUsage | undefined;
	stream.on('event', (event) => {
		if ('response' in event) {
			usage = event.response.usage ?? usage;
		}
	});
	try {
		await stream.finalResponse();
		return {tokens: ofResponses(usage), threw: false};
	} catch {
		return {tokens: ofResponses(usage), threw: true};
	}
}

const ofResponses = (
	usage: OpenAI.Responses.ResponseUsage | undefined,
): Tokens | undefined =>
	usage && {
		input: usage.input_tokens - usage.input_tokens_details.cached_tokens,
		output: usage.output_tokens,
		read: usage.input_tokens_details.cached_tokens,
		written: 0,
		searches: 0,
	};

describe.each([
	['anthropic-messages', byAnthropic],
	['openai-chat', byChat],
	['openai-responses', byResponses],
] as const)('the official SDK counts as we do in %s', (protocol, count) => {
	const recorded = of(protocol);

	test('there are recordings', () => {
		expect(recorded.length).toBeGreaterThan(1);
	});

	test.each(recorded)('$id', async (fixture) => {
		const {tokens} = await count(fixture);
		const facts = await measure(optionsOf(fixture), [fixture.body]);
		expect(tokens).toEqual(ours(facts));
		expect(tokens).toEqual(asRecorded(fixture));
	});
});

/**
Streams that are told of and not recorded: we differ here, and mean to.
*/
const events = (...all: readonly object[]): Buffer =>
	Buffer.from(
		all
			.map(
				(event) =>
					`event: ${(event as {type: string}).type}\ndata: ${JSON.stringify(event)}\n\n`,
			)
			.join(''),
	);

const start = (usage: object, id = 'msg_1') => ({
	type: 'message_start',
	message: {
		id,
		type: 'message',
		role: 'assistant',
		model: 'claude-sonnet-4-6',
		content: [],
		stop_reason: null,
		stop_sequence: null,
		usage: {input_tokens: 25, output_tokens: 1, ...usage},
	},
});
const text = [
	{
		type: 'content_block_start',
		index: 0,
		content_block: {type: 'text', text: ''},
	},
	{
		type: 'content_block_delta',
		index: 0,
		delta: {type: 'text_delta', text: 'Hello.'},
	},
	{type: 'content_block_stop', index: 0},
];
const delta = (usage: object) => ({
	type: 'message_delta',
	delta: {stop_reason: 'end_turn', stop_sequence: null},
	usage,
});
const stop = {type: 'message_stop'};

const sse = {'content-type': 'text/event-stream'};

const playedBy = (body: Buffer): Pick<Fixture, 'body' | 'response'> => ({
	body,
	response: {status: 200, headers: sse},
});

const meant = of('anthropic-messages')[0]!;

const readByUs = async (body: Buffer): Promise<AnswerFacts> =>
	measure({...optionsOf(meant), headers: Object.entries(sse).flat()}, [body]);

const whole: Tokens = {
	input: 25,
	output: 15,
	read: 2000,
	written: 300,
	searches: 0,
};
const cached = {
	cache_read_input_tokens: 2000,
	cache_creation_input_tokens: 300,
};

describe('on purpose we do not count as the official SDK', () => {
	test('where a gateway sets the prompt to nothing at the end: it was not nothing', async () => {
		const body = events(
			start(cached),
			...text,
			delta({
				input_tokens: 0,
				cache_read_input_tokens: 0,
				cache_creation_input_tokens: 0,
				output_tokens: 15,
			}),
			stop,
		);
		expect(await byAnthropic(playedBy(body))).toEqual({
			tokens: {...whole, input: 0, read: 0, written: 0},
			threw: false,
		});
		const facts = await readByUs(body);
		expect(ours(facts)).toEqual(whole);
		expect(facts.anomalies).toContain('delta_input_zeroed');
	});

	test('where a message begins twice: it was answered and billed once', async () => {
		const body = events(
			start({input_tokens: 0}),
			start(cached),
			...text,
			delta({output_tokens: 15}),
		);
		const {threw} = await byAnthropic(playedBy(body));
		expect(threw).toBe(true);
		const facts = await readByUs(body);
		expect(facts.outcome).toBe('ok');
		expect(facts.usageStatus).toBe('exact');
		expect(ours(facts)).toEqual(whole);
		expect(facts.anomalies).toEqual(
			expect.arrayContaining([
				'duplicate_message_start',
				'missing_message_stop',
			]),
		);
	});

	test('where gzip comes without saying so: it can be read all the same', async () => {
		const body = zlib.gzipSync(
			events(start(cached), ...text, delta({output_tokens: 15}), stop),
		);
		expect(await byAnthropic(playedBy(body))).toEqual({
			tokens: undefined,
			threw: true,
		});
		const facts = await readByUs(body);
		expect(ours(facts)).toEqual(whole);
		expect(facts.anomalies).toContain('unlabelled_gzip');
	});
});
