import {Buffer} from 'node:buffer';
import net from 'node:net';
import {describe, expect, test} from 'vitest';
import {ask, closed, question} from '../helpers/ask.js';
import {
	startEndpoint,
	startRawEndpoint,
	readRequest,
} from '../helpers/endpoint.js';
import {settledRow, startTollgate} from '../helpers/passthrough.js';
import {half, sse, stream} from './recorded-stream.js';

describe('an endpoint that breaks off in the middle of an answer', () => {
	const heads = {
		chunked: 'Transfer-Encoding: chunked\r\n',
		'of known length': `Content-Length: ${stream.length}\r\n`,
	};
	const cases = (['chunked', 'of known length'] as const).flatMap((framing) =>
		(['HTTP/1.1', 'HTTP/1.0'] as const).flatMap((version) =>
			(['closes', 'resets'] as const).map(
				(how) => [framing, version, how] as const,
			),
		),
	);

	test.each(cases)(
		'never looks like a whole answer (%s, client of %s, it %s)',
		async (framing, version, how) => {
			const isShown = Promise.withResolvers<void>();
			await using endpoint = await startRawEndpoint(async (socket) => {
				await readRequest(socket);
				socket.write(
					`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${heads[framing]}\r\n`,
				);
				socket.write(
					framing === 'chunked'
						? `${half.length.toString(16)}\r\n${half.toString()}\r\n`
						: half,
				);
				await isShown.promise;
				if (how === 'closes') {
					socket.end();
				} else {
					socket.resetAndDestroy();
				}
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const socket = net.connect(tollgate.port, '127.0.0.1');
			const pieces: Buffer[] = [];
			let error: NodeJS.ErrnoException | undefined;
			socket.on('error', (met) => {
				error = met;
			});
			socket.on('data', (piece) => {
				pieces.push(piece);
				if (Buffer.concat(pieces).includes(half.subarray(-40))) {
					isShown.resolve();
				}
			});
			socket.write(
				`POST /v1/messages ${version}\r\nHost: localhost\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
			);
			await closed(socket);

			const got = Buffer.concat(pieces).toString();
			expect(got).not.toMatch(/\r\n0\r\n/);
			expect(got).not.toContain('message_stop');
			// Without a length or chunks, only a reset says that something is missing.
			expect(version === 'HTTP/1.1' || error?.code === 'ECONNRESET').toBe(true);
			expect(await settledRow(tollgate)).toMatchObject({
				outcome: 'truncated',
				usageStatus: 'partial',
				httpStatus: 200,
				responseBytes: half.length,
				possiblyBilled: true,
			});
		},
	);

	test('is known to official ways of reading as an error', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, sse);
			response.write(half, () => {
				response.destroy();
			});
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url);

		expect(answer.status).toBe(200);
		expect(answer.complete).toBe(false);
		await expect(
			fetch(`${tollgate.url}/v1/messages`, {
				method: 'POST',
				body: question,
			}).then(async (response) => response.text()),
		).rejects.toThrow('terminated');
	});

	test('after silence for longer than idle_timeout is broken off by us', async () => {
		const left = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.on('close', left.resolve);
			response.writeHead(200, sse);
			response.write(half);
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: 'idle_timeout = "200ms"',
		});
		const answer = await ask(tollgate.url);
		await left.promise;

		expect(answer.complete).toBe(false);
		expect(answer.body.toString()).toBe(half.toString());
		expect(tollgate.row()).toMatchObject({
			outcome: 'truncated',
			usageStatus: 'partial',
		});
	});

	test('with no byte of the body sent yet shows its head, and that it is not whole', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, sse);
			response.flushHeaders();
			setImmediate(() => {
				response.destroy();
			});
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url).catch((error: unknown) => error);

		expect(answer).not.toMatchObject({complete: true});
		expect(await settledRow(tollgate)).toMatchObject({
			outcome: 'truncated',
			usageStatus: 'missing',
		});
	});
});
