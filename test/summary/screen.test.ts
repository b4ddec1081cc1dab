import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {rangeOf, type AskedRange} from '../../source/calendar/range.js';
import {gather} from '../../source/summary/gather.js';
import {paint, widthOf} from '../../source/summary/line.js';
import {lookOf} from '../../source/summary/look.js';
import {groupScreen, screen} from '../../source/summary/screen.js';
import {groupings, type Grouping} from '../../source/summary/summary.js';
import {sample, standInReader, workingDays, type Sample} from './sample.js';

const rule = {timezone: 'Europe/Berlin', startsAt: '00:00'};
const nowMs = Date.parse('2026-11-22T16:40:00+01:00');
const year = workingDays({
	fromMs: Date.parse('2025-11-24T00:00:00+01:00'),
	days: 364,
	perDay: 40,
});

const summaryOf = (
	samples: readonly Sample[],
	asked: AskedRange = {},
	by: Grouping = 'model',
	days = rule,
) =>
	gather(standInReader(samples), {
		rule: days,
		span: rangeOf(days, asked, nowMs),
		nowMs,
		by,
	});

const drawn = (
	samples: readonly Sample[],
	{
		asked = {},
		columns = 80,
		isAscii = false,
	}: {asked?: AskedRange; columns?: number; isAscii?: boolean} = {},
) => paint(screen(summaryOf(samples, asked), lookOf(columns, isAscii)), false);

describe.each([40, 80, 120])('%d columns wide', (columns) => {
	test.each<[string, AskedRange]>([
		['today', {}],
		['a week', {week: true}],
		['a month', {month: true}],
		['a year', {since: '2025-11-24'}],
	])('%s', (_what, asked) => {
		expect(drawn(year, {asked, columns})).toMatchSnapshot();
	});
});

test('in plain ASCII', () => {
	const text = drawn(year, {isAscii: true});
	expect(text).toContain('input = ...');
	expect(text).toMatch(/^[\n\u{20}-\u{7E}]*$/u);
	expect(text).toMatchSnapshot();
});

test('says what a price is missing of, and never advises what would not help', () => {
	const unpriced = (
		model: string,
		answers: number,
		gap: NonNullable<Sample['gap']>,
		endpoint = 'anthropic',
	) => sample(nowMs, {model, endpoint, unpriced: answers, gap});
	const own = {model: 'mine', lacks: 'web_search'} as const;
	const text = (samples: readonly Sample[]) =>
		drawn(samples)
			.split('not in these figures', 2)[1]
			?.split('\n')
			.slice(1, -1);
	expect(
		text([
			unpriced('claude-opus-4-6', 6, {model: 'adviser-9', lacks: 'model'}),
			unpriced('mine', 2, own),
			unpriced('mine', 3, own, 'other'),
			unpriced('sonnet', 1, {model: 'sonnet', lacks: 'fast'}),
		]),
	).toMatchInlineSnapshot(`
		[
		  "6 answers of claude-opus-4-6 without a price: what adviser-9 costs is not known.",
		  "  Give it one in config.toml:",
		  "    [prices."adviser-9"]  # US dollars for a million tokens",
		  "    input = …",
		  "    output = …",
		  "5 answers of mine without a price: what web searches cost is not known. Add it",
		  "  to its prices in config.toml (they replace those of any list):",
		  "    [prices."mine"]  # beside input, output and the like",
		  "    web_search_per_1k = …",
		  "1 answer of sonnet without a price: what sonnet costs in fast mode is not known.",
		  "  A price of your own would hold for all its requests, fast or not.",
		]
	`);
	expect(text([unpriced('', 2, {model: null, lacks: 'model'})]))
		.toMatchInlineSnapshot(`
		[
		  "2 answers of no model without a price: no model was named.",
		]
	`);
});

describe('no line is wider than the screen', () => {
	const strange = [
		sample(nowMs, {
			model: `${'模型'.repeat(20)}-4`,
			requests: 123_456_789,
			attempts: 223_456_789,
			limited: 12_345_678,
			errors: 999_999,
			waitedMs: 1e12,
			inputTokens: 1e15,
			cacheReadTokens: 1e15,
			outputTokens: 1e15,
			costNanodollars: 9e15,
			planNanodollars: 4e15,
			partial: 17,
			missing: 4,
			rebuiltNanodollars: 8e15,
			session: 'no id at all, but a whole sentence that somebody sent as one',
		}),
		sample(nowMs, {model: 'short', unpriced: 3}),
	];
	const summaries = [strange, year].flatMap((samples) =>
		groupings.map((by) => summaryOf(samples, {week: true}, by)),
	);
	test.each(Array.from({length: 100}, (_, index) => 32 + index))(
		'%d columns',
		(columns) => {
			const look = lookOf(columns, false);
			for (const summary of summaries) {
				const lines = paint(
					[...screen(summary, look), ...groupScreen(summary, look)],
					false,
				).split('\n');
				// What is there to be copied into the config stays whole.
				expect(
					lines.filter(
						(one) => !one.startsWith('    [') && widthOf(one) > columns,
					),
				).toEqual([]);
			}
		},
	);
});

