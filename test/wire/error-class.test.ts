import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {answerOf, factsOf, factsOfJson, jsonHeaders} from './said.js';

const anthropic = (type: string, message = 'no', details = {}) => ({
	type: 'error',
	error: {type, message, ...details},
	request_id: 'req_1',
});
const openai = (code: unknown, message = 'no', type: unknown = null) => ({
	error: {message, type, param: null, code},
});

describe('an error answer', () => {
	test.each([
		[400, anthropic('invalid_request_error'), 'invalid_request', false],
		[422, openai(null), 'invalid_request', false],
		[401, anthropic('authentication_error'), 'auth', false],
		[400, openai('invalid_api_key'), 'auth', false],
		[402, anthropic('billing_error'), 'billing', false],
		[403, anthropic('permission_error'), 'permission', false],
		[404, anthropic('not_found_error', 'no such file'), 'not_found', false],
		[
			404,
			anthropic('not_found_error', 'Invalid URL (POST /x)'),
			'route_not_found',
			false,
		],
		[404, anthropic('not_found_error', 'model: x'), 'model_not_found', false],
		[404, openai('model_not_found'), 'model_not_found', false],
		[503, openai('model_not_found'), 'model_not_found', true],
		[503, anthropic('not_found_error', 'model: x'), 'model_not_found', true],
		[404, openai(null, 'Unknown route'), 'route_not_found', false],
		[404, '404 page not found', 'route_not_found', false],
		[408, {}, 'timeout', true],
		[409, anthropic('conflict_error'), 'conflict', true],
		[413, anthropic('request_too_large'), 'too_large', false],
		[418, {}, 'invalid_request', false],
		[429, anthropic('rate_limit_error'), 'rate_limit', true],
		[
			429,
			anthropic('rate_limit_error', 'no', {
				details: {error_code: 'enforced_spend_limit_reached'},
				code: 'x',
			}),
			'quota',
			false,
		],
		[
			429,
			anthropic('rate_limit_error', 'no', {
				details: {error_code: 'ramp_limit_exceeded'},
			}),
			'rate_limit',
			true,
		],
		[429, openai(null, 'no', 'insufficient_quota'), 'quota', false],
		[500, anthropic('api_error'), 'server', true],
		[503, '', 'server', true],
		[504, '<html>', 'timeout', true],
		[529, anthropic('overloaded_error'), 'overloaded', true],
		[400, openai('context_length_exceeded'), 'context_length', false],
		[
			400,
			openai(null, "This model's maximum context length is 8192 tokens"),
			'context_length',
			false,
		],
		[
			413,
			anthropic('request_too_large', 'prompt is too long'),
			'too_large',
			false,
		],
	])('%i %j is %s', async (status, body, errorClass, retryable) => {
		const facts = await factsOf(
			answerOf('anthropic-messages', {status, headers: jsonHeaders}),
			typeof body === 'string' ? body : JSON.stringify(body),
		);
		expect(facts).toMatchObject({
			outcome: 'error',
			usageStatus: 'none',
			usage: undefined,
			error: {class: errorClass, retryable, inStream: false},
		});
	});

	test('a code may be a number', async () => {
		const {error} = await factsOfJson('openai-chat', openai(1302), 429);
		expect(error).toMatchObject({code: '1302', type: undefined});
	});

	test.each([
		[{message: 'bare'}, 'bare'],
		[{detail: 'of FastAPI'}, 'of FastAPI'],
		[{detail: [{msg: 'field'}]}, '[{"msg":"field"}]'],
		[[{error: {message: 'in a list'}}], 'in a list'],
		[{object: 'error', message: 'vllm', code: 40_401}, 'vllm'],
	])('says %j', async (body, message) => {
		const {error} = await factsOfJson('openai-chat', body, 500);
		expect(error?.message).toBe(message);
	});

	test('an event stream with an error status is understood', async () => {
		const {error} = await factsOf(
			answerOf('openai-chat', {status: 429}),
			`data: ${JSON.stringify(openai('rate_limit_exceeded', 'slow'))}\n\n`,
		);
		expect(error).toMatchObject({code: 'rate_limit_exceeded', message: 'slow'});
	});

	test('of a page of HTML 200 bytes are kept, and no half character', async () => {
		const {error} = await factsOf(
			answerOf('openai-chat', {status: 502, headers: []}),
			`<p>${'é'.repeat(300)}`,
		);
		expect(error?.message).toBe(`<p>${'é'.repeat(98)}`);
	});

	test('of a huge body the beginning is read', async () => {
		const {error, anomalies} = await factsOf(
			answerOf('openai-chat', {status: 500, headers: []}),
			Buffer.alloc(300_000, 'x'),
		);
		expect(error?.message).toBe('x'.repeat(200));
		expect(anomalies).toEqual([]);
	});

	test('x-should-retry beats the status, but not a used up quota', async () => {
		const retryable = async (word: string, status: number, body: unknown) => {
			const {error} = await factsOf(
				answerOf('openai-chat', {
					status,
					headers: ['X-Should-Retry', word],
				}),
				JSON.stringify(body),
			);
			return error?.retryable;
		};

		expect(await retryable('true', 400, {})).toBe(true);
		expect(await retryable('false', 500, {})).toBe(false);
		expect(await retryable('true', 429, openai('insufficient_quota'))).toBe(
			false,
		);
	});

	test('secrets and control characters do not get through', async () => {
		const {error, requestId} = await factsOf(
			answerOf('openai-chat', {
				status: 401,
				headers: ['x-request-id', 'id-my-own-secret-1'],
				secrets: ['my-own-secret'],
			}),
			JSON.stringify(
				openai('my-own-secret', 'bad key \u{1B}[31mmy-own-secret\u{7}\n!'),
			),
		);
		expect(error).toMatchObject({
			code: '[removed]',
			message: 'bad key [31m[removed] !',
		});
		expect(requestId).toBe('id-[removed]-1');
	});

	test('the request id of the body is second to that of the headers', async () => {
		const body = JSON.stringify(anthropic('api_error'));
		const idWith = async (headers: readonly string[]) => {
			const {requestId} = await factsOf(
				answerOf('anthropic-messages', {status: 500, headers}),
				body,
			);
			return requestId;
		};

		expect(await idWith([])).toBe('req_1');
		expect(await idWith(['X-Request-Id', 'req_2'])).toBe('req_2');
		expect(await idWith(['x-generation-id', 'g', 'Request-Id', 'req_3'])).toBe(
			'req_3',
		);
	});
});

test.each([
	['/v1/v1/messages', 'duplicate_v1'],
	['/v1/messages', undefined],
])('a lost path %s has the hint %s', async (path, hint) => {
	const {error} = await factsOf(
		answerOf('anthropic-messages', {status: 404, path, headers: []}),
		'',
	);
	expect(error?.hint).toBe(hint);
});

test.each([
	['anthropic-messages', 'count_tokens'],
	['openai-chat', 'models'],
	['openai-chat', 'other'],
] as const)('%s: a refused %s is classified too', async (format, kind) => {
	expect(
		await factsOf(
			answerOf(format, {kind, status: 429, headers: jsonHeaders}),
			JSON.stringify(openai('rate_limit_exceeded')),
		),
	).toMatchObject({
		outcome: 'error',
		usageStatus: 'none',
		error: {class: 'rate_limit'},
	});
});
