import fs from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import {expect, test, vi} from 'vitest';
import type {Pause} from '../../../source/control/steering.js';
import {
	prepareControl,
	writeChange,
} from '../../../source/control/control-rows.js';
import {send} from '../../helpers/ask.js';
import {startEndpoint} from '../../helpers/endpoint.js';
import {startTollgate} from '../../helpers/passthrough.js';
import {openStream} from '../../helpers/stream.js';
import {paused, setScene, steering, type Scene} from './scene.js';

const held = async ({tollgate}: Scene, count = 1) => {
	await vi.waitFor(() => {
		const rows = tollgate.rows().filter(({state}) => state === 'held');
		expect(rows).toHaveLength(count);
	});
};

test('while it is paused a request is held, and goes when it is resumed', async () => {
	await using scene = await setScene();
	await paused(scene);
	const answer = scene.ask();
	await held(scene);
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'open',
		holdReason: 'paused',
		attempts: 0,
	});
	expect(scene.tollgate.attempts()).toEqual([]);
	expect(scene.one.seen).toEqual([]);
	scene.wish('pause', {mode: 'off'});
	expect(await answer).toMatchObject({status: 200});
	const row = scene.tollgate.row();
	expect(row).toMatchObject({
		outcome: 'ok',
		holdReason: 'paused',
		attempts: 1,
	});
	expect(row.heldMs).toBeGreaterThan(0);
});

test('it is routed when it leaves, not when it came', async () => {
	await using scene = await setScene({routing: 'active = "both"'});
	await paused(scene);
	const answer = scene.ask();
	await held(scene);
	scene.wish('active', {alias: 'second'});
	await vi.waitFor(() => {
		expect(steering(scene).active.value.alias).toBe('second');
	});
	scene.wish('pause', {mode: 'off'});
	expect(await answer).toMatchObject({status: 200});
	expect(scene.asked()).toEqual({one: [], two: ['opus-two']});
	expect(scene.tollgate.row()).toMatchObject({
		alias: 'second',
		endpoint: 'two',
		sentModel: 'opus-two',
	});
});

test('a held request whose client left is never sent', async () => {
	await using scene = await setScene();
	await paused(scene);
	const request = send(scene.tollgate.url, {
		path: '/v1/messages',
		body: '{"model":"m","messages":[]}',
	});
	request.on('error', () => undefined);
	await held(scene);
	request.destroy();
	await vi.waitFor(() => {
		expect(scene.tollgate.row()).toMatchObject({
			outcome: 'aborted',
			attempts: 0,
			costNanodollars: 0,
		});
	});
	scene.wish('pause', {mode: 'off'});
	await vi.waitFor(() => {
		expect(steering(scene).pause.value.mode).toBe('off');
	});
	expect(await scene.ask()).toMatchObject({status: 200});
	expect(scene.one.seen).toHaveLength(1);
});

test('they leave in the order they came', async () => {
	await using scene = await setScene();
	await paused(scene);
	const answers = [];
	for (let count = 0; count < 8; count++) {
		answers.push(scene.ask({text: `question ${count}`}));
		await held(scene, count + 1);
	}

	scene.wish('pause', {mode: 'off'});
	await Promise.all(answers);
	expect(
		scene.one.seen.map(({body}) => /question \d/v.exec(body.toString())![0]),
	).toEqual(Array.from({length: 8}, (_, count) => `question ${count}`));
});

test('counted tokens, models and the rest pass', async () => {
	await using scene = await setScene({routing: 'active = "both"'});
	await paused(scene);
	const counted = await scene.ask({path: '/v1/messages/count_tokens'});
	expect(counted.status).toBe(200);
	expect(scene.one.seen[0]!.model).toBe('sonnet-one');
	const models = await fetch(`${scene.tollgate.url}/v1/models`);
	expect(await models.json()).toMatchObject({
		data: expect.arrayContaining([
			expect.objectContaining({id: 'both'}),
		]) as unknown,
	});
	const head = await fetch(`${scene.tollgate.url}/api/hello`, {method: 'HEAD'});
	expect(head.status).toBe(404);
});

