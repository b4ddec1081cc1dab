import {once} from 'node:events';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {ask, send} from '../helpers/ask.js';
import {startEndpoint, type Call} from '../helpers/endpoint.js';
import {startServe, testHome} from '../helpers/program.js';
import {heldStream, playWhole} from '../helpers/stream.js';

/**
The SQL of a page, each with the line above it.
*/
const queriesOf = (
	page: string,
): ReadonlyArray<Readonly<{page: string; asks: string; sql: string}>> =>
	pairsOf(fs.readFileSync(page, 'utf8').split('```sql\n')).map(
		([before, after]) => ({
			page,
			asks: before.trim().split('\n').at(-1)!,
			sql: after.slice(0, after.indexOf('```')),
		}),
	);

const pairsOf = (
	texts: readonly string[],
): ReadonlyArray<readonly [string, string]> =>
	texts.slice(1).map((text, index) => [texts[index]!, text]);

const queries = [...queriesOf('docs/schema.md'), ...queriesOf('docs/log.md')];

const things = new AsyncDisposableStack();
let db: Database.Database;

const held = heldStream();

/**
Plays what the asked model stands for here.
*/
async function play(call: Call): Promise<void> {
	const body = await call.heard.body();
	const {model} = JSON.parse(body.toString()) as Readonly<{model: string}>;
	const {response} = call;
	switch (model) {
		case 'held': {
			await held.play(call);
			return;
		}

		case 'busy-once': {
			if (call.index === busyAt) {
				response.writeHead(429, {
					'content-type': 'application/json',
					'retry-after-ms': '1',
				});
				response.end(
					'{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}',
				);
				return;
			}

			playWhole(call);
			return;
		}

		case 'refused-once': {
			if (call.index === refusedAt) {
				response.writeHead(500, {
					'content-type': 'application/json',
					'x-should-retry': 'false',
				});
				response.end(
					'{"type":"error","error":{"type":"api_error","message":"Broken"}}',
				);
				return;
			}

			playWhole(call);
			return;
		}

		case 'no-price': {
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(
				'{"type":"message","model":"no-price","role":"assistant","content":[],"stop_reason":"end_turn","usage":{"input_tokens":5,"output_tokens":7}}',
			);
			return;
		}

		default: {
			response.setHeader('anthropic-ratelimit-requests-limit', '50');
			response.setHeader('anthropic-ratelimit-requests-remaining', '49');
			playWhole(call);
		}
	}
}

/**
The number of the request that each of these fails with.
*/
const busyAt = 1;
const refusedAt = 3;

beforeAll(async () => {
	const endpoint = things.use(await startEndpoint(play));
	const home = things.use(
		testHome(`[endpoints.main]
url = "${endpoint.url}"
[keys.default]
daily_cap = 20.0
`),
	);
	const serving = things.use(await startServe(home.folder));
	const asked = async (model: string, stream = true) =>
		ask(serving.url, bodyOf(model, stream));
	await asked('claude-sonnet-4-6');
	await asked('busy-once');
	await asked('refused-once');
	await asked('refused-once');
	await asked('no-price', false);
	const open = send(serving.url, bodyOf('held', true));
	things.defer(() => {
		held.goOn();
		open.destroy();
	});
	await once(open, 'response');
	db = things.adopt(new Database(home.log, {readonly: true}), (one) => {
		one.close();
	});
	// Both are written a moment later.
	await vi.waitUntil(
		() =>
			['live', 'limits'].every(
				(table) =>
					db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() !== 0,
			),
		10_000,
	);
});

afterAll(async () => things.disposeAsync());

const bodyOf = (model: string, stream: boolean) => ({
	headers: [
		'content-type',
		'application/json',
		'x-claude-code-session-id',
		'one-session',
		'user-agent',
		'claude-cli/2.1.330',
	],
	body: JSON.stringify({
		model,
		stream,
		max_tokens: 100,
		messages: [{role: 'user', content: 'Hello'}],
	}),
});

test('there is a dozen of queries and more', () => {
	expect(queries.length).toBeGreaterThan(12);
});

test.for(queries)('$page: $asks', ({sql}) => {
	const answers = sql
		.split('\n')
		.map((line) => line.split('--', 1)[0]!)
		.join('\n')
		.split(';')
		.filter((one) => one.trim() !== '')
		.map((one) => db.prepare(one))
		.map((statement) =>
			statement.reader
				? statement.all(statement.source.includes(':last') ? {last: 0} : {})
				: statement.run(),
		);
	// Each question has an answer in this log: a column that is gone, or is never filled, has none.
	for (const answer of answers) {
		expect(answer).not.toEqual([]);
	}
});
