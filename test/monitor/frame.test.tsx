import {renderToString} from 'ink';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {Screen} from '../../source/monitor/components/screen.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {update, type Message} from '../../source/monitor/update.js';
import {measure} from './frame-text.js';
import {sampleExchanges, sampleModel} from './sample-model.js';
import {
	endedRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
	totalsRow,
} from './sample-rows.js';
import {
	active,
	cappedLive,
	change,
	keyStanding,
	pausedLive,
	sampleSteering,
	standing,
	steeredConfig,
	steeredExchanges,
	steeredModel,
	steerings,
} from './sample-steering.js';

const drawn = (model: Model): readonly string[] =>
	renderToString(<Screen frame={frameOf(model)} />, {
		columns: model.columns,
	}).split('\n');

const wide = '通义千问大模型-コーディング版-🚀-\u{200D}👩‍👩‍👧-非常に長い名前';

const manyAliases = (count: number, target = 'kissapi/a-model'): Message => {
	const aliases = Array.from({length: count}, (_, index) => ({
		name: `${target}-${index}`,
		targets: [target, target, target],
		price: {input: 123_456e9, output: 1e5, cacheWrite5m: 1e12},
	}));
	return {
		kind: 'passthrough',
		row: sampleRow({
			config: {...steeredConfig, aliases, steer: [wide, wide]},
			steering: sampleSteering({
				active: change(active(`${target}-1`, {requestsLeft: 12}, wide)),
				endpoints: [standing(wide, {slots: 1, queued: 99})],
				configProblem: wide,
			}),
			heartbeatAt: sampleNowMs + 200,
		}),
	};
};

const tickSoon: Message = {kind: 'tick', nowMs: sampleNowMs + 500};

const models: Readonly<Record<string, Model>> = {
	busy: sampleModel(),
	ascii: sampleModel({ascii: true}),
	'without a request': sampleModel({quiet: true}),
	'with a thousand exchanges': sampleModel({count: 1000}),
	selecting: sampleModel({}, [
		{kind: 'pressed', key: 'j'},
		{kind: 'pressed', key: 'G'},
	]),
	'with the help': sampleModel({}, [{kind: 'pressed', key: '?'}]),
	'with a detail': sampleModel({}, [{kind: 'pressed', key: 'enter'}]),
	asking: sampleModel({}, [{kind: 'pressed', key: 'Q'}]),
	'with a remark': sampleModel({quiet: true}, [{kind: 'pressed', key: 'j'}]),
	stale: sampleModel({notices: ['one', 'two', 'three', 'four']}, [
		{kind: 'tick', nowMs: sampleNowMs + 14_000},
	]),
	down: sampleModel({}, [
		{
			kind: 'supervisor',
			state: {
				kind: 'down',
				reason: `Port taken by ${wide}`,
				retryAtMs: sampleNowMs + 3000,
			},
			nowMs: sampleNowMs,
		},
	]),
	steered: steeredModel(),
	...Object.fromEntries(
		Object.entries(steerings).map(([name, steering]) => [
			`steered and ${name}`,
			steeredModel({}, [{kind: 'pressed', key: 'j'}], {
				steering,
				live: pausedLive(name === 'strikes' ? name : 'paused'),
			}),
		]),
	),
	'at the cap': steeredModel({}, [tickSoon], {
		steering: steerings.reached,
		live: cappedLive,
	}),
	'asking whether to raise a cap': steeredModel(
		{},
		[tickSoon, {kind: 'pressed', key: '+'}],
		{steering: steerings.reached, live: cappedLive},
	),
	'raising a cap': steeredModel(
		{ascii: true},
		[tickSoon, {kind: 'pressed', key: '+'}, {kind: 'pressed', key: 'y'}],
		{steering: steerings.reached, live: cappedLive},
	),
	'with a figure that is typed': steeredModel(
		{},
		[
			{kind: 'pressed', key: 'c'},
			...Array.from({length: 12}, (): Message => ({kind: 'pressed', key: '9'})),
		],
		{steering: steerings.several},
	),
	'with wide names of keys at their caps': steeredModel({}, [tickSoon], {
		steering: {
			keys: [wide, `${wide}-2`].map((name) =>
				keyStanding(name, {
					spentNanodollars: 123_456e9,
					capNanodollars: 99_999.99e9,
					reservedNanodollars: 7e15,
					isReached: true,
					cheaper: wide,
					atCap: `alias:${wide}`,
				}),
			),
			warnings: [wide, wide],
		},
		live: cappedLive,
	}),
	'with the picker': steeredModel(
		{},
		[
			{kind: 'pressed', key: 'a'},
			{kind: 'pressed', key: 'j'},
		],
		{steering: steerings.timed},
	),
	'with many aliases to pick from': steeredModel({}, [
		manyAliases(30),
		{kind: 'pressed', key: 'a'},
		{kind: 'pressed', key: 'G'},
	]),
	'after a switch': steeredModel({}, [{kind: 'pressed', key: '2'}]),
	'in ASCII after a switch': steeredModel({ascii: true}, [
		{kind: 'pressed', key: 'p'},
		{kind: 'pressed', key: '2'},
	]),
	'waiting for an answer in vain': steeredModel({}, [
		{kind: 'pressed', key: 'p'},
		{kind: 'pressed', key: '2'},
		{kind: 'tick', nowMs: sampleNowMs + 2500},
	]),
	'with the detail of what is held': steeredModel(
		{},
		[
			{kind: 'pressed', key: 'j'},
			{kind: 'pressed', key: 'j'},
			{kind: 'pressed', key: 'j'},
			{kind: 'pressed', key: 'enter'},
		],
		{steering: steerings.troubled, live: pausedLive()},
	),
	'with wide names of aliases': steeredModel({}, [
		manyAliases(3, `${wide}/x`),
		{
			kind: 'news',
			news: {
				revision: 10,
				attempts: [],
				exchanges: steeredExchanges.map((row) => ({
					...row,
					alias: `${wide}${row.id}`,
					sentModel: wide,
					fallbacks: 1,
				})),
			},
		},
		{kind: 'pressed', key: 'a'},
	]),
	'with wide names': sampleModel({}, [
		{
			kind: 'news',
			news: {
				revision: 10,
				attempts: [],
				exchanges: [
					...sampleExchanges(3).map((row) => ({
						...row,
						askedModel: wide,
						servedModel: row.outcome === 'ok' ? `${wide}-2` : null,
						agentId: wide,
						errorMessage: `${wide} ${wide}`,
					})),
					endedRow(400, {
						outcome: 'error',
						httpStatus: 418,
						errorClass: null,
						errorType: wide,
					}),
				],
			},
		},
		{kind: 'totals', totals: [totalsRow(wide), totalsRow(`${wide}-2`)]},
		{
			kind: 'supervisor',
			state: {
				kind: 'joined',
				identity: sampleIdentity({
					recording: false,
					notRecordingReason: wide,
					config: {
						endpoints: [
							{name: wide, url: 'https://例え.jp/v1', formats: []},
							{name: 'b', url: 'http://b', formats: []},
						],
						aliases: [],
						endpoint: wide,
					},
				}),
			},
			nowMs: sampleNowMs,
		},
		{kind: 'pressed', key: 'j'},
	]),
};

