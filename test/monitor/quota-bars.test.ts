import {describe, expect, test} from 'vitest';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {quotaLine} from '../../source/monitor/layout/quota-bars.js';
import {quotasOf} from '../../source/monitor/quotas.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import type {LimitRow} from '../../source/usage-log/limits.js';
import {lineText, screenText} from './frame-text.js';
import {limitRow, sampleLimits} from './sample-limits.js';
import {sampleModel} from './sample-model.js';
import {sampleNowMs} from './sample-rows.js';

const minute = 60_000;
const glyphs = glyphsFor(false);
const modelWith = (limits: readonly LimitRow[]) =>
	sampleModel({quiet: true}, [{kind: 'limits', limits}]);
const drawn = (limits: readonly LimitRow[], width: number) => {
	const line = quotaLine(modelWith(limits), {width, glyphs});
	return line && lineText(line);
};

describe('the line of quotas', () => {
	test.each([
		[10, '5h 42%'],
		[20, '5h 42%  7d 31%'],
		[30, '5h 42% 2h10  7d 31% 4d'],
		[40, 'quota 5h ▆▆▁▁▁ 42% 2h10  7d ▆▆▁▁▁ 31% 4d'],
		[60, 'quota 5h ▆▆▁▁▁ 42% 2h10  7d ▆▆▁▁▁ 31% 4d  in/m ▆▆▆▆▁ 79% <1m'],
	])('in %d cells', (width, expected) => {
		expect(drawn(sampleLimits, width)).toBe(expected);
	});

	test('has words, and more of the limits per minute, where there is room', () => {
		expect(drawn(sampleLimits, 200)).toMatch(
			/^quota 5h ▆+▁+ 42%, resets in 2h10 {2}7d .* 4d {2}in\/m .* {2}req\/m ▆+▁+ 15%, resets in <1m$/v,
		);
	});

	test('is not there where no endpoint tells of limits', () => {
		expect(drawn([], 100)).toBeUndefined();
	});

	test.each([
		[
			'a refused window, in words',
			[limitRow('unified-5h', {status: 'rejected'})],
			'5h rejected',
		],
		['more than all', [limitRow('unified-5h', {utilization: 1.3})], '5h 130%'],
		[
			'the tightest of several credentials',
			[
				limitRow('unified-5h', {utilization: 0.2}),
				limitRow('unified-5h', {utilization: 0.9, credential: 'b'}),
			],
			'5h 90%',
		],
		[
			'the endpoint, where several tell of limits',
			[
				limitRow('unified-5h', {utilization: 0.2, endpoint: 'one'}),
				limitRow('unified-5h', {utilization: 0.9, endpoint: 'two'}),
			],
			'two 5h 90%',
		],
		[
			'a window of another name as it is called',
			[limitRow('neurons', {limit: 100, remaining: 5})],
			'neurons 95%',
		],
	])('says %s', (_what, limits, expected) => {
		expect(drawn(limits, expected.length)).toBe(expected);
	});

	test.each([
		[
			'has reset',
			limitRow('unified-5h', {utilization: 0.5, resetAt: sampleNowMs - 1}),
		],
		[
			'is of a minute ten minutes ago',
			limitRow('requests', {
				limit: 10,
				remaining: 1,
				seenAt: sampleNowMs - 11 * minute,
			}),
		],
		['is of a minute and far', limitRow('requests', {limit: 10, remaining: 8})],
		['says no figure', limitRow('unified', {status: 'allowed'})],
		[
			'is what may be spent beyond',
			limitRow('unified-overage', {status: 'rejected'}),
		],
	])('leaves out what %s', (_what, limit) => {
		expect(drawn([limit], 60)).toBeUndefined();
	});

	test('is dim where nothing was heard of it for an hour', () => {
		const told = (ageMs: number) =>
			quotasOf(
				modelWith([
					limitRow('unified-5h', {
						utilization: 0.95,
						seenAt: sampleNowMs - ageMs,
						resetAt: sampleNowMs + minute,
					}),
				]),
				{all: false},
			)[0]?.isOld;
		expect([told(59 * minute), told(61 * minute)]).toEqual([false, true]);
	});

	test.each([
		[0.5, 'good'],
		[0.8, 'warn'],
		[1, 'bad'],
	])('%d used is drawn as %s', (utilization, tone) => {
		const line = quotaLine(modelWith([limitRow('unified-5h', {utilization})]), {
			width: 60,
			glyphs,
		})!;
		expect(line.find(([text]) => text.includes('▆'))?.[1]).toBe(tone);
	});
});

test.each([
	[40, 20],
	[60, 30],
	[60, 13],
	[200, 50],
	[100, 8],
	[30, 8],
])('quotas stand in a pane of %d x %d', (columns, rows) => {
	const text = screenText(
		frameOf(
			sampleModel({columns, rows}, [{kind: 'limits', limits: sampleLimits}]),
		),
	).join('\n');
	expect(text).toContain('42%');
});

test('quotas are drawn in ASCII where only that can be', () => {
	const ascii = glyphsFor(true);
	const line = quotaLine(modelWith(sampleLimits), {width: 60, glyphs: ascii})!;
	expect(lineText(line)).toBe(
		'quota 5h ##... 42% 2h10  7d ##... 31% 4d  in/m ####. 79% <1m',
	);
});