test('a stream that runs goes on', async () => {
	await using scene = await setScene({pace: 1});
	const stream = await openStream(scene.tollgate.url, {
		path: '/v1/messages',
		body: JSON.stringify({
			model: 'claude-sonnet-4-6',
			max_tokens: 30,
			stream: true,
			messages: [{role: 'user', content: 'Hello'}],
		}),
	});
	await paused(scene);
	expect(await stream.rest()).toMatchObject({complete: true});
});

test.each([
	['by who pauses', '', {mode: 'refuse'}],
	['by the config', '[hold]\nmode = "refuse"', {mode: 'hold'}],
] as const)(
	'it turns requests away where that is asked for %s',
	async (_who, toml, value) => {
		await using scene = await setScene({toml});
		await paused(scene, value);
		const answer = await scene.ask();
		expect(answer.status).toBe(503);
		expect(answer.header('x-tollgate-reason')).toBe('paused');
		expect(answer.header('x-should-retry')).toBe('false');
		expect(answer.json()).toMatchObject({
			type: 'error',
			error: {type: 'overloaded_error'},
		});
		expect(scene.tollgate.row()).toMatchObject({
			outcome: 'refused',
			reason: 'paused',
			attempts: 0,
		});
	},
);

test('requests that are held when it begins to turn requests away are turned away', async () => {
	await using scene = await setScene();
	await paused(scene);
	const answer = scene.ask();
	await held(scene);
	scene.wish('pause', {mode: 'refuse'});
	expect(await answer).toMatchObject({status: 503});
});

test('a pause for a while ends by itself', async () => {
	await using scene = await setScene();
	await paused(scene, {mode: 'hold', until: Date.now() + 600});
	const answer = scene.ask();
	await held(scene);
	expect(await answer).toMatchObject({status: 200});
	expect(steering(scene).pause).toMatchObject({
		value: {mode: 'off'},
		setBy: 'time',
	});
});

const brief = '[hold]\nsilent = "1s"';

test('an Anthropic stream held longer than its budget gets comments, then its answer', async () => {
	await using scene = await setScene({toml: brief});
	await paused(scene);
	const client = new Anthropic({
		apiKey: 'k',
		baseURL: scene.tollgate.url,
		maxRetries: 0,
	});
	const stream = client.messages.stream({
		model: 'claude-sonnet-4-6',
		max_tokens: 50,
		messages: [{role: 'user', content: 'Hello'}],
	});
	const connected = new Promise((resolve) => {
		stream.on('connect', () => {
			resolve(true);
		});
	});
	await held(scene);
	// The head has come, and the request is still held.
	expect(await connected).toBe(true);
	expect(scene.one.seen).toEqual([]);
	scene.wish('pause', {mode: 'off'});
	const message = await stream.finalMessage();
	expect(message.stop_reason).toBe('max_tokens');
	expect(scene.one.seen[0]!.headers['accept-encoding']).toBe('identity');
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'ok',
		httpStatus: 200,
		outputTokens: message.usage.output_tokens,
	});
});

test('after comments an error of the endpoint becomes an event, and the stream ends', async () => {
	await using scene = await setScene({
		one: () => '400',
		toml: brief,
	});
	await paused(scene);
	const stream = await openStream(scene.tollgate.url, {
		path: '/v1/messages',
		body: '{"model":"claude-sonnet-4-6","stream":true,"messages":[]}',
	});
	expect(stream.status).toBe(200);
	expect(stream.header('content-type')).toMatch('text/event-stream');
	scene.wish('pause', {mode: 'off'});
	const {body, complete} = await stream.rest();
	expect(complete).toBe(true);
	expect(body.toString()).toMatch(
		/^(?:: paused\n\n)+event: error\ndata: \{"type":"error","error":\{"type":"invalid_request_error".*\}\n\n$/v,
	);
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'error',
		httpStatus: 400,
	});
});

