import {text} from 'node:stream/consumers';
import zlib from 'node:zlib';
import {type Buffer} from 'node:buffer';
import {once} from 'node:events';
import {describe, expect, test, vi} from 'vitest';
import {answerTo, ask, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';
import {half, sse, stream} from './recorded-stream.js';

describe('an answer goes on as it comes', () => {
	test('its head, though no byte of the body is there', async () => {
		const isSeen = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, sse);
			response.flushHeaders();
			await isSeen.promise;
			response.end(stream);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const response = await answerTo(send(tollgate.url));
		isSeen.resolve();

		expect(response.statusCode).toBe(200);
		expect(await text(response)).toBe(stream.toString());
	});

	test('its bytes, each as the endpoint sends it', async () => {
		let seen = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, sse);
			for (const byte of 'event: ping') {
				response.write(byte);
				await seen.promise;
				seen = Promise.withResolvers<void>();
			}

			response.end();
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const response = await answerTo(send(tollgate.url));
		const pieces: string[] = [];
		response.on('data', (piece: Buffer) => {
			pieces.push(piece.toString());
			seen.resolve();
		});
		await once(response, 'end');

		expect(pieces).toEqual([...'event: ping']);
	});

	test('its end, before a compressed copy of it has been read', async () => {
		const [start, rest] = [
			half.toString(),
			stream.toString().slice(half.length),
		];
		const pings = 'event: ping\ndata: {"type":"ping"}\n\n'.repeat(1_500_000);
		const body = zlib.gzipSync(start + pings + rest, {level: 1});
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, {...sse, 'content-encoding': 'gzip'});
			response.end(body);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const answer = await ask(tollgate.url);

		expect(answer.body.equals(body)).toBe(true);
		expect(tollgate.row().outcome).not.toBe('open');
		await vi.waitFor(
			() => {
				expect(tollgate.row()).toMatchObject({
					outcome: 'ok',
					usageStatus: 'exact',
					inputTokens: 25,
					outputTokens: 15,
				});
			},
			{timeout: 20_000},
		);
	});
});
