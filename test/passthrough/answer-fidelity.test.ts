import {Buffer} from 'node:buffer';
import {createHash, randomBytes} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import zlib from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {ask, exchangeBytes, question} from '../helpers/ask.js';
import {
	pairsOf,
	readRequest,
	startEndpoint,
	startRawEndpoint,
	valueOf,
	withoutHops,
} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const eightMegabytes = 8 * 1024 * 1024;
const digest = (bytes: Uint8Array) =>
	createHash('sha256').update(bytes).digest('hex');

type Played = Readonly<{
	title: string;
	status: number;
	statusText?: string;
	headers: readonly string[];
	body?: string | Buffer;
	method?: string;
	path?: string;
}>;

const json = ['Content-Type', 'application/json'];
const text = 'data: {"type":"ping"}\n\n'.repeat(400);
const played: readonly Played[] = [
	{
		title: 'duplicates, order and case of headers',
		status: 200,
		statusText: 'Fine By Me',
		headers: [
			...json,
			'X-Many',
			'1',
			'Set-Cookie',
			'a=1',
			'x-many',
			'2',
			'set-cookie',
			'b=2',
			'X-Latin',
			'caf\u{E9}',
			'Request-Id',
			'req_1',
			'x-empty',
			'',
		],
		body: '{"type":"message"}',
	},
	{
		title: 'a 429 with its retry-after',
		status: 429,
		headers: [...json, 'Retry-After', '7', 'x-should-retry', 'true'],
		body: '{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}',
	},
	{
		title: 'a 529',
		status: 529,
		statusText: '',
		headers: [...json, 'x-should-retry', 'true'],
		body: '{"type":"error","error":{"type":"overloaded_error"}}',
	},
	{
		title: 'an error page of HTML',
		status: 502,
		statusText: 'Bad Gateway',
		headers: ['content-type', 'text/html; charset=utf-8'],
		body: '<html><body>Bad gateway</body></html>\n',
	},
	{
		title: 'gzip',
		status: 200,
		headers: ['Content-Type', 'text/event-stream', 'content-encoding', 'gzip'],
		body: zlib.gzipSync(text),
	},
	{
		title: 'brotli',
		status: 200,
		headers: ['Content-Type', 'text/event-stream', 'content-encoding', 'br'],
		body: zlib.brotliCompressSync(text),
	},
	{
		title: 'zstd',
		status: 200,
		headers: ['Content-Type', 'text/event-stream', 'content-encoding', 'zstd'],
		body: zlib.zstdCompressSync(text),
	},
	{
		title: 'what says it is gzip and is not',
		status: 200,
		headers: ['Content-Type', 'text/event-stream', 'content-encoding', 'gzip'],
		body: 'no gzip at all',
	},
	{
		title: '8 MB',
		status: 200,
		headers: json,
		body: randomBytes(eightMegabytes),
	},
	{title: 'nothing at all', status: 200, headers: json, body: ''},
	{
		title: '204',
		status: 204,
		headers: ['x-a', '1'],
		method: 'DELETE',
		path: '/v1/files/1',
	},
	{
		title: '304',
		status: 304,
		statusText: 'Not Modified',
		headers: ['ETag', '"1"'],
		method: 'GET',
		path: '/v1/models',
	},
	{
		title: 'models',
		status: 200,
		headers: json,
		method: 'GET',
		path: '/v1/models?limit=1000',
		body: '{"object":"list","data":[]}',
	},
	{
		title: 'a redirect, which is the client\u{2019}s to follow',
		status: 307,
		headers: ['Location', 'https://elsewhere.invalid/v1/messages'],
		body: '',
	},
];

describe.each(['with its length', 'chunked'])('the answer %s', (framing) => {
	test.each(played)('reaches the client as it is: $title', async (answer) => {
		const {status, statusText = 'OK', body, method, path} = answer;
		const length = framing === 'chunked' || body === undefined;
		const headers = [
			...answer.headers,
			...(length ? [] : ['Content-Length', String(body.length)]),
		];
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.sendDate = false;
			response.writeHead(status, statusText, headers);
			writeInPieces(response, body);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const asked = {method, path};
		const direct = await ask(endpoint.url, asked);
		const through = await ask(tollgate.url, asked);

		expect(through.status).toBe(status);
		expect(through.statusText).toBe(statusText);
		expect(withoutHops(through.headers)).toEqual(withoutHops(direct.headers));
		expect(withoutHops(through.headers)).toEqual(pairsOf(headers));
		expect(digest(through.body)).toBe(digest(Buffer.from(body ?? '')));
		expect(through.complete).toBe(true);
		expect(tollgate.row()).toMatchObject({
			httpStatus: status,
			responseBytes: body?.length ?? 0,
		});
	});
});

