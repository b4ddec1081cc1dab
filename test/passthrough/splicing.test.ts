import {Buffer} from 'node:buffer';
import zlib from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {ask, type Asked} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate, type Given} from '../helpers/passthrough.js';

const aliases = String.raw`
[aliases.coding-default]
targets = ["main/claude-sonnet-4-6"]
[aliases.quick]
targets = ["main/vendor/model \"x\""]
`;

/**
What an endpoint gets of one request, and the row of it.
*/
async function throughAlias(asked: Asked, given: Given = {}) {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		toml: aliases,
		...given,
	});
	const answer = await ask(tollgate.url, asked);
	const heard = endpoint.heard[0];
	return {
		answer,
		heard,
		body: heard && (await heard.body()),
		row: tollgate.row(),
	};
}

describe('a request for an alias', () => {
	test.each([
		['plain', '{"model":"coding-default"}', '{"model":"claude-sonnet-4-6"}'],
		[
			'with odd spacing and order',
			' {\n"stream" : true ,"model"\t:  "coding-default" , "n":1e400}\n\n',
			' {\n"stream" : true ,"model"\t:  "claude-sonnet-4-6" , "n":1e400}\n\n',
		],
		[
			'with an escaped key',
			String.raw`{"\u006dodel":"coding\u002ddefault","a":"\u00e9\/"}`,
			String.raw`{"\u006dodel":"claude-sonnet-4-6","a":"\u00e9\/"}`,
		],
		[
			'with the key twice',
			'{"model":"other","x":{"model":"coding-default"},"model":"coding-default"}',
			'{"model":"claude-sonnet-4-6","x":{"model":"coding-default"},"model":"claude-sonnet-4-6"}',
		],
		[
			'whose target must be escaped',
			'{"model":"quick"}',
			String.raw`{"model":"vendor/model \"x\""}`,
		],
		[
			'with the key after 2 MB of messages',
			`{"messages":[{"content":"${String.raw`\"model\":`.repeat(200_000)}"}],"model":"coding-default"}`,
			`{"messages":[{"content":"${String.raw`\"model\":`.repeat(200_000)}"}],"model":"claude-sonnet-4-6"}`,
		],
	])('gets its model, and not a byte else (%s)', async (_, sent, expected) => {
		const {heard, body, row} = await throughAlias({body: sent});

		expect(body?.toString()).toBe(expected);
		expect(heard?.header('content-length')).toBe(
			String(Buffer.byteLength(expected)),
		);
		expect(row).toMatchObject({
			askedModel: sent.includes('quick') ? 'quick' : 'coding-default',
			alias: sent.includes('quick') ? 'quick' : 'coding-default',
			sentModel: sent.includes('quick')
				? 'vendor/model "x"'
				: 'claude-sonnet-4-6',
			requestBytes: Buffer.byteLength(sent),
		});
	});

	test.each([
		['/v1/messages/count_tokens', 'none'],
		['/v1/chat/completions', 'missing'],
		['/v1/responses', 'missing'],
	])('is the same on %s', async (path, usageStatus) => {
		const {body, row} = await throughAlias({
			path,
			body: '{"model":"coding-default"}',
		});

		expect(body?.toString()).toBe('{"model":"claude-sonnet-4-6"}');
		expect(row).toMatchObject({alias: 'coding-default', usageStatus});
	});

	test('may come in chunks', async () => {
		const {body, heard} = await throughAlias({
			body: '{"model":"coding-default","a":[1,2,3]}',
			chunked: 7,
		});

		expect(body?.toString()).toBe('{"model":"claude-sonnet-4-6","a":[1,2,3]}');
		expect(heard?.header('transfer-encoding')).toBeUndefined();
	});

	test.each([
		['gzip', zlib.gzipSync],
		['deflate', zlib.deflateSync],
		['br', zlib.brotliCompressSync],
		['zstd', zlib.zstdCompressSync],
	] as const)(
		'may be compressed (%s), and goes on in plain bytes',
		async (coding, compress) => {
			const {body, heard, row} = await throughAlias({
				headers: ['Content-Encoding', coding, 'X-A', 'b'],
				body: compress('{"model":"coding-default","x":1}'),
			});

			expect(body?.toString()).toBe('{"model":"claude-sonnet-4-6","x":1}');
			expect(heard?.header('content-encoding')).toBeUndefined();
			expect(heard?.header('x-a')).toBe('b');
			expect(row).toMatchObject({alias: 'coding-default', outcome: 'ok'});
		},
	);
});

describe('a request that is not for an alias goes on as it came', () => {
	const bom = '\u{FEFF}';
	test.each([
		['another model', '{"model":"claude-opus-4-6"}', 'claude-opus-4-6'],
		['an alias as a value elsewhere', '{"a":{"model":"coding-default"}}', null],
		['a byte order mark', `${bom}{"model":"coding-default"}`, null],
		['malformed JSON', '{"model":"coding-default",}', null],
		['a cut end', '{"model":"coding-default","a":"', null],
		['more after the end', '{"model":"coding-default"} x', null],
		['an array', '[{"model":"coding-default"}]', null],
		['a string', '"coding-default"', null],
		[
			'no UTF-8',
			Buffer.from('{"model":"\u{FF}\u{FE}"}', 'latin1'),
			'\u{FFFD}\u{FFFD}',
		],
		['a model that is no string', '{"model":["coding-default"]}', null],
		['nothing', '', null],
	])('(%s)', async (_, sent, askedModel) => {
		const {body, answer, row} = await throughAlias({body: sent});

		expect(answer.status).toBe(200);
		expect(body?.equals(Buffer.from(sent))).toBe(true);
		expect(row).toMatchObject({alias: null, askedModel, outcome: 'ok'});
	});

	test('compressed', async () => {
		const sent = zlib.gzipSync('{"model":"claude-opus-4-6"}');
		const {body, heard, row} = await throughAlias({
			headers: ['Content-Encoding', 'gzip'],
			body: sent,
		});

		expect(body?.equals(sent)).toBe(true);
		expect(heard?.header('content-encoding')).toBe('gzip');
		expect(row.askedModel).toBe('claude-opus-4-6');
	});

	test.each(['gzip', 'compress', 'gzip, unheard-of'])(
		'in a coding that cannot be undone (%s)',
		async (coding) => {
			const {body, heard, row} = await throughAlias({
				headers: ['Content-Encoding', coding],
				body: 'these are no such bytes',
			});

			expect(body?.toString()).toBe('these are no such bytes');
			expect(heard?.header('content-encoding')).toBe(coding);
			expect(row).toMatchObject({askedModel: null, outcome: 'ok'});
		},
	);
});

test('a compressed request that unfolds without end is refused', async () => {
	const {answer, heard, row} = await throughAlias(
		{
			headers: ['Content-Encoding', 'gzip'],
			body: zlib.gzipSync(Buffer.alloc(3 * 1024 * 1024)),
		},
		{server: 'max_body = "1MB"'},
	);

	expect(answer.status).toBe(413);
	expect(answer.header('x-tollgate-reason')).toBe('too_large');
	expect(answer.json()).toMatchObject({
		error: {
			type: 'request_too_large',
			message: expect.stringContaining('max_body') as string,
		},
	});
	expect(heard).toBeUndefined();
	expect(row).toMatchObject({
		outcome: 'refused',
		reason: 'too_large',
		httpStatus: 413,
	});
});

test('an alias goes to the first of its endpoints that speaks the format', async () => {
	const play = async (name: string) =>
		startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end(name);
		});
	await using one = await play('one');
	await using two = await play('two');
	await using tollgate = await startTollgate({
		toml: `
[endpoints.one]
url = "${one.url}"
key = "agent"
formats = ["anthropic-messages"]
[endpoints.two]
url = "${two.url}/api/v1"
key = "env:TWO"
[aliases.mixed]
targets = ["one/claude", "two/gpt"]
[aliases.only-one]
targets = ["one/claude"]
`,
		env: {TWO: 'two-key'},
	});
	const body = '{"model":"mixed"}';
	const messages = await ask(tollgate.url, {body});
	const chat = await ask(tollgate.url, {path: '/v1/chat/completions', body});
	const nowhere = await ask(tollgate.url, {
		path: '/v1/responses',
		body: '{"model":"only-one"}',
	});

	expect(messages.body.toString()).toBe('one');
	expect(chat.body.toString()).toBe('two');
	expect(two.heard[0]?.target).toBe('/api/v1/chat/completions');
	expect(String(await two.heard[0]?.body())).toBe('{"model":"gpt"}');
	expect(nowhere.status).toBe(404);
	expect(nowhere.header('x-tollgate-reason')).toBe('alias');
	expect(nowhere.json()).toMatchObject({
		error: {
			type: 'invalid_request_error',
			code: 'model_not_found',
			message: expect.stringMatching(/only-one.*one\/claude.*mixed/) as string,
		},
	});
	expect(tollgate.rows()).toMatchObject([
		{endpoint: 'one', sentModel: 'claude'},
		{endpoint: 'two', sentModel: 'gpt'},
		{endpoint: null, outcome: 'refused', reason: 'alias', httpStatus: 404},
	]);
});

test('what no endpoint speaks is refused', async () => {
	await using tollgate = await startTollgate({
		endpoint: 'http://127.0.0.1:9',
		main: 'formats = ["anthropic-messages"]',
	});
	const answer = await ask(tollgate.url, {path: '/v1/responses'});

	expect(answer.status).toBe(404);
	expect(answer.header('x-tollgate-reason')).toBe('alias');
	expect(tollgate.row()).toMatchObject({
		outcome: 'refused',
		reason: 'alias',
		format: 'openai-responses',
	});
});