test.each(groupings)('by %s', (by) => {
	const summary = summaryOf(year, {week: true}, by);
	expect(
		paint(groupScreen(summary, lookOf(80, false)), false),
	).toMatchSnapshot();
});

test('a day without requests is one sentence', () => {
	expect(drawn([])).toBe(
		'No requests yet (Sunday 22 November 2026, Europe/Berlin).\n',
	);
	expect(drawn([], {asked: {date: 'yesterday'}})).toBe(
		'No requests (Saturday 21 November 2026, Europe/Berlin).\n',
	);
});

const line = (text: string, beginning: string) =>
	text.split('\n').find((one) => one.startsWith(beginning));

const noon = (date: string) => Date.parse(`${date}T12:00:00+01:00`);
const costing = (date: string, dollars: number) =>
	sample(noon(date), {costNanodollars: dollars * 1e9});

describe('the total', () => {
	test.each([
		[0, '$0.00'],
		[1, '<$0.01'],
		[9_999_999, '<$0.01'],
		[10_000_000, '$0.01'],
		[12_345_678_901, '$12.35'],
		[1_234_567_890_000_000, '$1,234,567.89'],
	])('%d nano-dollars are %s', (costNanodollars, words) => {
		const text = drawn([sample(nowMs, {costNanodollars})]);
		expect(text.split('\n', 2)[1]).toBe(words);
	});

	test('is the least it can be where something is not known', () => {
		for (const doubt of ['unpriced', 'partial', 'missing'] as const) {
			const text = drawn([sample(nowMs, {costNanodollars: 2e9, [doubt]: 1})]);
			expect(text.split('\n', 2)[1]).toBe('at least $2.00');
			expect(line(text, 'claude-sonnet-4-6')).toContain('≥$2.00');
		}
	});

	test.each([
		[2e9, 'list price, covered by a plan: no bill'],
		[5e8, '$0.50 of it is list price, covered by a plan: no bill'],
	])('of a plan is no bill (%d)', (planNanodollars, words) => {
		const text = drawn([
			sample(nowMs, {costNanodollars: 2e9, planNanodollars}),
		]);
		expect(text).toContain(`\n${words}\n`);
	});
});

describe('what is not known is never nothing', () => {
	const silent = sample(nowMs, {model: 'gpt-5', missing: 1});

	test('neither in the total, nor in a row, nor in the chart', () => {
		const text = drawn([silent]);
		expect(text).not.toContain('$0.00');
		expect(text.split('\n', 3).slice(1)).toEqual([
			'cost not known',
			'1 request  tokens not known',
		]);
		expect(line(text, 'gpt-5')).toMatch(/^gpt-5 +1(?: +\?){5} +-$/);
		expect(text).toMatch(/─ most 1 request at 16:00 ─$/m);
		expect(text).toContain('█');
	});

	test('beside what is known it is the least that it can be', () => {
		const known = costing('2026-11-22', 2);
		const text = drawn([silent, {...known, inputTokens: 1000}]);
		expect(text.split('\n', 3)[1]).toBe('at least $2.00');
		expect(line(text, 'gpt-5')).toMatch(/ \? +-$/);
		expect(line(text, 'claude-sonnet-4-6')).toContain(' $2.00 ');
	});

	test.each([
		[{partial: 1}, '?'],
		[{unpriced: 1}, 'unpriced'],
		[{unpriced: 1, missing: 1}, 'unpriced'],
		[{}, '$0.00'],
	])('%j costs %s', (given, words) => {
		const row = line(
			drawn([sample(nowMs, {inputTokens: 5, ...given})]),
			'claude-sonnet-4-6',
		);
		expect(row).toContain(' 5 ');
		expect(row).toContain(` ${words} `);
	});

	test('it is compared with no usual day', () => {
		const before = ['2026-11-21', '2026-11-20', '2026-11-19'].map((date) =>
			costing(date, 4),
		);
		expect(drawn([...before, silent])).not.toContain('usual');
	});
});

test('a wait of less than a second is none', () => {
	const waiting = (waitedMs: number) =>
		drawn([sample(nowMs, {waitedMs})]).includes('lost waiting');
	expect([40, 999, 1000].map((ms) => waiting(ms))).toEqual([
		false,
		false,
		true,
	]);
});

describe('of what a plan covers in part', () => {
	const mixed = [
		sample(nowMs, {
			model: 'claude-opus-4-6',
			costNanodollars: 3e9,
			planNanodollars: 3e9,
		}),
		sample(nowMs, {costNanodollars: 2e9, planNanodollars: 5e8}),
		sample(nowMs, {model: 'gpt-5', costNanodollars: 1e9}),
	];

	test.each([40, 80, 120])(
		'each row says which part, %d columns wide',
		(columns) => {
			const text = drawn(mixed, {columns});
			for (const row of [
				/opus-4-6 .*\$3\.00 +50% +100%/v,
				/sonnet-4-6 .*\$2\.00 +33% +25%/v,
				/gpt-5 .*\$1\.00 +17% +-/v,
			]) {
				expect(text).toMatch(row);
			}
		},
	);

	test('there is no such column where it covers all, or nothing', () => {
		expect(drawn([mixed[0]!])).not.toContain('PLAN');
		expect(drawn([mixed[2]!])).not.toContain('PLAN');
	});
});

