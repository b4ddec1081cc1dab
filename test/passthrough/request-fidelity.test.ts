import {Buffer} from 'node:buffer';
import {createHash, randomBytes} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {ask, exchangeBytes, question} from '../helpers/ask.js';
import {pairsOf, startEndpoint, withoutHops} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const eightMegabytes = 8 * 1024 * 1024;
const digest = (bytes: Uint8Array) =>
	createHash('sha256').update(bytes).digest('hex');

describe('the request as the endpoint gets it', () => {
	test('has its target, headers and body as the client wrote them', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const body = '{"model" : "claude-x",\t"unknown_field":{"z":1,"a":[]}}\n';
		const headers = [
			'X-Api-KEY',
			'sk-agent',
			'anthropic-beta',
			'fine-grained-2025',
			'Anthropic-Version',
			'2023-06-01',
			'anthropic-beta',
			'context-1m-2025-08-07',
			'X-Claude-Code-Session-Id',
			'session-1',
			'x-unknown',
			'caf\u{E9} \u{FF}',
			'Accept-Encoding',
			'gzip, deflate, br, zstd',
			'X-Empty',
			'',
		];
		await ask(tollgate.url, {
			path: '/v1/messages?beta=true&a=%2F+b',
			headers,
			body,
		});

		const [heard] = endpoint.heard;
		expect(heard?.method).toBe('POST');
		expect(heard?.target).toBe('/v1/messages?beta=true&a=%2F+b');
		expect(String(await heard?.body())).toBe(body);
		expect(withoutHops(heard!.headers)).toEqual([
			['host', new URL(endpoint.url).host],
			...pairsOf(headers),
			['x-tollgate-hop', tollgate.passthrough.instance],
			['content-length', String(body.length)],
		]);
	});

	test('lacks what belongs to one connection, and what Connection names', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end();
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		await exchangeBytes(
			tollgate.url,
			[
				'GET /anything HTTP/1.1',
				'Host: localhost',
				'Connection: close, X-Between-Us , x-also',
				'Keep-Alive: timeout=1',
				'Proxy-Authorization: Basic abc',
				'Proxy-Connection: keep-alive',
				'Proxy-Authenticate: no',
				'TE: trailers',
				'Trailer: x-sum',
				'Upgrade: h2c',
				'X-Between-Us: private',
				'X-Also: private',
				'X-Stays: here',
				'',
				'',
			].join('\r\n'),
		);

		expect(withoutHops(endpoint.heard[0]!.headers)).toEqual([
			['host', new URL(endpoint.url).host],
			['X-Stays', 'here'],
			['x-tollgate-hop', tollgate.passthrough.instance],
		]);
	});

	test.each([
		['the length announced', undefined],
		['chunked', 60_000],
	])('has all of 8 MB, %s', async (_, chunked) => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const body = `{"model":"m","filler":"${randomBytes(eightMegabytes / 2).toString('hex')}"}`;
		await ask(tollgate.url, {body, chunked});

		const [heard] = endpoint.heard;
		expect(heard?.header('content-length')).toBe(String(body.length));
		expect(heard?.header('transfer-encoding')).toBeUndefined();
		expect(digest(await heard!.body())).toBe(digest(Buffer.from(body)));
		expect(tollgate.row().requestBytes).toBe(body.length);
	});

	test.each([
		['PUT', 'the length announced', undefined],
		['PUT', 'chunked', 60_000],
		['DELETE', 'the length announced', undefined],
		['PATCH', 'chunked', 100],
		['POST', 'the length announced', undefined],
	])(
		'streams through framed as it came on paths nobody knows (%s, %s)',
		async (method, _, chunked) => {
			await using endpoint = await startEndpoint(async ({heard, response}) => {
				await heard.body();
				response.end('stored');
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const body = randomBytes(300_000);
			const answer = await ask(tollgate.url, {
				method,
				path: '/v1/files/some%20file?x',
				body,
				chunked,
			});

			const [heard] = endpoint.heard;
			expect(heard?.method).toBe(method);
			expect(heard?.target).toBe('/v1/files/some%20file?x');
			expect(digest(await heard!.body())).toBe(digest(body));
			expect(heard?.header('content-length')).toBe(
				chunked === undefined ? '300000' : undefined,
			);
			expect(heard?.header('transfer-encoding')).toBe(
				chunked === undefined ? undefined : 'chunked',
			);
			expect(answer.body.toString()).toBe('stored');
			expect(tollgate.row()).toMatchObject({
				outcome: 'ok',
				format: null,
				usageStatus: 'none',
				path: '/v1/files/some%20file',
			});
		},
	);

	test.each(['/v1/messages', '/v1/unknown'])(
		'may be empty (%s)',
		async (path) => {
			await using endpoint = await startEndpoint(async ({heard, response}) => {
				await heard.body();
				response.end('{}');
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			await ask(tollgate.url, {path, body: ''});

			expect(endpoint.heard[0]?.header('content-length')).toBe('0');
			expect(tollgate.row().outcome).toBe('ok');
		},
	);

	test('is asked for with 100 Continue, which goes no further', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const text = await exchangeBytes(
			tollgate.url,
			`POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
		);

		expect(text).toMatch(
			/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
		);
		expect(endpoint.heard[0]?.header('expect')).toBeUndefined();
		expect(String(await endpoint.heard[0]?.body())).toBe(question);
	});

	test('keeps the hop of another Tollgate before ours', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end();
		});
		await using second = await startTollgate({endpoint: endpoint.url});
		await using first = await startTollgate({endpoint: second.url});
		await ask(first.url, {method: 'GET', path: '/anything'});

		const hops = pairsOf(endpoint.heard[0]!.headers).filter(
			([name]) => name === 'x-tollgate-hop',
		);
		expect(hops.map(([, instance]) => instance)).toEqual([
			first.passthrough.instance,
			second.passthrough.instance,
		]);
	});
});
