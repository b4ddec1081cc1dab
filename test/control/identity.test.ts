import http from 'node:http';
import {once} from 'node:events';
import net, {type AddressInfo, type Server} from 'node:net';
import {expect, test} from 'vitest';
import {askIdentity, identityPath} from '../../source/control/identity.js';

const identity = {
	instance: 'one',
	home: '/home/me/.tollgate',
	pid: 4711,
	version: '1.0.0',
	startedAt: 1000,
	state: 'serving',
	recording: true,
	open: 0,
	config: {endpoints: [], aliases: [], endpoint: 'main'},
};

async function listening<S extends Server>(server: S): Promise<string> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (body: string) =>
	http.createServer((request, response) => {
		response.end(request.url === identityPath ? body : 'nothing here');
	});

test('a passthrough says who it is', async () => {
	const server = answering(JSON.stringify({tollgate: identity}));
	const url = await listening(server);
	expect(await askIdentity(url)).toEqual(identity);
	server.close();
});

test('what makes no sense of how it steers is left out, and the rest believed', async () => {
	const server = answering(
		JSON.stringify({tollgate: {...identity, steering: {change: 'many'}}}),
	);
	const url = await listening(server);
	expect(await askIdentity(url)).toEqual(identity);
	server.close();
});

test.each([
	['a page', '<!doctype html>'],
	['nothing', ''],
	['JSON of its own', '{"ok":true}'],
	['null', 'null'],
	['a word where an object should be', '{"tollgate":"yes"}'],
	['a pid that is none', JSON.stringify({tollgate: {...identity, pid: 0}})],
	[
		'a home with control characters',
		JSON.stringify({tollgate: {...identity, home: '/\u{1B}[2J'}}),
	],
	['more than anybody has to say', `"${'x'.repeat(2_000_000)}"`],
])('another program that answers %s is nobody', async (_what, body) => {
	const server = answering(body);
	expect(await askIdentity(await listening(server))).toBeUndefined();
	server.close();
});

test('one that accepts and says nothing is nobody', async () => {
	const server = net.createServer();
	const url = await listening(server);
	expect(await askIdentity(url, 50)).toBeUndefined();
	server.close();
});

test('one that never ends what it says is nobody', async () => {
	const server = http.createServer((_request, response) => {
		const timer = setInterval(() => {
			response.write(' ');
		}, 10);
		response.on('close', () => {
			clearInterval(timer);
		});
	});
	const url = await listening(server);
	expect(await askIdentity(url, 100)).toBeUndefined();
	server.close();
});

test('one that breaks off in the middle is nobody', async () => {
	const server = http.createServer((_request, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.write(`{"tollgate":${JSON.stringify(identity)}`, () => {
			response.destroy();
		});
	});
	expect(await askIdentity(await listening(server))).toBeUndefined();
	server.close();
});

test.each(['http://127.0.0.1:1', 'file:///etc/passwd', 'not a url'])(
	'nobody answers at %s',
	async (url) => {
		expect(await askIdentity(url)).toBeUndefined();
	},
);
