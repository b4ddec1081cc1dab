import type {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {Agent} from 'node:http';
import net from 'node:net';
import {expect, test, vi} from 'vitest';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const large = randomBytes(20_000_000);
const upload = {method: 'PUT', path: '/v1/files/1', body: large};

test('an answer that comes before all of the upload was taken reaches the client, whose connection goes on', async () => {
	await using endpoint = await startEndpoint(({request, response}) => {
		if (request.method === 'PUT') {
			response.writeHead(413, {'content-length': 5}).end('large');
		} else {
			response.end('{}');
		}
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const agent = new Agent({keepAlive: true, maxSockets: 1});
	for (let count = 0; count < 2; count++) {
		const refused = await ask(tollgate.url, {...upload, agent});
		const after = await ask(tollgate.url, {method: 'GET', path: '/', agent});

		expect(refused.status).toBe(413);
		expect(refused.body.toString()).toBe('large');
		expect(after.status).toBe(200);
	}

	agent.destroy();
	expect(tollgate.rows().map(({httpStatus}) => httpStatus)).toEqual([
		413, 200, 413, 200,
	]);
});

test('an upload that the endpoint breaks off is an error of its own, and the connection of the client goes on', async () => {
	await using endpoint = await startEndpoint(({request, response}) => {
		if (request.method === 'PUT') {
			request.once('data', () => {
				request.socket.resetAndDestroy();
			});
		} else {
			response.end('{}');
		}
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const agent = new Agent({keepAlive: true, maxSockets: 1});
	const refused = await ask(tollgate.url, {...upload, agent});
	const after = await ask(tollgate.url, {method: 'GET', path: '/', agent});

	agent.destroy();
	expect(refused.status).toBe(502);
	expect(after.status).toBe(200);
	expect(tollgate.rows()).toMatchObject([
		{outcome: 'error', errorClass: 'network', attempts: 1},
		{outcome: 'ok'},
	]);
});

test('a slow endpoint makes the client wait instead of filling our memory', async () => {
	const goOn = Promise.withResolvers<void>();
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await goOn.promise;
		const {length} = await heard.body();
		response.end(String(length));
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const total = 96 * 1024 * 1024;
	const block = randomBytes(1024 * 1024);
	const client = net.connect(tollgate.port, '127.0.0.1');
	let answer = '';
	client.on('data', (piece) => {
		answer += piece.toString();
	});
	client.write(
		`PUT /v1/files/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${total}\r\n\r\n`,
	);
	const sending = (async () => {
		for (let sent = 0; sent < total; sent += block.length) {
			if (!client.write(block)) {
				await once(client, 'drain');
			}
		}
	})();
	let last = -1;
	await vi.waitFor(
		() => {
			const now = client.bytesWritten - client.writableLength;
			const isStill = now === last && now > block.length;
			last = now;
			expect(isStill).toBe(true);
		},
		{interval: 200, timeout: 20_000},
	);

	expect(last).toBeLessThan(48 * 1024 * 1024);
	goOn.resolve();
	await sending;
	await once(client, 'close');
	expect(
		answer.endsWith(`${total}\r\n0\r\n\r\n`) ||
			answer.endsWith(`\r\n\r\n${total}`),
	).toBe(true);
});

test.each([
	['POST', '/v1/messages', 0],
	['PUT', '/v1/files/1', 1],
])(
	'an upload that does not move is given up (%s %s)',
	async (method, path, heard) => {
		vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
		try {
			let ahead = 0;
			await using endpoint = await startEndpoint(({request}) => {
				request.on('error', () => undefined);
				request.resume();
			});
			await using tollgate = await startTollgate({
				endpoint: endpoint.url,
				now: () => Date.now() + ahead,
			});
			const client = net.connect(tollgate.port, '127.0.0.1');
			client.write(
				`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nbegun`,
			);
			await vi.waitFor(() => {
				expect(tollgate.passthrough.identity().open).toBe(1);
				expect(endpoint.heard).toHaveLength(heard);
			});
			ahead = 50_000;
			vi.advanceTimersByTime(5000);
			expect(tollgate.passthrough.identity().open).toBe(1);
			ahead = 70_000;
			vi.advanceTimersByTime(5000);
			await once(client, 'close');
			await vi.waitFor(() => {
				expect(tollgate.row().outcome).toBe('aborted');
			});
		} finally {
			vi.useRealTimers();
		}
	},
);

const eightMegabytes = 8 * 1024 * 1024;
const bodyOf = (letter: string) =>
	`{"model":"${letter}","filler":"${letter.repeat(eightMegabytes)}"}`;

test('an endpoint that answers before it reads gets no byte of another request', async () => {
	const goOn = Promise.withResolvers<void>();
	const bodies: Array<Promise<Buffer>> = [];
	await using endpoint = await startEndpoint(({heard, response}) => {
		response.end('{}');
		bodies.push(goOn.promise.then(async () => heard.body()));
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	for (const letter of 'abc') {
		const {status} = await ask(tollgate.url, {body: bodyOf(letter)});
		expect(status).toBe(200);
	}

	goOn.resolve();
	for (const [index, body] of bodies.entries()) {
		const text = String(await body.catch(() => ''));
		const letters = new Set(text.slice('{"model":"a","filler":"'.length));
		letters.delete('"');
		letters.delete('}');
		expect([...letters].join('')).toMatch(new RegExp(`^${'abc'[index]!}?$`));
	}
});
