import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readDemand} from '../../source/simulated/demand.js';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import {drawFault} from '../../source/simulated/faults.js';
import {seededRandom} from '../../source/simulated/random.js';
import {post, question} from './post.js';

let endpoint: SimulatedEndpoint;

beforeAll(async () => {
	endpoint = await startSimulatedEndpoint({pace: 0, apiKey: 'right'});
});

afterAll(async () => {
	await endpoint.close();
});

const key = {'x-api-key': 'right'};
const paths = ['/v1/messages', '/v1/chat/completions', '/v1/responses'];
const anyQuestion = {...question, input: 'Hello'};

describe('a fault that is asked for', () => {
	test.each(paths)('refuses with its headers on %s', async (path) => {
		const response = await post(endpoint, {
			path,
			body: anyQuestion,
			headers: key,
			simulate: '429; retry-after=2; retry-after-ms=1500; should-retry=false',
		});

		expect(response.status).toBe(429);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'retry-after': '2',
			'retry-after-ms': '1500',
			'x-should-retry': 'false',
		});
		expect(await response.json()).toHaveProperty('error.message');
	});

	test.each(paths)('cuts the connection in mid-answer on %s', async (path) => {
		const response = await post(endpoint, {
			path,
			body: anyQuestion,
			headers: key,
			simulate: 'cut; tokens=30',
		});

		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow('terminated');
	});

	test('cuts a whole answer short of its length', async () => {
		const response = await post(endpoint, {
			body: {...question, stream: false},
			headers: key,
			simulate: 'cut',
		});

		expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
		await expect(response.text()).rejects.toThrow('terminated');
	});

	test('resets the connection before the answer', async () => {
		await expect(
			post(endpoint, {headers: key, simulate: 'reset'}),
		).rejects.toThrow('fetch failed');
	});

	test('answers with a page of HTML', async () => {
		const response = await post(endpoint, {headers: key, simulate: 'html502'});

		expect(response.status).toBe(502);
		expect(response.headers.get('content-type')).toBe('text/html');
		expect(await response.text()).toContain('<h1>502 Bad Gateway</h1>');
	});

	test.each(['stall=20; after=3', 'slow=20', 'ok', 'pace=0.001'])(
		'only takes time with %s',
		async (simulate) => {
			const response = await post(endpoint, {headers: key, simulate});

			expect(await response.text()).toMatch(/"type":"message_stop"\}\n\n$/);
		},
	);

	test.each([
		['gzip', 'gzip, deflate, br, zstd'],
		['br', 'gzip, deflate, br, zstd'],
		['zstd', 'gzip, deflate, br, zstd'],
	])('compresses with %s', async (coding, accepted) => {
		const response = await post(endpoint, {
			headers: {...key, 'accept-encoding': accepted},
			simulate: `${coding}; tokens=600`,
		});

		expect(response.headers.get('content-encoding')).toBe(coding);
		expect(await response.text()).toMatch(/"type":"message_stop"\}\n\n$/);
	});

	test('does not compress for a client that cannot read it', async () => {
		const response = await post(endpoint, {
			headers: {...key, 'accept-encoding': 'identity'},
			simulate: 'gzip',
		});

		expect(response.headers.get('content-encoding')).toBeNull();
		expect(await response.text()).toContain('message_stop');
	});

	test('that is not known is answered with those that are', async () => {
		const response = await post(endpoint, {headers: key, simulate: 'stal=3'});

		expect(response.status).toBe(400);
		expect(await response.text()).toContain('x-simulate does not know stal;');
	});
});

describe('without being asked', () => {
	test.each([
		['no JSON', '/v1/messages', '{"model":', 400, 'invalid_request_error'],
		['no model', '/v1/messages', {messages: []}, 400, 'invalid_request_error'],
		['no messages', '/v1/messages', {model: 'm'}, 400, 'invalid_request_error'],
		['no JSON', '/v1/responses', 'hello', 400, 'invalid_request_error'],
		[
			'no such model',
			'/v1/messages',
			{...question, model: 'no-such-x'},
			404,
			'not_found_error',
		],
		['no such path', '/v1/embeddings', {}, 404, 'invalid_request_error'],
		['doubled v1', '/v1/v1/messages', {}, 404, 'invalid_request_error'],
	])('%s at %s is refused', async (...[, path, body, status, type]) => {
		const response = await post(endpoint, {path, body, headers: key});

		expect(response.status).toBe(status);
		expect(await response.json()).toHaveProperty('error.type', type);
	});

	test.each([
		['/v1/messages', {}],
		['/v1/messages/count_tokens', {}],
		['/v1/chat/completions', {'x-api-key': 'wrong'}],
		['/v1/responses', {authorization: 'Bearer wrong'}],
	])('%s needs the right key', async (path, headers) => {
		const response = await post(endpoint, {path, headers});

		expect(response.status).toBe(401);
	});

	test('the key may come as a Bearer token', async () => {
		const response = await post(endpoint, {
			headers: {authorization: 'Bearer right'},
		});

		expect(response.status).toBe(200);
		await response.text();
	});

	test('HEAD of a path that it does not have is 404 without a body', async () => {
		const response = await fetch(`${endpoint.url}/api/hello`, {method: 'HEAD'});

		expect(response.status).toBe(404);
	});
});

describe('a fault plan', () => {
	const plan = {
		limited: 0.1,
		overloaded: 0.05,
		failed: 0.05,
		badGateway: 0.05,
		stalled: 0.05,
		cut: 0.05,
		broken: 0.05,
		reset: 0.05,
	};

	test('draws each fault about as often as it says', () => {
		const drawn = Array.from({length: 20_000}, (_, seed) => {
			const fault = drawFault(plan, seededRandom(seed), 0);
			return fault?.kind === 'refused' ? fault.status : fault?.kind;
		});
		const shareOf = (kind: number | string | undefined) =>
			drawn.filter((one) => one === kind).length / drawn.length;

		expect(shareOf(429)).toBeCloseTo(0.1, 1.7);
		for (const kind of [
			529,
			500,
			'page',
			'stalled',
			'cut',
			'broken',
			'reset',
		]) {
			expect(shareOf(kind)).toBeCloseTo(0.05, 1.7);
		}

		expect(shareOf(undefined)).toBeCloseTo(0.55, 1.7);
	});

	test('that is empty draws nothing', () => {
		expect(drawFault({}, seededRandom(1), 1)).toBeUndefined();
	});

	test.each([
		['429', {kind: 'refused', status: 429}],
		['quota', {kind: 'refused', status: 429, quota: true}],
		['stall=5000; after=2', {kind: 'stalled', ms: 5000, after: 2}],
		['stall', {kind: 'stalled', ms: undefined}],
		['CUT', {kind: 'cut'}],
		['error', {kind: 'broken'}],
		['slow', {kind: 'slow', ms: 3000}],
	])('x-simulate: %s says the same', (header, fault) => {
		expect(readDemand(header)).toMatchObject({fault});
	});
});
