import {Buffer} from 'node:buffer';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {exchangeBytes} from '../helpers/ask.js';
import {startRawEndpoint, type RawEndpoint} from '../helpers/endpoint.js';
import {startTollgate, type Running} from '../helpers/passthrough.js';

/**
What stands in a connection to the endpoint, byte for byte.
*/
let sent: Buffer[] = [];
let endpoint: RawEndpoint;
let tollgate: Running;

beforeAll(async () => {
	endpoint = await startRawEndpoint((socket) => {
		socket.on('data', (piece) => {
			sent.push(piece);
			const text = Buffer.concat(sent).toString('latin1');
			const isWhole = /transfer-encoding: chunked/i.test(text)
				? text.endsWith('0\r\n\r\n')
				: text.includes('\r\n\r\n') &&
					text.length - text.indexOf('\r\n\r\n') - 4 >=
						Number(
							/^content-length: (?<is>\d+)\r$/im.exec(text)?.groups?.['is'] ??
								0,
						);
			if (isWhole) {
				socket.end(
					'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}',
				);
			}
		});
	});
	tollgate = await startTollgate({endpoint: endpoint.url});
});

afterAll(async () => {
	await tollgate[Symbol.asyncDispose]();
	await endpoint[Symbol.asyncDispose]();
});

beforeEach(() => {
	sent = [];
});

const bytes = (lines: readonly string[]): Buffer =>
	Buffer.from(lines.join('\r\n'), 'latin1');

const post = (...lines: readonly string[]): Buffer =>
	bytes(['POST /v1/messages HTTP/1.1', 'Host: localhost', ...lines]);

/**
One chunk at most is what we send here.
*/
const bodyIn = (upstream: string): string =>
	upstream
		.slice(upstream.indexOf('\r\n\r\n') + 4)
		.replace(/^2\r\n(?<chunk>..)\r\n0\r\n\r\n$/v, '$<chunk>');

