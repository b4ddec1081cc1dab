import {describe, expect, test} from 'vitest';
import {errorClasses} from '../../source/exchange/usage.js';
import type {Exchange} from '../../source/exchange/exchange.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {detailLines} from '../../source/monitor/layout/detail.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {lineWidth} from '../../source/monitor/layout/line.js';
import {phasesOf, type Phase} from '../../source/monitor/layout/phases.js';
import {cellsOf, timelineLines} from '../../source/monitor/layout/timeline.js';
import type {Model} from '../../source/monitor/model.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update} from '../../source/monitor/update.js';
import {lineText, measure} from './frame-text.js';
import {pricedModel, pricedRow, triedRow} from './sample-priced.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	liveRow,
	sampleNowMs,
} from './sample-rows.js';

const glyphs = glyphsFor(false);
const textOf = (model: Model, id: number, width = 60): string =>
	detailLines(
		model,
		listedEntries(model).find(({exchange}) => exchange.id === id)!,
		{width, glyphs},
	)
		.map((line) => lineText(line).trimEnd())
		.join('\n');

const pressed = (model: Model, ...keys: readonly string[]): Model => {
	let now = model;
	for (const key of keys) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const screen = (model: Model): string => {
	const {top, left, bottom} = frameOf(model);
	return [
		...top,
		...left.flatMap((block) => (block.kind === 'lines' ? block.lines : [])),
		...bottom,
	]
		.map((line) => lineText(line).trimEnd())
		.join('\n');
};

describe('the detail of a request', () => {
	test('draws its life, its tries and what it cost', () => {
		expect(textOf(pricedModel(), 360)).toMatchInlineSnapshot(`
			"state     ✓ done
			model     claude-sonnet-4-6
			time      1m00  28s to first token  20s held
			          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░···░░░██████████████████████████
			          ▒ held 20s  ░ no answer yet 3.4s  █ answer 33s
			          · before next try 3.6s
			try 1     14:31:26  429 rate limit  0.4s
			          anthropic/claude-sonnet-4-6  wait 3.6s
			try 2     14:31:30  200 ok  36s  anthropic/claude-sonnet-4-6
			tokens    278k in  1.2k out  37 t/s
			 in        66,012 × $3/M × 1.1                  $0.2178396
			 cached   210,400 × $0.30/M × 1.1               $0.0694320
			 write 5m   1,200 × $3.75/M × 1.1               $0.0049500
			 write 1h      90 × $6/M × 1.1                  $0.0005940
			 out        1,210 × $15/M × 1.1                 $0.0199650
			 searches       2 × $10/1k                      $0.0200000
			          × 1.1: served in the US
			                                              = $0.3327806
			cost      $0.3328  at the list price
			status    200  end_turn
			endpoint  anthropic  /v1/messages
			from      claude-cli/0f3a9c1e
			session   0f3a9c1e-77aa-4b1e-9d8c-3b8f0c2a1d55
			client    claude-cli/2.1.4 (external, cli)
			tier      geography us
			request   req_01
			answer    msg_01
			started   2026-11-22 14:31:06"
		`);
	});

	test.each([30, 40, 60, 100])(
		'has no line wider than %i columns, whatever became of the request',
		(width) => {
			const rows = [
				triedRow(),
				...errorClasses.map((errorClass, index) =>
					endedRow(500 + index, {
						outcome: 'error',
						errorClass,
						httpStatus: 500,
						errorMessage: `a message that is 長い and long 🚀 ${'x'.repeat(180)}`,
						anomalies: ['usage went down', 'no message_stop'],
						retryAfterMs: 4000,
					}),
				),
				...(['error', 'truncated', 'aborted', 'refused', 'lost'] as const).map(
					(outcome, index) => endedRow(600 + index, {outcome}),
				),
			];
			const model = pricedModel({}, rows);
			for (const entry of listedEntries(model)) {
				for (const ascii of [false, true]) {
					const lines = detailLines(model, entry, {
						width,
						glyphs: glyphsFor(ascii),
					});
					expect(lines.length).toBeGreaterThan(3);
					for (const line of lines) {
						expect(lineWidth(line), lineText(line)).toBeLessThanOrEqual(width);
					}
				}
			}
		},
	);

	test('says the cost and where it is from where its arithmetic would not add up', () => {
		const model = pricedModel({}, [pricedRow(360, {costNanodollars: 5e8})]);
		const text = textOf(model, 360);
		expect(text).toContain('cost      $0.5000  at the list price');
		expect(text).not.toMatch(/\/M/);
		expect(text).toContain(' cached   210,400');
	});

	test('has no arithmetic before the prices are loaded', () => {
		const text = textOf({...pricedModel(), arithmetic: undefined}, 360);
		expect(text).not.toMatch(/\/M/);
		expect(text).toContain('at the list price');
	});

	test('tells that a prompt cache was broken, and what that cost', () => {
		const row = triedRow({rebuiltTokens: 1200, rebuiltNanodollars: 4e7});
		expect(textOf(pricedModel({}, [row]), 360, 100)).toContain(
			'The prompt cache was broken: 1.2k written anew, $0.04 more than reading them.',
		);
	});

	test('is scrolled by pages; j and k go to the next request, from its beginning', () => {
		const model = pressed(
			{...pricedModel({columns: 40, rows: 16}), selected: 360},
			'enter',
		);
		expect(screen(model)).toContain('state     ✓ done');
		const down = pressed(model, 'ctrl-d');
		expect(screen(down)).not.toContain('state     ✓ done');
		expect(down.selected).toBe(360);
		expect(pressed(down, 'ctrl-u').overlayAt).toBe(0);
		const end = pressed(down, ...Array.from({length: 20}, () => 'pgdn'));
		expect(screen(end)).toContain('started   ');
		expect(pressed(end, 'j')).toMatchObject({overlayAt: 0});
		expect(pressed(end, 'j').selected).not.toBe(360);
	});
});

const at = (given: Partial<Exchange>) => ({
	exchange: endedRow(1, {agoMs: 0, tookMs: 10_000, ...given}),
	live: undefined,
});
const start = sampleNowMs - 10_000;
const shape = (phases: readonly Phase[]) =>
	phases.map(({kind, fromMs, toMs}) => [kind, fromMs - start, toMs - start]);

describe('the life of a request', () => {
	test('is waiting for the answer, then the answer', () => {
		expect(shape(phasesOf(at({}), [], sampleNowMs))).toEqual([
			['waiting', 0, 500],
			['streaming', 500, 10_000],
		]);
	});

	test('begins with how long it was held', () => {
		const held = at({heldMs: 4000, firstByteAt: start + 5000});
		expect(shape(phasesOf(held, [], sampleNowMs))).toEqual([
			['held', 0, 4000],
			['waiting', 4000, 5000],
			['streaming', 5000, 10_000],
		]);
	});

	test('is nothing but held for what was never sent', () => {
		const held = at({
			outcome: 'aborted',
			attempts: 0,
			heldMs: 10_000,
			firstByteAt: null,
		});
		expect(shape(phasesOf(held, [], sampleNowMs))).toEqual([
			['held', 0, 10_000],
		]);
	});

	test('has the waits between its tries', () => {
		const tried = at({
			attempts: 2,
			attemptStartedAt: start + 3000,
			firstByteAt: start + 4000,
		});
		const first = attemptRow(1, 1, {
			number: 1,
			startedAt: start,
			endedAt: start + 1000,
		});
		const last = attemptRow(2, 1, {
			number: 2,
			startedAt: start + 3000,
			endedAt: sampleNowMs,
		});
		for (const tries of [[first], [first, last]]) {
			expect(shape(phasesOf(tried, tries, sampleNowMs))).toEqual([
				['waiting', 0, 1000],
				['backoff', 1000, 3000],
				['waiting', 3000, 4000],
				['streaming', 4000, 10_000],
			]);
		}
	});

	test('goes on until now while it runs', () => {
		const exchange = exchangeRow(1, {state: 'held', startedAt: start});
		const held = {
			exchange: {...exchange, attempts: 0},
			live: liveRow(1, {state: 'held', holdReason: 'paused', attempts: 0}),
		};
		expect(shape(phasesOf(held, [], sampleNowMs))).toEqual([
			['held', 0, 10_000],
		]);
		const streaming = {
			exchange: {...exchange, state: 'streaming'} as const,
			live: liveRow(1, {state: 'streaming', firstByteAt: start + 2000}),
		};
		expect(shape(phasesOf(streaming, [], sampleNowMs))).toEqual([
			['waiting', 0, 2000],
			['streaming', 2000, 10_000],
		]);
	});

	test('is unknown where nobody knows when it began', () => {
		expect(phasesOf(at({startedAt: null}), [], sampleNowMs)).toEqual([]);
	});

	test('has a cell for the shortest of its phases', () => {
		const phases: readonly Phase[] = [
			{kind: 'held', fromMs: 0, toMs: 100_000},
			{kind: 'waiting', fromMs: 100_000, toMs: 100_060},
			{kind: 'streaming', fromMs: 100_060, toMs: 150_000},
		];
		expect(cellsOf(phases, 30)).toEqual([19, 1, 10]);
		expect(timelineLines(phases, {width: 9, glyphs})).toEqual([]);
		const [bar] = timelineLines(phases, {width: 30, glyphs: glyphsFor(true)});
		expect(lineText(bar!)).toBe('+++++++++++++++++++.##########');
	});
});

test('the screen with a detail is as high and wide as the pane', () => {
	for (const [columns, rows] of [
		[20, 6],
		[30, 8],
		[40, 20],
		[60, 30],
		[100, 40],
		[200, 50],
	] as const) {
		const model = pressed(
			{...pricedModel({columns, rows}), selected: 360},
			'enter',
		);
		const size = measure(frameOf(model));
		expect(size.columns, `${columns}x${rows}`).toBeLessThanOrEqual(columns);
		expect(size.rows, `${columns}x${rows}`).toBeLessThanOrEqual(rows);
	}
});