/**
Every width in three heights and every height in four widths, from 10 x 2 to 220 x 70.
*/
const sizes: ReadonlyArray<readonly [columns: number, rows: number]> = [
	...[3, 12, 30].flatMap((rows) =>
		Array.from({length: 211}, (_, index) => [10 + index, rows] as const),
	),
	...[10, 60, 140, 220].flatMap((columns) =>
		Array.from({length: 69}, (_, index) => [columns, 2 + index] as const),
	),
];

describe.each(Object.entries(models))('the screen %s', (_name, model) => {
	test('has no line wider than the pane and no more lines than its rows', () => {
		const broken: string[] = [];
		for (const [columns, rows] of sizes) {
			const sized = update(model, {kind: 'resized', columns, rows});
			const size = measure(frameOf(sized));
			if (size.columns > columns || size.rows > rows) {
				broken.push(`${columns}x${rows}: ${size.columns}x${size.rows}`);
			}
		}

		expect(broken).toEqual([]);
	});

	test.each([
		[10, 2],
		[20, 3],
		[30, 8],
		[40, 12],
		[60, 30],
		[140, 11],
		[200, 50],
	])('is drawn as it was laid out at %d x %d', (columns, rows) => {
		const sized = update(model, {kind: 'resized', columns, rows});
		const lines = drawn(sized);
		expect(lines.length).toBe(measure(frameOf(sized)).rows);
		expect(lines.length).toBeLessThanOrEqual(rows);
		expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
	});
});

test('fills the pane, so that the footer stands in its last row', () => {
	for (const [columns, rows] of [
		[40, 12],
		[60, 30],
		[200, 50],
	] as const) {
		const lines = drawn(sampleModel({columns, rows}));
		expect(lines).toHaveLength(rows);
		expect(lines.at(-1)).toMatch(/^\? help.*q quit/v);
	}
});