const chunked = 'Transfer-Encoding: chunked';
const oneChunk = ['', '2', '{}', '0', '', ''];
const stowaway = 'GET /stowaway HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('what two programs could read differently is refused, and the connection closed', () => {
	test.each<readonly [string, Buffer]>([
		['a length and chunks', post('Content-Length: 2', chunked, ...oneChunk)],
		['chunks and a length', post(chunked, 'Content-Length: 2', ...oneChunk)],
		['two lengths', post('Content-Length: 2', 'Content-Length: 3', '', '{} ')],
		[
			'a length twice',
			post('Content-Length: 2', 'Content-Length: 2', '', '{}'),
		],
		['a list of lengths', post('Content-Length: 2, 2', '', '{}')],
		['a signed length', post('Content-Length: +2', '', '{}')],
		['a length below zero', post('Content-Length: -2', '', '{}')],
		['a length in hex', post('Content-Length: 0x2', '', '{}')],
		['an empty length', post('Content-Length: ', '', '{}')],
		[
			'a length beyond numbers',
			post('Content-Length: 18446744073709551618', '', '{}'),
		],
		[
			'identity, chunked',
			post('Transfer-Encoding: identity, chunked', ...oneChunk),
		],
		[
			'chunked, identity',
			post('Transfer-Encoding: chunked, identity', ...oneChunk),
		],
		['gzip, chunked', post('Transfer-Encoding: gzip, chunked', ...oneChunk)],
		['gzip and chunked', post('Transfer-Encoding: gzip', chunked, ...oneChunk)],
		['chunked twice', post(chunked, chunked, ...oneChunk)],
		[
			'chunked, chunked',
			post('Transfer-Encoding: chunked, chunked', ...oneChunk),
		],
		['another coding', post('Transfer-Encoding: xchunked', ...oneChunk)],
		[
			'a vertical tab before chunked',
			post('Transfer-Encoding: \u{B}chunked', ...oneChunk),
		],
		[
			'chunks in HTTP/1.0',
			bytes([
				'POST /v1/messages HTTP/1.0',
				'Host: localhost',
				chunked,
				...oneChunk,
			]),
		],
		[
			'a chunk size in another notation',
			post(chunked, '', '0x2', '{}', '0', '', ''),
		],
		['a chunk size below zero', post(chunked, '', '-2', '{}', '0', '', '')],
		[
			'a chunk size beyond numbers',
			post(chunked, '', 'fffffffffffffffff2', '{}', '0', '', ''),
		],
		['a space after a chunk size', post(chunked, '', '2 ', '{}', '0', '', '')],
		[
			'a chunk that is longer than it says',
			post(chunked, '', '1', '{}', '0', '', ''),
		],
		['chunks with bare line feeds', post(chunked, '', '2\n{}\n0\n\n')],
		['a folded header', post('X-A: b', ' c', 'Content-Length: 2', '', '{}')],
		[
			'a space before the first header',
			bytes(['GET / HTTP/1.1', ' Host: localhost', '', '']),
		],
		['a space before a colon', post('Content-Length : 2', '', '{}')],
		['a header without a colon', post('Content-Length', '', '{}')],
		['a header without a name', post(': 2', '', '{}')],
		['a bare line feed', post('X-A: b\nContent-Length: 2', '', '{}')],
		['a bare carriage return', post('X-A: b\rContent-Length: 2', '', '{}')],
		[
			'lines that end in line feeds',
			Buffer.from('GET / HTTP/1.1\nHost: localhost\n\n'),
		],
		['a NUL in a value', post('X-A: b\0c', 'Content-Length: 2', '', '{}')],
		['a NUL in a name', post('X\0: b', 'Content-Length: 2', '', '{}')],
		[
			'a control character in a value',
			post('X-A: \u{1}', 'Content-Length: 2', '', '{}'),
		],
		[
			'two hosts',
			bytes(['GET / HTTP/1.1', 'Host: localhost', 'Host: localhost', '', '']),
		],
		[
			'a second host that is not ours',
			bytes([
				'GET / HTTP/1.1',
				'Host: localhost',
				'HOST: evil.example',
				'',
				'',
			]),
		],
		['HTTP/2.0 in words', bytes(['GET / HTTP/2.0', 'Host: localhost', '', ''])],
		[
			'HTTP/0.9 with headers',
			bytes(['GET / HTTP/0.9', 'Host: localhost', '', '']),
		],
		['HTTP/1.2', bytes(['GET / HTTP/1.2', 'Host: localhost', '', ''])],
		['the preface of HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
		[
			'a method in lower case',
			bytes(['get / HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'a URL as its target',
			bytes(['GET https://evil.example/ HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'our own URL as its target',
			bytes(['GET http://localhost/ HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'CONNECT',
			bytes(['CONNECT evil.example:443 HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'CONNECT with a path',
			bytes(['CONNECT /v1/messages HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'a star as its target',
			bytes(['OPTIONS * HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'dots that lead up',
			bytes(['GET /v1/../admin HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'dots in disguise',
			bytes(['GET /v1/%2e%2E/admin HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'dots after a slash in disguise',
			bytes(['GET /v1/a%2f..%5cadmin HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'a backslash',
			bytes([String.raw`GET /v1\admin HTTP/1.1`, 'Host: localhost', '', '']),
		],
		[
			'a fragment',
			bytes(['POST /v1/messages#x HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'a control character in the path',
			bytes(['GET /a\u{1}b HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'a tab in the path',
			bytes(['GET /a\tb HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'a byte above ASCII in the path',
			bytes(['GET /\u{E9} HTTP/1.1', 'Host: localhost', '', '']),
		],
		[
			'more headers than anybody sends',
			bytes([
				'GET / HTTP/1.1',
				'Host: localhost',
				...Array.from({length: 500}, () => 'a: b'),
				'',
				'',
			]),
		],
	])('%s', async (_, request) => {
		// What stands behind it must not be taken for a request of its own.
		const text = await exchangeBytes(
			tollgate.url,
			Buffer.concat([request, Buffer.from(stowaway)]),
		);

		expect(Buffer.concat(sent).toString()).toBe('');
		expect(text.match(/HTTP\/1\.1 \d+/gv)).toEqual(['HTTP/1.1 400']);
		expect(text).toMatch(/^connection: close\r$/imv);
		expect(text).toMatch(/^x-tollgate-reason: bad_request\r$/imv);
	});
});

describe('what can be read in one way only goes on in a framing of ours', () => {
	const closing = 'Connection: close';
	test.each<readonly [string, Buffer, RegExp, string]>([
		[
			'a length with zeros',
			post('Content-Length: 002', closing, '', '{}'),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'chunks of a measured body',
			post(chunked, closing, ...oneChunk),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'CHUNKED',
			post('transfer-encoding: CHUNKED', closing, ...oneChunk),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'chunk extensions and trailers',
			post(
				chunked,
				closing,
				'Trailer: X-T',
				'',
				'2;a=b;c="d"',
				'{}',
				'0;z',
				'X-T: 1',
				'Host: evil.example',
				'',
				'',
			),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'chunks of what streams through',
			bytes([
				'PUT /v1/files/1 HTTP/1.1',
				'Host: localhost',
				chunked,
				closing,
				'',
				'2;x',
				'{}',
				'0',
				'X-T: 1',
				'',
				'',
			]),
			/^put \/v1\/files\/1 http\/1\.1\r$/imv,
			'{}',
		],
		[
			'a body of a GET',
			bytes([
				'GET /v1/files HTTP/1.1',
				'Host: localhost',
				closing,
				'Content-Length: 2',
				'',
				'{}',
			]),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'a request for a WebSocket',
			bytes([
				'GET /v1/responses HTTP/1.1',
				'Host: localhost',
				'Connection: Upgrade',
				'Upgrade: websocket',
				'Sec-WebSocket-Version: 13',
				'',
				stowaway,
			]),
			/^get \/v1\/responses http\/1\.1\r$/imv,
			'',
		],
		[
			'an upgrade to HTTP/2',
			bytes([
				'GET /v1/x HTTP/1.1',
				'Host: localhost',
				'Connection: Upgrade, HTTP2-Settings',
				'Upgrade: h2c',
				'HTTP2-Settings: AAMAAABk',
				'',
				'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
			]),
			/^get \/v1\/x http\/1\.1\r$/imv,
			'',
		],
		[
			'an upgrade with a body',
			post(
				'Connection: Upgrade',
				'Upgrade: websocket',
				'Content-Length: 2',
				'',
				`{}${stowaway}`,
			),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'an expectation that nobody knows',
			post('Expect: tea', closing, 'Content-Length: 2', '', '{}'),
			/^content-length: 2\r$/imv,
			'{}',
		],
		[
			'two slashes and a host',
			bytes([
				'GET //evil.example/x HTTP/1.1',
				'Host: localhost',
				closing,
				'',
				'',
			]),
			/^get \/evil\.example\/x http\/1\.1\r$/imv,
			'',
		],
		[
			'needless escapes in a measured path',
			bytes([
				'POST /v1/mess%61ges HTTP/1.1',
				'Host: localhost',
				closing,
				'Content-Length: 2',
				'',
				'{}',
			]),
			/^post \/v1\/messages http\/1\.1\r$/imv,
			'{}',
		],
		[
			'empty lines before it',
			bytes(['', '', 'GET /v1/x HTTP/1.1', 'Host: localhost', closing, '', '']),
			/^get \/v1\/x http\/1\.1\r$/imv,
			'',
		],
		[
			'headers of the hop',
			post(
				'Connection: close, X-Mine, x-api-key',
				'X-Mine: 1',
				'TE: trailers',
				'Keep-Alive: 5',
				'Proxy-Connection: keep-alive',
				'Content-Length: 2',
				'',
				'{}',
			),
			/^content-length: 2\r$/imv,
			'{}',
		],
	])('%s', async (_, request, line, body) => {
		const text = await exchangeBytes(tollgate.url, request);
		const upstream = Buffer.concat(sent).toString('latin1');
		const [head] = upstream.split('\r\n\r\n', 1) as [string];

		expect(text.match(/HTTP\/1\.1 [2-5]\d+/gv)).toEqual(['HTTP/1.1 200']);
		expect(`${head}\r\n`).toMatch(line);
		expect(bodyIn(upstream)).toBe(body);
		expect(
			head.match(/^(?:content-length|transfer-encoding):/gimv) ?? [],
		).toHaveLength(body === '' ? 0 : 1);
		expect(head).toMatch(
			new RegExp(`^host: 127.0.0.1:${endpoint.port}$`, 'imv'),
		);
		expect(head).not.toMatch(
			/^(?:upgrade|expect|te|trailer|http2-settings|x-mine|keep-alive|proxy-connection):/imv,
		);
		expect(head).not.toMatch(/stowaway|http2/iv);
		expect(head).not.toMatch(/^x-t:/imv);
	});
});
