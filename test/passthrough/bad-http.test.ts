import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import net from 'node:net';
import {describe, expect, test, vi} from 'vitest';
import {ask, exchangeBytes, question} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const aString: unknown = expect.any(String);

const anthropic = (type: string) => ({
	type: 'error',
	error: {type, message: aString},
	request_id: aString,
});

describe('what is not HTTP', () => {
	test.each([
		['a word', 'hello\r\n\r\n', 400],
		['TLS', Buffer.from('16030100a5010000a10303', 'hex'), 400],
		[
			'a header without a name',
			'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n',
			400,
		],
		[
			'two lengths',
			'POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx',
			400,
		],
		[
			'length and chunks',
			'POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
			400,
		],
		[
			'huge headers',
			`GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'x'.repeat(70_000)}\r\n\r\n`,
			431,
		],
		[
			'very many headers',
			`GET / HTTP/1.1\r\nHost: localhost\r\n${'X-One: 1\r\n'.repeat(600)}\r\n`,
			431,
		],
	])(
		'gets one clear answer and a closed connection (%s)',
		async (_, bytes, status) => {
			await using endpoint = await startEndpoint(({response}) => {
				response.end();
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const text = await exchangeBytes(tollgate.url, bytes);
			const [head, body] = text.split('\r\n\r\n') as [string, string];

			expect(head).toMatch(new RegExp(String.raw`^HTTP/1\.1 ${status} `));
			expect(head).toMatch(/^x-tollgate-reason: bad_request$/m);
			expect(head).toMatch(/^connection: close$/m);
			expect(JSON.parse(body)).toEqual(anthropic('invalid_request_error'));
			expect(endpoint.heard).toEqual([]);
		},
	);

	test('headers of 60 KB are no trouble', async () => {
		await using endpoint = await startEndpoint(
			({response}) => {
				response.end('{}');
			},
			{maxHeaderSize: 100_000},
		);
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const big = 'x'.repeat(60_000);
		const answer = await ask(tollgate.url, {headers: ['x-big', big]});

		expect(answer.status).toBe(200);
		expect(endpoint.heard[0]?.header('x-big')).toBe(big);
	});

	test('a body with a broken chunk is never sent on, and leaves a row', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		await exchangeBytes(
			tollgate.url,
			'POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\nnonsense\r\n',
		);
		await vi.waitFor(() => {
			expect(tollgate.row()).toMatchObject({outcome: 'aborted', attempts: 0});
		});

		expect(endpoint.heard).toEqual([]);
	});

	test('nonsense after a request does not get into its answer', async () => {
		const isAsked = Promise.withResolvers<void>();
		const goOn = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, {'content-type': 'text/event-stream'});
			response.write('data: 1\n\n');
			isAsked.resolve();
			await goOn.promise;
			response.end('data: 2\n\n');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const socket = net.connect(tollgate.port, '127.0.0.1');
		let text = '';
		socket.on('data', (piece) => {
			text += piece.toString();
		});
		socket.write(
			`POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
		);
		await isAsked.promise;
		await vi.waitFor(() => {
			expect(text).toContain('data: 1');
		});
		const closed = once(socket, 'close');
		socket.write('\u{0}nonsense\r\n\r\n');
		goOn.resolve();
		await closed;

		expect(text).not.toContain('bad_request');
		expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
	});
});
