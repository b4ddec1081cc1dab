import {once} from 'node:events';
import net from 'node:net';
import Anthropic, {APIError as AnthropicError} from '@anthropic-ai/sdk';
import OpenAI, {APIError as OpenaiError} from 'openai';
import {describe, expect, test, vi} from 'vitest';
import {answerTo, ask, question, send, type Answer} from '../../helpers/ask.js';
import {startEndpoint, type Call} from '../../helpers/endpoint.js';
import {begin, logPlace} from '../../helpers/log.js';
import {
	settledRow,
	startTollgate,
	type Running,
} from '../../helpers/passthrough.js';
import {openStream} from '../../helpers/stream.js';
import {half, sse} from '../recorded-stream.js';
import {order, streaming, underWay, unfollowed} from './ordering.js';
import {paused, setScene} from './scene.js';

function expectCancelled(answer: Answer): void {
	expect(answer).toMatchObject({status: 402, complete: true});
	expect(answer.header('x-tollgate-reason')).toBe('cancelled');
	expect(answer.header('x-should-retry')).toBe('false');
	expect(answer.json()).toMatchObject({
		error: {message: expect.stringContaining('Cancelled') as unknown},
	});
}

const cancelledRow = {
	outcome: 'aborted',
	errorClass: 'aborted',
	reason: 'cancelled',
} as const;

async function expectForgotten(tollgate: Running): Promise<void> {
	await vi.waitFor(() => {
		expect(unfollowed(tollgate)).toBe(0);
	});
}

/**
An endpoint that answers as `play` says and no further. `left` settles once it sees that nobody waits any more.
*/
async function startHanging(play: (call: Call) => void = () => undefined) {
	const left = Promise.withResolvers<void>();
	const heard = Promise.withResolvers<void>();
	const endpoint = await startEndpoint(async (call) => {
		call.response.on('close', left.resolve);
		await call.heard.body();
		play(call);
		heard.resolve();
	});
	return {endpoint, left: left.promise, heard: heard.promise};
}

