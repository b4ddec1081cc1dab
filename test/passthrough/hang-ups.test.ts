import {once} from 'node:events';
import net from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect, test, vi} from 'vitest';
import {answerTo, question, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {settledRow, startTollgate} from '../helpers/passthrough.js';
import {playWhole} from '../helpers/stream.js';
import {half, sse} from './recorded-stream.js';

describe('a client that hangs up', () => {
	test('in the middle of an answer is heard by the endpoint, and what was seen is kept', async () => {
		const left = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.on('close', left.resolve);
			response.writeHead(200, sse);
			response.write(half);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const request = send(tollgate.url);
		request.on('error', () => undefined);
		await once(await answerTo(request), 'data');
		request.destroy();
		await left.promise;

		expect(await settledRow(tollgate)).toMatchObject({
			outcome: 'aborted',
			errorClass: 'aborted',
			httpStatus: 200,
			usageStatus: 'partial',
			servedModel: 'claude-sonnet-4-6',
		});
		expect(tollgate.reader.live()).toEqual([]);
	});

	test('before an answer is heard by the endpoint', async () => {
		const arrived = Promise.withResolvers<void>();
		const left = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			response.on('close', left.resolve);
			await heard.body();
			arrived.resolve();
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const request = send(tollgate.url);
		request.on('error', () => undefined);
		await arrived.promise;
		request.destroy();
		await left.promise;

		expect(await settledRow(tollgate)).toMatchObject({
			outcome: 'aborted',
			httpStatus: null,
			usageStatus: 'missing',
		});
	});

	test.each(['closed', 'half closed', 'reset'])(
		'before its request was whole is never sent on (%s)',
		async (how) => {
			await using endpoint = await startEndpoint(({response}) => {
				response.end('{}');
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const socket = net.connect(tollgate.port, '127.0.0.1');
			socket.on('error', () => undefined);
			socket.resume();
			socket.write(
				'POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"model":',
			);
			await vi.waitFor(() => {
				expect(tollgate.passthrough.identity().open).toBe(1);
			});
			if (how === 'closed') {
				socket.destroy();
			} else if (how === 'reset') {
				socket.resetAndDestroy();
			} else {
				socket.end();
			}

			expect(await settledRow(tollgate)).toMatchObject({
				outcome: 'aborted',
				errorClass: 'aborted',
				usageStatus: 'none',
				attempts: 0,
				format: 'anthropic-messages',
			});
			expect(endpoint.heard).toEqual([]);
		},
	);

	test('in the middle of an upload that streams through is heard by the endpoint', async () => {
		const left = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(({request}) => {
			request.on('error', () => undefined);
			request.on('close', left.resolve);
			request.resume();
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const socket = net.connect(tollgate.port, '127.0.0.1');
		socket.write(
			'PUT /v1/files/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nbegun',
		);
		await vi.waitFor(() => {
			expect(endpoint.heard).toHaveLength(1);
		});
		socket.destroy();
		await left.promise;

		expect(await settledRow(tollgate)).toMatchObject({outcome: 'aborted'});
	});
});

test('who hangs up before its request is sent is billed nothing', async () => {
	await using endpoint = await startEndpoint(playWhole);
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	// Nothing is sent before its row is there.
	const db = tollgate.connect();
	db.exec('BEGIN IMMEDIATE');
	const client = new AbortController();
	const asked = fetch(`${tollgate.url}/v1/messages`, {
		method: 'POST',
		body: question,
		signal: client.signal,
	}).catch(() => undefined);
	await vi.waitFor(() => {
		expect(tollgate.passthrough.identity().open).toBe(1);
	});
	client.abort();
	await asked;
	await delay(200);
	db.exec('COMMIT');
	await vi.waitFor(() => {
		expect(tollgate.row()).toMatchObject({
			outcome: 'aborted',
			usageStatus: 'none',
			costNanodollars: 0,
		});
	});
	expect(endpoint.heard).toEqual([]);
});
