import {expect, test} from 'vitest';
import {tunnelThrough} from '../../source/passthrough/tunnel.js';
import {readRequest, startRawEndpoint} from '../helpers/endpoint.js';

const connect = async (proxy: string, protocol: 'http:' | 'https:') =>
	new Promise<Error | null>((resolve) => {
		tunnelThrough(new URL(proxy), {timeoutMs: 150})(
			{hostname: 'api.gateway.invalid', protocol, port: ''},
			(...[error]) => {
				resolve(error);
			},
		);
	});

test('a proxy that says nothing is given up', async () => {
	await using proxy = await startRawEndpoint(() => undefined);

	expect(await connect(proxy.url, 'https:')).toMatchObject({code: 'ETIMEDOUT'});
});

test('an endpoint that says nothing behind it is given up', async () => {
	await using proxy = await startRawEndpoint(async (socket) => {
		await readRequest(socket);
		socket.write('HTTP/1.1 200 OK\r\n\r\n');
	});

	expect(await connect(proxy.url, 'https:')).toMatchObject({code: 'ETIMEDOUT'});
});

test.each([
	['closes', 'ECONNRESET'],
	['refuses', 'PROXY_403'],
	['answers nonsense', 'HPE_INVALID_CONSTANT'],
])('a proxy that %s is told of', async (how, code) => {
	await using proxy = await startRawEndpoint(async (socket) => {
		await readRequest(socket);
		socket.end(
			how === 'closes'
				? ''
				: how === 'refuses'
					? 'HTTP/1.1 403 No\r\n\r\n'
					: 'nonsense\r\n\r\n',
		);
	});

	expect(await connect(proxy.url, 'http:')).toMatchObject({code});
});
