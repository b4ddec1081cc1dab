import {describe, expect, test} from 'vitest';
import {quarterMs} from '../../source/exchange/measures.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {limitLine, outputLine} from '../../source/monitor/layout/sparkline.js';
import type {Model} from '../../source/monitor/model.js';
import {limitSpark, outputSpark} from '../../source/monitor/spark-series.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update, type Message} from '../../source/monitor/update.js';
import {lineText, screenText} from './frame-text.js';
import {sampleModel} from './sample-model.js';
import {attemptRow, endedRow, sampleNowMs, totalsRow} from './sample-rows.js';

const minute = 60_000;
const glyphs = glyphsFor(false);
const press = (model: Model, ...keys: readonly string[]): Model => {
	let next = model;
	for (const key of keys) {
		next = update(next, {kind: 'pressed', key});
	}

	return next;
};

const nowQuarter = Math.floor(sampleNowMs / quarterMs);
const quarters = (
	...given: ReadonlyArray<readonly [ago: number, outputTokens: number]>
): Message => ({
	kind: 'quarters',
	quarters: given.map(([ago, outputTokens]) => ({
		...totalsRow('a', {outputTokens, limited: ago}),
		quarter: nowQuarter - ago,
	})),
});

/**
As many as are held at most, the last of them ended half an hour ago.
*/
const full: Message = {
	kind: 'attached',
	news: {
		revision: 1,
		attempts: [],
		exchanges: Array.from({length: 500}, (_, index) =>
			endedRow(index + 1, {
				agoMs: 30 * minute - index * 1000,
				tookMs: 900,
				outputTokens: 10,
			}),
		),
	},
};

describe('the key `t`', () => {
	test('goes through the spans, and says which', () => {
		const model = sampleModel();
		expect(
			[1, 2, 3].map((times) => {
				const {span, remark} = press(model, ...'t'.repeat(times));
				return [span, remark?.text];
			}),
		).toEqual([
			['1h', 'Sparklines: the last hour.'],
			['day', 'Sparklines: today.'],
			['5m', 'Sparklines: the last 5 minutes.'],
		]);
	});

	test('is seen beside both sparklines, also in a narrow pane', () => {
		const lines = screenText(frameOf(press(sampleModel({columns: 40}), 't')));
		expect(
			lines.filter((line) => /^(?:tok\/s|429 {2}) 1h /v.test(line)),
		).toHaveLength(2);
	});
});

test.each([outputSpark, limitSpark])(
	'what was not heard of is blank',
	(sparkOf) => {
		const silent = sampleModel({}, [
			{kind: 'tick', nowMs: sampleNowMs + 100_000},
		]);
		const values = sparkOf(silent, 100);
		expect(values).toHaveLength(100);
		const blank = values.filter((value) => value === undefined);
		expect(blank).toHaveLength(33);
		expect(values.slice(-33)).toEqual(blank);
	},
);

describe('the sparkline of output', () => {
	test.each([
		['5m', 30],
		['1h', 30],
	] as const)('fills the cells that there are with %s', (_span, cells) => {
		expect(outputSpark(sampleModel(), cells)).toHaveLength(cells);
	});

	test('of an hour knows all where all is held', () => {
		const hour = outputSpark(press(sampleModel(), 't'), 60);
		expect(hour.filter((value) => value === undefined)).toEqual([]);
	});

	test('of an hour is blank, never zero, where older ones are not held', () => {
		const model = press(sampleModel({quiet: true}, [full]), 't');
		const hour = outputSpark(model, 60);
		expect(hour.slice(0, 29)).toEqual(
			Array.from({length: 29}, () => undefined),
		);
		expect(hour.slice(31, 35).every((value) => value! > 0)).toBe(true);
		const text = lineText(outputLine(model, 76, glyphs));
		expect(text).toMatch(/^tok\/s 1h {20,}[▂▃▄▅▆▇]+▁+ +-$/v);
	});

	test('of an hour has the quarters of today where older ones are not held', () => {
		const model = press(
			sampleModel({quiet: true}, [full, quarters([3, 3000], [2, 1500])]),
			't',
		);
		const hour = outputSpark(model, 60);
		// The first minutes of the hour lie in a quarter before those that are known.
		expect(hour[0]).toBeUndefined();
		expect(hour[14]).toBeCloseTo(200, 5);
		expect(hour[28]).toBeCloseTo(100, 5);
	});

	test('of the day has a part for each quarter since it began', () => {
		const day = press(
			sampleModel({quiet: true}, [quarters([8, 40], [1, 20], [0, 10])]),
			't',
			't',
		);
		// 14:32 is in the 59th quarter.
		const series = outputSpark(day, 59);
		expect(series).toHaveLength(59);
		expect(series.at(-1)).toBe(10);
		expect(series.at(-2)).toBe(20);
		expect(series.at(-9)).toBe(40);
		expect(series.at(-3)).toBe(0);
		expect(outputSpark(day, 30)).toHaveLength(30);
		expect(outputSpark(day, 120)).toHaveLength(118);
	});

	test('of the day is blank until the day is read', () => {
		const day = press(sampleModel({quiet: true}), 't', 't');
		expect(new Set(outputSpark(day, 40))).toEqual(new Set([undefined]));
	});
});

describe('the line of limits', () => {
	test('follows the span', () => {
		const at = (agoMs: number) =>
			attemptRow(agoMs, 1, {startedAt: sampleNowMs - agoMs, httpStatus: 429});
		const model = sampleModel({quiet: true}, [
			{
				kind: 'attached',
				news: {
					revision: 1,
					exchanges: [],
					attempts: [at(minute), at(20 * minute)],
				},
			},
			quarters([4, 1]),
		]);
		const count = (one: Model) =>
			limitSpark(one, 30).filter((value) => value! > 0).length;
		expect(count(model)).toBe(1);
		expect(count(press(model, 't'))).toBe(2);
		expect(limitSpark(press(model, 't', 't'), 59).at(-5)).toBe(4);
	});

	test.each([
		[[429, 200], '429'],
		[[529, 200], '429/529'],
		[[200, 200], '429'],
	] as const)('of answers %j is called %s', (statuses, label) => {
		const model = sampleModel({quiet: true}, [
			{
				kind: 'attached',
				news: {
					revision: 1,
					exchanges: [],
					attempts: statuses.map((httpStatus, index) =>
						attemptRow(index + 1, 1, {httpStatus}),
					),
				},
			},
		]);
		expect(lineText(limitLine(model, 60, glyphs)).split(' ', 1)[0]).toBe(label);
	});

	test('says why the last was where there is room, or below where it was just now', () => {
		const last = (agoMs: number): Message => ({
			kind: 'attached',
			news: {
				revision: 1,
				exchanges: [],
				attempts: [
					attemptRow(1, 1, {
						startedAt: sampleNowMs - agoMs,
						endedAt: sampleNowMs - agoMs,
						httpStatus: 529,
						errorClass: 'overloaded',
						outcome: 'error',
					}),
				],
			},
		});
		// Nothing else happens, so the clock stands at the beginning of the minute: seven seconds ago.
		const lines = (columns: number, agoMs: number) =>
			screenText(
				frameOf(sampleModel({quiet: true, columns, rows: 30}, [last(agoMs)])),
			).join('\n');
		expect(lines(40, 31_000)).toContain('anthropic: 529 overloaded  24s ago');
		expect(lines(40, 310_000)).not.toContain('overloaded');
		expect(lines(130, 310_000)).toMatch(
			/429\/529.*529 overloaded {2}5m03 ago/v,
		);
	});
});
