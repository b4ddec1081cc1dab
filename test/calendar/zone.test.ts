import process from 'node:process';
import fc from 'fast-check';
import {afterEach, expect, test} from 'vitest';
import {
	dayAfter,
	dayNamed,
	dayOf,
	inKnownZone,
} from '../../source/calendar/day.js';
import {clockAt, instantOf, zonedAt} from '../../source/calendar/zone.js';
import {isZoneOfDate, machineZone} from '../../source/machine-zone.js';
import {at, changes, hourMs, starts, zones} from './zones.js';

const zoneBefore = process.env['TZ'];

function setZone(zone: string | undefined): void {
	if (zone === undefined) {
		delete process.env['TZ'];
	} else {
		process.env['TZ'] = zone;
	}
}

afterEach(() => {
	setZone(zoneBefore);
});

/**
What a machine of another zone answers: it has to ask what knows every zone.
*/
function elsewhere<Value>(answer: () => Value): Value {
	const here = process.env['TZ'];
	setZone('Asia/Tokyo');
	try {
		return answer();
	} finally {
		setZone(here);
	}
}

const instants = fc.oneof(
	fc.integer({min: at('1973-01-01'), max: at('2040-01-01')}),
	fc
		.tuple(fc.constantFrom(...changes), fc.integer({min: -1440, max: 1440}))
		.map(([change, minutes]) => at(change) + minutes * 60_000),
);

test.for(zones)('a machine in %s reckons its own zone as any other', (zone) => {
	setZone(zone);
	fc.assert(
		fc.property(instants, (epochMs) => {
			const clock = clockAt(zone, epochMs);
			const known = elsewhere(() => zonedAt(zone, epochMs));
			expect(clock.toString()).toBe(known.toPlainDateTime().toString());
			expect(instantOf(zone, clock)).toBe(
				elsewhere(() => instantOf(zone, clock)),
			);
			// Also where the clocks leave a time out.
			const later = clock.add({minutes: 45, days: 1});
			expect(instantOf(zone, later)).toBe(
				elsewhere(() => instantOf(zone, later)),
			);
		}),
		{numRuns: 300},
	);
});

test.for(zones)('a machine in %s counts days as any other', (timezone) => {
	setZone(timezone);
	for (const startsAt of starts) {
		const rule = {timezone, startsAt};
		fc.assert(
			fc.property(instants, (epochMs) => {
				const day = dayOf(rule, epochMs);
				expect(day).toEqual(elsewhere(() => dayOf(rule, epochMs)));
				expect(dayNamed(rule, day.date)).toEqual(
					elsewhere(() => dayNamed(rule, day.date)),
				);
				expect(dayAfter(rule, day, 30)).toEqual(
					elsewhere(() => dayAfter(rule, day, 30)),
				);
			}),
			{numRuns: 60},
		);
	}
});

test.each([
	['Nowhere/Such', 'UTC'],
	['Europe/Berlin', 'Europe/Berlin'],
	['Africa/Abidjan', 'Africa/Abidjan'],
	['Etc/UTC', 'Etc/UTC'],
	['posix/Europe/Berlin', 'Europe/Berlin'],
])('a machine that is said to be in %s counts in %s', (zone, counted) => {
	setZone(zone);
	const rule = {timezone: machineZone(), startsAt: '00:00'};
	expect(inKnownZone(rule).timezone).toBe(counted);
	expect(elsewhere(() => inKnownZone(rule)).timezone).toBe(counted);
});

test.each(['UTC+3', ':/usr/share/zoneinfo/Europe/Berlin'])(
	'UTC is counted as such where TZ is %s, which has no name',
	(tz) => {
		setZone(tz);
		const july = at('2026-07-15T00:00Z');
		for (const timezone of ['UTC', 'Etc/UTC']) {
			const rule = {timezone, startsAt: '00:00'};
			expect(dayOf(rule, july)).toEqual({
				date: '2026-07-15',
				fromMs: july,
				toMs: july + 24 * hourMs,
			});
			expect(isZoneOfDate(timezone)).toBe(false);
		}
	},
);

test('years that Date takes for others are themselves', () => {
	setZone('Europe/Berlin');
	const rule = {timezone: 'Europe/Berlin', startsAt: '00:00'};
	expect(dayNamed(rule, '0033-04-03')).toEqual(
		elsewhere(() => dayNamed(rule, '0033-04-03')),
	);
});
