import {describe, expect, test} from 'vitest';
import {ask, exchangeBytes} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const ways = [
	['/v1/messages', null],
	['/messages', 'missing_v1'],
	['/v1/v1/messages', 'duplicate_v1'],
	['//v1//messages/', null],
] as const;

describe.each(['', '/', '/v1', '/v1/'])(
	'a base URL that ends in "%s"',
	(end) => {
		test.each(ways)('serves %s (hint: %s)', async (path, hint) => {
			await using endpoint = await startEndpoint(async ({heard, response}) => {
				await heard.body();
				response.end('{}');
			});
			await using tollgate = await startTollgate({
				endpoint: endpoint.url + end,
			});
			await ask(tollgate.url, {path: `${path}?beta=true`});

			expect(endpoint.heard[0]?.target).toBe('/v1/messages?beta=true');
			expect(tollgate.row()).toMatchObject({
				path,
				hint,
				format: 'anthropic-messages',
				outcome: 'ok',
			});
		});
	},
);

test.each([
	['POST', '/chat/completions', '/v1/chat/completions', 'openai-chat'],
	['POST', '/v1/v1/chat/completions', '/v1/chat/completions', 'openai-chat'],
	['POST', '/responses', '/v1/responses', 'openai-responses'],
	['POST', '/v1/v1/responses', '/v1/responses', 'openai-responses'],
	[
		'POST',
		'/messages/count_tokens',
		'/v1/messages/count_tokens',
		'anthropic-messages',
	],
	['GET', '/models', '/v1/models', null],
	['GET', '/v1/v1/models', '/v1/models', null],
	['GET', '/models/claude-x', '/v1/models/claude-x', null],
])('%s %s goes on as %s', async (method, path, target, format) => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {method, path});

	expect(endpoint.heard[0]).toMatchObject({method, target});
	expect(tollgate.row()).toMatchObject({
		format,
		hint: path.startsWith('/v1/v1') ? 'duplicate_v1' : 'missing_v1',
	});
});

test.each([
	['HEAD', '/api/hello'],
	['GET', '/'],
	['OPTIONS', '/v1/messages'],
	['GET', '/v1/messages'],
	['DELETE', '/v1/messages/batches/1?x=%2f'],
	['POST', '/v1/embeddings'],
	['POST', '/v1/messages/batches'],
	['GET', '/a%20b/%zz?%'],
	['PROPFIND', '/dav'],
])('%s %s goes on as it is, unmeasured', async (method, path) => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{"usage":{"input_tokens":5,"output_tokens":5}}');
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {method, path});

	expect(endpoint.heard[0]).toMatchObject({method, target: path});
	expect(tollgate.row()).toMatchObject({
		outcome: 'ok',
		format: null,
		usageStatus: 'none',
		inputTokens: null,
		path: path.split('?', 1)[0],
	});
});

test('count_tokens is free', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.setHeader('content-type', 'application/json');
		response.end('{"input_tokens":2095}');
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const answer = await ask(tollgate.url, {path: '/v1/messages/count_tokens'});

	expect(answer.json()).toEqual({input_tokens: 2095});
	expect(tollgate.row()).toMatchObject({
		outcome: 'ok',
		usageStatus: 'none',
		inputTokens: null,
		askedModel: 'claude-sonnet-4-6',
	});
});

test.each([
	['an address of another host', 'GET https://evil.example/v1/models HTTP/1.1'],
	['an authority', 'GET evil.example:443 HTTP/1.1'],
	['a star', 'OPTIONS * HTTP/1.1'],
	['dot segments', 'GET /v1/../admin HTTP/1.1'],
	['encoded dot segments', 'GET /v1/%2e%2E/admin HTTP/1.1'],
	['a backslash', String.raw`GET /v1\..\admin HTTP/1.1`],
])('a target that is %s is refused', async (_, line) => {
	await using endpoint = await startEndpoint(({response}) => {
		response.end();
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const answer = await exchangeBytes(
		tollgate.url,
		`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
	);

	expect(answer).toMatch(/^HTTP\/1\.1 400 /);
	expect(endpoint.heard).toEqual([]);
});

test('a target that is no path leaves a row that says so', async () => {
	await using tollgate = await startTollgate({endpoint: 'http://127.0.0.1:9'});
	const answer = await ask(tollgate.url, {
		method: 'GET',
		path: '/a/../b?secret',
	});

	expect(answer.header('x-tollgate-reason')).toBe('bad_request');
	expect(tollgate.row()).toMatchObject({
		outcome: 'refused',
		reason: 'bad_request',
		path: '/a/../b',
		httpStatus: 400,
	});
});
