import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dayNamed, dayOf, type Span} from '../../source/calendar/day.js';
import {zonedAt} from '../../source/calendar/zone.js';
import {
	daysOf,
	hoursOf,
	monthOf,
	monthsOf,
	weekOf,
} from '../../source/calendar/spans.js';
import {quarterMs} from '../../source/exchange/measures.js';
import {at, starts, zones} from './zones.js';

const rules = zones.flatMap((timezone) =>
	starts.map((startsAt) => ({timezone, startsAt})),
);

const expectTiles = (pieces: readonly Span[], {fromMs, toMs}: Span) => {
	expect([pieces[0]!.fromMs, pieces.at(-1)!.toMs]).toEqual([fromMs, toMs]);
	for (const [index, piece] of pieces.entries()) {
		expect(piece.toMs).toBeGreaterThan(piece.fromMs);
		expect(piece.fromMs % quarterMs).toBe(0);
		expect(piece.fromMs).toBe(pieces[index - 1]?.toMs ?? fromMs);
	}
};

describe.each(rules)('in $timezone from $startsAt', (rule) => {
	const instant = fc.integer({
		min: Date.UTC(1973, 0, 1),
		max: Date.UTC(2045, 0, 1),
	});

	test('hours fill their day, days their week, and their month', () => {
		fc.assert(
			fc.property(instant, (epochMs) => {
				const day = dayOf(rule, epochMs);
				const hours = hoursOf(rule, day);
				expectTiles(hours, day);
				expect(hours.map(({hour}) => hour)).toEqual(
					hours.map(({fromMs}) =>
						zonedAt(rule.timezone, fromMs).toString({
							timeZoneName: 'never',
							smallestUnit: 'second',
						}),
					),
				);
				const week = weekOf(rule, day);
				expectTiles(daysOf(rule, week), week);
				const month = monthOf(rule, day);
				expectTiles(daysOf(rule, month), month);
				expect(month.fromMs).toBeLessThanOrEqual(epochMs);
				expect(month.toMs).toBeGreaterThan(epochMs);
				expect(week.fromMs).toBeLessThanOrEqual(epochMs);
				expect(week.toMs).toBeGreaterThan(epochMs);
			}),
			{numRuns: 10},
		);
	});
});

const clocks = (timezone: string, date: string) => {
	const rule = {timezone, startsAt: '00:00'};
	return hoursOf(rule, dayNamed(rule, date)).map(({hour}) =>
		hour.slice(11, 16),
	);
};

test('the hours of a day are those of the clock, left out and repeated ones too', () => {
	expect(clocks('Europe/Berlin', '2026-11-22')).toHaveLength(24);
	expect(clocks('Europe/Berlin', '2026-03-29').slice(0, 4)).toEqual([
		'00:00',
		'01:00',
		'03:00',
		'04:00',
	]);
	expect(clocks('Europe/Berlin', '2026-10-25').slice(1, 5)).toEqual([
		'01:00',
		'02:00',
		'02:00',
		'03:00',
	]);
	expect(clocks('Australia/Lord_Howe', '2026-04-05').slice(1, 4)).toEqual([
		'01:00',
		'01:30',
		'02:00',
	]);
	expect(clocks('Asia/Kathmandu', '2026-11-22')[0]).toBe('00:00');
});

test('an hour says how far it is from UTC, so that two of the same name differ', () => {
	const rule = {timezone: 'Europe/Berlin', startsAt: '00:00'};
	const hours = hoursOf(rule, dayNamed(rule, '2026-10-25'));
	expect(hours.slice(2, 4).map(({hour}) => hour)).toEqual([
		'2026-10-25T02:00:00+02:00',
		'2026-10-25T02:00:00+01:00',
	]);
});

test('a range over months is cut at their beginnings', () => {
	const rule = {timezone: 'Europe/Berlin', startsAt: '04:00'};
	const span = {
		fromMs: at('2025-12-15T03:00:00Z'),
		toMs: at('2026-02-02T03:00:00Z'),
	};
	expect(monthsOf(rule, span).map(({month}) => month)).toEqual([
		'2025-12',
		'2026-01',
		'2026-02',
	]);
});

test('a day that a zone left out is in no week', () => {
	const rule = {timezone: 'Pacific/Apia', startsAt: '00:00'};
	const week = weekOf(rule, dayNamed(rule, '2011-12-29'));
	expect(daysOf(rule, week).map(({date}) => date)).toEqual([
		'2011-12-26',
		'2011-12-27',
		'2011-12-28',
		'2011-12-29',
		'2011-12-31',
		'2012-01-01',
	]);
});
