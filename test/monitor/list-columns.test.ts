import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {costText} from '../../source/monitor/layout/cost-text.js';
import {exchangeLines} from '../../source/monitor/layout/exchange-lines.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {lineText} from './frame-text.js';
import {sampleLive, sampleModel} from './sample-model.js';
import {endedRow, exchangeRow, sampleNowMs} from './sample-rows.js';

const glyphs = glyphsFor(false);
const lines = (exchanges: readonly Exchange[], width: number) => {
	const model = sampleModel({quiet: true}, [
		{kind: 'attached', news: {revision: 1, exchanges, attempts: []}},
		{kind: 'live', rows: sampleLive},
	]);
	return exchangeLines(model, listedEntries(model), {
		width,
		height: 10,
		glyphs,
	}).map((line) => lineText(line));
};

const heading = (exchanges: readonly Exchange[], width: number) =>
	lines(exchanges, width)[0]!.trim().replaceAll(/ +/gv, ' ');

describe('the list', () => {
	test.each([
		[20, 'MODEL OUT'],
		[25, 'MODEL OUT TIME'],
		[30, 'MODEL OUT T/S TIME'],
		[40, 'MODEL OUT T/S TTFT COST TIME'],
		[60, 'MODEL IN OUT T/S TTFT COST TIME FROM'],
		[100, 'STATE MODEL IN OUT T/S TTFT COST TIME LAST FROM'],
		[140, 'STATE MODEL IN CACHED OUT T/S TTFT COST TIME LAST ID FROM'],
	])('in %d cells has %s', (width, expected) => {
		expect(heading([endedRow(1)], width)).toBe(expected);
	});

	test('has a column of sessions, and of tries, only where they tell rows apart', () => {
		expect(heading([endedRow(1), endedRow(2)], 160)).not.toMatch(
			/SESSION|TRIES/v,
		);
		const several = [endedRow(1, {session: 'other-session'}), endedRow(2)];
		expect(heading(several, 160)).toContain('SESSION');
		expect(lines(several, 160).join('\n')).toContain('other-se ');
		const again = [endedRow(1, {attempts: 3}), endedRow(2)];
		expect(heading(again, 160)).toContain('TRIES');
	});

	test('says how long ago the last byte of a stream came, and nothing of what has ended', () => {
		const open = exchangeRow(347, {
			state: 'streaming',
			startedAt: sampleNowMs - 26_200,
			firstByteAt: sampleNowMs - 25_000,
		});
		const [, first, second] = lines([open, endedRow(1)], 100);
		expect(first).toMatch(/ 26s {2}14s claude-cli/v);
		expect(second).toMatch(/ 6\.0s {6}claude-cli/v);
	});

	test('says what was asked for where another model was sent', () => {
		const row = endedRow(1, {
			askedModel: 'claude-opus-4-8',
			sentModel: 'glm-5.2',
			servedModel: 'glm-5.2',
		});
		expect(lines([row], 100)[1]).toContain('claude-opus-4-8 → glm-5.2');
		expect(lines([row], 40)[1]).toContain('glm-5.2 ');
	});
});

describe('the cost of one', () => {
	const row = (given: Partial<Exchange>) => endedRow(1, given);
	test.each([
		['a cache that was written again', {rebuiltTokens: 9000}, 9, '≠$0.04'],
		[
			'both that and a broken stream',
			{rebuiltTokens: 9000, usageStatus: 'partial'},
			9,
			'≠≥$0.04',
		],
		[
			'the lower bound where there is no room for both',
			{
				rebuiltTokens: 9000,
				usageStatus: 'partial',
				costNanodollars: 12_340_000_000,
			},
			7,
			'≥$12.34',
		],
		[
			'dollars alone where there is no room for cents',
			{usageStatus: 'partial', costNanodollars: 12_340_000_000},
			6,
			'≥$12',
		],
		['nothing of a figure that does not fit', {costNanodollars: 1e15}, 4, '?'],
	] as const)('says %s', (_what, given, width, expected) => {
		expect(costText(row(given), width, glyphs)).toBe(expected);
	});
});
