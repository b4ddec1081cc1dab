import {describe, expect, test} from 'vitest';
import {ask} from '../helpers/ask.js';
import {
	readRequest,
	startEndpoint,
	startRawEndpoint,
} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

async function freePort(): Promise<number> {
	await using endpoint = await startRawEndpoint(() => undefined);
	return endpoint.port;
}

describe('a request that met no answer is sent again on a new connection', () => {
	test.each(['closes', 'resets'])(
		'where the endpoint %s a kept one as the request arrives',
		async (how) => {
			await using endpoint = await startRawEndpoint(async (socket, index) => {
				await readRequest(socket);
				socket.write(answer);
				if (index !== 0) {
					return;
				}

				await readRequest(socket);
				if (how === 'closes') {
					socket.end();
				} else {
					socket.resetAndDestroy();
				}
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			await ask(tollgate.url);
			const {status, body} = await ask(tollgate.url);

			expect(status).toBe(200);
			expect(body.toString()).toBe('{}');
			expect(endpoint.sockets).toHaveLength(2);
			expect(tollgate.rows()[1]).toMatchObject({
				outcome: 'ok',
				attempts: 2,
				errorClass: null,
				possiblyBilled: null,
			});
			const [, first, second] = tollgate.reader
				.since(0)
				.attempts.toSorted(
					(a, b) => a.exchange! - b.exchange! || a.number! - b.number!,
				);
			expect(first).toMatchObject({
				exchange: tollgate.rows()[1]!.id,
				number: 1,
				outcome: 'error',
				errorClass: 'network',
				httpStatus: null,
				possiblyBilled: false,
				endpoint: 'main',
			});
			expect(second).toMatchObject({number: 2, outcome: 'ok', httpStatus: 200});
		},
	);

	test('where it was reset before all of the request was written', async () => {
		const bodies: number[] = [];
		await using endpoint = await startRawEndpoint(async (socket, index) => {
			if (index === 0) {
				socket.once('data', () => {
					socket.resetAndDestroy();
				});
				return;
			}

			const {body} = await readRequest(socket);
			bodies.push(body.length);
			socket.write(answer);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const body = `{"model":"m","filler":"${'x'.repeat(16_000_000)}"}`;
		const {status} = await ask(tollgate.url, {body});

		expect(status).toBe(200);
		expect(bodies).toEqual([body.length]);
		expect(tollgate.attempts()).toMatchObject([
			{outcome: 'error', errorClass: 'network', possiblyBilled: false},
			{outcome: 'ok', httpStatus: 200},
		]);
	});

	test('but not for ever: an endpoint that is not there is told of', async () => {
		const port = await freePort();
		await using tollgate = await startTollgate({
			endpoint: `http://127.0.0.1:${port}`,
		});
		const {status, header, json} = await ask(tollgate.url);

		expect(status).toBe(502);
		expect(header('x-tollgate-reason')).toBe('unreachable');
		expect(header('x-should-retry')).toBeUndefined();
		expect(json()).toMatchObject({
			type: 'error',
			error: {
				type: 'api_error',
				message: `The endpoint main (127.0.0.1:${port}) cannot be reached (ECONNREFUSED).`,
			},
			request_id: header('request-id'),
		});
		expect(tollgate.row()).toMatchObject({
			outcome: 'error',
			errorClass: 'network',
			errorType: 'ECONNREFUSED',
			httpStatus: 502,
			reason: 'unreachable',
			usageStatus: 'none',
			possiblyBilled: false,
		});
		const attempts = tollgate.attempts();
		expect(attempts.length).toBeGreaterThan(1);
		expect(attempts).toHaveLength(tollgate.row().attempts!);
		for (const attempt of attempts) {
			expect(attempt).toMatchObject({
				outcome: 'error',
				errorClass: 'network',
				httpStatus: null,
			});
		}
	});

	test('and not where its name is unknown to everybody', async () => {
		await using tollgate = await startTollgate({
			endpoint: 'https://no-such-host.invalid',
		});
		const {status, json} = await ask(tollgate.url, {
			path: '/v1/chat/completions',
		});

		expect(status).toBe(502);
		expect(json()).toMatchObject({
			error: {
				type: 'server_error',
				message: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) as string,
			},
		});
	});
});

describe('a request that the endpoint may have worked on is not sent again', () => {
	test.each(['closes', 'resets'])(
		'where it had all of it and %s',
		async (how) => {
			await using endpoint = await startRawEndpoint(async (socket) => {
				await readRequest(socket);
				if (how === 'closes') {
					socket.end();
				} else {
					socket.resetAndDestroy();
				}
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const {status, header} = await ask(tollgate.url);

			expect(status).toBe(502);
			expect(header('x-tollgate-reason')).toBe('unreachable');
			expect(endpoint.sockets).toHaveLength(1);
			expect(tollgate.row()).toMatchObject({
				outcome: 'error',
				errorClass: 'network',
				attempts: 1,
				possiblyBilled: true,
				usageStatus: 'missing',
			});
		},
	);

	test('where it sent something that is no answer', async () => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.write('SSH-2.0-OpenSSH_9.6\r\n');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const {status} = await ask(tollgate.url);

		expect(status).toBe(502);
		expect(endpoint.sockets).toHaveLength(1);
		expect(tollgate.row().outcome).toBe('error');
	});

	test('where part of its head had come on a kept connection', async () => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.write(answer);
			await readRequest(socket);
			socket.write('HTTP/1.1 200 OK\r\nContent-Le');
			socket.end();
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		await ask(tollgate.url);
		const {status} = await ask(tollgate.url);

		expect(status).toBe(502);
		expect(endpoint.sockets).toHaveLength(1);
		expect(tollgate.rows()[1]).toMatchObject({possiblyBilled: true});
	});

	test('where it does not answer within header_timeout', async () => {
		await using endpoint = await startEndpoint(() => undefined);
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: 'header_timeout = "200ms"',
		});
		const {status, header, json} = await ask(tollgate.url);

		expect(status).toBe(504);
		expect(header('x-tollgate-reason')).toBe('timeout');
		expect(json()).toMatchObject({
			error: {
				type: 'timeout_error',
				message: expect.stringContaining('header_timeout') as string,
			},
		});
		expect(endpoint.heard).toHaveLength(1);
		expect(tollgate.row()).toMatchObject({
			outcome: 'error',
			errorClass: 'timeout',
			reason: 'timeout',
			httpStatus: 504,
			possiblyBilled: true,
			usageStatus: 'missing',
		});
	});

	test('where its body streams through and is spent', async () => {
		const port = await freePort();
		await using tollgate = await startTollgate({
			endpoint: `http://127.0.0.1:${port}`,
		});
		const {status} = await ask(tollgate.url, {
			method: 'PUT',
			path: '/v1/files/1',
			body: 'x'.repeat(100_000),
		});

		expect(status).toBe(502);
		expect(tollgate.row()).toMatchObject({outcome: 'error', attempts: 1});
	});
});
