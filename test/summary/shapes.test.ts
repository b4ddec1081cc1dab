import {describe, expect, test} from 'vitest';
import {rangeOf} from '../../source/calendar/range.js';
import {measures} from '../../source/exchange/measures.js';
import {summaryCsv as csvPieces} from '../../source/summary/csv.js';
import {gather} from '../../source/summary/gather.js';
import {summaryJson as jsonPieces} from '../../source/summary/json.js';
import {summaryMarkdown as markdownPieces} from '../../source/summary/markdown.js';
import type {Grouping, Summary} from '../../source/summary/summary.js';
import {addSums} from '../../source/summary/sums.js';
import {sample, standInReader, workingDays, type Sample} from './sample.js';

const whole = (pieces: Iterable<string>): string => [...pieces].join('');
const summaryJson = (summary: Summary) => whole(jsonPieces(summary));
const summaryCsv = (summary: Summary) => whole(csvPieces(summary));
const summaryMarkdown = (summary: Summary) => whole(markdownPieces(summary));

const rule = {timezone: 'Europe/Berlin', startsAt: '00:00'};
const nowMs = Date.parse('2026-11-22T16:40:00+01:00');
const week = workingDays({
	fromMs: Date.parse('2026-11-16T00:00:00+01:00'),
	days: 7,
});

const summaryOf = (samples: readonly Sample[], by: Grouping = 'model') =>
	gather(standInReader(samples), {
		rule,
		span: rangeOf(rule, {week: true}, nowMs),
		nowMs,
		by,
	});

describe('JSON', () => {
	test('has the names of the export, in whole nano-dollars and epoch milliseconds', () => {
		const json = JSON.parse(summaryJson(summaryOf(week))) as Record<
			string,
			unknown
		>;
		expect(json).toMatchObject({
			since: Date.parse('2026-11-16T00:00:00+01:00'),
			until: Date.parse('2026-11-23T00:00:00+01:00'),
			timezone: 'Europe/Berlin',
			startsAt: '00:00',
			by: 'model',
			usual: null,
		});
		const {total, groups} = json as {
			total: Record<string, number>;
			groups: Array<Record<string, number>>;
		};
		expect(Object.keys(total)).toEqual(Object.keys(measures));
		expect(total).toEqual(addSums(week));
		expect(Object.keys(groups[0]!)).toEqual(['model', ...Object.keys(total)]);
	});

	test('tells what has no price and what is a lower bound, by model and endpoint', () => {
		const summary = summaryOf([
			sample(nowMs, {model: 'mine', endpoint: 'gateway', unpriced: 1}),
			sample(nowMs, {partial: 1, costNanodollars: 5}),
			sample(nowMs, {model: '', endpoint: '', missing: 1}),
		]);
		expect(JSON.parse(summaryJson(summary))).toMatchObject({
			unpriced: [
				{
					model: 'mine',
					endpoint: 'gateway',
					unpriced: 1,
					unpricedModel: 'mine',
					unpricedFor: 'model',
					write: expect.arrayContaining([
						expect.stringContaining('[prices."mine"]') as string,
					]) as string[],
				},
			],
			partial: [
				{
					model: 'claude-sonnet-4-6',
					endpoint: 'anthropic',
					partial: 1,
					missing: 0,
				},
				{model: null, endpoint: null, partial: 0, missing: 1},
			],
		});
		// The cost of all answers of that model is not the cost of these.
		expect(summaryJson(summary).split('"partial":[', 2)[1]).not.toContain(
			'costNanodollars',
		);
	});

	test('tells of each model what its answers lack, the most frequent for those whose rows are gone', () => {
		const gaps = [
			{model: 'mine', lacks: 'web_search'},
			{model: 'adviser-9', lacks: 'model'},
		] as const;
		const summary = summaryOf([
			sample(nowMs, {model: 'mine', unpriced: 3, gap: gaps[0]}),
			sample(nowMs, {model: 'mine', unpriced: 2, gap: gaps[1]}),
			sample(nowMs, {model: 'mine', unpriced: 10}),
			sample(nowMs, {model: '', unpriced: 1}),
		]);
		const {unpriced} = JSON.parse(summaryJson(summary)) as {
			unpriced: ReadonlyArray<Record<string, unknown>>;
		};
		expect(
			unpriced.map((one) => [
				one['model'],
				one['unpriced'],
				one['unpricedModel'],
				one['unpricedFor'],
			]),
		).toEqual([
			['mine', 13, 'mine', 'web_search'],
			['mine', 2, 'adviser-9', 'model'],
			[null, 1, null, 'model'],
		]);
		expect(unpriced.at(-1)).toMatchObject({write: []});
	});

	test('of nothing has zeros', () => {
		expect(JSON.parse(summaryJson(summaryOf([])))).toMatchObject({
			total: {requests: 0, costNanodollars: 0},
			groups: [],
			unpriced: [],
			partial: [],
		});
	});
});

const cellsOf = (csv: string) => csv.split('\n').map((line) => line.split(','));