function writeInPieces(response: ServerResponse, body: string | Buffer = '') {
	const bytes = Buffer.from(body);
	const size = Math.max(1, Math.ceil(bytes.length / 5));
	for (let at = 0; at < bytes.length; at += size) {
		response.write(bytes.subarray(at, at + size));
	}

	response.end();
}

describe('the answer', () => {
	test('to HEAD keeps the length of what it would have been', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.writeHead(404, {'Content-Length': 4711, 'X-A': 'b'}).end();
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url, {
			method: 'HEAD',
			path: '/api/hello',
		});

		expect(answer.status).toBe(404);
		expect(answer.header('content-length')).toBe('4711');
		expect(answer.header('x-a')).toBe('b');
		expect(answer.body).toHaveLength(0);
		expect(endpoint.heard[0]).toMatchObject({
			method: 'HEAD',
			target: '/api/hello',
		});
		expect(tollgate.row()).toMatchObject({
			outcome: 'error',
			httpStatus: 404,
			usageStatus: 'none',
		});
	});

	test('gets no date where the endpoint sent none, and keeps the one it sent', async () => {
		await using endpoint = await startEndpoint(({response, index}) => {
			response.sendDate = false;
			if (index === 1) {
				response.setHeader('Date', 'Thu, 01 Jan 1970 00:00:00 GMT');
			}

			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});

		const without = await ask(tollgate.url);
		const sent = await ask(tollgate.url);
		expect(without.header('date')).toBeUndefined();
		expect(sent.header('date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
	});

	test('loses its trailers and what belongs to one connection', async () => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.write(
				[
					'HTTP/1.1 200 OK',
					'Transfer-Encoding: chunked',
					'Trailer: X-Sum',
					'Connection: keep-alive, x-inner',
					'Keep-Alive: timeout=99',
					'Proxy-Authenticate: Basic',
					'X-Inner: private',
					'X-Stays: here',
					'',
					'2',
					'{}',
					'0',
					'X-Sum: 1',
					'',
					'',
				].join('\r\n'),
			);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url);

		expect(withoutHops(answer.headers)).toEqual([['X-Stays', 'here']]);
		expect(valueOf(answer.headers, 'keep-alive')).toBeUndefined();
		expect(answer.trailers).toEqual([]);
		expect(answer.body.toString()).toBe('{}');
		expect(answer.complete).toBe(true);
	});

	test('may end with the connection, and is chunked for the client', async () => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.end('HTTP/1.0 200 Old\r\nX-A: b\r\n\r\n{"type":"message"}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url);

		expect(answer).toMatchObject({
			status: 200,
			statusText: 'Old',
			complete: true,
		});
		expect(answer.body.toString()).toBe('{"type":"message"}');
		expect(valueOf(answer.headers, 'transfer-encoding')).toBe('chunked');
	});

	test.each([
		['letters of all kinds', Buffer.from('schöner Ärger 好')],
		['the letters of old', Buffer.from('sch\u{F6}ner', 'latin1')],
	])('may have a status text in %s', async (_, phrase) => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.write(
				Buffer.concat([
					Buffer.from('HTTP/1.1 200 '),
					phrase,
					Buffer.from('\r\nContent-Length: 2\r\n\r\n{}'),
				]),
			);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url);

		expect(answer.status).toBe(200);
		expect(answer.body.toString()).toBe('{}');
	});

	test('comes after hints that are for us alone', async () => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.write(
				'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
			);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url);

		expect(answer.status).toBe(200);
		expect(answer.header('link')).toBeUndefined();
		expect(answer.body.toString()).toBe('{}');
	});

	test.each([
		['closes after it', '', /^HTTP\/1\.1 200 OK\r\n/, 'message'],
		[
			'stays open where it is asked to',
			'Connection: keep-alive\r\n',
			/^connection: keep-alive\r\n/im,
			'message',
		],
	])(
		'reaches a client of HTTP/1.0 unchunked, which %s',
		async (_, more, expected, body) => {
			await using endpoint = await startEndpoint(async ({heard, response}) => {
				await heard.body();
				if (more !== '') {
					response.setHeader('content-length', body.length);
				}

				response.end(body);
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const request = `POST /v1/messages HTTP/1.0\r\nHost: localhost\r\n${more}Content-Length: ${question.length}\r\n\r\n${question}`;
			const last = request.replace(more, '');
			const bytes = await exchangeBytes(
				tollgate.url,
				more === '' ? request : request + last,
			);

			expect(bytes).toMatch(expected);
			expect(bytes).not.toMatch(/chunked/i);
			expect(bytes.endsWith('\r\n\r\nmessage')).toBe(true);
			expect(tollgate.rows().map(({outcome}) => outcome)).toEqual(
				more === '' ? ['ok'] : ['ok', 'ok'],
			);
		},
	);
});
