import {describe, expect, test} from 'vitest';
import {calmed} from '../../source/monitor/calm.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {type update} from '../../source/monitor/update.js';
import {screenText} from './frame-text.js';
import {sampleLimits} from './sample-limits.js';
import {sampleModel, sampleTotals} from './sample-model.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';
import {
	active,
	keyStanding,
	sampleSteering,
	steeredConfig,
} from './sample-steering.js';

const minute = 60_000;
const size = [
	[60, 1],
	[40, 2],
	[30, 8],
	[100, 8],
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
] as const;

/**
The passthrough lives and is heard every second; nobody asks it anything for two minutes.
*/
const idleAt = (
	nowMs: number,
	[columns, rows]: readonly [number, number],
	more: ReadonlyArray<Parameters<typeof update>[1]> = [],
): Model =>
	sampleModel({quiet: true, columns, rows}, [
		{
			kind: 'attached',
			news: {
				revision: 1,
				exchanges: Array.from({length: 30}, (_, index) =>
					endedRow(index + 1, {agoMs: 125_000 + index * 31_000}),
				),
				attempts: Array.from({length: 90}, (_, index) =>
					attemptRow(index + 1, index + 1, {
						startedAt: sampleNowMs - 125_000 - index * 37_000,
						httpStatus: index % 5 === 0 ? 429 : 200,
					}),
				),
			},
		},
		{kind: 'totals', totals: sampleTotals},
		{kind: 'limits', limits: sampleLimits},
		...more,
		{
			kind: 'passthrough',
			row: sampleRow({
				heartbeatAt: nowMs - 400,
				config: steeredConfig,
				steering: sampleSteering({
					keys: [
						keyStanding('default', {
							capNanodollars: 20e9,
							spentNanodollars: 12.2e9,
							resetsAt: sampleNowMs + 9 * 60 * minute,
						}),
					],
				}),
			}),
		},
		{
			kind: 'supervisor',
			state: {kind: 'joined', identity: sampleIdentity()},
			nowMs,
		},
		{kind: 'tick', nowMs},
	]);

const beginOfMinute = Math.ceil(sampleNowMs / minute) * minute;

describe('while nothing happens', () => {
	test.each(size)(
		'a screen of %d x %d stays as it is for a minute',
		(...at) => {
			const texts = new Set(
				Array.from({length: 60}, (_, second) =>
					screenText(frameOf(idleAt(beginOfMinute + second * 1000, at))).join(
						'\n',
					),
				),
			);
			expect(texts.size).toBe(1);
		},
	);

	test('the next minute is seen', () => {
		const [now, later] = [0, minute].map(
			(ms) => screenText(frameOf(idleAt(beginOfMinute + ms, [60, 30])))[0],
		);
		expect(now).toMatch(/ \d\d:\d\d$/v);
		expect(later).not.toBe(now);
	});

	test('the clock has no seconds as soon as nothing is open', () => {
		const clock = (more: ReadonlyArray<Parameters<typeof update>[1]>) =>
			screenText(frameOf(idleAt(beginOfMinute + 7000, [60, 30], more)))[0]!;
		expect(clock([])).not.toMatch(/\d\d:\d\d:\d\d/v);
		expect(
			clock([
				{
					kind: 'news',
					news: {
						revision: 2,
						attempts: [],
						exchanges: [exchangeRow(99, {state: 'waiting'})],
					},
				},
			]),
		).toMatch(/\d\d:\d\d:07/v);
	});
});

const asAsked = active(null);

describe('the clock that is drawn by', () => {
	const idle = idleAt(beginOfMinute + 42_000, [60, 30]);
	const isCalm = (model: Model) => calmed(model).nowMs !== model.nowMs;
	test('moves by minutes while nothing happens', () => {
		expect(calmed(idle).nowMs).toBe(beginOfMinute);
	});

	test.each([
		['a remark stands', {remark: {text: 'x', untilMs: Infinity}}],
		['a question is open', {capAskedAtMs: 1}],
		['a figure is typed', {capInput: {text: '', problem: undefined}}],
		[
			'a switch was made just now',
			{
				switched: {
					from: asAsked,
					to: 'a',
					untilMs: beginOfMinute + 45_000,
					rewrite: undefined,
				},
			},
		],
		['the passthrough is silent', {heardAtMs: 0, passthrough: undefined}],
		[
			'something ended just now',
			{
				exchanges: new Map([
					[1, endedRow(1, {agoMs: sampleNowMs - beginOfMinute - 10_000})],
				]),
			},
		],
		['something is open', {exchanges: new Map([[1, exchangeRow(1)]])}],
	])('moves by seconds while %s', (_what, given) => {
		expect(isCalm({...idle, ...(given as Partial<Model>)})).toBe(false);
	});
});
