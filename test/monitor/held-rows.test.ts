import {describe, expect, test} from 'vitest';
import type {Attempt, Exchange, Live} from '../../source/exchange/exchange.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {factsOf} from '../../source/monitor/layout/exchange-facts.js';
import {
	exchangeLines,
	listTitle,
} from '../../source/monitor/layout/exchange-lines.js';
import {reasonTexts} from '../../source/monitor/layout/reason.js';
import {ordinal, showLeft} from '../../source/monitor/layout/time-left.js';
import {rowStateOf} from '../../source/monitor/row-state.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {lineText} from './frame-text.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	liveRow,
	sampleNowMs,
} from './sample-rows.js';
import {sampleModel} from './sample-model.js';
import {pausedLive, steeredModel, steerings} from './sample-steering.js';

const glyphs = glyphsFor(false);

const limited: Attempt = attemptRow(1, 400, {
	httpStatus: 429,
	errorClass: 'rate_limit',
});
const broken: Attempt = attemptRow(1, 400, {
	httpStatus: null,
	errorClass: 'connection_reset' as Attempt['errorClass'],
});

const textsOf = (
	live: Partial<Live> | undefined,
	{
		exchange: given = {},
		attempt,
		queue,
	}: {
		exchange?: Partial<Exchange>;
		attempt?: Attempt;
		queue?: {place: number; of: number};
	} = {},
): readonly string[] => {
	const exchange = exchangeRow(400, {state: 'waiting', ...given});
	const row = live && liveRow(400, {attempts: 0, ...live});
	return reasonTexts(
		{
			exchange,
			live: row,
			state: rowStateOf(exchange, row, sampleNowMs),
			fallbacks: exchange.fallbacks ?? 0,
		},
		{
			nowMs: sampleNowMs,
			attempts: new Map(attempt ? [[1, attempt]] : []),
			queue,
		},
	);
};

const held: Partial<Live> = {
	state: 'held',
	heldSince: sampleNowMs - 12_000,
	silentUntil: sampleNowMs + 228_000,
};

describe('a row that waits says why, how long, and how long it can', () => {
	test.each<readonly [string, Partial<Live>, readonly string[]]>([
		[
			'paused',
			{...held, holdReason: 'paused'},
			['paused 12s, 3m48 left', 'paused, 3m48 left', 'paused 12s', 'paused'],
		],
		[
			'by strikes',
			{...held, holdReason: 'strikes'},
			[
				'strikes 12s, 3m48 left',
				'strikes, 3m48 left',
				'strikes 12s',
				'strikes',
			],
		],
		[
			'beyond its silence',
			{...held, holdReason: 'paused', silentUntil: sampleNowMs - 1},
			['paused 12s, kept alive', 'paused, kept alive', 'paused 12s', 'paused'],
		],
		[
			'for a slot',
			{...held, state: 'queued', holdReason: 'queue'},
			['queued 12s, 3m48 left', 'queued, 3m48 left', 'queued 12s', 'queued'],
		],
		['for a reason that is not told', {state: 'held'}, ['held']],
	])('%s', (_name, live, expected) => {
		expect(textsOf(live)).toEqual(expected);
	});

	test('in its place in the queue', () => {
		expect(
			textsOf(
				{...held, state: 'queued', holdReason: 'queue'},
				{queue: {place: 2, of: 3}},
			),
		).toEqual(['queue 2nd of 3, 3m48 left', 'queue 2nd of 3', 'queued']);
	});
});

describe('a row that is tried again says after what', () => {
	const backoff: Partial<Live> = {
		...held,
		holdReason: 'backoff',
		attempts: 1,
		heldUntil: sampleNowMs + 4000,
	};
	test.each<
		readonly [Partial<Live>, Parameters<typeof textsOf>[1], readonly string[]]
	>([
		[backoff, {attempt: limited}, ['429, try 2 in 4s', 'try 2 in 4s', 'try 2']],
		[
			{...backoff, heldUntil: sampleNowMs + 3400},
			{attempt: limited},
			['429, try 2 in 4s', 'try 2 in 4s', 'try 2'],
		],
		[
			{...backoff, heldUntil: sampleNowMs - 1},
			{attempt: broken},
			['connection reset, try 2', 'try 2', 'try 2'],
		],
		[
			{state: 'waiting', attempts: 3},
			{attempt: limited},
			['429, try 3', 'try 3'],
		],
		[
			{state: 'waiting', attempts: 3},
			{attempt: limited, exchange: {fallbacks: 1}},
			['429, try 3, 2nd target', 'try 3, 2nd target', '429, try 3', 'try 3'],
		],
	])('%j', (live, given, expected) => {
		expect(textsOf(live, given)).toEqual(expected);
	});
});

const rows = (
	columns: number,
	...[options, messages, given]: Parameters<typeof steeredModel>
): readonly string[] => {
	const model = steeredModel(options, messages, given);
	return exchangeLines(model, listedEntries(model), {
		width: columns,
		height: 9,
		glyphs,
	}).map((line) => lineText(line).trimEnd());
};

