import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import net from 'node:net';
import {describe, expect, test, vi} from 'vitest';
import {answerTo, ask, question, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

describe('a passthrough that is about to stop', () => {
	const streaming = async () => {
		const goOn = Promise.withResolvers<void>();
		const endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, {'content-type': 'text/event-stream'});
			response.write('data: 1\n\n');
			await goOn.promise;
			response.end('data: 2\n\n');
		});
		const tollgate = await startTollgate({endpoint: endpoint.url});
		return {endpoint, tollgate, goOn};
	};

	test('lets its streams finish, takes no new ones, and has them in the log', async () => {
		const {endpoint, tollgate, goOn} = await streaming();
		await using _ = endpoint;
		await using __ = tollgate;
		const request = send(tollgate.url);
		const response = await answerTo(request);
		let text = '';
		response.on('data', (piece: Buffer) => {
			text += piece.toString();
		});
		await once(response, 'data');
		const drained = tollgate.drain(20_000);
		await expect(ask(tollgate.url)).rejects.toMatchObject({
			code: 'ECONNREFUSED',
		});
		goOn.resolve();
		await once(response, 'end');

		expect(await drained).toBe(0);
		expect(text).toBe('data: 1\n\ndata: 2\n\n');
		expect(tollgate.row()).toMatchObject({
			outcome: 'truncated',
			httpStatus: 200,
		});
	});

	test('says how many it cut, and what became of them is in the log', async () => {
		const {endpoint, tollgate} = await streaming();
		await using _ = endpoint;
		await using __ = tollgate;
		const requests = [send(tollgate.url), send(tollgate.url)];
		const ends = requests.map(async (request) => {
			const response = await answerTo(request);
			response.resume();
			response.on('error', () => undefined);
			await new Promise((resolve) => {
				response.on('close', resolve);
			});
			return response.complete;
		});
		await vi.waitFor(() => {
			expect(endpoint.heard).toHaveLength(2);
		});

		expect(await tollgate.drain(50)).toBe(2);
		expect(await Promise.all(ends)).toEqual([false, false]);
		expect(tollgate.rows()).toMatchObject([
			{outcome: 'aborted'},
			{outcome: 'aborted'},
		]);
	});

	test('turns away a request on a connection that is still open', async () => {
		const {endpoint, tollgate, goOn} = await streaming();
		await using _ = endpoint;
		await using __ = tollgate;
		const socket = net.connect(tollgate.port, '127.0.0.1');
		let text = '';
		socket.on('data', (piece) => {
			text += piece.toString();
		});
		const asking = `POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${question.length}\r\n\r\n${question}`;
		socket.write(asking);
		await vi.waitFor(() => {
			expect(text).toContain('data: 1');
		});
		const drained = tollgate.drain(20_000);
		socket.write(asking.replace('/v1/messages', '/v1/chat/completions'));
		await vi.waitFor(() => {
			expect(tollgate.rows()).toHaveLength(2);
		});
		goOn.resolve();
		await once(socket, 'close');
		await drained;

		const second = text.slice(text.lastIndexOf('HTTP/1.1'));
		expect(second).toMatch(/^HTTP\/1\.1 503 /);
		expect(second).toMatch(/^x-tollgate-reason: draining\r$/im);
		expect(second).toMatch(/^retry-after: 2\r$/im);
		expect(second).toContain('"server_error"');
		expect(endpoint.heard).toHaveLength(1);
		expect(tollgate.rows()).toMatchObject([
			{outcome: 'truncated'},
			{outcome: 'refused', reason: 'draining', httpStatus: 503},
		]);
	});
});

test('an answer whose client is slow arrives whole, however long draining has to wait for it', async () => {
	// More than the system takes at once, so that its end waits in the process.
	const body = Buffer.alloc(4_437_500, 'x');
	await using endpoint = await startEndpoint(({response}) => {
		response.writeHead(200, {'content-length': body.length});
		response.end(body);
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const client = net.connect(tollgate.port, '127.0.0.1');
	client.write('GET /file HTTP/1.1\r\nhost: localhost\r\n\r\n');
	await once(client, 'readable');
	// Where the system takes less, the answer is still being written: it must arrive all the same.
	await vi
		.waitFor(() => {
			expect(tollgate.row().outcome).toBe('ok');
		})
		.catch(() => undefined);
	const drained = tollgate.drain(20_000);
	const chunks: Buffer[] = [];
	for await (const chunk of client) {
		chunks.push(chunk as Buffer);
	}

	const answer = Buffer.concat(chunks);
	expect(answer.subarray(answer.indexOf('\r\n\r\n') + 4).equals(body)).toBe(
		true,
	);
	expect(await drained).toBe(0);
});
