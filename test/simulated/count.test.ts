import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import {noTokens} from '../../source/simulated/count.js';
import {post, question} from './post.js';

let endpoint: SimulatedEndpoint;

beforeEach(async () => {
	endpoint = await startSimulatedEndpoint({pace: 0});
});

afterEach(async () => {
	await endpoint.close();
});

const system = [
	{
		type: 'text' as const,
		text: 'Be brief. '.repeat(800),
		cache_control: {type: 'ephemeral' as const, ttl: '1h' as const},
	},
];

test('its sums are those that the clients were told', async () => {
	const seen = {input: 0, output: 0, cacheRead: 0, cacheWrite1h: 0};
	const anthropic = new Anthropic({baseURL: endpoint.url, apiKey: 'any'});
	const openai = new OpenAI({baseURL: `${endpoint.url}/v1`, apiKey: 'any'});

	for (let turn = 0; turn < 12; turn += 1) {
		const asked = {
			...question,
			max_tokens: 8000,
			system,
			messages: [{role: 'user' as const, content: `Turn ${turn}`}],
		};
		const options = {headers: {'x-claude-code-session-id': 'one'}};
		const {usage} = await (turn % 3 === 0
			? anthropic.messages.create({...asked, stream: false}, options)
			: anthropic.messages.stream(asked, options).finalMessage());
		seen.input += usage.input_tokens;
		seen.output += usage.output_tokens;
		seen.cacheRead += usage.cache_read_input_tokens ?? 0;
		seen.cacheWrite1h += usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;

		const said = await openai.chat.completions.create({
			model: 'gpt-5.4',
			messages: asked.messages,
		});
		seen.input += said.usage?.prompt_tokens ?? 0;
		seen.output += said.usage?.completion_tokens ?? 0;

		const answered = await openai.responses
			.stream({model: 'gpt-5.4', input: `Turn ${turn}`})
			.finalResponse();
		seen.input += answered.usage?.input_tokens ?? 0;
		seen.output += answered.usage?.output_tokens ?? 0;
	}

	const {total, models, open} = endpoint.count();
	expect(total.tokens).toEqual({...seen, cacheWrite5m: 0});
	expect(seen.cacheRead).toBeGreaterThan(seen.cacheWrite1h);
	expect(seen.cacheWrite1h).toBeGreaterThan(1000);
	expect(total).toMatchObject({
		requests: 36,
		complete: 36,
		statuses: {200: 36},
	});
	expect(models['gpt-5.4']?.requests).toBe(24);
	expect(models['claude-sonnet-4-6']?.requests).toBe(12);
	expect(open).toBe(0);
});

test.each([
	['429', {refused: 1, statuses: {429: 1}}, false],
	['html502', {refused: 1, statuses: {502: 1}}, false],
	['reset', {reset: 1, statuses: {}}, false],
	['cut', {cut: 1, statuses: {200: 1}}, true],
	['error', {failed: 1, statuses: {200: 1}}, true],
	['cut; after=0', {cut: 1, statuses: {200: 1}}, false],
])('%s is counted as what it is', async (simulate, expected, begun) => {
	await post(endpoint, {simulate})
		.then(async (response) => response.text())
		.catch(() => {
			// Some of these are meant to fail.
		});

	const {total} = endpoint.count();
	expect(total).toMatchObject({requests: 1, complete: 0, ...expected});
	expect(total.tokens).toEqual(noTokens);
	expect(total.broken.input > 0).toBe(begun);
});

test('a cut stream counts what its bytes had said, and no more', async () => {
	const response = await post(endpoint, {simulate: 'cut; after=4; tokens=90'});
	let seen = '';
	await expect(async () => {
		for await (const text of response.body!.pipeThrough(
			new TextDecoderStream(),
		)) {
			seen += text;
		}
	}).rejects.toThrow('terminated');

	const start = seen
		.split('\n')
		.find((line) => line.startsWith('data: {"type":"message_start"'));
	const {message} = JSON.parse(start?.slice(6) ?? '{}') as {
		message: Anthropic.Message;
	};
	expect(seen.split('\n\n')).toHaveLength(5);
	expect(endpoint.count().total.broken).toEqual({
		...noTokens,
		input: message.usage.input_tokens,
		output: message.usage.output_tokens,
	});
});

test('a stream that did not say its usage is counted apart', async () => {
	const response = await post(endpoint, {
		path: '/v1/chat/completions',
		simulate: 'tokens=25',
	});
	await response.text();

	const {total} = endpoint.count();
	expect(total.tokens).toEqual(noTokens);
	expect(total.untold).toMatchObject({output: 25});
});

test('a client that leaves stops the answer and is counted', async () => {
	const left = new AbortController();
	const response = await post(endpoint, {
		simulate: 'pace=1; tokens=5000',
		signal: left.signal,
	});
	const reader = response.body!.getReader();
	await reader.read();
	expect(endpoint.count().open).toBe(1);
	left.abort();

	await vi.waitFor(() => {
		expect(endpoint.count()).toMatchObject({
			open: 0,
			total: {requests: 1, aborted: 1, statuses: {200: 1}},
		});
	});
	expect(endpoint.count().total.broken.input).toBeGreaterThan(0);
});

test('a client that leaves before the answer is counted without a status', async () => {
	const left = new AbortController();
	const asking = post(endpoint, {
		simulate: 'slow=600000',
		signal: left.signal,
	});
	await vi.waitFor(() => {
		expect(endpoint.count().open).toBe(1);
	});
	left.abort();

	await expect(asking).rejects.toThrow('aborted');
	await vi.waitFor(() => {
		expect(endpoint.count().total).toMatchObject({aborted: 1, statuses: {}});
	});
});

test('what is free is counted apart', async () => {
	await post(endpoint, {path: '/v1/messages/count_tokens'});
	await fetch(`${endpoint.url}/v1/models`);
	await fetch(`${endpoint.url}/api/hello`, {method: 'HEAD'});

	const {total, others} = endpoint.count();
	expect(total.requests).toBe(0);
	expect(others).toEqual({countTokens: 1, models: 1, unknown: 1});
});

test('closing hangs up on everybody and gives the port back', async () => {
	const {url} = endpoint;
	const response = await post(endpoint, {simulate: 'stall; after=3'});
	await endpoint.close();

	await expect(response.text()).rejects.toThrow('terminated');
	await expect(fetch(url)).rejects.toThrow('fetch failed');
	expect(endpoint.count()).toMatchObject({open: 0, total: {aborted: 1}});
	const again = await startSimulatedEndpoint({port: Number(new URL(url).port)});
	await again.close();
});
