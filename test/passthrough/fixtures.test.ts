import type {ServerResponse} from 'node:http';
import {setImmediate} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {ask} from '../helpers/ask.js';
import {startEndpoint, type Endpoint} from '../helpers/endpoint.js';
import {startTollgate, type Running} from '../helpers/passthrough.js';
import {randomly, readFixtures, type Fixture} from '../wire/measured.js';

const fixtures = readFixtures();

type Words = Readonly<Record<string, unknown>>;

/**
What the log is to say of a recording.
*/
function expectedRow({wanted, request}: Fixture): Words {
	const usage = (wanted['usage'] ?? {}) as Words;
	const error = (wanted['error'] ?? {}) as Words;
	return {
		outcome: wanted['outcome'],
		httpStatus: wanted['http_status'],
		servedModel: wanted['model'] ?? null,
		messageId: wanted['message_id'] ?? null,
		stopReason: wanted['stop_reason'] ?? null,
		usageStatus: wanted['usage_status'],
		...usageFields(usage),
		webSearches: usage['web_search'] ?? null,
		extraUsage: extraOf(wanted['extra_usage'] as readonly Words[] | undefined),
		anomalies: wanted['anomalies'] ?? null,
		errorClass: error['class'] ?? null,
		errorType: error['type'] ?? null,
		retryAfterMs:
			error['retry_after_s'] === undefined
				? null
				: Number(error['retry_after_s']) * 1000,
		hint: request.path.includes('/v1/v1/') ? 'duplicate_v1' : null,
		...costFields(wanted),
		...said('serviceTier', wanted['service_tier']),
		...said('speed', wanted['speed']),
		...said('inferenceGeo', wanted['inference_geo']),
	};
}

const said = (name: string, value: unknown) =>
	value === undefined ? {} : {[name]: value};

const usageFields = (usage: Words) => ({
	inputTokens: usage['input'] ?? null,
	outputTokens: usage['output'] ?? null,
	cacheReadTokens: usage['cache_read'] ?? null,
	cacheWrite5mTokens: usage['cache_write_5m'] ?? null,
	cacheWrite1hTokens: usage['cache_write_1h'] ?? null,
	reasoningTokens: usage['reasoning'] ?? null,
});

/**
Reckoned by hand from the list prices, in millionths of a dollar; null for a model that no maker has.
*/
const microdollars: Readonly<Record<string, number | null>> = {
	'a01-text': 300,
	'a02-thinking': 18_080,
	'a03-parallel-tools': 7425,
	'a04-cache-5m-1h': 89_592,
	'a05-cache-no-split': 4164,
	'a06-web-search': 49_696,
	'a07-midstream-overloaded': 15_650,
	'a08-truncated': 1474.8,
	'a09-delta-repeats-input': 23_904.75,
	'a10-start-zero': 636.44,
	'a13-pings-and-unknown': 255,
	'a14-crlf': 258,
	'a16-multibyte': 804,
	'a17-compaction': 669_600,
	'a19-nonstream-fast-us': 132_640,
	'a20-refusal': 4480,
	'a23-gzip': 89_592,
	'a25-brotli': 89_592,
	'h01-unified-headers': 300,
	'o01-usage-chunk': 197.5,
	'o03-parallel-tool-calls': 886,
	'o04-cache-write': 20_000,
	'o05-deepseek-reasoning': 1135.552,
	'o07-no-done': 6.75,
	'o09-groq-xgroq': null,
	'o11-openrouter-cost': 9750,
	'r01-responses': 4688,
};

/**
A cap counts what it may have come to.
*/
const isUnproven = ({usage_status: status}: Words): boolean =>
	status === 'partial' || status === 'missing';

function costFields(wanted: Words) {
	const isUsed = wanted['usage'] !== undefined && wanted['usage'] !== null;
	const cost = isUsed ? microdollars[wanted['id'] as string] : undefined;
	const nanodollars =
		typeof cost === 'number'
			? Math.round(cost * 1000)
			: wanted['usage_status'] === 'none'
				? 0
				: null;
	return {
		costNanodollars: nanodollars,
		countedNanodollars: isUnproven(wanted)
			? (expect.toSatisfy(
					(counted: number) => counted > (nanodollars ?? 0),
				) as number)
			: nanodollars,
		priceSource: isUsed
			? cost === null
				? 'unpriced'
				: wanted['provider_cost_usd'] === undefined
					? 'catalogue'
					: 'endpoint'
			: null,
		billing: 'api',
	};
}

function extraOf(extra: readonly Words[] | undefined) {
	return (
		extra?.map((one) => ({
			kind: one['kind'],
			model: one['model'],
			input: one['input'],
			output: one['output'],
			cacheRead: one['cache_read'],
			cacheWrite5m: one['cache_write_5m'],
			cacheWrite1h: one['cache_write_1h'],
			...(typeof one['reasoning'] === 'number' && {
				reasoning: one['reasoning'],
			}),
			webSearch: one['web_search'],
		})) ?? null
	);
}

const breaksOff = new Set(['a08-truncated', 'o13-truncated']);

type Way = Readonly<{
	name: string;
	send(response: ServerResponse, fixture: Fixture): Promise<void>;
	isWhole: boolean;
}>;

const pieces =
	(cut: (body: Uint8Array) => Iterable<Uint8Array>): Way['send'] =>
	async (response, {body}) => {
		for (const piece of cut(body)) {
			response.write(piece);
			await setImmediate();
		}

		response.end();
	};

const ways: readonly Way[] = [
	{
		name: 'in one piece',
		isWhole: true,
		send: pieces((body) => [body]),
	},
	{
		name: 'with its length',
		isWhole: true,
		async send(response, {body}) {
			response.setHeader('content-length', body.length);
			response.end(body);
		},
	},
	{
		name: 'in small pieces',
		isWhole: true,
		send: pieces((body) => randomly(body, 3)),
	},
];

const cutOff: Way = {
	name: 'with the connection closed at its end',
	isWhole: false,
	async send(response, {body}) {
		await new Promise((resolve) => {
			response.write(body, resolve);
		});
		response.destroy();
	},
};

let play: (response: ServerResponse) => Promise<void>;
let endpoint: Endpoint;
let tollgate: Running;

beforeAll(async () => {
	endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.sendDate = false;
		await play(response);
	});
	tollgate = await startTollgate({
		endpoint: endpoint.url,
		main: 'openai_usage = "observe"',
	});
});

afterAll(async () => {
	await tollgate[Symbol.asyncDispose]();
	await endpoint.close();
});

describe.each(fixtures)('$id', (fixture) => {
	const all = breaksOff.has(fixture.id) ? [...ways, cutOff] : ways;

	test.each(all)('reaches client and log $name', async ({send, isWhole}) => {
		const {status, headers} = fixture.response;
		play = async (response) => {
			response.statusCode = status;
			response.setHeaders(new Map(Object.entries(headers)));
			await send(response, fixture);
		};

		const {revision} = tollgate.reader.since(0);
		const {method, path, model, stream} = fixture.request;
		const answer = await ask(tollgate.url, {
			method,
			path,
			body: method === 'POST' ? JSON.stringify({model, stream}) : undefined,
		});

		expect(answer.status).toBe(status);
		expect(answer.complete).toBe(isWhole);
		expect(answer.body.equals(fixture.body)).toBe(true);
		for (const [name, value] of Object.entries(headers)) {
			expect(answer.header(name.toLowerCase())).toBe(value);
		}

		const {exchanges} = tollgate.reader.since(revision);
		expect(exchanges).toMatchObject([
			{...expectedRow(fixture), responseBytes: fixture.body.length},
		]);
	});
});
