import {renderToString} from 'ink';
import {describe, expect, test, vi} from 'vitest';
import {App} from '../../source/monitor/components/app.js';
import {Screen} from '../../source/monitor/components/screen.js';
import {frameOf, type Frame} from '../../source/monitor/layout/frame.js';
import {shapeOf} from '../../source/monitor/layout/shape.js';
import type {Model} from '../../source/monitor/model.js';
import {createStore} from '../../source/monitor/store.js';
import {paletteFor} from '../../source/monitor/theme.js';
import {update, type Message} from '../../source/monitor/update.js';
import {renderAt} from '../helpers/render-at.js';
import {measure, screenText} from './frame-text.js';
import {sampleLimits} from './sample-limits.js';
import {
	sampleAttempts,
	sampleExchanges,
	sampleLive,
	sampleModel,
} from './sample-model.js';
import {sampleNowMs, totalsRow} from './sample-rows.js';
import {keyStanding, steeredModel} from './sample-steering.js';

const sized = (model: Model, columns: number, rows: number): Model =>
	update(model, {kind: 'resized', columns, rows});

/**
Names without digits, so that a digit before the cut mark is one of a figure.
*/
const named: Message = {
	kind: 'attached',
	news: {
		revision: 20,
		attempts: sampleAttempts(),
		exchanges: sampleExchanges(40).map((row) => ({
			...row,
			askedModel: 'a-model-of-some-length',
			sentModel: 'a-model-of-some-length',
			servedModel: row.outcome === 'ok' ? 'another-model-that-answers' : null,
			session: row.id % 3 === 0 ? 'session-one' : 'session-two',
			client: 'agent',
			costNanodollars: (row.costNanodollars ?? 0) * 700,
			rebuiltTokens: row.id % 4 === 0 ? 9000 : null,
			attempts: 1 + (row.id % 3),
		})),
	},
};
const totals: Message = {
	kind: 'totals',
	totals: ['a-model-of-some-length', '通义千问大模型-🚀', 'b', 'c', 'd'].map(
		(name, index) =>
			totalsRow(name, {
				costNanodollars: 123e9 / (index + 1),
				unproven: index % 2,
				unpriced: index === 3 ? 7 : 0,
				rebuiltTokens: 180_000,
				rebuiltNanodollars: 680_000_000,
			}),
	),
};
const capped = {
	keys: [
		keyStanding('default', {spentNanodollars: 12.2e9, capNanodollars: 20e9}),
	],
};
const figures: readonly Message[] = [
	named,
	{
		kind: 'live',
		rows: sampleLive.map((row) => ({...row, servedModel: null})),
	},
	totals,
	{kind: 'limits', limits: sampleLimits},
];

const models: Readonly<Record<string, Model>> = {
	busy: sampleModel({}, figures),
	'in ASCII': sampleModel({ascii: true}, figures),
	capped: steeredModel({}, figures, {steering: capped}),
	stale: sampleModel({}, [
		...figures,
		{kind: 'tick', nowMs: sampleNowMs + 14_000},
	]),
	'over a whole day': sampleModel({}, [
		...figures,
		{kind: 'pressed', key: 't'},
		{kind: 'pressed', key: 't'},
	]),
};

const sizes: ReadonlyArray<readonly [number, number]> = [
	...[1, 2, 3, 5, 8, 11, 12, 16, 30].flatMap((rows) =>
		Array.from({length: 220}, (_, index) => [index + 1, rows] as const),
	),
	...[1, 7, 30, 40, 61, 100, 140, 220].flatMap((columns) =>
		Array.from({length: 70}, (_, index) => [columns, index + 1] as const),
	),
];

/**
What this page answers for: not the footer, nor what the detail says of one request.
*/
const figuresOf = (frame: Frame): Frame => ({
	...frame,
	bottom: [],
	left: frame.right ? frame.left.slice(0, -1) : frame.left,
	right: undefined,
});

const cutFigure = /[\d$.]…|\d~(?=\s|$)/v;

/**
The target of the alias, the row of the models that have none of their own, and banners.
*/
const withoutNames = (line: string): string =>
	line.replace(/glm-\d?…|^\d…$|^\d~$|^ NO NEWS .*/v, '');

describe.each(Object.entries(models))('the screen %s', (_name, model) => {
	test('fits into every pane, and cuts no figure', () => {
		const broken: string[] = [];
		for (const [columns, rows] of sizes) {
			const frame = frameOf(sized(model, columns, rows));
			const size = measure(frame);
			if (size.columns > columns || size.rows > rows) {
				broken.push(`${columns}x${rows}: ${size.columns}x${size.rows}`);
			}

			const cut = screenText(figuresOf(frame)).filter((line) =>
				cutFigure.test(withoutNames(line)),
			);
			broken.push(...cut.map((line) => `${columns}x${rows}: ${line}`));
		}

		expect(broken).toEqual([]);
	});
});

