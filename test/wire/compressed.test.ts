import {Buffer} from 'node:buffer';
import zlib from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {createMeter} from '../../source/wire/meter.js';
import {byteByByte, measure, randomly} from './measured.js';
import {answerOf, factsOf, jsonHeaders, streamOf} from './said.js';

const format = 'anthropic-messages';
const begun = [
	'message_start',
	{
		type: 'message_start',
		message: {
			id: 'msg_1',
			model: 'claude-sonnet-4-6',
			usage: {input_tokens: 30, output_tokens: 1},
		},
	},
] as const;
const rest = [
	['content_block_delta', {delta: {type: 'text_delta', text: 'é'}}],
	[
		'message_delta',
		{delta: {stop_reason: 'end_turn'}, usage: {output_tokens: 12}},
	],
	['message_stop', {}],
] as const;
const plain = Buffer.from(streamOf(begun, ...rest));
const whole = {
	outcome: 'ok',
	usageStatus: 'exact',
	usage: {input: 30, output: 12},
	events: 4,
	anomalies: [],
} as const;

const labelled = (encoding: string) =>
	answerOf(format, {
		headers: [
			'content-type',
			'text/event-stream',
			'Content-Encoding',
			encoding,
		],
	});

const packed = [
	['gzip', zlib.gzipSync(plain)],
	['X-GZIP', zlib.gzipSync(plain)],
	['deflate', zlib.deflateSync(plain)],
	['deflate', zlib.deflateRawSync(plain)],
	['br', zlib.brotliCompressSync(plain)],
	['zstd', zlib.zstdCompressSync(plain)],
	[
		'gzip',
		Buffer.concat([
			zlib.gzipSync(plain.subarray(0, 100)),
			zlib.gzipSync(plain.subarray(100)),
		]),
	],
	['identity', plain],
] as const;

describe.each(packed)('%s', (encoding, body) => {
	test('is read however it is cut', async () => {
		for (const pieces of [
			[body],
			byteByByte(body),
			randomly(body, 3),
			randomly(body, 5),
		]) {
			expect(await measure(labelled(encoding), pieces)).toMatchObject(whole);
		}
	});
});

test.each([packed[0], packed[2], packed[4], packed[5]])(
	'a %s stream cut in the middle is truncated, with what could be read',
	async (encoding) => {
		const packer = {
			gzip: zlib.createGzip(),
			deflate: zlib.createDeflate(),
			br: zlib.createBrotliCompress(),
			zstd: zlib.createZstdCompress(),
		}[encoding];
		const chunks: Buffer[] = [];
		packer.on('data', (chunk: Buffer) => {
			chunks.push(chunk);
		});
		packer.write(streamOf(begun));
		await new Promise<void>((resolve) => {
			packer.flush(() => {
				resolve();
			});
		});
		packer.destroy();
		expect(await measure(labelled(encoding), chunks, 'cut')).toMatchObject({
			outcome: 'truncated',
			usageStatus: 'partial',
			usage: {input: 30, output: 1},
			anomalies: [],
		});
	},
);

test('gzip without a label is found by its first bytes', async () => {
	const body = zlib.gzipSync(plain);
	for (const pieces of [[body], byteByByte(body)]) {
		expect(await measure(answerOf(format), pieces)).toMatchObject({
			...whole,
			anomalies: ['unlabelled_gzip'],
		});
	}
});

test('a JSON answer and an error are decoded too', async () => {
	const packedJson = zlib.gzipSync(
		JSON.stringify({
			id: 'msg_2',
			model: 'm',
			usage: {input_tokens: 3, output_tokens: 4},
			stop_reason: 'end_turn',
		}),
	);
	const headers = [...jsonHeaders, 'content-encoding', 'gzip'];
	expect(await factsOf(answerOf(format, {headers}), packedJson)).toMatchObject({
		outcome: 'ok',
		usage: {input: 3, output: 4},
	});
	expect(
		await factsOf(
			answerOf(format, {headers, status: 529}),
			zlib.gzipSync('{"error":{"type":"overloaded_error","message":"x"}}'),
		),
	).toMatchObject({error: {class: 'overloaded', message: 'x'}});
});

test.each([
	['no gzip', 'gzip', plain],
	['no brotli', 'br', Buffer.alloc(200, 0xff)],
	['an unknown coding', 'compress', plain],
	[
		'gzip with a wrong checksum',
		'gzip',
		Buffer.concat([
			zlib.gzipSync(plain).subarray(0, -8),
			Buffer.alloc(8, 0xaa),
		]),
	],
])('%s is flagged and its usage missing', async (_, encoding, body) => {
	expect(await factsOf(labelled(encoding), body)).toMatchObject({
		usageStatus: 'missing',
		usage: undefined,
		anomalies: ['decode_error'],
	});
});

test('an answer without a body ends', async () => {
	expect(await factsOf(labelled('gzip'), '')).toMatchObject({
		outcome: 'truncated',
		usageStatus: 'missing',
	});
});

test('a bomb is given up before it fills the memory', async () => {
	const zeros = Buffer.alloc(16 * 1024 * 1024, ' ');
	const part = zlib.gzipSync(zeros);
	const meter = createMeter(
		answerOf(format, {
			headers: [...jsonHeaders, 'content-encoding', 'gzip'],
		}),
	);
	meter.push(zlib.gzipSync('{"a":"'));
	for (let index = 0; index < 6; index++) {
		meter.push(part);
	}

	expect(await meter.end('complete')).toMatchObject({
		usageStatus: 'missing',
		anomalies: ['body_overflow'],
	});
});

test('what is known can be had while a decoder still works', async () => {
	const meter = createMeter(labelled('gzip'));
	const headers = meter.soFar('complete');
	meter.push(zlib.gzipSync(plain));
	const ended = meter.end('complete');
	expect(ended).toBeInstanceOf(Promise);
	expect(headers).toMatchObject({outcome: 'truncated', events: 0});
	expect(meter.soFar('complete').usageStatus).toBe('missing');
	expect(await ended).toMatchObject(whole);
	expect(meter.soFar('complete')).toMatchObject(whole);
});