describe('the list', () => {
	test('names aliases, targets beyond the first and reasons in 40 columns', () => {
		expect(rows(40)).toMatchInlineSnapshot(`
			[
			  "  ALIAS        OUT  T/S TTFT   COST TIME",
			  "▶ main       ~1.2k   70 1.2s      -  18s",
			  "▶ main 2nd   ~1.3k   64 5.6s      -  26s",
			  "↻ main       429, try 3              44s",
			  "↻ main       429, try 2 in 4s        32s",
			  "‖ main       queue 1st of 2         9.0s",
			  "‖ main       queue 2nd of 2         5.0s",
			  "✖ deep       529 overloaded       - 6.0s",
			  "✓ main         120   68 0.9s  $0.01 2.7s",
			]
		`);
	});

	test('names the models too in 100 columns', () => {
		expect(rows(100)).toMatchInlineSnapshot(`
			[
			  "  ALIAS     MODEL                         IN   OUT  T/S TTFT      COST TIME LAST FROM",
			  "▶ main      claude-sonnet-4-6 → glm-5.2 180k ~1.2k   70 1.2s         -  18s   0s claude-cli/main",
			  "▶ main 2nd  claude-sonnet-4-6            12k ~1.3k   64 5.6s         -  26s   0s claude-cli/task-2",
			  "↻ main      claude-sonnet-4-6 → glm-5.2 429, try 3                      44s    - claude-cli/task-5",
			  "↻ main      claude-sonnet-4-6 → glm-5.2 429, try 2 in 4s                32s    - claude-cli/task-1",
			  "‖ main      claude-sonnet-4-6 → glm-5.2 queue 1st of 2, 3m48 left      9.0s    - claude-cli/task-3",
			  "‖ main      claude-sonnet-4-6 → glm-5.2 queue 2nd of 2, 3m48 left      5.0s    - claude-cli/task-4",
			  "✖ deep      claude-opus-4-8                - 529 overloaded          - 6.0s      claude-cli/0f3a9c1e",
			  "✓ main      claude-sonnet-4-6 → glm-5.2  49k   120   68 0.9s     $0.01 2.7s      claude-cli/main",
			]
		`);
	});

	test('says what is held while paused', () => {
		expect(
			rows(60, {}, [], {
				steering: steerings.paused,
				live: pausedLive(),
			}).slice(3, 7),
		).toMatchInlineSnapshot(`
			[
			  "‖ main          paused 5m01, kept alive       44s task-5",
			  "‖ main          paused 32s, 3m48 left         32s task-1",
			  "‖ main          paused 9s, 3m51 left         9.0s task-3",
			  "‖ main          paused 5s, 3m55 left         5.0s task-4",
			]
		`);
	});

	test('names what went without an alias by its model where that stands nowhere else', () => {
		const background: Parameters<typeof rows>[2] = [
			{
				kind: 'news',
				news: {
					revision: 10,
					attempts: [],
					exchanges: [
						endedRow(900, {agoMs: 0, askedModel: 'claude-haiku-4-5'}),
					],
				},
			},
		];
		expect(rows(60, {}, background).at(-1)).toMatch(/^✓ haiku-4-5 /v);
		expect(rows(100, {}, background).at(-1)).toMatch(
			/^✓ - {9}claude-haiku-4-5 /v,
		);
	});

	test('has no column of aliases where there are none', () => {
		const model = sampleModel();
		const [heading] = exchangeLines(model, listedEntries(model), {
			width: 100,
			height: 9,
			glyphs,
		});
		expect(lineText(heading!)).not.toContain('ALIAS');
	});

	test.each([
		[40, '─ requests ─ 2 live  2 retrying  2 held '],
		[39, '─ requests ───────────── ▶ 2  ↻ 2  ‖ 2 '],
		[20, '▶ 2  ↻ 2  ‖ 2'],
	])('counts what waits in its title, in %i columns', (width, expected) => {
		const title = listTitle(listedEntries(steeredModel()), {width, glyphs});
		expect(lineText(title)).toBe(expected);
	});
});

describe('the detail', () => {
	const facts = (
		id: number,
		given: Parameters<typeof steeredModel>[2] = {},
	): ReadonlyArray<readonly [string, string]> => {
		const model = steeredModel({}, [], given);
		const entry = listedEntries(model).find(
			({exchange}) => exchange.id === id,
		)!;
		return factsOf(model, entry, glyphs)
			.filter(([, text]) => text !== '')
			.map(([label, text]) => [label, text]);
	};

	test('tells of every try, the waits between, and whose answer the agent got', () => {
		expect(
			facts(345)
				.filter(([label]) => label.startsWith('try'))
				.map(([, text]) => text),
		).toEqual([
			'14:31:40  429 rate limit  1.0s  anthropic/claude-opus-4-8  wait 2.0s',
			'14:31:43  529 overloaded  1.0s  anthropic/claude-opus-4-8  wait 0.5s  the agent got this answer',
			'14:31:44  404 model not found  1.5s  kissapi/claude-opus-4-8',
		]);
	});

	test('tells which target answers, and how its endpoint stands', () => {
		const all = facts(350, {steering: steerings.troubled});
		expect(all).toContainEqual(['alias', 'main  2nd target']);
		expect(all).toContainEqual(['', 'claude-opus-4-8 open 12s']);
	});

	test('tells since when it is held, and how much longer it can be', () => {
		expect(facts(348, {live: pausedLive()})).toContainEqual([
			'held',
			'since 14:31:58  silent for 3m51 more at most',
		]);
		expect(facts(349)).toContainEqual([
			'held',
			'since 14:31:55  goes on in 4s  silent for 3m28 more at most',
		]);
		expect(facts(346, {live: pausedLive()})).toContainEqual([
			'held',
			'since 14:27:06  kept alive with comments',
		]);
	});
});

test.each([
	[1, '1st'],
	[2, '2nd'],
	[3, '3rd'],
	[4, '4th'],
	[11, '11th'],
	[12, '12th'],
	[21, '21st'],
	[113, '113th'],
])('%i is %s', (value, text) => {
	expect(ordinal(value)).toBe(text);
});

test.each([
	[-5, '0s'],
	[400, '0s'],
	[41_600, '42s'],
	[59_600, '1m'],
	[60_400, '1m'],
	[1_200_000, '20m'],
	[1_199_000, '20m'],
	[3_600_000, '1h00'],
])('%i ms left are shown as %s', (ms, text) => {
	expect(showLeft(ms)).toBe(text);
});
