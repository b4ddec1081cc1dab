import {once} from 'node:events';
import {expect, test} from 'vitest';
import {readLimits} from '../../source/usage-log/limits.js';
import {answerTo, ask, send} from '../helpers/ask.js';
import {startEndpoint, type Call, type Endpoint} from '../helpers/endpoint.js';
import {settledRow, startTollgate} from '../helpers/passthrough.js';
import {half, sse, stream} from './recorded-stream.js';

const asker = [
	'Content-Type',
	'application/json',
	'User-Agent',
	'claude-cli/2.1.330 (external, cli)',
	'X-Claude-Code-Session-Id',
	'session-1',
];

const turn = (given: object = {}) =>
	JSON.stringify({
		model: 'claude-sonnet-4-6',
		max_tokens: 100,
		stream: true,
		tools: [{name: 'Read'}],
		messages: [{role: 'user', content: 'Hello'}],
		...given,
	});

const limited = JSON.stringify({
	type: 'error',
	error: {type: 'rate_limit_error', message: 'Slow down.'},
});

type Play = (response: Call['response']) => void;

const refuses: Play = (response) => {
	response.writeHead(429, {
		'content-type': 'application/json',
		'retry-after': '1',
		'anthropic-ratelimit-requests-limit': '50',
		'anthropic-ratelimit-requests-remaining': '0',
		'anthropic-ratelimit-requests-reset': '2026-11-22T12:00:27Z',
	});
	response.end(limited);
};

const answers: Play = (response) => {
	response.writeHead(200, sse).end(stream);
};

const breaks: Play = (response) => {
	response.writeHead(200, sse);
	response.write(half, () => {
		response.destroy();
	});
};

const tells =
	(usage: object): Play =>
	(response) => {
		response.writeHead(200, {'content-type': 'application/json'});
		response.end(
			JSON.stringify({
				id: 'msg_1',
				type: 'message',
				role: 'assistant',
				model: 'claude-sonnet-4-6',
				content: [],
				stop_reason: 'end_turn',
				usage: {input_tokens: 10, output_tokens: 5, ...usage},
			}),
		);
	};

/**
An endpoint that plays these answers in turn.
*/
const playing = async (...plays: readonly Play[]): Promise<Endpoint> =>
	startEndpoint(async ({heard, response, index}) => {
		await heard.body();
		plays[index]!(response);
	});

test('the same body after a 429 repeats that request', async () => {
	let now = 1_000_000;
	await using endpoint = await playing(refuses, refuses, answers, answers);
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		now: () => now,
	});
	for (const wait of [0, 4000, 8000, 1000]) {
		now += wait;

		await ask(tollgate.url, {headers: asker, body: turn()});
	}

	const [first, second] = tollgate.rows();
	expect(tollgate.rows()).toMatchObject([
		{outcome: 'error', retryOf: null, waitedMs: null},
		{outcome: 'error', retryOf: first!.id, waitedMs: 4000},
		{
			outcome: 'ok',
			retryOf: second!.id,
			waitedMs: 8000,
			retriedNanodollars: null,
		},
		{outcome: 'ok', retryOf: null, waitedMs: null},
	]);
	expect(readLimits(tollgate.connect())).toMatchObject([
		{
			endpoint: 'main',
			name: 'requests',
			remaining: 0,
			resetAt: Date.parse('2026-11-22T12:00:27Z'),
			exchange: first!.id,
		},
	]);
});

test('another body, or another session, repeats nothing', async () => {
	await using endpoint = await playing(refuses, answers, answers);
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {headers: asker, body: turn()});
	await ask(tollgate.url, {headers: asker, body: turn({max_tokens: 101})});
	await ask(tollgate.url, {
		headers: [...asker.slice(0, -1), 'session-2'],
		body: turn(),
	});
	expect(tollgate.rows().map(({retryOf}) => retryOf)).toEqual([
		null,
		null,
		null,
	]);
});

test('a broken stream is repeated by the same turn without streaming, and cost what it cost', async () => {
	await using endpoint = await playing(breaks, tells({}), tells({}));
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {headers: asker, body: turn()});
	const broken = await settledRow(tollgate);
	const whole = turn({stream: false, max_tokens: 64_000});
	await ask(tollgate.url, {headers: asker, body: whole});
	await ask(tollgate.url, {headers: asker, body: whole});

	expect(broken).toMatchObject({outcome: 'truncated', usageStatus: 'partial'});
	expect(broken.costNanodollars).toBeGreaterThan(0);
	expect(tollgate.rows().slice(1)).toMatchObject([
		{
			outcome: 'ok',
			retryOf: broken.id,
			retriedNanodollars: broken.costNanodollars,
		},
		{outcome: 'ok', retryOf: null, retriedNanodollars: null},
	]);
});

test('another request without streaming repeats no broken stream', async () => {
	await using endpoint = await playing(breaks, tells({}));
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {headers: asker, body: turn()});
	await settledRow(tollgate);
	const content = 'Now for something else. '.repeat(10);
	await ask(tollgate.url, {
		headers: asker,
		body: turn({stream: false, messages: [{role: 'user', content}]}),
	});
	expect(tollgate.rows()).toMatchObject([
		{outcome: 'truncated'},
		{outcome: 'ok', retryOf: null, waitedMs: null, retriedNanodollars: null},
	]);
});

