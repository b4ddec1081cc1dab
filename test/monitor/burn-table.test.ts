import {describe, expect, test} from 'vitest';
import {burnTable} from '../../source/monitor/layout/burn-table.js';
import {todayLine} from '../../source/monitor/layout/today.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {sampleModel, sampleTotals} from './sample-model.js';
import {endedRow, sampleNowMs, totalsRow} from './sample-rows.js';

const glyphs = glyphsFor(false);
const titles = (width: number) =>
	burnTable(sampleModel(), {width, atMost: 6, glyphs})
		.columns.map(({title}) => title)
		.join(' ');

const cell = (
	table: ReturnType<typeof burnTable>,
	model: string,
	title: string,
): string | undefined => {
	const at = table.columns.findIndex((column) => column.title === title);
	return table.rows.find(([name]) => name === model)?.[at];
};

describe('the table of models', () => {
	test.each([
		[12, 'MODEL'],
		[16, 'MODEL TOK/M'],
		[25, 'MODEL TOK/M COST'],
		[30, 'MODEL TOK/M COST 429'],
		[40, 'MODEL TOK/M COST REQ 429'],
		[44, 'MODEL TOK/M COST SHARE REQ 429'],
		[51, 'MODEL TOK/M COST $/H SHARE REQ 429'],
		[60, 'MODEL TOK/M COST $/H SHARE REQ 429 IN'],
		[63, 'MODEL TOK/M COST $/H SHARE REQ 429 IN OUT'],
		[70, 'MODEL TOK/M COST $/H SHARE REQ 429 IN OUT CACHED'],
		[100, 'MODEL TOK/M COST $/H SHARE REQ 429 IN OUT CACHED WRITTEN'],
	])('in %d cells has %s', (width, expected) => {
		expect(titles(width)).toBe(expected);
	});

	test('sums what has no row of its own, so that no money is left out', () => {
		const totals = ['a', 'b', 'c', 'd'].map((model, index) =>
			totalsRow(model, {
				requests: 10 * (index + 1),
				costNanodollars: 1e9,
				inputTokens: 10_000 * (4 - index),
			}),
		);
		const model = update(sampleModel(), {kind: 'totals', totals});
		const table = burnTable(model, {width: 100, atMost: 2, glyphs});
		expect(table.rows.map(([name]) => name)).toEqual(['a', '3 others']);
		expect(cell(table, '3 others', 'COST')).toBe('$3.00');
		expect(cell(table, '3 others', 'REQ')).toBe('90');
		expect(cell(table, '3 others', 'SHARE')).toBe('▆▆▆▆▆');
		expect(cell(table, 'a', 'SHARE')).toBe('▆▆');
		const all = burnTable(model, {width: 100, atMost: 4, glyphs});
		expect(all.rows.map(([name]) => name)).toEqual(['a', 'b', 'c', 'd']);
	});

	test('reckons dollars an hour from the last quarter of it', () => {
		const exchanges = [
			endedRow(1, {agoMs: 60_000, costNanodollars: 1e9, servedModel: 'a'}),
			endedRow(2, {agoMs: 840_000, costNanodollars: 2e9, servedModel: 'a'}),
			endedRow(3, {agoMs: 960_000, costNanodollars: 9e9, servedModel: 'a'}),
		];
		const model = sampleModel({quiet: true}, [
			{kind: 'attached', news: {revision: 1, exchanges, attempts: []}},
			{
				kind: 'totals',
				totals: [
					totalsRow('a'),
					totalsRow('idle'),
					totalsRow('free', {costNanodollars: 0, unpriced: 3}),
				],
			},
		]);
		const hourly = (one: typeof model, name: string) =>
			cell(burnTable(one, {width: 100, atMost: 4, glyphs}), name, '$/H');
		expect(hourly(model, 'a')).toBe('$12.00');
		expect(hourly(model, 'idle')).toBe('$0.00');
		expect(hourly(model, 'free')).toBe('-');
		const stale = update(model, {kind: 'tick', nowMs: sampleNowMs + 14_000});
		expect(hourly(stale, 'a')).toBe('-');
	});
});

test('today tells of caches that were written again', () => {
	const text = (rebuilt: object) =>
		lineText(
			todayLine(
				sampleTotals.map((one) => ({...one, ...rebuilt})),
				{width: 120, glyphs},
			),
		);
	expect(
		text({rebuiltTokens: 45_000, rebuiltNanodollars: 170_000_000}),
	).toContain('74% cached  ≠180k rebuilt ($0.68)');
	expect(text({})).not.toContain('rebuilt');
});
