import {describe, expect, test} from 'vitest';
import type {KeyStanding} from '../../source/control/steering.js';
import {capShown} from '../../source/monitor/caps.js';
import {capBar} from '../../source/monitor/layout/cap-bar.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {keyLines} from '../../source/monitor/layout/key-lines.js';
import type {Model} from '../../source/monitor/model.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {endedRow, sampleNowMs} from './sample-rows.js';
import {keyStanding, steeredModel, steerings} from './sample-steering.js';

const glyphs = glyphsFor(false);

const standing = (
	given: Partial<KeyStanding> = {},
	more: readonly KeyStanding[] = [],
): Model =>
	steeredModel({}, [], {
		steering: {keys: [keyStanding('default', given), ...more]},
	});

const barOf = (model: Model, width: number, isAscii = false): string =>
	lineText(capBar(model, {width, glyphs: glyphsFor(isAscii), isLow: false})!);

/**
What stands after the bar.
*/
const tailOf = (model: Model, width: number): string =>
	barOf(model, width)
		.replace(/^.*[┃█░▒]/v, '')
		.trim();

const tonesOf = (model: Model): readonly string[] => [
	...new Set(
		capBar(model, {width: 60, glyphs, isLow: false})!.flatMap(([, tone]) =>
			['good', 'warn', 'bad'].includes(tone ?? '') ? tone! : [],
		),
	),
];

describe('the cap bar', () => {
	test.each([
		[20, 'cap ███████┃░░░░ 61%'],
		[30, 'cap ███████┃░░░░ 61% $12.20/20'],
		[40, 'cap █████████████┃░░░░░░░░ 61% $12.20/20'],
		[60, 'cap ████████████┃░░░░░░░░ 61%  $12.20 / $20.00  full in 1h22'],
		[
			100,
			'cap █████████████████████████████┃░░░░░░░░░░░░░░░░░░░ 61%  $12.20 of $20, resets 00:00  full in 1h22',
		],
	])('says in %i columns what fits', (width, expected) => {
		expect(barOf(standing(), width)).toBe(expected);
	});

	test.each([
		[
			200,
			'84%  $16.90 + $0.90 reserved of $20, resets 04:00, 3 unpriced not counted  full in 32m',
		],
		[
			100,
			'84%  $16.90 + $0.90 reserved of $20, resets 04:00, 3 unpriced  full in 32m',
		],
		[60, '84%  ≥$16.90+$0.90/20  full in 32m'],
		[40, '84% ≥$16.90/20'],
		[20, '84%'],
	])('says in %i columns what it counts, and what not', (width, expected) => {
		const model = steeredModel({}, [], {steering: steerings.explained});
		expect(tailOf(model, width)).toBe(expected);
	});

	test('draws what is reserved after what is spent', () => {
		const model = standing({spentNanodollars: 4e9, reservedNanodollars: 4e9});
		expect(barOf(model, 40)).toBe('cap █████▒▒▒▒░░░░┃░░░░░░░░░ 20% $4.00/20');
	});

	test('is plain ASCII where only that can be drawn', () => {
		const model = steeredModel({}, [], {steering: steerings.explained});
		expect(barOf(model, 40, true)).toBe(
			'cap ##########|#######+.. 84% >$16.90/20',
		);
	});

	test.each([
		['the beginning', 0, /^cap ┃/v],
		['a quarter', 0.25, /^cap .{5}┃.{16} 61%/v],
		['the end', 1, /^cap .{21}┃ 61%/v],
	])(
		'marks at %s of the day where even spending would be',
		(_what, part, expected) => {
			const dayMs = 86_400_000;
			const from = sampleNowMs - part * dayMs;
			const model = standing({from, resetsAt: from + dayMs});
			expect(barOf(model, 40)).toMatch(expected);
		},
	);

	test.each([
		[60, '24%  1.2M + 40k / 5M tok  full in 36m'],
		[40, '24% 1.2M/5M tok'],
		[100, '24%  1.2M + 40k reserved of 5M tok, resets 00:00  full in 36m'],
	])('counts tokens where those are capped, in %i columns', (width, tail) => {
		const model = standing({
			capNanodollars: null,
			capTokens: 5_000_000,
			spentTokens: 1_234_567,
			reservedTokens: 40_000,
			unpriced: 7,
		});
		expect(tailOf(model, width)).toBe(tail);
	});

	test('tells of the nearer of two caps', () => {
		expect(
			tailOf(standing({capTokens: 5_000_000, spentTokens: 4_000_000}), 40),
		).toBe('80% 4M/5M tok');
	});

	test.each([
		[0.799, [0.5, 0.8], 'good'],
		[0.8, [0.5, 0.8], 'warn'],
		[0.5, [0.5], 'warn'],
		[0.79, [], 'good'],
		[0.81, [], 'warn'],
		[0.999, [0.5, 0.8], 'warn'],
		[1, [0.5, 0.8], 'bad'],
	])('is at %d with steps %j %s', (share, warnAt, tone) => {
		const model = standing({spentNanodollars: share * 20e9, warnAt});
		expect(tonesOf(model)).toEqual([tone]);
	});

	test('is red below the cap where nothing more fits', () => {
		const model = standing({spentNanodollars: 19.2e9, isReached: true});
		expect(tonesOf(model)).toEqual(['bad']);
		expect(tailOf(model, 60)).toBe('96%  $19.20 / $20.00  resets 00:00');
	});

	test('says beyond the cap how much beyond', () => {
		expect(tailOf(standing({spentNanodollars: 23e9}), 40)).toBe(
			'115% $23.00/20',
		);
	});

	test('is not there without a cap, nor where the passthrough says nothing of keys', () => {
		const place = {width: 60, glyphs, isLow: false};
		expect(capBar(standing({capNanodollars: null}), place)).toBeUndefined();
		expect(capBar(steeredModel(), place)).toBeUndefined();
	});

	test('is dim and foretells nothing while the figures are old', () => {
		const model = update(standing(), {
			kind: 'tick',
			nowMs: sampleNowMs + 14_000,
		});
		const line = frameOf(model).top.find((one) =>
			lineText(one).startsWith('cap '),
		)!;
		expect(lineText(line)).toMatch(/61% {2}\$12\.20 \/ \$20\.00$/v);
		expect(new Set(line.map(([, tone]) => tone))).toEqual(new Set(['dim']));
	});

	test('is lower below a coloured line, so that the two do not melt', () => {
		const lines = (given: Partial<KeyStanding>) =>
			frameOf(standing(given)).top.map((line) => lineText(line));
		expect(lines({})[1]).toMatch(/^cap █+┃░+/v);
		expect(lines({spentNanodollars: 20e9})[2]).toMatch(/^cap ▆+┃▆+ 100%/v);
	});
});

