import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import Anthropic, {APIError} from '@anthropic-ai/sdk';
import OpenAi from 'openai';
import {describe, expect, test} from 'vitest';
import {SseReader} from '../../source/wire/sse.js';
import {comment, errorEvent, sseHeaders} from '../../source/wire/sse-words.js';
import type {SseEvent} from '../../source/wire/wire-format.js';

function eventsIn(...pieces: readonly Buffer[]): readonly SseEvent[] {
	const events: SseEvent[] = [];
	const reader = new SseReader((event) => {
		events.push(event);
	});
	for (const piece of pieces) {
		reader.feed(piece);
	}

	reader.end();
	return events;
}

const overloaded =
	'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}';

describe('a comment', () => {
	test('is one line, and no event', () => {
		expect(comment('paused').toString()).toBe(': paused\n\n');
		expect(eventsIn(comment('a\r\ndata: b\n\nc'))).toEqual([]);
	});
});

describe('an error event', () => {
	test("carries the endpoint's own error to the byte", () => {
		expect(errorEvent(overloaded, {status: 529}).toString()).toBe(
			`event: error\ndata: ${overloaded}\n\n`,
		);
	});

	test.each(['\n', '\r\n', '\r'])(
		'carries an error on several lines, ended by %j',
		(end) => {
			const body = JSON.stringify(JSON.parse(overloaded), undefined, 2)
				.split('\n')
				.join(end);
			const [event, ...others] = eventsIn(
				errorEvent(Buffer.from(`\u{FEFF}${end}${body}${end}`), {status: 529}),
			);
			expect(others).toEqual([]);
			expect(event!.event).toBe('error');
			expect(JSON.parse(event!.data)).toEqual(JSON.parse(overloaded));
		},
	);

	test.each<[string, string, number, string, string]>([
		[
			'an error of OpenAI',
			String.raw`{"error":{"message":"No \u001b[2Jsuch model","type":"x","code":"model_not_found"}}`,
			404,
			'not_found_error',
			'No [2Jsuch model',
		],
		[
			'a page',
			'<h1>Bad\n Gateway</h1>',
			502,
			'api_error',
			'<h1>Bad Gateway</h1>',
		],
		['nothing', '', 500, 'api_error', 'The endpoint answered 500.'],
		[
			'an error without a type',
			'{"type":"error","error":{"message":"Slow down"}}',
			429,
			'rate_limit_error',
			'Slow down',
		],
		[
			'an error event',
			'event: error\ndata: {"error":{"message":"No"}}\n\n',
			400,
			'invalid_request_error',
			'No',
		],
		[
			'200 and a page',
			'<p>Hi</p>',
			200,
			'api_error',
			'The endpoint answered 200, but not with a stream: <p>Hi</p>',
		],
		[
			'200 and nothing',
			'',
			200,
			'api_error',
			'The endpoint answered 200, but not with a stream',
		],
	])('tells the words of %s', (...[, body, status, type, message]) => {
		const [event] = eventsIn(errorEvent(body, {status, requestId: 'req_2'}));
		expect(JSON.parse(event!.data)).toEqual({
			type: 'error',
			error: {type, message},
			request_id: 'req_2',
		});
	});

	test.each([
		[400, 'invalid_request_error'],
		[401, 'authentication_error'],
		[402, 'billing_error'],
		[403, 'permission_error'],
		[408, 'timeout_error'],
		[409, 'conflict_error'],
		[413, 'request_too_large'],
		[422, 'invalid_request_error'],
		[503, 'overloaded_error'],
		[504, 'timeout_error'],
		[529, 'overloaded_error'],
		[302, 'api_error'],
	])('has the type of its status: %i', (status, type) => {
		const [event] = eventsIn(errorEvent('x', {status}));
		expect(JSON.parse(event!.data)).toMatchObject({error: {type}});
	});

	test('says 200 characters at most, and no secret', () => {
		const [event] = eventsIn(
			errorEvent(`key hunter2 ${'é'.repeat(300)}`, {
				status: 500,
				secrets: ['hunter2'],
			}),
		);
		const {error} = JSON.parse(event!.data) as {error: {message: string}};
		expect(error.message).toContain('key [removed]');
		expect([...error.message].length).toBeLessThanOrEqual(200);
	});
});

/**
A server that answers every request with these bytes.
*/
async function serving(pieces: readonly Buffer[]) {
	const server = createServer((_, response) => {
		response.writeHead(200, sseHeaders());
		for (const piece of pieces) {
			response.write(piece);
		}

		response.end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

const answer = Buffer.from(
	[
		{
			type: 'message_start',
			message: {
				id: 'msg_1',
				type: 'message',
				role: 'assistant',
				model: 'm',
				content: [],
				usage: {input_tokens: 1, output_tokens: 1},
			},
		},
		{
			type: 'content_block_start',
			index: 0,
			content_block: {type: 'text', text: ''},
		},
		{
			type: 'content_block_delta',
			index: 0,
			delta: {type: 'text_delta', text: 'Hi'},
		},
		{type: 'content_block_stop', index: 0},
		{
			type: 'message_delta',
			delta: {stop_reason: 'end_turn'},
			usage: {output_tokens: 2},
		},
		{type: 'message_stop'},
	]
		.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`)
		.join(''),
);

describe('the Anthropic client', () => {
	const ask = (url: string) =>
		new Anthropic({baseURL: url, apiKey: 'any', maxRetries: 0}).messages.stream(
			{
				model: 'm',
				max_tokens: 10,
				messages: [{role: 'user', content: 'Hello'}],
			},
		);

	test('reads an answer that comments came before', async () => {
		await using server = await serving([
			comment('paused'),
			comment('paused'),
			answer,
		]);
		expect(await ask(server.url).finalText()).toBe('Hi');
	});

	test.each([
		['of the endpoint', overloaded, 529, 'overloaded_error', 'Overloaded'],
		[
			'of the endpoint, on several lines',
			JSON.stringify(JSON.parse(overloaded), undefined, '\t'),
			529,
			'overloaded_error',
			'Overloaded',
		],
		['in our words', '<p>Bad</p>', 502, 'api_error', '<p>Bad</p>'],
	])(
		'throws an error %s after comments',
		async (...[, body, status, type, message]) => {
			await using server = await serving([
				comment('paused'),
				errorEvent(body, {status}),
			]);
			const error: unknown = await ask(server.url)
				.finalMessage()
				.catch((error_: unknown) => error_);
			expect(error).toBeInstanceOf(APIError);
			expect((error as APIError).error).toMatchObject({
				type: 'error',
				error: {type, message},
			});
		},
	);
});

test('the OpenAI client reads over comments, too', async () => {
	const chunk = {id: 'c', object: 'chat.completion.chunk', choices: []};
	await using server = await serving([
		comment('paused'),
		Buffer.from(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`),
	]);
	const stream = await new OpenAi({
		baseURL: server.url,
		apiKey: 'any',
		maxRetries: 0,
	}).chat.completions.create({
		model: 'm',
		stream: true,
		messages: [{role: 'user', content: 'Hello'}],
	});
	const ids: string[] = [];
	for await (const {id} of stream) {
		ids.push(id);
	}

	expect(ids).toEqual(['c']);
});
