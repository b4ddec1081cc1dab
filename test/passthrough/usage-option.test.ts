import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import zlib from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {answerTo, ask, send} from '../helpers/ask.js';
import {pairsOf, startEndpoint, type Call} from '../helpers/endpoint.js';
import {startTollgate, type Given} from '../helpers/passthrough.js';

const path = '/v1/chat/completions';
const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (more: object) => ({
	id: 'chatcmpl-1',
	object: 'chat.completion.chunk',
	model: 'gpt-5.4',
	...more,
});
const first = event(
	chunk({choices: [{index: 0, delta: {content: 'Hello'}}], usage: null}),
);
const last = event(
	chunk({choices: [{index: 0, delta: {}, finish_reason: 'stop'}], usage: null}),
);
const usage = event(
	chunk({
		choices: [],
		usage: {prompt_tokens: 12, completion_tokens: 3, total_tokens: 15},
	}),
);
const done = 'data: [DONE]\n\n';
const whole = first + last + usage + done;

/**
Answers as OpenAI does: usage to those who ask for it.
*/
async function play({heard, response}: Call) {
	const body = JSON.parse(String(await heard.body())) as {
		stream_options?: {include_usage?: boolean};
	};
	response.writeHead(200, {'content-type': 'text/event-stream'});
	const text = body.stream_options?.include_usage ? whole : first + last + done;
	for (let at = 0; at < text.length; at += 50) {
		response.write(text.slice(at, at + 50));
		await setImmediate();
	}

	response.end();
}

async function through(
	body: string,
	{given, answer = play}: {given?: Given; answer?: typeof play} = {},
) {
	await using endpoint = await startEndpoint(answer);
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		...given,
	});
	const got = await ask(tollgate.url, {
		path,
		body,
		headers: ['Accept-Encoding', 'gzip, br', 'X-A', 'b'],
	});
	return {
		got,
		heard: endpoint.heard,
		sent: await Promise.all(
			endpoint.heard.map(async (one) => String(await one.body())),
		),
		rows: tollgate.rows(),
		attempts: tollgate.attempts(),
	};
}

const measured = {
	outcome: 'ok',
	usageStatus: 'exact',
	inputTokens: 12,
	outputTokens: 3,
};

describe('a stream whose client did not ask for its usage', () => {
	test.each([
		[
			'{"model":"gpt-5.4","stream":true}',
			'{"stream_options":{"include_usage":true},"model":"gpt-5.4","stream":true}',
		],
		[
			'{"stream":true,"stream_options":{"include_obfuscation":false}}',
			'{"stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}',
		],
		[
			'{"stream":true,"stream_options":{"include_usage":false}}',
			'{"stream":true,"stream_options":{"include_usage":true}}',
		],
		[
			'{"stream":true,"stream_options":null}',
			'{"stream":true,"stream_options":{"include_usage":true}}',
		],
	])(
		'is measured, and its client sees nothing of it: %s',
		async (body, asked) => {
			const {got, heard, sent, rows} = await through(body);

			expect(sent).toEqual([asked]);
			expect(heard[0]?.header('accept-encoding')).toBe('identity');
			expect(heard[0]?.header('x-a')).toBe('b');
			expect(
				pairsOf(heard[0]!.headers).filter(([name]) =>
					/^accept-enc/i.test(name),
				),
			).toHaveLength(1);
			expect(got.body.toString()).toBe(first + last + done);
			expect(got.complete).toBe(true);
			expect(rows).toMatchObject([measured]);
		},
	);

	test('goes on event by event', async () => {
		const isSeen = Promise.withResolvers<void>();
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, {'content-type': 'text/event-stream'});
			response.write(first);
			await isSeen.promise;
			response.end(last + usage + done);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const response = await answerTo(
			send(tollgate.url, {path, body: '{"stream":true}'}),
		);
		let text = '';
		response.on('data', (piece: Buffer) => {
			text += piece.toString();
			if (text === first) {
				isSeen.resolve();
			}
		});
		await once(response, 'end');

		expect(text).toBe(first + last + done);
	});

	test('keeps an end that never became whole', async () => {
		const {got, rows} = await through('{"stream":true}', {
			async answer({heard, response}) {
				await heard.body();
				response.writeHead(200, {'content-type': 'text/event-stream'});
				response.end(`${whole}data: {"choices":`);
			},
		});

		expect(got.body.toString()).toBe(`${first}${last}${done}data: {"choices":`);
		expect(rows).toMatchObject([measured]);
	});

	test('may have come with a length, which then is not true any more', async () => {
		const {got} = await through('{"stream":true}', {
			async answer({heard, response}) {
				await heard.body();
				response.writeHead(200, {
					'content-type': 'text/event-stream; charset=utf-8',
					'content-length': Buffer.byteLength(whole),
				});
				response.end(whole);
			},
		});

		expect(got.body.toString()).toBe(first + last + done);
		expect(got.complete).toBe(true);
	});

	test('is cut off where the endpoint breaks off', async () => {
		const {got, rows} = await through('{"stream":true}', {
			async answer({heard, response}) {
				await heard.body();
				response.writeHead(200, {'content-type': 'text/event-stream'});
				response.write(first + usage.slice(0, 20), () => {
					response.destroy();
				});
			},
		});

		expect(got.complete).toBe(false);
		expect(rows).toMatchObject([{outcome: 'truncated'}]);
	});

	test.each([
		[429, '{"error":{"message":"stream_options? slow down"}}'],
		[400, '{"error":{"message":"max_tokens is too large"}}'],
		[200, '{"error":{"message":"no stream at all"}}'],
		[400, ''],
		[400, 'x'.repeat(200_000)],
	])('gets another refusal as it is (%i)', async (status, text) => {
		const {got, sent, rows} = await through('{"stream":true}', {
			async answer({heard, response}) {
				await heard.body();
				response.writeHead(status, 'No No', {
					'content-type': 'application/json',
					'x-request-id': 'req_9',
				});
				response.write(text.slice(0, 30));
				response.end(text.slice(30));
			},
		});

		expect(got.status).toBe(status);
		expect(got.statusText).toBe('No No');
		expect(got.body.toString()).toBe(text);
		expect(sent).toHaveLength(1);
		expect(rows).toMatchObject([{httpStatus: status, attempts: 1}]);
	});
});