test.each([
	[1, 1, 'ticker'],
	[220, 1, 'ticker'],
	[40, 2, 'low'],
	[200, 3, 'low'],
	[30, 8, 'strip'],
	[200, 8, 'strip'],
	[140, 11, 'strip'],
	[40, 12, 'column'],
	[139, 40, 'column'],
	[140, 12, 'wide'],
] as const)('%d x %d is a %s', (columns, rows, shape) => {
	expect(shapeOf(columns, rows)).toBe(shape);
});

const text = (model: Model, columns: number, rows: number) =>
	screenText(frameOf(sized(model, columns, rows)));

describe('in one row', () => {
	const model = steeredModel({}, [], {steering: capped});
	test.each([
		[1, '●'],
		[6, '● LIVE'],
		[10, '● LIVE 61%'],
		[20, '● LIVE main 61% ▶2'],
		[30, '● LIVE main→glm-5.2 61% ▶2 ‖2'],
		[40, '● LIVE main→glm-5.2 61% $12.20/20 ▶2 ‖2'],
		[50, '● LIVE main→glm-5.2 61% $12.20/20 ▶2 ↻2 ‖2 429 16%'],
	])('of %d cells fields go in their order', (columns, line) => {
		expect(text(model, columns, 1)).toEqual([line]);
	});

	test('today stands for the cap where there is none', () => {
		expect(text(sampleModel(), 60, 1)[0]).toBe(
			'● LIVE  :4141→anthropic  ≥$11.57  ▶3  ↻1  ‖1  429 17%',
		);
	});

	test('the clock stands at the end where there is room', () => {
		expect(text(sampleModel(), 120, 1)[0]).toMatch(/ 14:32:07$/v);
	});

	test('a question is asked in its place', () => {
		const asked = sampleModel({}, [{kind: 'pressed', key: 'Q'}]);
		expect(text(asked, 60, 1)[0]).toMatch(/\?/v);
	});
});

describe('a strip', () => {
	test('has the day and what is open in one line, then the list', () => {
		const lines = text(sampleModel(), 100, 8);
		expect(lines[2]).toMatch(
			/^─ today ≥\$11\.57 .*claude-sonnet-4-6 ≥\$8\.41.*▶ 3 {2}↻ 1 {2}‖ 1 $/v,
		);
		expect(lines[3]).toMatch(/^ {2}STATE +MODEL/v);
		expect(lines).toHaveLength(8);
	});

	test('has cap, quotas and 429 in one line where it is wide', () => {
		const model = steeredModel({}, figures, {steering: capped});
		expect(text(model, 200, 8)[1]).toMatch(/^cap .*61% .*5h ▆.*42%.*429.*1h /v);
		expect(text(model, 30, 8)[1]).toMatch(/^cap .*61%/v);
	});

	test('is the list alone, with what there is of the cap, where it is narrow', () => {
		const lines = text(steeredModel({}, [], {steering: capped}), 30, 8);
		expect(lines[2]).toMatch(/^─ requests ─+ ▶ 2 {2}↻ 2 {2}‖ 2 $/v);
		expect(lines[3]).toMatch(/^ {2}ALIAS/v);
	});
});

describe.each([
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
	[100, 8],
	[30, 8],
	[60, 1],
])('at %d x %d', (columns, rows) => {
	test.each(Object.keys(models))(
		'the screen %s is drawn as laid out',
		(name) => {
			const model = sized(models[name]!, columns, rows);
			const frame = frameOf(model);
			const drawn = renderToString(<Screen frame={frame} />, {columns}).split(
				'\n',
			);
			const trimmed = (all: readonly string[]) =>
				all.map((one) => one.trimEnd());
			expect(trimmed(drawn)).toEqual(trimmed(screenText(frame)));
		},
	);

	test('is plain ASCII where only that can be drawn', () => {
		const all = text(models['in ASCII']!, columns, rows).join('');
		expect(all.replaceAll(/[\u{20}-\u{7E}]/gu, '')).toBe('');
	});
});

test('each size is drawn anew while rows change', async () => {
	const effects = {
		redraw: vi.fn<() => void>(),
		suspended: vi.fn<() => Promise<void>>(),
	};
	const store = createStore(sampleModel({columns: 60, rows: 30}, figures));
	const app = await renderAt(
		<App store={store} palette={paletteFor({})} effects={effects} />,
		60,
		30,
	);
	for (const [columns, rows] of [
		[100, 8],
		[30, 8],
		[60, 1],
		[200, 50],
		[40, 2],
		[60, 30],
	] as const) {
		store.send({kind: 'live', rows: []});
		await app.resize(columns, rows);
		const lines = app.frame().split('\n');
		expect(lines.length).toBeLessThanOrEqual(rows);
		expect(lines[0]).toContain('LIVE');
	}

	app.unmount();
});