describe('compared with the seven days before', () => {
	const before = [
		costing('2026-11-21', 8),
		costing('2026-11-20', 2),
		costing('2026-11-18', 4),
		// Too long ago.
		costing('2026-11-14', 100),
	];
	test.each([
		[4, 'as usual by now ($4.00)'],
		[6, '50% above what is usual by now ($4.00)'],
		[3, '25% below what is usual by now ($4.00)'],
		[40, '$4.00 is usual by now: 10.0 times as much'],
	])('$%d is %s', (dollars, words) => {
		expect(line(drawn([...before, costing('2026-11-22', dollars)]), '$')).toBe(
			`$${dollars}.00  ${words}`,
		);
	});

	test('only as much of each as has passed of a day that is not over', () => {
		const late = ['2026-11-19', '2026-11-20', '2026-11-21'].map((date) =>
			sample(Date.parse(`${date}T16:50:00+01:00`), {costNanodollars: 3e9}),
		);
		const {usual} = summaryOf(late);
		expect(usual).toEqual({nanodollars: 0, days: 3, soFar: true});
		expect(
			summaryOf([...late, costing('2026-11-18', 1)], {date: 'today'}).usual,
		).toEqual({nanodollars: 0, days: 4, soFar: true});
	});

	test('all of each for a day that is over', () => {
		expect(summaryOf(before, {date: '2026-11-21'}).usual).toEqual({
			nanodollars: 4e9,
			days: 3,
			soFar: false,
		});
	});

	test('of two days nothing is usual', () => {
		expect(summaryOf(before.slice(1)).usual).toBeUndefined();
	});
});

test('what has no price is named, with what to write to give it one', () => {
	const text = drawn([
		sample(nowMs, {model: 'my-model', unpriced: 1, inputTokens: 12}),
	]);
	expect(line(text, 'my-model')).toContain('unpriced');
	expect(text).toContain('1 answer of my-model without a price.');
	expect(text).toContain('    [prices."my-model"]');
});

test('waste is listed, the most first, and where there is none it says so', () => {
	expect(drawn([costing('2026-11-22', 1)])).toMatch(
		/^─ waste ─+ none was seen ─$/m,
	);
	const text = drawn([
		sample(nowMs, {
			costNanodollars: 10e9,
			abortedNanodollars: 1e9,
			retriedNanodollars: 2e9,
			refusedNanodollars: 5e8,
			rebuiltNanodollars: 3e9,
			rebuiltTokens: 800_000,
		}),
	]);
	const lines = text.split('\n');
	const at = lines.findIndex((one) => one.startsWith('─ waste'));
	expect(
		lines.slice(at + 1, at + 5).map((one) => one.replaceAll(/ +/g, ' ')),
	).toEqual([
		'cache written again $3.00 30% 800k tokens',
		'failed, then repeated $2.00 20%',
		'answers left half-way $1.00 10% 0 aborted',
		'refused by the model $0.50 5.0%',
	]);
});

test('what came from elsewhere cannot steer the terminal', () => {
	const text = drawn([
		sample(nowMs, {
			model: 'evil\u{1B}[2J\u{202E}\u{9B}31m',
			session: '\u{7}\nfake line',
			unpriced: 1,
		}),
	]);
	expect(text).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Control}/u);
	expect(text.split('\n')).not.toContain('fake line');
});

test('the day of a change of clocks has its own hours', () => {
	const summary = summaryOf(
		['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'].map((at) =>
			sample(at, {costNanodollars: 1e9}),
		),
		{date: '2026-10-25'},
		'hour',
	);
	expect(summary.time?.slices).toHaveLength(25);
	expect([...summary.groups].map(({name}) => name)).toEqual([
		'2026-10-25T02:00:00+02:00',
		'2026-10-25T02:00:00+01:00',
	]);
});

test('the title tells from when on days are counted', () => {
	const late = {...rule, startsAt: '04:00'};
	const summary = summaryOf([costing('2026-11-22', 1)], {}, 'model', late);
	const [title] = paint(screen(summary, lookOf(80, false)), false).split(
		'\n',
		1,
	);
	expect(title).toMatch(
		/^Sunday 22 November 2026, so far +Europe\/Berlin, days from 04:00$/,
	);
});

test('colour is in what is painted only when it is wanted', () => {
	const lines = screen(summaryOf(year), lookOf(80, false));
	expect(paint(lines, false)).not.toContain('\u{1B}');
	const coloured = paint(lines, true);
	expect(coloured).toContain('\u{1B}[1m');
	expect(stripVTControlCharacters(coloured)).toBe(paint(lines, false));
});
