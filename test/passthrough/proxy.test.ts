/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import https from 'node:https';
import net, {type AddressInfo} from 'node:net';
import tls from 'node:tls';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {ask, question} from '../helpers/ask.js';
import {certificate, privateKey} from '../helpers/certificate.js';
import {
	pairsOf,
	readRequest,
	startEndpoint,
	startRawEndpoint,
} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

/**
A proxy that leads every name to this port of ours.
*/
async function startProxy(port: number, answer = '200 Connection established') {
	const heads: string[] = [];
	const proxy = await startRawEndpoint(async (socket) => {
		const {head} = await readRequest(socket);
		heads.push(head);
		socket.write(`HTTP/1.1 ${answer}\r\n\r\n`);
		if (!answer.startsWith('200')) {
			socket.end();
			return;
		}

		const upstream = net.connect(port, '127.0.0.1');
		upstream.on('error', () => {
			socket.destroy();
		});
		upstream.on('close', () => {
			socket.destroy();
		});
		socket.pipe(upstream).pipe(socket);
	});
	return {...proxy, heads};
}

describe('HTTP_PROXY', () => {
	test('leads to an endpoint elsewhere, and nothing is changed on the way', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{"from":"endpoint"}');
		});
		await using proxy = await startProxy(endpoint.port);
		await using tollgate = await startTollgate({
			endpoint: 'http://api.gateway.invalid/v1',
			env: {HTTP_PROXY: proxy.url},
		});
		const headers = [
			'X-Beta',
			'a',
			'x-beta',
			'b',
			'X-Other',
			'c',
			'X-Beta',
			'd',
		];
		const first = await ask(tollgate.url, {headers});
		await ask(tollgate.url, {headers});

		expect(first.json()).toEqual({from: 'endpoint'});
		// Two requests, one connection, one tunnel.
		expect(proxy.heads).toEqual([
			expect.stringMatching(/^CONNECT api\.gateway\.invalid:80 HTTP\/1\.1\r\n/),
		]);
		const [heard] = endpoint.heard;
		expect(heard?.header('host')).toBe('api.gateway.invalid');
		expect(heard?.target).toBe('/v1/messages');
		expect(String(await heard?.body())).toBe(question);
		expect(
			pairsOf(heard!.headers).filter(([name]) =>
				/^x-(?:beta|other)$/i.test(name),
			),
		).toEqual(pairsOf(headers));
	});

	test('is not asked for what is on this machine', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end('{}');
		});
		await using proxy = await startProxy(endpoint.port);
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			env: {HTTP_PROXY: proxy.url},
		});

		const {status} = await ask(tollgate.url);
		expect(status).toBe(200);
		expect(proxy.heads).toEqual([]);
	});

	test('gets its own credential, and the endpoint does not', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end('{}');
		});
		await using proxy = await startProxy(endpoint.port);
		await using tollgate = await startTollgate({
			endpoint: 'http://api.gateway.invalid',
			env: {http_proxy: proxy.url.replace('//', '//me:p%40ss@')},
		});
		await ask(tollgate.url);

		expect(proxy.heads[0]).toContain(
			`proxy-authorization: Basic ${Buffer.from('me:p@ss').toString('base64')}`,
		);
		expect(endpoint.heard[0]?.header('proxy-authorization')).toBeUndefined();
	});

	test.each([
		['407 Proxy Authentication Required', 'PROXY_407'],
		['502 Bad Gateway', 'PROXY_502'],
	])('that answers %s makes the endpoint unreachable', async (answer, code) => {
		await using proxy = await startProxy(0, answer);
		await using tollgate = await startTollgate({
			endpoint: 'http://api.gateway.invalid',
			env: {HTTP_PROXY: proxy.url},
		});
		const {status, json} = await ask(tollgate.url);

		expect(status).toBe(502);
		expect(JSON.stringify(json())).toContain(code);
		expect(tollgate.row()).toMatchObject({
			outcome: 'error',
			errorClass: 'network',
			possiblyBilled: false,
		});
	});

	test('does not make a fresh connection look like a kept one', async () => {
		await using endpoint = await startRawEndpoint(async (socket) => {
			await readRequest(socket);
			socket.end();
		});
		await using proxy = await startProxy(endpoint.port);
		await using tollgate = await startTollgate({
			endpoint: 'http://api.gateway.invalid',
			env: {HTTP_PROXY: proxy.url},
		});

		const {status} = await ask(tollgate.url);
		expect(status).toBe(502);
		expect(endpoint.sockets).toHaveLength(1);
		expect(tollgate.row()).toMatchObject({attempts: 1, possiblyBilled: true});
	});
});

describe('TLS', () => {
	const usual = tls.getCACertificates('default');

	async function startSecure() {
		const heard: string[] = [];
		const server = https.createServer(
			{cert: certificate, key: privateKey},
			(request, response) => {
				heard.push(request.headers.host!);
				request.resume();
				response.end('{"secure":true}');
			},
		);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return {
			heard,
			port: (server.address() as AddressInfo).port,
			async [Symbol.asyncDispose]() {
				server.close();
				server.closeAllConnections();
				await once(server, 'close');
			},
		};
	}

	describe('with a certificate that is known', () => {
		beforeAll(() => {
			tls.setDefaultCACertificates([...usual, certificate]);
		});
		afterAll(() => {
			tls.setDefaultCACertificates(usual);
		});

		test.each(['localhost', '127.0.0.1'])('is spoken with %s', async (host) => {
			await using endpoint = await startSecure();
			await using tollgate = await startTollgate({
				endpoint: `https://${host}:${endpoint.port}`,
			});

			const {json} = await ask(tollgate.url);
			expect(json()).toEqual({secure: true});
		});

		test('is spoken with the endpoint through HTTPS_PROXY', async () => {
			await using endpoint = await startSecure();
			await using proxy = await startProxy(endpoint.port);
			await using tollgate = await startTollgate({
				endpoint: 'https://api.gateway.invalid',
				env: {HTTPS_PROXY: proxy.url},
			});

			const {json} = await ask(tollgate.url);
			expect(json()).toEqual({secure: true});
			expect(endpoint.heard).toEqual(['api.gateway.invalid']);
			expect(proxy.heads[0]).toMatch(/^CONNECT api\.gateway\.invalid:443 /);
		});

		test('is not spoken with a proxy that leads to another host', async () => {
			await using endpoint = await startSecure();
			await using proxy = await startProxy(endpoint.port);
			await using tollgate = await startTollgate({
				endpoint: 'https://api.other.invalid',
				env: {HTTPS_PROXY: proxy.url},
			});
			const {status, json} = await ask(tollgate.url);

			expect(status).toBe(502);
			expect(JSON.stringify(json())).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
			expect(endpoint.heard).toEqual([]);
		});
	});

	test('is not spoken with an endpoint whose certificate is not known', async () => {
		await using endpoint = await startSecure();
		await using tollgate = await startTollgate({
			endpoint: `https://localhost:${endpoint.port}`,
		});
		const {status, json} = await ask(tollgate.url);

		expect(status).toBe(502);
		expect(JSON.stringify(json())).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
		expect(endpoint.heard).toEqual([]);
		expect(tollgate.row()).toMatchObject({
			outcome: 'error',
			errorClass: 'network',
			errorType: 'DEPTH_ZERO_SELF_SIGNED_CERT',
		});
	});
});