describe('a request that is cancelled', () => {
	test('while the agent is paused is never sent', async () => {
		await using scene = await setScene();
		await paused(scene);
		const answer = scene.ask();
		const {id} = await underWay(scene.tollgate, {holdReason: 'paused'});
		expect(order(scene.tollgate, id, 'cancel')).toBe(true);
		expectCancelled(await answer);
		expect(scene.tollgate.row()).toMatchObject({
			...cancelledRow,
			attempts: 0,
			usageStatus: 'none',
			costNanodollars: 0,
		});
		await expectForgotten(scene.tollgate);
		scene.wish('pause', {mode: 'off'});
		expect(await scene.ask()).toMatchObject({status: 200});
		expect(scene.one.seen).toHaveLength(1);
	});

	test('in the queue gives its place to the next', async () => {
		const answers: Array<() => void> = [];
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			answers.push(() => {
				response.end('{}');
			});
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			toml: '[concurrency]\nmax = 1',
		});
		const first = ask(tollgate.url);
		await underWay(tollgate, {state: 'waiting', attempts: 1});
		const [second, third] = [ask(tollgate.url), ask(tollgate.url)];
		await vi.waitFor(() => {
			expect(
				tollgate.rows().filter(({state}) => state === 'queued'),
			).toHaveLength(2);
		});
		order(tollgate, 2, 'cancel');
		const cancelled = await Promise.race([second, third]);
		expectCancelled(cancelled);
		await vi.waitFor(() => {
			expect(answers).toHaveLength(1);
		});
		answers[0]!();
		await vi.waitFor(() => {
			expect(answers).toHaveLength(2);
		});
		answers[1]!();
		const others = [await first, await second, await third];
		expect(
			others.map(({status}) => status).toSorted((one, other) => one - other),
		).toEqual([200, 200, 402]);
		expect(tollgate.rows()[1]).toMatchObject({
			...cancelledRow,
			attempts: 0,
			holdReason: 'queue',
		});
	});

	test('before the endpoint answers is heard there, and counts as possibly used', async () => {
		const {endpoint, left, heard} = await startHanging();
		await using _endpoint = endpoint;
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = ask(tollgate.url);
		await heard;
		const {id} = await underWay(tollgate);
		order(tollgate, id, 'cancel');
		expectCancelled(await answer);
		await left;
		expect(tollgate.row()).toMatchObject({
			...cancelledRow,
			attempts: 1,
			httpStatus: null,
			usageStatus: 'missing',
		});
		expect(tollgate.reader.live()).toEqual([]);
	});

	test('between two tries is not tried again', async () => {
		await using scene = await setScene({
			one: () => '529; retry-after=30',
			toml: '[retry]\nattempts = 3\non_strikes = "return"',
		});
		const answer = scene.ask();
		const {id} = await underWay(scene.tollgate, {
			state: 'held',
			holdReason: 'backoff',
		});
		order(scene.tollgate, id, 'cancel');
		expectCancelled(await answer);
		expect(scene.tollgate.row()).toMatchObject({
			...cancelledRow,
			attempts: 1,
			costNanodollars: 0,
		});
		expect(scene.one.seen).toHaveLength(1);
		expect(scene.tollgate.attempts()).toMatchObject([{httpStatus: 529}]);
	});

	test.each([
		['of Anthropic', '/v1/messages', half],
		[
			'of OpenAI',
			'/v1/chat/completions',
			'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\n',
		],
		[
			'that ends in the middle of an event',
			'/v1/messages',
			half.subarray(0, -9),
		],
	])(
		'in the middle of a stream %s breaks off: half an answer never looks whole',
		async (_what, path, begun) => {
			const {endpoint, left} = await startHanging(({response}) => {
				response.writeHead(200, sse);
				response.write(begun);
			});
			await using _endpoint = endpoint;
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const response = await answerTo(
				send(tollgate.url, {
					path,
					body: '{"model":"claude-sonnet-4-6","stream":true,"messages":[]}',
				}),
			);
			const broken = once(response, 'error');
			await once(response, 'data');
			response.resume();
			await streaming(tollgate);
			const {id} = await underWay(tollgate);
			order(tollgate, id, 'cancel');
			await broken;
			expect(response.complete).toBe(false);
			await left;
			expect(await settledRow(tollgate)).toMatchObject({
				...cancelledRow,
				httpStatus: 200,
				attempts: 1,
			});
			await expectForgotten(tollgate);
		},
	);

	test('in the middle of a stream behind another on its connection breaks off in its turn', async () => {
		const calls: Call[] = [];
		await using endpoint = await startEndpoint(async (call) => {
			await call.heard.body();
			calls.push(call);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const request = `POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:${tollgate.port}\r\ncontent-type: application/json\r\ncontent-length: ${question.length}\r\n\r\n${question}`;
		const socket = net.connect(tollgate.port, '127.0.0.1');
		const closed = once(socket, 'close');
		let got = '';
		socket.on('data', (piece) => {
			got += String(piece);
		});
		socket.write(request + request);
		await vi.waitFor(() => {
			expect(calls).toHaveLength(2);
		});
		const [first, second] = calls;
		second!.response.writeHead(200, sse);
		second!.response.write(half);
		const id = await vi.waitFor(() => {
			const live = tollgate.reader
				.live()
				.find(({state}) => state === 'streaming');
			return live!.id;
		});
		order(tollgate, id, 'cancel');
		await vi.waitFor(() => {
			expect(
				tollgate.rows().filter(({outcome}) => outcome === 'aborted'),
			).toMatchObject([{id, ...cancelledRow}]);
		});
		first!.response.end('{"answer":"whole"}');
		await closed;
		expect(got).toContain('{"answer":"whole"}');
		expect(got).toContain('event: message_start');
		expect(got).not.toContain('\r\n0\r\n\r\n');
		expect(tollgate.rows().map(({outcome}) => outcome)).toContain('ok');
		expect(tollgate.passthrough.identity().open).toBe(0);
	});

	test('in the middle of a stream keeps what was seen of it', async () => {
		const {endpoint} = await startHanging(({response}) => {
			response.writeHead(200, sse);
			response.write(half);
		});
		await using _endpoint = endpoint;
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const asked = ask(tollgate.url);
		const {id} = await underWay(tollgate);
		await vi.waitFor(() => {
			expect(tollgate.reader.live()).toMatchObject([{inputTokens: 25}]);
		});
		order(tollgate, id, 'cancel');
		expect(await asked).toMatchObject({status: 200, complete: false});
		const row = tollgate.row();
		expect(row).toMatchObject({
			...cancelledRow,
			usageStatus: 'partial',
			inputTokens: 25,
			servedModel: 'claude-sonnet-4-6',
		});
		expect(row.costNanodollars).toBeGreaterThan(0);
		expect(tollgate.attempts()).toMatchObject([
			{outcome: 'aborted', httpStatus: 200},
		]);
	});

	test('after comments have begun is told so in an event', async () => {
		await using scene = await setScene({toml: '[hold]\nsilent = "1s"'});
		await paused(scene);
		const stream = await openStream(scene.tollgate.url, {
			path: '/v1/messages',
			body: '{"model":"claude-sonnet-4-6","stream":true,"messages":[]}',
		});
		const {id} = await underWay(scene.tollgate);
		order(scene.tollgate, id, 'cancel');
		const {body, complete} = await stream.rest();
		expect(complete).toBe(true);
		expect(body.toString()).toMatch(
			/^(?:: paused\n\n)+event: error\ndata: \{"type":"error","error":\{"type":"api_error","message":"Cancelled.*\}\n\n$/v,
		);
		expect(scene.tollgate.row()).toMatchObject({...cancelledRow, attempts: 0});
	});

	test('after comments and half an answer breaks off', async () => {
		await using scene = await setScene({
			one: () => 'stall; after=2',
			toml: '[hold]\nsilent = "1s"',
		});
		await paused(scene);
		const response = await answerTo(
			send(scene.tollgate.url, {
				body: '{"model":"claude-sonnet-4-6","max_tokens":50,"stream":true,"messages":[]}',
			}),
		);
		const pieces: string[] = [];
		response.on('data', (piece) => {
			pieces.push(String(piece));
		});
		const broken = once(response, 'error');
		scene.wish('pause', {mode: 'off'});
		await streaming(scene.tollgate);
		const {id} = await underWay(scene.tollgate);
		order(scene.tollgate, id, 'cancel');
		await broken;
		expect(response.complete).toBe(false);
		expect(pieces.join('')).toMatch(/^(?:: paused\n\n)+event: message_start/v);
		expect(pieces.join('')).not.toContain('Cancelled');
		expect(scene.tollgate.row()).toMatchObject(cancelledRow);
	});

	test('lets go of what was reserved for it', async () => {
		const {endpoint, heard} = await startHanging();
		await using _endpoint = endpoint;
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			toml: '[keys.default]\ndaily_cap = 5.00',
		});
		const answer = ask(tollgate.url);
		await heard;
		const {id} = await underWay(tollgate);
		order(tollgate, id, 'cancel');
		await answer;
		await vi.waitFor(() => {
			const [key] = tollgate.passthrough.identity().steering!.keys!;
			expect(key!.reservedNanodollars).toBe(0);
			// What may have been used counts, as where the client leaves.
			expect(key!.spentNanodollars).toBeGreaterThan(0);
		});
	});

	test('once it has ended stays as it ended', async () => {
		await using scene = await setScene();
		expect(await scene.ask()).toMatchObject({status: 200});
		expect(order(scene.tollgate, 1, 'cancel')).toBe(false);
		expect(scene.tollgate.row()).toMatchObject({outcome: 'ok', reason: null});
	});
});