test('after comments it is still tried again, and goes on elsewhere', async () => {
	await using scene = await setScene({
		one: () => '529; retry-after-ms=1',
		routing: 'active = "both"',
		toml: `${brief}\n[retry]\nattempts = 2`,
	});
	await paused(scene);
	const stream = await openStream(scene.tollgate.url, {
		path: '/v1/messages',
		body: '{"model":"claude-sonnet-4-6","max_tokens":9,"stream":true,"messages":[]}',
	});
	scene.wish('pause', {mode: 'off'});
	const {body} = await stream.rest();
	expect(body.toString()).toMatch('event: message_stop');
	expect(body.toString()).not.toMatch('event: error');
	expect(scene.asked()).toEqual({
		one: ['sonnet-one', 'sonnet-one'],
		two: ['sonnet-two'],
	});
});

test.each([
	['a whole answer', '/v1/messages', {stream: false}],
	['an OpenAI stream', '/v1/chat/completions', {stream: true}],
	['a stream of responses', '/v1/responses', {stream: true}],
])(
	'%s held longer than its budget is told to come back',
	async (_what, path, asked) => {
		await using scene = await setScene({toml: brief});
		await paused(scene);
		const answer = await scene.ask({...asked, path});
		expect(answer.status).toBe(503);
		expect(answer.header('x-tollgate-reason')).toBe('paused');
		expect(answer.header('retry-after')).toBe('30');
		expect(answer.header('x-should-retry')).toBeUndefined();
		expect(scene.one.seen).toEqual([]);
		const row = scene.tollgate.row();
		expect(row).toMatchObject({
			outcome: 'refused',
			reason: 'paused',
			attempts: 0,
		});
		expect(row.heldMs).toBeGreaterThanOrEqual(900);
	},
);

test('no whole answer is asked for with little of the budget left', async () => {
	await using scene = await setScene({toml: '[hold]\nsilent = "30s"'});
	await paused(scene);
	const answer = scene.ask();
	await held(scene);
	scene.wish('pause', {mode: 'off'});
	expect(await answer).toMatchObject({status: 503});
	expect(scene.one.seen).toEqual([]);
});

test('who leaves for good does not leave held requests behind', async () => {
	await using scene = await setScene();
	await paused(scene);
	const answer = scene.ask();
	await held(scene);
	await scene.tollgate.drain(5000);
	const {status, header} = await answer;
	expect(status).toBe(503);
	expect(header('x-tollgate-reason')).toBe('draining');
	expect(header('retry-after')).toBe('2');
});

test('comments that begin while the endpoint is waited for get an answer they can stand before', async () => {
	await using scene = await setScene({
		one: () => 'slow=1500',
		toml: brief,
	});
	await paused(scene);
	const asked = openStream(scene.tollgate.url, {
		path: '/v1/messages',
		headers: ['accept-encoding', 'gzip'],
		body: '{"model":"claude-sonnet-4-6","max_tokens":9,"stream":true,"messages":[]}',
	});
	await held(scene);
	scene.wish('pause', {mode: 'off'});
	const stream = await asked;
	expect(stream.header('x-tollgate-reason')).toBe('paused');
	const {body} = await stream.rest();
	expect(body.toString()).toMatch(/^(?:: paused\n\n)+event: message_start/v);
	expect(scene.one.seen[0]!.headers['accept-encoding']).toBe('identity');
});

test('an endpoint that compresses what it was asked not to is read for the client', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'content-encoding': 'gzip',
		});
		response.end(fs.readFileSync('test/fixtures/a23-gzip.sse.gz'));
	});
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		toml: brief,
	});
	const scene = {tollgate};
	const db = tollgate.connect();
	const wish = (mode: Pause['mode']) => {
		db.transaction(() => {
			prepareControl(db);
			writeChange(
				db,
				tollgate.passthrough.identity().home,
				'pause',
				{mode, until: null},
				{setBy: 'command', setAt: Date.now(), reason: null},
			);
		}).immediate();
	};

	wish('hold');
	await vi.waitFor(() => {
		expect(steering(scene).pause.value.mode).toBe('hold');
	});
	const stream = await openStream(tollgate.url, {
		path: '/v1/messages',
		body: '{"model":"claude-sonnet-4-6","stream":true,"messages":[]}',
	});
	wish('off');
	const {body, complete} = await stream.rest();
	expect(complete).toBe(true);
	expect(body.toString()).toMatch(/^(?:: paused\n\n)+event: message_start/v);
	expect(body.toString()).toMatch('event: message_stop');
});