describe('an endpoint that does not know the option', () => {
	const strict = async (call: Call) => {
		const body = String(await call.heard.body());
		if (!body.includes('stream_options')) {
			return play(call);
		}

		const text =
			'{"error":{"message":"Unknown parameter: stream_options.","type":"invalid_request_error"}}';
		call.response.writeHead(400, {
			'content-type': 'application/json',
			'content-length': text.length,
			'x-request-id': 'req_no',
		});
		call.response.end(text);
	};

	test('is asked again without it, and not with it from then on', async () => {
		await using endpoint = await startEndpoint(strict);
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const body = '{"model":"m","stream":true}';
		const answers = [
			await ask(tollgate.url, {path, body}),
			await ask(tollgate.url, {path, body}),
		];

		for (const {status, body: text} of answers) {
			expect(status).toBe(200);
			expect(text.toString()).toBe(first + last + done);
		}

		expect(
			await Promise.all(
				endpoint.heard.map(async (one) => String(await one.body())),
			),
		).toEqual([
			'{"stream_options":{"include_usage":true},"model":"m","stream":true}',
			body,
			body,
		]);
		expect(tollgate.rows()).toMatchObject([
			{outcome: 'ok', attempts: 2, httpStatus: 200, usageStatus: 'missing'},
			{outcome: 'ok', attempts: 1, httpStatus: 200, usageStatus: 'missing'},
		]);
		expect(tollgate.attempts().find(({number}) => number === 1)).toMatchObject({
			outcome: 'error',
			httpStatus: 400,
			errorClass: 'invalid_request',
			requestId: 'req_no',
		});
	});

	test('and with it where the config names another API', async () => {
		await using endpoint = await startEndpoint(strict);
		await using other = await startEndpoint(play);
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const body = '{"model":"m","stream":true}';
		await ask(tollgate.url, {path, body});
		const {config, passthrough} = tollgate;
		await passthrough.replaceConfig({
			config: {
				...config,
				endpoints: config.endpoints.map((one) => ({
					...one,
					url: new URL(other.url),
				})),
			},
			credentials: new Map(),
			needsRestart: [],
			readAt: 0,
		});
		await ask(tollgate.url, {path, body});
		expect(String(await other.heard[0]!.body())).toMatch('stream_options');
		expect(tollgate.rows()[1]).toMatchObject({usageStatus: 'exact'});
	});

	test('may say so in gzip', async () => {
		const {got, sent} = await through('{"model":"m","stream":true}', {
			async answer(call) {
				const body = String(await call.heard.body());
				if (!body.includes('stream_options')) {
					await play(call);
					return;
				}

				call.response.writeHead(400, {
					'content-type': 'application/json',
					'content-encoding': 'gzip',
				});
				call.response.end(
					zlib.gzipSync(
						'{"error":{"message":"Unrecognized request argument supplied: stream_options"}}',
					),
				);
			},
		});

		expect(got.status).toBe(200);
		expect(sent).toHaveLength(2);
	});

	test('refuses a client that asked itself, and that is its answer', async () => {
		const {got, sent} = await through(
			'{"stream":true,"stream_options":{"include_usage":true}}',
			{answer: strict},
		);

		expect(got.status).toBe(400);
		expect(got.body.toString()).toContain('Unknown parameter');
		expect(sent).toHaveLength(1);
	});
});

describe('nothing is asked for, and nothing is cut', () => {
	test('where the client asked itself', async () => {
		const body = '{"stream":true,"stream_options":{"include_usage":true}}';
		const {got, sent, heard, rows} = await through(body);

		expect(sent).toEqual([body]);
		expect(heard[0]?.header('accept-encoding')).toBe('gzip, br');
		expect(got.body.toString()).toBe(whole);
		expect(rows).toMatchObject([measured]);
	});

	test.each([
		['{"stream":false}', undefined],
		['{"model":"m"}', undefined],
		['{"stream":true}', {main: 'openai_usage = "observe"'}],
		['[{"stream":true}]', undefined],
	])('with %s and %o', async (body, given) => {
		const {sent, heard, got} = await through(body, {given});

		expect(sent).toEqual([body]);
		expect(heard[0]?.header('accept-encoding')).toBe('gzip, br');
		expect(got.body.toString()).toBe(first + last + done);
	});

	test.each(['/v1/responses', '/v1/messages'])('on %s', async (other) => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end(usage);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const got = await ask(tollgate.url, {path: other, body: '{"stream":true}'});

		expect(String(await endpoint.heard[0]?.body())).toBe('{"stream":true}');
		expect(got.body.toString()).toBe(usage);
	});
});