test('what was left and is asked again later was not waited for', async () => {
	let now = 1_000_000;
	await using endpoint = await playing((response) => {
		response.writeHead(200, sse).write(half);
	}, answers);
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		now: () => now,
	});
	const request = send(tollgate.url, {headers: asker, body: turn()});
	request.on('error', () => undefined);
	await once(await answerTo(request), 'data');
	request.destroy();
	const left = await settledRow(tollgate);
	now += 120_000;
	await ask(tollgate.url, {headers: asker, body: turn()});
	expect(tollgate.rows()).toMatchObject([
		{outcome: 'aborted'},
		{outcome: 'ok', retryOf: left.id, waitedMs: null},
	]);
});

test('a request for a title is a side request', async () => {
	await using endpoint = await playing(answers, answers);
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {headers: asker, body: turn()});
	await ask(tollgate.url, {
		headers: asker,
		body: turn({
			tools: undefined,
			output_config: {format: {type: 'json_schema', schema: {}}},
		}),
	});
	expect(tollgate.rows()).toMatchObject([
		{session: 'session-1', client: 'claude-cli/2.1.330', side: null},
		{session: 'session-1', client: 'claude-cli/2.1.330', side: true},
	]);
});

test('what had been in the cache before is told where it is written again', async () => {
	await using endpoint = await playing(
		tells({cache_creation_input_tokens: 5000}),
		tells({cache_read_input_tokens: 5000, cache_creation_input_tokens: 300}),
		tells({cache_read_input_tokens: 1000, cache_creation_input_tokens: 4500}),
	);
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	for (const content of ['one', 'two', 'three']) {
		await ask(tollgate.url, {
			headers: asker,
			body: turn({stream: false, messages: [{role: 'user', content}]}),
		});
	}

	expect(tollgate.rows()).toMatchObject([
		{rebuiltTokens: null, rebuiltNanodollars: null},
		{rebuiltTokens: null, rebuiltNanodollars: null},
		// 3.75 less 0.30 dollars for a million.
		{rebuiltTokens: 4300, rebuiltNanodollars: 4300 * 3450},
	]);
});

test.each<readonly [string, ReadonlyArray<readonly [number, number]>]>([
	[
		'after a compaction',
		[
			[140_000, 10_000],
			[15_000, 10_000],
		],
	],
	[
		'by two prompts that have nothing in common',
		[
			[0, 8000],
			[0, 5000],
		],
	],
])('%s nothing is written again', async (_, prompts) => {
	await using endpoint = await playing(
		...prompts.map(([read, written]) =>
			tells({
				cache_read_input_tokens: read,
				cache_creation_input_tokens: written,
			}),
		),
	);
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	for (const content of ['one', 'two']) {
		await ask(tollgate.url, {
			headers: asker,
			body: turn({stream: false, messages: [{role: 'user', content}]}),
		});
	}

	expect(tollgate.rows().map(({rebuiltTokens}) => rebuiltTokens)).toEqual([
		null,
		null,
	]);
});

test.each<readonly [string, readonly string[], object, object]>([
	[
		'codex',
		[
			'User-Agent',
			'codex_cli_rs/0.169.0 (Debian 13; x86_64)',
			'session_id',
			'c-1',
		],
		{},
		{client: 'codex_cli_rs/0.169.0', session: 'c-1'},
	],
	[
		'a review of codex',
		[
			'User-Agent',
			'codex_exec/0.169.0',
			'Session-Id',
			'c-2',
			'X-OpenAI-Subagent',
			'review',
		],
		{},
		{client: 'codex_exec/0.169.0', session: 'c-2', agentId: 'review'},
	],
	[
		'opencode',
		[
			'User-Agent',
			'opencode/1.18.0 ai-sdk/provider-utils/3.0',
			'X-Session-Affinity',
			'ses_1',
		],
		{},
		{client: 'opencode/1.18.0', session: 'ses_1'},
	],
	[
		"Anthropic's SDK",
		['User-Agent', 'Anthropic/JS 1.12.0'],
		{},
		{client: 'Anthropic-JS/1.12.0', session: null},
	],
	[
		"OpenAI's SDK with a cache key",
		['User-Agent', 'AsyncOpenAI/Python 2.3.0'],
		{prompt_cache_key: 'conversation-7'},
		{client: 'AsyncOpenAI-Python/2.3.0', session: 'conversation-7'},
	],
	[
		'an older Claude Code',
		['User-Agent', 'claude-cli/2.0.1'],
		{metadata: {user_id: 'user_0a_account__session_3b8f0c2a'}},
		{client: 'claude-cli/2.0.1', session: '3b8f0c2a'},
	],
	[
		'a program with a user of its own',
		['User-Agent', 'node'],
		{metadata: {user_id: 'someone@example.com'}},
		{client: 'node', session: null},
	],
	['a program that says nothing', [], {}, {client: null, session: null}],
])('%s is known by what it says', async (_, headers, body, expected) => {
	await using endpoint = await playing(answers);
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url, {headers, body: turn(body)});
	expect(tollgate.row()).toMatchObject(expected);
});
