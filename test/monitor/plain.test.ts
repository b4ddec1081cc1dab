import {expect, test} from 'vitest';
import {plainLines} from '../../source/monitor/plain.js';
import {startModel, type Model} from '../../source/monitor/model.js';
import {update, type Message} from '../../source/monitor/update.js';
import {exchangeRow, liveRow, sampleNowMs} from './sample-rows.js';
import {
	steeredMessages,
	steerings,
	steeredModel,
	steers,
} from './sample-steering.js';

const after = (model: Model, ...messages: readonly Message[]): Model => {
	let so = model;
	for (const message of messages) {
		so = update(so, message);
	}

	return so;
};

const texts = (before: Model, now: Model): readonly string[] =>
	plainLines(before, now).map((line) => line.slice(10));

const base = steeredModel({readOnly: true});
const nextId = Math.max(...base.exchanges.keys()) + 1;
const news = (row: Parameters<typeof exchangeRow>[1]): Message => ({
	kind: 'news',
	news: {revision: 9000, exchanges: [exchangeRow(nextId, row)], attempts: []},
});

test('nothing new is no line, nor is time alone', () => {
	const later = after(base, {kind: 'tick', nowMs: sampleNowMs + 500});
	expect(plainLines(base, later)).toEqual([]);
});

test('a request that ends is one line, with its time, models, tokens, cost and how long', () => {
	const now = after(
		base,
		news({
			outcome: 'ok',
			startedAt: sampleNowMs - 18_000,
			firstTokenAt: sampleNowMs - 16_800,
			endedAt: sampleNowMs,
			format: 'anthropic-messages',
			askedModel: 'claude-opus-4-8',
			sentModel: 'glm-5.2',
			servedModel: 'glm-5.2',
			inputTokens: 10_000,
			cacheReadTokens: 38_100,
			outputTokens: 1204,
			costNanodollars: 41_000_000,
			attempts: 2,
			usageStatus: 'exact',
		}),
	);
	expect(plainLines(base, now)[0]).toMatch(
		/^\d\d:\d\d:\d\d {2}request \d+ done: /v,
	);
	expect(texts(base, now)).toEqual([
		`request ${nextId} done: claude-opus-4-8 -> glm-5.2, 48k in (79% cached), 1.2k out, $0.0410, 18s, first token after 1.2s, 2 tries`,
	]);
});

test('a request that fails says why', () => {
	const now = after(
		base,
		news({
			outcome: 'error',
			startedAt: sampleNowMs - 2000,
			endedAt: sampleNowMs,
			format: 'anthropic-messages',
			askedModel: 'claude-opus-4-8',
			sentModel: 'claude-opus-4-8',
			servedModel: null,
			errorClass: 'overloaded',
			httpStatus: 529,
		}),
	);
	expect(texts(base, now)[0]).toMatch(
		/^request \d+ failed: claude-opus-4-8, .*overloaded/v,
	);
});

test('what was earlier comes first, whatever it is about', () => {
	const now = after(
		base,
		...steeredMessages(steerings.paused),
		news({outcome: 'ok', endedAt: sampleNowMs - 3000}),
	);
	expect(texts(base, now)).toEqual([
		expect.stringMatching(/^request \d+ done/v),
		expect.stringMatching(/^paused/v),
	]);
});

test('what is held is told of once with its way out, and when it goes on', () => {
	const opened = after(
		base,
		news({
			outcome: 'open',
			startedAt: sampleNowMs,
			format: 'anthropic-messages',
			askedModel: 'claude-opus-4-8',
		}),
	);
	const live = (row: Parameters<typeof liveRow>[1]): Message => ({
		kind: 'live',
		rows: [...base.live.values(), liveRow(nextId, row)],
	});
	const held = after(
		opened,
		live({
			state: 'held',
			holdReason: 'paused',
			heldSince: sampleNowMs,
			silentUntil: sampleNowMs + 240_000,
		}),
	);
	expect(texts(opened, held)).toEqual([
		`request ${nextId} held: paused; "tollgate resume" lets it go, 4m00 left`,
	]);
	expect(plainLines(held, after(held))).toEqual([]);
	const on = after(
		held,
		{kind: 'tick', nowMs: sampleNowMs + 12_000},
		live({state: 'waiting', holdReason: null, heldSince: null}),
	);
	expect(texts(held, on)).toContain(`request ${nextId} goes on after 12s`);
});

