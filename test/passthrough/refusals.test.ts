import {Agent} from 'node:http';
import {describe, expect, test} from 'vitest';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const aString: unknown = expect.any(String);

const anthropic = (type: string) => ({
	type: 'error',
	error: {type, message: aString},
	request_id: aString,
});
const openai = (type: string, code: string | null) => ({
	error: {message: aString, type, code, param: null},
});

describe('a refusal has the shape of the asking client', () => {
	test.each([
		['/v1/messages', anthropic('request_too_large')],
		['/v1/messages/count_tokens', anthropic('request_too_large')],
		['/v1/chat/completions', openai('request_too_large', null)],
		['/v1/responses', openai('request_too_large', null)],
	])('413 on %s', async (path, shape) => {
		await using tollgate = await startTollgate({
			endpoint: 'http://127.0.0.1:9',
			server: 'max_body = "1KB"',
		});
		const answer = await ask(tollgate.url, {path, body: 'x'.repeat(2000)});

		expect(answer.status).toBe(413);
		expect(answer.header('content-type')).toBe('application/json');
		expect(answer.header('content-length')).toBe(String(answer.body.length));
		expect(answer.header('request-id')).toMatch(/^tollgate_/);
		expect(answer.header('x-tollgate-reason')).toBe('too_large');
		expect(answer.json()).toEqual(shape);
		expect(tollgate.row()).toMatchObject({
			outcome: 'refused',
			reason: 'too_large',
			httpStatus: 413,
			errorMessage: expect.stringContaining('max_body') as string,
			usageStatus: 'none',
			attempts: 0,
			path,
		});
	});

	test.each([
		['/v1/messages', anthropic('api_error')],
		['/v1/chat/completions', openai('server_error', null)],
		['/v1/responses', openai('server_error', null)],
		['/v1/anything', anthropic('api_error')],
	])('502 on %s', async (path, shape) => {
		await using tollgate = await startTollgate({
			endpoint: 'http://127.0.0.1:9',
		});
		const answer = await ask(tollgate.url, {path});

		expect(answer.status).toBe(502);
		expect(answer.json()).toEqual(shape);
		expect(answer.header('x-tollgate-reason')).toBe('unreachable');
	});

	test('HEAD gets no body', async () => {
		await using tollgate = await startTollgate({
			endpoint: 'http://127.0.0.1:9',
		});
		const answer = await ask(tollgate.url, {
			method: 'HEAD',
			path: '/api/hello',
		});

		expect(answer.status).toBe(502);
		expect(answer.body).toHaveLength(0);
		expect(answer.header('x-tollgate-reason')).toBe('unreachable');
	});
});

describe('a body over max_body', () => {
	test.each([
		['announced', undefined],
		['found out', 500],
	])('is refused and not sent on (%s)', async (_, chunked) => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: 'max_body = "1KB"',
		});
		const answer = await ask(tollgate.url, {
			body: 'x'.repeat(1025),
			chunked,
		});
		const fits = await ask(tollgate.url, {body: 'x'.repeat(1024), chunked});

		expect(answer.status).toBe(413);
		expect(fits.status).toBe(200);
		expect(endpoint.heard).toHaveLength(1);
	});

	test('leaves the connection usable, or closes it', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: 'max_body = "1KB"',
		});
		const agent = new Agent({keepAlive: true, maxSockets: 1});
		for (const [body, status] of [
			['x'.repeat(100_000), 413],
			['{}', 200],
			['x'.repeat(2000), 413],
			['{}', 200],
		] as const) {
			const answer = await ask(tollgate.url, {body, agent});
			expect(answer.status).toBe(status);
		}

		agent.destroy();
	});

	test('is let through on paths that are not measured', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: 'max_body = "1KB"',
		});
		const answer = await ask(tollgate.url, {
			path: '/v1/files',
			body: 'x'.repeat(100_000),
		});

		expect(answer.status).toBe(200);
	});
});

test('a port that is taken is what the system says', async () => {
	await using taken = await startEndpoint(({response}) => {
		response.end();
	});
	await expect(
		startTollgate({
			endpoint: 'http://127.0.0.1:9',
			server: '',
			port: taken.port,
		}),
	).rejects.toMatchObject({code: 'EADDRINUSE'});
});