test('is useful at 40 x 12', () => {
	expect(drawn(sampleModel({columns: 40, rows: 12}))).toMatchInlineSnapshot(`
		[
		  "● LIVE  127.0.0.1:4141 → anthropic 14:32",
		  "429   ▁▁▁▁▁▁▁▁▁▇▇▁ 1m 50% 5m 17% 1h 9.8%",
		  "─ today ───── ≥$11.57  335 req  4.7M in",
		  "─ requests ─ 3 live  1 retrying  1 held",
		  "  MODEL        OUT  T/S TTFT   COST TIME",
		  "◦ sonnet-4-6 no answer yet          1.2s",
		  "▶ sonnet-4-6 ~1.2k   70 1.2s      -  18s",
		  "▷ opus-4-8    ~310 quiet 14s      -  26s",
		  "↻ sonnet-4-6 429, try 3              31s",
		  "‖ sonnet-4-6 queued 12s, 3m48 left   12s",
		  "✖ sonnet-4-6 529 overloaded   $0.04 6.0s",
		  "? help  enter detail  / filter  q quit",
		]
	`);
});

test('takes the shape of a half pane at 40 x 20', () => {
	expect(drawn(sampleModel({columns: 40, rows: 20}))).toMatchInlineSnapshot(`
		[
		  "● LIVE  127.0.0.1:4141 → anthropic 14:32",
		  "tok/s ▅▅▅▄▄▄▃▄▅▆▇▇▇▇▇▆▆▅▅▇▇▅▄▃▃▃▃▅▅   60",
		  "429   ▁▁▁▁▁▁▁▁▁▇▇▁ 1m 50% 5m 17% 1h 9.8%",
		  "─ today ───── ≥$11.57  335 req  4.7M in",
		  "MODEL          TOK/M     COST   REQ  429",
		  "sonnet-4-6      100k   ≥$8.41   212    9",
		  "opus-4-8         29k    $2.90    31    2",
		  "haiku-4-5        14k    $0.25    88    0",
		  "qwen3.6-coder…   17k unpriced     4    0",
		  "─ requests ─ 3 live  1 retrying  1 held",
		  "  MODEL        OUT  T/S TTFT   COST TIME",
		  "◦ sonnet-4-6 no answer yet          1.2s",
		  "▶ sonnet-4-6 ~1.2k   70 1.2s      -  18s",
		  "▷ opus-4-8    ~310 quiet 14s      -  26s",
		  "↻ sonnet-4-6 429, try 3              31s",
		  "‖ sonnet-4-6 queued 12s, 3m48 left   12s",
		  "✖ sonnet-4-6 529 overloaded   $0.04 6.0s",
		  "– sonnet-4-6   ≥96 left      ≥$0.04 6.0s",
		  "✓ sonnet-4-6   120   68 0.9s  $0.04 2.7s",
		  "? help  enter detail  / filter  q quit",
		]
	`);
});

test('says the most important in three rows', () => {
	expect(drawn(sampleModel({columns: 20, rows: 3}))).toMatchInlineSnapshot(`
		[
		  "● LIVE  anthropic",
		  "≥$11.57 ▶3 ‖1",
		  "? help  q quit",
		]
	`);
});

test('is plain ASCII where only that can be drawn', () => {
	const lines = drawn(sampleModel({columns: 100, rows: 40, ascii: true}));
	expect(lines.join('').replaceAll(/[\u{20}-\u{7E}]/gu, '')).toBe('');
	expect(lines).toContainEqual(expect.stringContaining('> streaming'));
});

test('shows two panes in a wide one, the detail of the selected request beside the list', () => {
	const lines = drawn(
		sampleModel({columns: 160, rows: 30}, [
			{kind: 'pressed', key: 'j'},
			{kind: 'pressed', key: 'j'},
		]),
	);
	expect(
		lines.every(
			(line, index) => index === 0 || index === 29 || line.includes('│'),
		),
	).toBe(true);
	expect(lines.join('\n')).toContain('request 348');
	expect(lines.join('\n')).toContain('0f3a9c1e-77aa-4b1e-9d8c-3b8f0c2a1d55');
});

test.each([
	[['anthropic-messages'], ['ANTHROPIC_BASE_URL=http://127.0.0.1:4141']],
	[['openai-chat'], ['OPENAI_BASE_URL=http://127.0.0.1:4141/v1']],
	[
		['anthropic-messages', 'openai-responses'],
		[
			'ANTHROPIC_BASE_URL=http://127.0.0.1:4141',
			'OPENAI_BASE_URL=http://127.0.0.1:4141/v1',
		],
	],
] as const)(
	'says where to point an agent of %j before the first request',
	(formats, expected) => {
		const config = {
			endpoints: [{name: 'a', url: 'https://a.test', formats}],
			aliases: [],
			endpoint: 'a',
		};
		const model = sampleModel({quiet: true, columns: 60, rows: 20}, [
			{
				kind: 'supervisor',
				state: {kind: 'spawned', identity: sampleIdentity({config})},
				nowMs: sampleNowMs,
			},
		]);
		expect(drawn(model).filter((line) => line.includes('BASE_URL'))).toEqual(
			expected,
		);
	},
);
