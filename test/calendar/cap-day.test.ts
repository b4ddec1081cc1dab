import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	capDay,
	capDayAfter,
	capDayAt,
	type CapDay,
} from '../../source/calendar/cap-day.js';
import {dayOf, type DayRule} from '../../source/calendar/day.js';
import {quarterMs} from '../../source/exchange/measures.js';
import {at, hourMs, starts, zones} from './zones.js';

const rule = (timezone: string, startsAt = '00:00'): DayRule => ({
	timezone,
	startsAt,
});
const between = (from: string, to: string): CapDay => ({
	from: at(from),
	to: at(to),
});
const berlinDay = between('2026-11-21T23:00Z', '2026-11-22T23:00Z');

test('a day is the one that the calendar has', () => {
	expect(capDay(rule('Europe/Berlin'), at('2026-11-22T12:00Z'))).toEqual(
		berlinDay,
	);
	expect(
		capDay(rule('Europe/Berlin', '04:00'), at('2026-11-22T02:59Z')),
	).toEqual(between('2026-11-21T03:00Z', '2026-11-22T03:00Z'));
});

test.each<readonly [string, DayRule, string]>([
	['the same rule: a day later', rule('Europe/Berlin'), '2026-11-23T23:00Z'],
	[
		'another start hour: then',
		rule('Europe/Berlin', '12:00'),
		'2026-11-23T11:00Z',
	],
	[
		'a start hour just six hours later: then',
		rule('Europe/Berlin', '06:00'),
		'2026-11-23T05:00Z',
	],
	[
		'a start hour less than six hours later: the day after',
		rule('Europe/Berlin', '05:45'),
		'2026-11-24T04:45Z',
	],
	['another zone: its midnight', rule('Asia/Tokyo'), '2026-11-23T15:00Z'],
	[
		'a zone whose midnight is soon: the day after',
		rule('America/Noronha'),
		'2026-11-24T02:00Z',
	],
	[
		'a zone with the same midnight: a day later',
		rule('Africa/Lagos'),
		'2026-11-23T23:00Z',
	],
])('after a day in Berlin comes, by %s', (_, changed, to) => {
	expect(capDayAfter(changed, berlinDay)).toEqual({
		from: berlinDay.to,
		to: at(to),
	});
});

describe('the day that counts', () => {
	test.each<readonly [string, CapDay | undefined, DayRule, string, CapDay]>([
		[
			'is that of the rule in the beginning',
			undefined,
			rule('Europe/Berlin'),
			'2026-11-22T12:00Z',
			berlinDay,
		],
		[
			'stays to its last moment',
			berlinDay,
			rule('Europe/Berlin'),
			'2026-11-22T22:59:59.999Z',
			berlinDay,
		],
		[
			'is the next from its end on',
			berlinDay,
			rule('Europe/Berlin'),
			'2026-11-22T23:00Z',
			between('2026-11-22T23:00Z', '2026-11-23T23:00Z'),
		],
		[
			'stays when the zone is changed',
			berlinDay,
			rule('Asia/Tokyo'),
			'2026-11-22T20:00Z',
			berlinDay,
		],
		[
			'ends by the new zone after that',
			berlinDay,
			rule('Asia/Tokyo'),
			'2026-11-22T23:30Z',
			between('2026-11-22T23:00Z', '2026-11-23T15:00Z'),
		],
		[
			'is one of the new zone later on',
			berlinDay,
			rule('Asia/Tokyo'),
			'2026-11-23T15:00Z',
			between('2026-11-23T15:00Z', '2026-11-24T15:00Z'),
		],
		[
			'is one of the rule after a long rest',
			berlinDay,
			rule('Asia/Tokyo'),
			'2027-11-23T12:00Z',
			between('2027-11-22T15:00Z', '2027-11-23T15:00Z'),
		],
		[
			'is the one on the clock where that was set back',
			berlinDay,
			rule('Europe/Berlin'),
			'2026-11-20T12:00Z',
			between('2026-11-19T23:00Z', '2026-11-20T23:00Z'),
		],
	])('%s', (...[, current, changed, now, expected]) => {
		expect(capDayAt(changed, current, at(now))).toEqual(expected);
	});
});

test('whatever is changed meanwhile, days follow each other, and none is shorter than six hours or longer than 31', () => {
	const anyRule = fc.record({
		timezone: fc.constantFrom(...zones),
		startsAt: fc.constantFrom(...starts, '05:45', '12:00', '18:15'),
	});
	fc.assert(
		fc.property(
			fc.integer({min: Date.UTC(2012, 0, 1), max: Date.UTC(2040, 0, 1)}),
			fc.array(fc.record({rule: anyRule, passedMs: fc.nat(20 * hourMs)}), {
				minLength: 1,
				maxLength: 30,
			}),
			(startMs, changes) => {
				let now = startMs;
				let day = capDay(changes[0]!.rule, now);
				for (const change of changes) {
					now += change.passedMs;
					const next = capDayAt(change.rule, day, now);
					expect(next.from).toBeLessThanOrEqual(now);
					expect(next.to).toBeGreaterThan(now);
					expect(next.to % quarterMs).toBe(0);
					expect(next.to - next.from).toBeGreaterThanOrEqual(6 * hourMs);
					expect(next.to - next.from).toBeLessThanOrEqual(31 * hourMs);
					if (next.to === day.to) {
						expect(next).toEqual(day);
					} else {
						expect(next.from).toBeGreaterThanOrEqual(day.to);
						expect(dayOf(change.rule, next.to).fromMs).toBe(next.to);
					}

					day = next;
				}
			},
		),
		{numRuns: 60},
	);
});
