import {Agent} from 'node:http';
import net, {type Socket} from 'node:net';
import {describe, expect, test} from 'vitest';
import {ask} from '../helpers/ask.js';
import {startEndpoint, startRawEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

async function freePort(): Promise<number> {
	await using endpoint = await startRawEndpoint(() => undefined);
	return endpoint.port;
}

describe('connections that are kept', () => {
	test('serve one request after the other, on both sides', async () => {
		const clientPorts = new Set<number | undefined>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const agent = new Agent({keepAlive: true, maxSockets: 1});
		agent.on('free', (socket: Socket) => {
			clientPorts.add(socket.localPort);
		});
		for (let count = 0; count < 5; count++) {
			const {header} = await ask(tollgate.url, {agent});
			expect(header('connection')).toBe('keep-alive');
		}

		agent.destroy();
		expect(endpoint.sockets()).toHaveLength(1);
		expect(clientPorts.size).toBe(1);
		expect(tollgate.rows().map(({attempts}) => attempts)).toEqual([
			1, 1, 1, 1, 1,
		]);
	});

	test('are as many as requests run side by side', async () => {
		const all = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({response, index}) => {
			if (index === 19) {
				all.resolve();
			}

			await all.promise;
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answers = await Promise.all(
			Array.from({length: 20}, async () => ask(tollgate.url)),
		);

		expect(answers.every(({status}) => status === 200)).toBe(true);
		expect(tollgate.rows()).toHaveLength(20);
	});

	test('that the endpoint has closed meanwhile are noticed', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		for (let count = 0; count < 4; count++) {
			const {status} = await ask(tollgate.url);
			expect(status).toBe(200);
			endpoint.sockets().at(-1)!.destroy();
		}

		expect(endpoint.sockets()).toHaveLength(4);
	});
});

test('the connection of a client survives an upload that could not be sent', async () => {
	const port = await freePort();
	await using tollgate = await startTollgate({
		endpoint: `http://127.0.0.1:${port}`,
	});
	const agent = new Agent({keepAlive: true, maxSockets: 1});
	const body = 'x'.repeat(20_000_000);
	for (let count = 0; count < 3; count++) {
		const {status} = await ask(tollgate.url, {
			method: 'PUT',
			path: '/v1/files/1',
			body,
			agent,
		});
		expect(status).toBe(502);
	}

	agent.destroy();
	expect(tollgate.rows()).toHaveLength(3);
});

test('pipelined requests are answered in their order', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		const body = String(await heard.body());
		setTimeout(
			() => {
				response.end(body);
			},
			body === '{"a":1}' ? 100 : 0,
		);
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const socket = net.connect(tollgate.port, '127.0.0.1');
	const bodies = ['{"a":1}', '{"a":2}', '{"a":3}'];
	for (const body of bodies) {
		socket.write(
			`POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n${body === bodies[2] ? 'Connection: close\r\n' : ''}\r\n${body}`,
		);
	}

	let text = '';
	for await (const piece of socket) {
		text += String(piece);
	}

	expect(text.match(/\{"a":\d\}/g)).toEqual(bodies);
	expect(tollgate.rows()).toHaveLength(3);
});
