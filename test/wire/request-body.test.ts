import {Buffer} from 'node:buffer';
import zlib from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {decodeRequest, readRequest} from '../../source/wire/request-body.js';

describe('what a body says of itself', () => {
	test.each([
		[
			'all of it',
			'{"model":"m","stream":true,"stream_options":{"include_usage":true}}',
			{model: 'm', stream: true, includeUsage: true},
		],
		['nothing', '{}', {model: undefined, stream: false, includeUsage: false}],
		[
			'escapes',
			String.raw`{"\u006dodel":"\u00e9\"","stre\u0061m":true}`,
			{model: 'é"', stream: true, includeUsage: false},
		],
		[
			'unicode',
			'{"model":"模型😀"}',
			{model: '模型😀', stream: false, includeUsage: false},
		],
		[
			'the last of two',
			'{"model":"a","stream":true,"model":"b","stream":false}',
			{model: 'b', stream: false, includeUsage: false},
		],
		[
			'a model that is no string',
			'{"model":"a","model":7,"stream":"true"}',
			{model: undefined, stream: false, includeUsage: false},
		],
		[
			'deeper ones are not meant',
			'{"x":{"model":"a","stream":true}}',
			{model: undefined, stream: false, includeUsage: false},
		],
		[
			'options that do not ask',
			'{"stream_options":{"x":{"include_usage":true},"include_usage":null}}',
			{model: undefined, stream: false, includeUsage: false},
		],
	])('%s', (_, text, facts) => {
		const read = readRequest(Buffer.from(text));
		expect(read).toMatchObject({readable: true, ...facts});
		expect(read.scan).toBeDefined();
	});

	test.each([
		['', 'nothing'],
		['[]', 'a list'],
		['{"model":"a"', 'a body cut short'],
		[String.raw`{"model":"\q"}`, 'a model with an escape that is none'],
		['{"model":"a\nb","model":"c"}', 'a model with a bare line feed'],
	])('%j is not readable: %s', (text) => {
		expect(readRequest(Buffer.from(text))).toEqual({
			readable: false,
			model: undefined,
			stream: false,
			includeUsage: false,
			maxOutputTokens: undefined,
			choices: 1,
			speed: undefined,
			inferenceGeo: undefined,
			serviceTier: undefined,
			scan: undefined,
		});
	});
});

describe('a compressed body', () => {
	const plain = Buffer.from('{"model":"m"}'.repeat(100));
	const most = plain.length;

	test.each([
		['gzip', zlib.gzipSync(plain)],
		[' X-GZIP ', zlib.gzipSync(plain)],
		['deflate', zlib.deflateSync(plain)],
		['deflate', zlib.deflateRawSync(plain)],
		['br', zlib.brotliCompressSync(plain)],
		['zstd', zlib.zstdCompressSync(plain)],
		['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(plain))],
		['identity', plain],
		['identity,gzip,', zlib.gzipSync(plain)],
		['', plain],
	])('%s is decoded', async (coding, body) => {
		const decoded = await decodeRequest(body, coding, most);
		expect(decoded?.toString()).toBe(plain.toString());
	});

	const bomb = Buffer.alloc(5_000_000);
	test.each([
		['gzip', zlib.gzipSync(bomb)],
		['deflate', zlib.deflateSync(bomb)],
		['deflate', zlib.deflateRawSync(bomb)],
		['br', zlib.brotliCompressSync(bomb)],
		['zstd', zlib.zstdCompressSync(bomb)],
		['gzip,gzip', zlib.gzipSync(zlib.gzipSync(bomb))],
		['gzip', zlib.gzipSync(Buffer.alloc(most + 1))],
		['identity', bomb],
	])('%s that unfolds to too much is not unfolded', async (coding, body) => {
		expect(await decodeRequest(body, coding, most)).toBe('too_large');
	});

	test.each([
		['an unknown coding', 'compress', plain],
		['one unknown coding of two', 'rot13, gzip', zlib.gzipSync(plain)],
		['no gzip', 'gzip', plain],
		['no deflate', 'deflate', plain],
		['no brotli', 'br', plain],
		['no zstd', 'zstd', plain],
		['gzip cut short', 'gzip', zlib.gzipSync(plain).subarray(0, -9)],
		['brotli cut short', 'br', zlib.brotliCompressSync(plain).subarray(0, -3)],
		['zstd cut short', 'zstd', zlib.zstdCompressSync(plain).subarray(0, -3)],
		['nothing at all', 'gzip', Buffer.alloc(0)],
	])('%s cannot be decoded', async (_, coding, body) => {
		expect(await decodeRequest(body, coding, most)).toBeUndefined();
	});
});