describe('CSV', () => {
	test('has a line for each group under the names of the measures, and no total', () => {
		const summary = summaryOf(week, 'day');
		const [heading, ...lines] = cellsOf(summaryCsv(summary));
		expect(heading).toEqual(['day', ...Object.keys(measures)]);
		expect(lines.at(-1)).toEqual(['']);
		expect(lines.slice(0, -1)).toEqual(
			[...summary.groups].map(({name, sums}) => [
				name,
				...Object.keys(measures).map((measure) =>
					String(sums[measure as keyof typeof sums]),
				),
			]),
		);
	});

	test.each([
		[
			'=HYPERLINK("https://evil.example")',
			'"\'=HYPERLINK(""https://evil.example"")"',
		],
		['+1+1', "'+1+1"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['＝1', "'＝1"],
		['plain,comma', '"plain,comma"'],
		['', ''],
	])('a model called %s stands as %s', (model, cell) => {
		const csv = summaryCsv(summaryOf([sample(nowMs, {model})]));
		expect(csv.split('\n', 2)[1]).toBe(
			`${cell},${Object.keys(measures)
				.map((name) => (['requests', 'attempts'].includes(name) ? 1 : 0))
				.join(',')}`,
		);
	});

	test('a number below zero stays a number', () => {
		const csv = summaryCsv(
			summaryOf([sample(nowMs, {rebuiltNanodollars: -5})]),
		);
		expect(csv).toContain(',-5\n');
	});

	test('of nothing is its heading', () => {
		expect(summaryCsv(summaryOf([])).split('\n')).toHaveLength(2);
	});
});

describe('Markdown', () => {
	test('is a sentence and a table', () => {
		expect(summaryMarkdown(summaryOf(week))).toMatchSnapshot();
	});

	test('nothing foreign is a cell, a link or a tag of its own', () => {
		const text = summaryMarkdown(
			summaryOf([
				sample(nowMs, {model: '[a](http://x)|<b>`c`', costNanodollars: 1}),
			]),
		);
		expect(text).toContain(String.raw`\[a\](http://x)\|\<b\>` + '\\`c\\`');
		expect(text).toContain('| &lt;$0.01 |');
	});

	test('what a plan covers begins no tag either', () => {
		const text = summaryMarkdown(
			summaryOf([
				sample(nowMs, {costNanodollars: 2e9, planNanodollars: 5, partial: 1}),
			]),
		);
		expect(text).toContain('≥$2.00, &lt;$0.01 of it list price');
		expect(text).not.toContain('<');
	});

	test('what is not known is no amount', () => {
		const text = summaryMarkdown(
			summaryOf([sample(nowMs, {model: 'gpt-5', missing: 1})]),
		);
		expect(text).not.toContain('$');
		expect(text).toMatch(
			/^\| gpt-5 +\| +1 \|(?: +\? \|){4} +0 \| +\? \| +- \|$/m,
		);
		expect(text).toContain(
			'- 1 answer came without usage: not counted (gpt-5)',
		);
	});

	test('what went wrong, what was wasted and what is missing is a list', () => {
		const summary = summaryOf([
			sample(nowMs, {
				model: 'my_model`',
				unpriced: 2,
				gap: {model: 'my_model`', lacks: 'model'},
			}),
			sample(nowMs, {
				costNanodollars: 2e9,
				partial: 1,
				aborted: 1,
				abortedNanodollars: 5e8,
				rebuiltNanodollars: 1,
				limited: 1,
				waitedMs: 90_000,
			}),
		]);
		const [, list] = summaryMarkdown(summary).split(/\*\*total\*\*.*\n\n/, 2);
		expect(list).toMatchInlineSnapshot(`
			"- 1 × 429 (50% of tries), 1m30 lost waiting, 1 aborted
			- waste: answers left half-way $0.50; cache written again &lt;$0.01
			- 2 answers of my\\_model\\\` without a price. Give it one in config.toml:

			  \`\`\`toml
			  [prices."my_model\`"]  # US dollars for a million tokens
			  input = …
			  output = …
			  \`\`\`

			- 1 answer broke off: counted as far as seen (claude-sonnet-4-6)
			"
		`);
	});

	test('the sentence tells from when on days are counted', () => {
		const days = {...rule, startsAt: '04:00'};
		const summary = gather(standInReader(week), {
			rule: days,
			span: rangeOf(days, {}, nowMs),
			nowMs,
			by: 'model',
		});
		expect(summaryMarkdown(summary)).toMatch(
			/^\*\*Sunday 22 November 2026\*\* \(Europe\/Berlin, days from 04:00\): /,
		);
	});

	test('of nothing is a sentence', () => {
		expect(summaryMarkdown(summaryOf([]))).toBe(
			'No requests yet (16 to 22 November 2026, Europe/Berlin).\n',
		);
	});
});

test.each([
	['JSON', jsonPieces],
	['CSV', csvPieces],
])('a long list is read as it is printed: %s', (_name, piecesOf) => {
	let read = 0;
	const reader = standInReader([]);
	const summary = gather(
		{
			...reader,
			*everySession() {
				for (; read < 10_000; read++) {
					yield {...sample(nowMs), session: `s${read}`};
				}
			},
		},
		{
			rule,
			span: rangeOf(rule, {week: true}, nowMs),
			nowMs,
			by: 'session',
		},
	);
	const pieces = piecesOf(summary);
	pieces.next();
	expect(read).toBe(0);
	pieces.next();
	expect(read).toBeLessThan(100);
	expect([...pieces].join('')).toContain('s9999');
});
