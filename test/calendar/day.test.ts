import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {dayAfter, dayNamed, dayOf} from '../../source/calendar/day.js';
import {quarterMs} from '../../source/exchange/measures.js';
import {at, hourMs, starts, zones} from './zones.js';

const rules = zones.flatMap((timezone) =>
	starts.map((startsAt) => ({timezone, startsAt})),
);
const instant = fc.integer({
	min: Date.UTC(1973, 0, 1),
	max: Date.UTC(2045, 0, 1),
});

describe.each(rules)('in $timezone from $startsAt', (rule) => {
	test('every instant is in the one day that is said to be its own', () => {
		fc.assert(
			fc.property(instant, (epochMs) => {
				const day = dayOf(rule, epochMs);
				expect(day.fromMs).toBeLessThanOrEqual(epochMs);
				expect(day.toMs).toBeGreaterThan(epochMs);
				expect(dayNamed(rule, day.date)).toEqual(day);
				expect(dayOf(rule, day.fromMs)).toEqual(day);
				expect(dayOf(rule, day.toMs - 1)).toEqual(day);
			}),
			{numRuns: 60},
		);
	});

	test('days follow each other without gap or overlap, on quarters of an hour', () => {
		fc.assert(
			fc.property(instant, (epochMs) => {
				let day = dayOf(rule, epochMs);
				for (let count = 0; count < 5; count++) {
					const next = dayAfter(rule, day, 1);
					expect(next.fromMs).toBe(day.toMs);
					expect(next.toMs).toBeGreaterThanOrEqual(next.fromMs);
					expect(next.fromMs % quarterMs).toBe(0);
					expect(next.date > day.date).toBe(true);
					day = next;
				}
			}),
			{numRuns: 40},
		);
	});
});

test.each([
	['Europe/Berlin', '00:00', '2026-03-29', 23],
	['Europe/Berlin', '00:00', '2026-10-25', 25],
	['Europe/Berlin', '04:00', '2026-03-28', 23],
	['Europe/Berlin', '04:00', '2026-03-29', 24],
	// It begins at half past two, which is left out on the 29th: then at half past three.
	['Europe/Berlin', '02:30', '2026-03-28', 24],
	['Europe/Berlin', '02:30', '2026-03-29', 23],
	// And which comes twice on the 25th: at the first.
	['Europe/Berlin', '02:30', '2026-10-24', 24],
	['Europe/Berlin', '02:30', '2026-10-25', 25],
	['Australia/Lord_Howe', '00:00', '2026-04-05', 24.5],
	['Australia/Lord_Howe', '00:00', '2026-10-04', 23.5],
	// The clocks go forward at midnight: the day begins at one.
	['Africa/Cairo', '00:00', '2026-04-24', 23],
	// A day that was left out on the way over the date line.
	['Pacific/Apia', '00:00', '2011-12-30', 0],
	['Asia/Kathmandu', '00:00', '2026-11-22', 24],
])('in %s from %s on, %s has %d hours', (timezone, startsAt, date, hours) => {
	const {fromMs, toMs} = dayNamed({timezone, startsAt}, date);
	expect((toMs - fromMs) / hourMs).toBe(hours);
});

test.each([
	['America/New_York', '00:00', '2026-11-22T04:59:59Z', '2026-11-21'],
	['America/New_York', '00:00', '2026-11-22T05:00:00Z', '2026-11-22'],
	['America/New_York', '04:00', '2026-11-22T08:59:59Z', '2026-11-21'],
	['Asia/Kathmandu', '00:00', '2026-11-21T18:15:00Z', '2026-11-22'],
	['Pacific/Apia', '00:00', '2011-12-30T10:00:00Z', '2011-12-31'],
	// The second half past two of that night: the day began at the first.
	['Europe/Berlin', '02:30', '2026-10-25T01:10:00Z', '2026-10-25'],
	['Europe/Berlin', '02:30', '2026-03-29T01:20:00Z', '2026-03-28'],
])('in %s from %s on, %s is on %s', (timezone, startsAt, instantText, date) => {
	expect(dayOf({timezone, startsAt}, at(instantText)).date).toBe(date);
});
