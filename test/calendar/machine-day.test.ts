import process from 'node:process';
import fc from 'fast-check';
import {afterEach, expect, test} from 'vitest';
import {dayOf} from '../../source/calendar/day.js';
import {machineDayStart} from '../../source/calendar/machine-day.js';
import {at, changes, starts, zones} from './zones.js';

const zoneBefore = process.env['TZ'];

afterEach(() => {
	if (zoneBefore === undefined) {
		delete process.env['TZ'];
	} else {
		process.env['TZ'] = zoneBefore;
	}
});

test.for(zones)(
	"a machine in %s counts days as anybody counts that zone's",
	(timezone) => {
		process.env['TZ'] = timezone;
		for (const startsAt of starts) {
			const same = (epochMs: number) => {
				expect(machineDayStart(startsAt, epochMs)).toBe(
					dayOf({timezone, startsAt}, epochMs).fromMs,
				);
			};

			fc.assert(
				fc.property(
					fc.integer({min: at('1973-01-01'), max: at('2040-01-01')}),
					same,
				),
				{numRuns: 40},
			);
			// Also where the clocks change.
			for (const change of changes) {
				for (let minutes = -360; minutes <= 360; minutes += 15) {
					same(at(change) + minutes * 60_000);
				}
			}
		}
	},
);