test.each<[keyof typeof steerings, RegExp]>([
	['paused', /^paused, new requests wait.*"tollgate resume" goes on$/v],
	['asAsked', /^alias main -> as-asked, /v],
	['timed', /^alias main -> deep until \d\d:\d\d, /v],
	[
		'reached',
		/^cap of default reached: \$.* of \$.*; "tollgate cap default \+5" raises it today$/v,
	],
	['misconfigured', /^alert: The config was not taken/v],
])('what becomes of what is in force is told: %s', (name, line) => {
	const now = after(base, ...steeredMessages(steerings[name]));
	expect(texts(base, now)).toContainEqual(expect.stringMatching(line));
});

test('the passthrough is told of when it falls, and when it is back', () => {
	const down = after(base, {
		kind: 'supervisor',
		state: {
			kind: 'down',
			reason: 'it ended with exit code 1.',
			retryAtMs: undefined,
		},
		nowMs: sampleNowMs,
	});
	expect(texts(base, down)).toEqual([
		'passthrough is down: it ended with exit code 1.',
	]);
	expect(texts(down, {...base, log: down.log})).toContainEqual(
		expect.stringMatching(/^passthrough serves at http:/v),
	);
});

test('what has to be started anew is told of with commands, and with its passthrough it just goes', () => {
	const edited = after(
		base,
		steers({
			needsRestart: ['server.port'],
			configProblem: 'config.toml:1: this is not TOML.',
		}),
	);
	expect(texts(base, edited)).toContain(
		'alert: Changed in the config, but not in force: server.port. Start it anew: "tollgate stop", then "tollgate".',
	);
	const down = after(edited, {
		kind: 'supervisor',
		state: {kind: 'down', reason: 'it ended.', retryAtMs: undefined},
		nowMs: sampleNowMs,
	});
	expect(texts(edited, down)).toEqual(['passthrough is down: it ended.']);
});

test('a new day begins with the total of the last', () => {
	const now = after(base, {kind: 'totals', totals: [], dayMs: sampleNowMs});
	expect(texts(base, now)).toContainEqual(
		expect.stringMatching(
			/^a new day begins; the last one: \$[\d.]+, \d+ requests, /v,
		),
	);
});

test('another log is no new day, and its numbers are those of other requests', () => {
	const id = Math.min(...base.exchanges.keys());
	const now = after(
		base,
		{
			kind: 'attached',
			news: {
				revision: 3,
				exchanges: [
					exchangeRow(id, {
						outcome: 'ok',
						startedAt: sampleNowMs - 2000,
						endedAt: sampleNowMs,
						sentModel: 'glm-5.2',
					}),
				],
				attempts: [],
			},
		},
		{kind: 'totals', totals: []},
	);
	expect(texts(base, now)).toEqual([
		expect.stringMatching(
			/^another usage log is followed; the last one: \$[\d.]+, \d+ requests, /v,
		),
		expect.stringMatching(new RegExp(`^request ${id} done: `, 'v')),
	]);
});

test('what stood in the log before was not seen to happen', () => {
	const empty = startModel({
		nowMs: sampleNowMs,
		columns: 80,
		rows: 24,
		ascii: true,
		readOnly: true,
		notices: [],
	});
	const lines = texts(empty, base);
	expect(lines.join('\n')).not.toMatch(/request \d+ (?:done|failed|aborted)/v);
	expect(lines).toContainEqual(expect.stringMatching(/^today so far: /v));
	expect(lines).toContainEqual(
		expect.stringMatching(/^\d+ requests? under way, \d+ held$/v),
	);
});

test('foreign text cannot break a line', () => {
	const now = after(base, {
		kind: 'supervisor',
		state: {kind: 'down', reason: 'a\nb\u{1B}[31mc', retryAtMs: undefined},
		nowMs: sampleNowMs,
	});
	expect(texts(base, now)).toEqual(['passthrough is down: a b[31mc']);
});