describe('the time until it is full', () => {
	const burning = (
		rows: ReadonlyArray<Parameters<typeof endedRow>[1]>,
	): Model =>
		update(standing(), {
			kind: 'attached',
			news: {
				revision: 1,
				attempts: [],
				exchanges: rows.map((row, index) => endedRow(index + 1, row)),
			},
		});
	test.each([
		['the last quarter of an hour', [{costNanodollars: 3.9e9}], 'full in 30m'],
		['nothing older', [{agoMs: 900_001, costNanodollars: 3e9}], 'not today'],
		[
			'only its own key',
			[{key: 'ci', costNanodollars: 3e9}, {costNanodollars: 3.9e9}],
			'full in 30m',
		],
		[
			'what counts where that is more than the proven cost',
			[{costNanodollars: 1e9, countedNanodollars: 3.9e9}],
			'full in 30m',
		],
		['nothing at all', [], 'not today'],
		[
			'so little that the day ends first',
			[{costNanodollars: 1e6}],
			'not today',
		],
	])('goes by %s', (_what, rows, expected) => {
		expect(tailOf(burning(rows), 60)).toBe(`61%  $12.20 / $20.00  ${expected}`);
	});

	test('goes by the time that the kept requests cover, where there were many', () => {
		const rows = Array.from({length: 500}, (_, index) => ({
			agoMs: 1 + index * 240,
			costNanodollars: 7.8e6,
		}));
		expect(tailOf(burning(rows), 60)).toContain('full in 4m00');
	});
});

describe('of several keys with caps', () => {
	const ci = keyStanding('ci', {spentNanodollars: 19e9});
	const newest = (key: string | null): Model =>
		update(standing({}, [ci]), {
			kind: 'news',
			news: {revision: 99, attempts: [], exchanges: [endedRow(999, {key})]},
		});
	test.each([
		['ci', 'ci'],
		[null, 'default'],
		['elsewhere', 'ci'],
	])('the bar tells of the newest request (%s)', (key, expected) => {
		expect(capShown(newest(key))?.key.name).toBe(expected);
	});

	test('names the key', () => {
		expect(barOf(newest('ci'), 60)).toMatch(/^cap ci █/v);
		expect(barOf(newest('ci'), 40)).toMatch(/^ci █/v);
		expect(barOf(newest('ci'), 30)).toMatch(/^cap █/v);
	});

	test('the wide screen lists all', () => {
		const model = steeredModel({}, [], {steering: steerings.several});
		const lines = keyLines(model, {width: 58, atMost: 8, glyphs});
		expect(lines.map((line) => lineText(line))).toMatchInlineSnapshot(`
			[
			  "─ keys today ─────────────────────────────── resets 00:00 ",
			  "desktop ▆▆▆▆▆▆▆▆▆┃▆▆▆▆▁▁  84% $16.90 of $20",
			  "ci      ▆▆▆▆▁▁▁▁▁┃▁▁▁▁▁▁  24% 1.2M of 5M tok",
			  "default                       $0.25, no cap",
			]
		`);
	});

	test('the list says how many it leaves out', () => {
		const model = steeredModel({}, [], {steering: steerings.several});
		const lines = keyLines(model, {width: 58, atMost: 2, glyphs});
		expect(lineText(lines[0]!)).toMatch(/ \+2 $/v);
		expect(lineText(lines[1]!)).toMatch(/^desktop /v);
	});
});