test('an order about a request of another passthrough on the same log is let be', async () => {
	const {endpoint, heard} = await startHanging();
	await using _endpoint = endpoint;
	await using one = await startTollgate({endpoint: endpoint.url});
	await using two = await startTollgate({
		endpoint: endpoint.url,
		server: `log = "${one.log}"`,
	});
	const client = new AbortController();
	const asked = fetch(`${one.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"m","messages":[]}',
		signal: client.signal,
	}).catch(() => undefined);
	await heard;
	const other = ask(two.url);
	await vi.waitFor(() => {
		expect(one.rows()).toHaveLength(2);
	});
	// Each in the name of the wrong home, then that of the second in its own.
	order(two, 1, 'cancel');
	order({log: one.log, passthrough: one.passthrough}, 2, 'cancel');
	const {id} = await vi.waitFor(() => {
		const found = one.rows().find((row) => row.id === 2);
		expect(found).toMatchObject({attempts: 1});
		return found!;
	});
	order(two, id, 'cancel');
	expectCancelled(await other);
	expect(one.rows()).toMatchObject([
		{outcome: 'open'},
		{outcome: 'aborted', reason: 'cancelled'},
	]);
	expect(unfollowed(one)).toBe(2);
	client.abort();
	await asked;
});

test('an order of a passthrough that died is followed by none after it, and goes with the next', async () => {
	const {endpoint, heard} = await startHanging();
	await using _endpoint = endpoint;
	using place = logPlace();
	const dead = place.record({owner: 'dead'});
	await begin(dead).recorded;
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		server: `log = "${place.path}"`,
	});
	expect(order(tollgate, 1, 'cancel')).toBe(true);
	const db = tollgate.connect();
	db.exec("UPDATE exchanges SET outcome = 'lost' WHERE id = 1");
	const answer = ask(tollgate.url);
	await heard;
	const {id} = await underWay(tollgate);
	order(tollgate, id, 'cancel');
	expectCancelled(await answer);
	expect(tollgate.rows()).toMatchObject([
		{outcome: 'lost', reason: null},
		{outcome: 'aborted', reason: 'cancelled'},
	]);
	await expectForgotten(tollgate);
});

test('an order outlives a log that is busy for a moment', async () => {
	const {endpoint, heard} = await startHanging();
	await using _endpoint = endpoint;
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const answer = ask(tollgate.url);
	await heard;
	const {id} = await underWay(tollgate);
	order(tollgate, id, 'cancel');
	const db = tollgate.connect();
	db.exec('BEGIN IMMEDIATE');
	await new Promise((resolve) => {
		setTimeout(resolve, 400);
	});
	db.exec('COMMIT');
	expectCancelled(await answer);
	await expectForgotten(tollgate);
});

describe('official clients are told once, and ask no more', () => {
	const clients = {
		anthropic: async (url: string, stream: boolean) =>
			new Anthropic({apiKey: 'k', baseURL: url}).messages.create({
				model: 'claude-sonnet-4-6',
				max_tokens: 20,
				stream,
				messages: [{role: 'user', content: 'Hello'}],
			}),
		openai: async (url: string, stream: boolean) =>
			new OpenAI({apiKey: 'k', baseURL: `${url}/v1`}).chat.completions.create({
				model: 'claude-sonnet-4-6',
				stream,
				messages: [{role: 'user', content: 'Hello'}],
			}),
	} as const;

	test.each([
		['anthropic', false],
		['anthropic', true],
		['openai', false],
		['openai', true],
	] as const)('%s, stream: %s', async (name, stream) => {
		const {endpoint, heard} = await startHanging();
		await using _endpoint = endpoint;
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const asked = clients[name](tollgate.url, stream).catch(
			(error: unknown) => error,
		);
		await heard;
		const {id} = await underWay(tollgate);
		order(tollgate, id, 'cancel');
		const error = await asked;
		expect(
			error instanceof AnthropicError || error instanceof OpenaiError,
		).toBe(true);
		expect(error).toMatchObject({
			status: 402,
			message: expect.stringContaining('Cancelled in the monitor') as unknown,
		});
		expect(tollgate.rows()).toHaveLength(1);
		expect(endpoint.heard).toHaveLength(1);
	});

	test('in the middle of a stream of Anthropic', async () => {
		const {endpoint} = await startHanging(({response}) => {
			response.writeHead(200, sse);
			response.write(half);
		});
		await using _endpoint = endpoint;
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const stream = new Anthropic({
			apiKey: 'k',
			baseURL: tollgate.url,
		}).messages.stream({
			model: 'claude-sonnet-4-6',
			max_tokens: 20,
			messages: [{role: 'user', content: 'Hello'}],
		});
		const ended = stream
			.finalMessage()
			.then(() => 'whole')
			.catch(() => 'broken');
		await streaming(tollgate);
		const {id} = await underWay(tollgate);
		order(tollgate, id, 'cancel');
		expect(await ended).toBe('broken');
		expect(tollgate.rows()).toHaveLength(1);
	});
});
