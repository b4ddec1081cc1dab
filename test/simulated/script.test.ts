import {Buffer} from 'node:buffer';
import {hash} from 'node:crypto';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {
	startSimulatedEndpoint,
	type EndpointOptions,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import type {
	Behaviour,
	ScriptedRequest,
} from '../../source/simulated/script.js';
import {post, question} from './post.js';

const started: SimulatedEndpoint[] = [];

async function start(options: EndpointOptions): Promise<SimulatedEndpoint> {
	const endpoint = await startSimulatedEndpoint({pace: 0, ...options});
	started.push(endpoint);
	return endpoint;
}

async function behaving(behaviour: Behaviour): Promise<SimulatedEndpoint> {
	return start({script: () => behaviour});
}

afterEach(async () => {
	await Promise.all(started.splice(0).map(async ({close}) => close()));
});

describe('a script', () => {
	test('is told what was asked, and which of them it is', async () => {
		const told: ScriptedRequest[] = [];
		const endpoint = await start({
			script(request) {
				told.push(request);
				return undefined;
			},
		});
		for (const model of ['a', 'b', 'a']) {
			await post(endpoint, {
				body: {...question, model},
				headers: {'x-mine': model},
			});
		}

		await fetch(`${endpoint.url}/v1/models?limit=1`);

		expect(
			told.map(({n, ofModel, model, path}) => [n, ofModel, model, path]),
		).toEqual([
			[1, 1, 'a', '/v1/messages'],
			[2, 1, 'b', '/v1/messages'],
			[3, 2, 'a', '/v1/messages'],
			[1, 1, undefined, '/v1/models'],
		]);
		expect(told[1]).toMatchObject({method: 'POST', headers: {'x-mine': 'b'}});
		expect(told[1]!.body.toString()).toBe(
			JSON.stringify({...question, model: 'b'}),
		);
	});

	test('may say something else each time, to each model', async () => {
		const endpoint = await start({
			script: ({model, ofModel}) =>
				model === 'flaky' && ofModel < 3 ? '529' : undefined,
		});
		const statuses: number[] = [];
		for (const model of ['flaky', 'flaky', 'sound', 'flaky']) {
			const {status} = await post(endpoint, {body: {...question, model}});
			statuses.push(status);
		}

		expect(statuses).toEqual([529, 529, 200, 200]);
		expect(endpoint.count().models).toMatchObject({
			flaky: {requests: 3, refused: 2, complete: 1},
		});
	});

	test('goes before what a request or the plan demands', async () => {
		const endpoint = await start({
			faults: {failed: 1},
			script: ({n}) => (n === 1 ? 'ok' : undefined),
		});
		const first = await post(endpoint, {simulate: '429'});
		const second = await post(endpoint, {simulate: '429'});
		const third = await post(endpoint);

		expect([first, second, third].map(({status}) => status)).toEqual([
			200, 429, 500,
		]);
	});
});

describe('a scripted behaviour', () => {
	test.each([
		[400, '/v1/messages', {type: 'invalid_request_error'}],
		[401, '/v1/messages', {type: 'authentication_error'}],
		[404, '/v1/messages', {type: 'not_found_error'}],
		[422, '/v1/messages', {type: 'invalid_request_error'}],
		[429, '/v1/messages', {type: 'rate_limit_error'}],
		[500, '/v1/messages', {type: 'api_error'}],
		[503, '/v1/messages', {type: 'api_error'}],
		[529, '/v1/messages', {type: 'overloaded_error'}],
		[401, '/v1/chat/completions', {code: 'invalid_api_key'}],
		[404, '/v1/chat/completions', {code: 'model_not_found'}],
		[429, '/v1/chat/completions', {code: 'rate_limit_exceeded'}],
		[503, '/v1/responses', {type: 'server_error'}],
	])('of status %i at %s has an error for it', async (status, path, error) => {
		const endpoint = await behaving(String(status));
		const response = await post(endpoint, {
			path,
			body: {...question, input: 'Hello'},
		});

		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject({error});
	});

	test('brings headers of its own, and its own words', async () => {
		const endpoint = await behaving({
			kind: 'refused',
			status: 400,
			headers: {'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT'},
			message: 'stream_options: Extra inputs are not permitted',
		});
		const response = await post(endpoint);

		expect(response.headers.get('retry-after')).toMatch(/^Wed, /);
		expect(await response.json()).toMatchObject({
			error: {message: 'stream_options: Extra inputs are not permitted'},
		});
	});

	test('brings any body', async () => {
		const endpoint = await behaving({
			kind: 'refused',
			status: 503,
			body: '{"detail":"x"}',
		});
		const response = await post(endpoint);

		expect(response.status).toBe(503);
		expect(await response.text()).toBe('{"detail":"x"}');
	});

	test('is a page of HTML of any status', async () => {
		const response = await post(await behaving('html=200'));

		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toBe('text/html');
	});

	test('is a whole answer where a stream was asked for', async () => {
		const response = await post(await behaving('json'));

		expect(response.headers.get('content-type')).toBe('application/json');
		expect(await response.json()).toMatchObject({type: 'message'});
	});

	test('is silence until the client leaves', async () => {
		const endpoint = await behaving('hang');
		const leaving = new AbortController();
		const asked = post(endpoint, {signal: leaving.signal});
		await vi.waitFor(() => {
			expect(endpoint.seen).toHaveLength(1);
		});
		leaving.abort();

		await expect(asked).rejects.toThrow('aborted');
		await vi.waitFor(() => {
			expect(endpoint.seen[0]).toMatchObject({
				ending: 'aborted',
				status: undefined,
			});
		});
	});

	test.each([
		['reset', '/v1/messages'],
		['reset', '/v1/messages/count_tokens'],
	])('is a %s connection at %s', async (behaviour, path) => {
		await expect(post(await behaving(behaviour), {path})).rejects.toThrow(
			'fetch failed',
		);
	});

	test.each(['/v1/models', '/v1/models/claude-haiku-4-5', '/anything'])(
		'comes at %s, too',
		async (path) => {
			const {url} = await behaving('503');
			const response = await fetch(`${url}${path}`);

			expect(response.status).toBe(503);
		},
	);

	test('that is not known is answered with those that are', async () => {
		const response = await post(await behaving('hnag'));

		expect(response.status).toBe(400);
		expect(await response.text()).toContain('does not know hnag');
	});
});

test('a connection is reset at the door before the body is read', async () => {
	let isShut = true;
	const endpoint = await start({
		script: () => undefined,
		resetAtDoor: () => isShut,
	});
	await expect(
		post(endpoint, {body: 'x'.repeat(8 * 1024 * 1024)}),
	).rejects.toThrow('fetch failed');
	isShut = false;
	const response = await post(endpoint);

	expect(response.status).toBe(200);
	expect(endpoint.seen).toHaveLength(1);
});

describe('what was seen', () => {
	test('is every request to the byte, and how it ended', async () => {
		const endpoint = await start({
			script: ({n}) => ['ok', '500', 'cut; after=3', 'error'][n - 1],
		});
		const body = '{"model":"a", "max_tokens":9,"stream":true,"messages":[ ]}';
		for (let n = 0; n < 4; n++) {
			await post(endpoint, {body})
				.then(async (response) => response.text())
				.catch(() => undefined);
		}

		await vi.waitFor(() => {
			expect(endpoint.seen.map(({ending, status}) => [ending, status])).toEqual(
				[
					['complete', 200],
					['refused', 500],
					['cut', 200],
					['failed', 200],
				],
			);
		});
		for (const seen of endpoint.seen) {
			expect(seen.body).toEqual(Buffer.from(body));
			expect(seen.bodyHash).toBe(hash('sha256', body));
			expect(seen.endedAt).toBeGreaterThanOrEqual(seen.at);
		}
	});

	test('is not kept without a script', async () => {
		const endpoint = await start({});
		await post(endpoint);

		expect(endpoint.seen).toEqual([]);
	});
});
