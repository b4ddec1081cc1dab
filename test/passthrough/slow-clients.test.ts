import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import net from 'node:net';
import {describe, expect, test, vi} from 'vitest';
import {answerTo, closed, question, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {settledRow, startTollgate} from '../helpers/passthrough.js';

describe('a client that reads slowly', () => {
	const block = Buffer.alloc(64 * 1024, 'x');
	const blocks = 1536;

	/**
	How many bytes the system took from the endpoint, once it takes no more.
	*/
	async function accepted(socket: net.Socket): Promise<number> {
		let last = -1;
		await vi.waitFor(
			() => {
				const now = socket.bytesWritten - socket.writableLength;
				const isStill = now === last && now > 0;
				last = now;
				expect(isStill).toBe(true);
			},
			{interval: 200, timeout: 20_000},
		);
		return last;
	}

	async function slowStart(server: string) {
		const endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, {'content-length': block.length * blocks});
			for (let count = 0; count < blocks; count++) {
				if (!response.write(block)) {
					await once(response, 'drain');
				}
			}

			response.end();
		});
		const tollgate = await startTollgate({endpoint: endpoint.url, server});
		const client = net.connect({port: tollgate.port, host: '127.0.0.1'});
		client.write(
			`POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
		);
		await vi.waitFor(() => {
			expect(endpoint.heard).toHaveLength(1);
		});
		return {endpoint, tollgate, client};
	}

	async function readRest(client: net.Socket): Promise<number> {
		let length = 0;
		client.on('data', (piece) => {
			length += piece.length;
		});
		await closed(client);
		return length;
	}

	test('makes the endpoint wait instead of filling our memory, and gets every byte', async () => {
		const started = await slowStart('');
		await using endpoint = started.endpoint;
		await using tollgate = started.tollgate;
		const {client} = started;
		const taken = await accepted(endpoint.sockets()[0]!);

		// What the kernel holds for two connections, and a little of ours.
		expect(taken).toBeLessThan(48 * 1024 * 1024);
		const length = await readRest(client);
		expect(length).toBeGreaterThan(block.length * blocks);
		expect(length).toBeLessThan(block.length * blocks + 1000);
		expect(tollgate.row()).toMatchObject({
			outcome: 'ok',
			responseBytes: block.length * blocks,
		});
	});

	test('does not use up the time an endpoint may be silent', async () => {
		const started = await slowStart('idle_timeout = "100ms"');
		await using _ = started.endpoint;
		await using tollgate = started.tollgate;
		const {client} = started;
		await new Promise((resolve) => {
			setTimeout(resolve, 2000);
		});

		expect(await readRest(client)).toBeGreaterThan(block.length * blocks);
		expect(tollgate.row()).toMatchObject({outcome: 'ok'});
	});

	test('does not let an endpoint be silent for ever after that', async () => {
		const size = 40 * 1024 * 1024;
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, {'content-length': size + 1});
			response.write(Buffer.alloc(size, 'x'));
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: 'idle_timeout = "100ms"',
		});
		const response = await answerTo(send(tollgate.url));
		response.pause();
		response.on('error', () => undefined);
		await new Promise((resolve) => {
			setTimeout(resolve, 1500);
		});
		let length = 0;
		response.on('data', (piece: Buffer) => {
			length += piece.length;
		});
		response.resume();
		await new Promise((resolve) => {
			response.on('close', resolve);
		});

		expect(length).toBe(size);
		expect(response.complete).toBe(false);
		expect(tollgate.row()).toMatchObject({outcome: 'truncated'});
	});

	test('and then leaves is heard by the endpoint', async () => {
		const started = await slowStart('');
		await using endpoint = started.endpoint;
		await using tollgate = started.tollgate;
		const socket = endpoint.sockets()[0]!;
		await accepted(socket);
		const isClosed = closed(socket);
		started.client.destroy();
		await isClosed;

		expect(await settledRow(tollgate)).toMatchObject({outcome: 'aborted'});
	});
});
