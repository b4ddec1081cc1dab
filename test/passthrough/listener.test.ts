import {once} from 'node:events';
import type {IncomingMessage, ServerResponse} from 'node:http';
import net from 'node:net';
import {describe, expect, test, vi} from 'vitest';
import {
	createListener,
	isFromHere,
	listen,
	usualBounds,
	type Bounds,
	type Handler,
} from '../../source/passthrough/listener.js';
import {closed, exchangeBytes} from '../helpers/ask.js';
import {startServe, testHome} from '../helpers/program.js';

const request = (more = '', method = 'GET'): string =>
	`${method} / HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

async function startListener(
	bounds: Partial<Bounds> = {},
	handle: Handler = (_request, response) => {
		response.end('{}');
	},
) {
	const server = createListener(handle, {bounds});
	const port = await listen(server, {host: '127.0.0.1', port: 0});
	return {
		port,
		knock: async () => knock(port),
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

/**
A connection and what came over it.
*/
async function knock(port: number) {
	const socket = net.connect(port, '127.0.0.1');
	const said = {text: ''};
	socket.on('data', (piece) => {
		said.text += piece.toString('latin1');
	});
	const isClosed = closed(socket);
	await once(socket, 'connect');
	return {
		socket,
		isClosed,
		text: () => said.text,
		async answers(count: number) {
			await vi.waitFor(() => {
				expect(said.text.match(/HTTP\/1\.1 \d/gv) ?? []).toHaveLength(count);
			});
			return said.text;
		},
	};
}

const statuses = (text: string): readonly string[] =>
	[...text.matchAll(/HTTP\/1\.1 (?<status>\d+)/gv)].map(
		({groups}) => groups!['status']!,
	);

describe('a client that takes its time', () => {
	const soon = {headersMs: 150, checkEveryMs: 30};

	test.each([
		['says nothing', ''],
		['does not finish its headers', 'GET / HTTP/1.1\r\nHost: loc'],
	])('and %s is told so and closed', async (_, bytes) => {
		await using listener = await startListener(soon);
		const client = await listener.knock();
		client.socket.write(bytes);
		await client.isClosed;

		expect(client.text()).toMatch(/^HTTP\/1\.1 408 /v);
		expect(client.text()).toContain('x-tollgate-reason: bad_request');
		expect(client.text()).toContain('took too long');
	});

	test('and drips its headers gains no time by that', async () => {
		await using listener = await startListener(soon);
		const client = await listener.knock();
		client.socket.write('GET / HTTP/1.1\r\n');
		const drip = setInterval(() => {
			client.socket.write('X: y\r\n');
		}, 20);
		await client.isClosed;
		clearInterval(drip);

		expect(statuses(client.text())).toEqual(['408']);
	});

	test('after an answer is closed without a word', async () => {
		// Node waits a second longer than it says to clients.
		await using listener = await startListener({
			keepAliveMs: 1,
			checkEveryMs: 30,
		});
		const client = await listener.knock();
		client.socket.write(request());
		await client.isClosed;

		expect(statuses(client.text())).toEqual(['200']);
	});

	test('with the rest of a request that has its answer is closed', async () => {
		await using listener = await startListener({
			leftoverMs: 100,
			checkEveryMs: 30,
		});
		const client = await listener.knock();
		client.socket.write(request('Content-Length: 100000\r\n', 'POST'));
		const drip = setInterval(() => {
			client.socket.write('x');
		}, 20);
		await client.isClosed;
		clearInterval(drip);

		expect(statuses(client.text())).toEqual(['200']);
	});

	test('with the rest is not closed once that has come', async () => {
		await using listener = await startListener({
			leftoverMs: 60,
			checkEveryMs: 20,
		});
		const client = await listener.knock();
		client.socket.write(request('Content-Length: 4\r\n', 'POST'));
		await client.answers(1);
		client.socket.write('rest');
		await new Promise((resolve) => {
			setTimeout(resolve, 200);
		});
		client.socket.write(request());

		expect(statuses(await client.answers(2))).toEqual(['200', '200']);
	});
});

describe('when there are too many connections', () => {
	test('the one that was idle for longest makes room', async () => {
		await using listener = await startListener({connections: 2});
		const first = await listener.knock();
		first.socket.write(request());
		await first.answers(1);
		const second = await listener.knock();
		second.socket.write(request());
		await second.answers(1);
		// Now the second has waited longer.
		first.socket.write(request());
		await first.answers(2);
		const third = await listener.knock();
		await second.isClosed;
		third.socket.write(request());
		await third.answers(1);
		first.socket.write(request());

		expect(statuses(await first.answers(3))).toEqual(['200', '200', '200']);
	});

	test('and all are busy, the newcomer is told so, and served once there is room', async () => {
		const held: ServerResponse[] = [];
		await using listener = await startListener(
			{connections: 2},
			(_request, response) => {
				held.push(response);
			},
		);
		const busy = [await listener.knock(), await listener.knock()];
		for (const {socket} of busy) {
			socket.write(request());
		}

		await vi.waitFor(() => {
			expect(held).toHaveLength(2);
		});
		const newcomer = await listener.knock();
		newcomer.socket.write(request());
		await newcomer.isClosed;

		expect(newcomer.text()).toMatch(/^HTTP\/1\.1 503 /v);
		expect(newcomer.text()).toMatch(/^connection: close\r$/imv);
		expect(newcomer.text()).toMatch(/^retry-after: \d+\r$/imv);
		expect(newcomer.text()).toMatch(/^x-tollgate-reason: queue\r$/imv);
		expect(held).toHaveLength(2);

		const patient = await listener.knock();
		busy[0]!.socket.destroy();
		await vi.waitFor(() => {
			expect(held[0]!.closed).toBe(true);
		});
		patient.socket.write(request());
		await vi.waitFor(() => {
			expect(held).toHaveLength(3);
		});
	});
});

describe('requests that do not wait for answers', () => {
	test('are refused from a number on, and what follows is not looked at', async () => {
		const held: ServerResponse[] = [];
		const seen: Array<readonly [IncomingMessage, ServerResponse]> = [];
		await using listener = await startListener(
			{pipelined: 2},
			(...[incoming, response]) => {
				seen.push([incoming, response]);
				held.push(response);
			},
		);
		const client = await listener.knock();
		client.socket.write(request().repeat(100));
		await vi.waitFor(() => {
			expect(held.length).toBeGreaterThan(2);
		});
		for (const response of held) {
			response.end('{}');
		}

		await client.isClosed;
		expect(seen).toHaveLength(3);
		expect(statuses(client.text())).toEqual(['200', '200', '200']);
		expect(client.text().match(/connection: close/giv)).toHaveLength(1);
	});

	test('may be many one after the other', async () => {
		await using listener = await startListener({pipelined: 2});
		const client = await listener.knock();
		for (let count = 1; count <= 10; count++) {
			client.socket.write(request());
			await client.answers(count);
		}

		expect(statuses(client.text())).toHaveLength(10);
	});
});

describe('nonsense behind a whole request', () => {
	async function begun(beforeNonsense: string) {
		const held: ServerResponse[] = [];
		const listener = await startListener({}, (_request, response) => {
			held.push(response);
		});
		const client = await listener.knock();
		client.socket.write(request());
		await vi.waitFor(() => {
			expect(held).toHaveLength(1);
		});
		if (beforeNonsense !== '') {
			held[0]!.write(beforeNonsense);
		}

		client.socket.write('\0nonsense\r\n\r\n');
		return {listener, client, response: held[0]!};
	}

	test.each(['', 'half '])(
		'does not get into its answer nor take its place (after "%s")',
		async (before) => {
			const {client, response, ...started} = await begun(before);
			await using _ = started.listener;
			await new Promise((resolve) => {
				setTimeout(resolve, 50);
			});
			response.end('whole');
			await client.isClosed;

			expect(statuses(client.text())).toEqual(['200']);
			expect(client.text()).toContain('whole');
			expect(client.text()).not.toContain('bad_request');
		},
	);

	test('does not hide that the client leaves', async () => {
		const {client, response, ...started} = await begun('');
		await using _ = started.listener;
		client.socket.end();
		await once(response, 'close');

		expect(response.writableFinished).toBe(false);
	});
});

test('the usual bounds are as documented', () => {
	expect(usualBounds).toMatchObject({
		headersMs: 60_000,
		keepAliveMs: 75_000,
		leftoverMs: 60_000,
		connections: 1024,
		pipelined: 16,
	});
});

test('NODE_OPTIONS cannot make it lenient', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder, ['--port', '0'], {
		env: {NODE_OPTIONS: '--insecure-http-parser --max-http-header-size=999999'},
	});
	const lenient = 'GET / HTTP/1.1\r\nHost: localhost\r\nX: \u{1}\r\n\r\n';
	const large = request(`X: ${'x'.repeat(70_000)}\r\n`);

	expect(statuses(await exchangeBytes(serving.url, lenient))).toEqual(['400']);
	expect(statuses(await exchangeBytes(serving.url, large))).toEqual(['431']);
});

test.each([
	['127.0.0.1', '127.0.0.1', true],
	['::ffff:127.0.0.1', '::ffff:127.0.0.1', true],
	['::1', '::1', true],
	['192.168.1.5', '192.168.1.5', true],
	['192.168.1.9', '192.168.1.5', false],
	['::ffff:192.168.1.9', '::ffff:192.168.1.5', false],
	[undefined, undefined, false],
])(
	'what comes from %s to %s is from this machine: %s',
	(remoteAddress, localAddress, is) => {
		const asked: unknown = {socket: {remoteAddress, localAddress}};
		expect(isFromHere(asked as IncomingMessage)).toBe(is);
	},
);
