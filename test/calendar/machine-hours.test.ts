import process from 'node:process';
import {afterEach, expect, test} from 'vitest';
import {dayNamed} from '../../source/calendar/day.js';
import {machineDay} from '../../source/calendar/machine-day.js';
import {machineHours} from '../../source/calendar/machine-hours.js';
import {hoursOf} from '../../source/calendar/spans.js';
import {starts, zones} from './zones.js';

const zoneBefore = process.env['TZ'];

afterEach(() => {
	if (zoneBefore === undefined) {
		delete process.env['TZ'];
	} else {
		process.env['TZ'] = zoneBefore;
	}
});

const days = [
	'2026-03-28',
	'2026-03-29',
	'2026-04-04',
	'2026-04-05',
	'2026-10-25',
	'2026-11-01',
	'2026-11-22',
] as const;

test.for(zones)(
	"a machine in %s has the hours that anybody gives that zone's days",
	(timezone) => {
		process.env['TZ'] = timezone;
		for (const startsAt of starts) {
			const rule = {timezone, startsAt};
			for (const date of days) {
				const day = dayNamed(rule, date);
				expect(machineHours(machineDay(startsAt, day.fromMs))).toEqual(
					hoursOf(rule, day).map(({fromMs, toMs}) => ({fromMs, toMs})),
				);
			}
		}
	},
);

test.each([
	['2026-03-29', 23],
	['2026-10-25', 25],
	['2026-11-22', 24],
])('in Berlin %s has %d hours', (date, hours) => {
	process.env['TZ'] = 'Europe/Berlin';
	const [year, month, day] = date.split('-').map(Number);
	const noonMs = new Date(year!, month! - 1, day, 12).getTime();
	expect(machineHours(machineDay('00:00', noonMs))).toHaveLength(hours);
});
