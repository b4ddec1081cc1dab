import {describe, expect, test} from 'vitest';
import {rangeOf, type AskedRange} from '../../source/calendar/range.js';
import {UserError} from '../../source/user-error.js';
import {at} from './zones.js';

const rule = {timezone: 'Europe/Berlin', startsAt: '00:00'};
const late = {...rule, startsAt: '04:00'};
// A Sunday, 15:30 in Berlin.
const nowMs = at('2026-11-22T14:30:00Z');

const text = ({fromMs, toMs}: {fromMs: number; toMs: number}) =>
	[fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 16));

test.each<[AskedRange, string, string]>([
	[{}, '2026-11-21T23:00', '2026-11-22T23:00'],
	[{date: 'today'}, '2026-11-21T23:00', '2026-11-22T23:00'],
	[{date: 'Yesterday'}, '2026-11-20T23:00', '2026-11-21T23:00'],
	[{date: '7d'}, '2026-11-14T23:00', '2026-11-15T23:00'],
	[{date: '2026-10-25'}, '2026-10-24T22:00', '2026-10-25T23:00'],
	[{week: true}, '2026-11-15T23:00', '2026-11-22T23:00'],
	[{week: true, date: '2026-10-28'}, '2026-10-25T23:00', '2026-11-01T23:00'],
	[{month: true}, '2026-10-31T23:00', '2026-11-30T23:00'],
	[{month: true, date: '2026-03-01'}, '2026-02-28T23:00', '2026-03-31T22:00'],
	[{since: '7d'}, '2026-11-14T23:00', '2026-11-22T23:00'],
	[
		{since: '2026-11-01', until: '2026-11-02'},
		'2026-10-31T23:00',
		'2026-11-02T23:00',
	],
	[{since: 'today', until: 'today'}, '2026-11-21T23:00', '2026-11-22T23:00'],
	[{since: '2026-11-22T14:00'}, '2026-11-22T13:00', '2026-11-22T23:00'],
	[
		{since: '2026-11-22 14:07', until: '2026-11-22T14:08:30'},
		'2026-11-22T13:00',
		'2026-11-22T13:15',
	],
	[
		{since: '2026-11-22T14:00Z', until: '2026-11-22T14:00-05:00'},
		'2026-11-22T14:00',
		'2026-11-22T19:00',
	],
])('%j is from %s until %s (UTC)', (asked, from, until) => {
	expect(text(rangeOf(rule, asked, nowMs))).toEqual([from, until]);
});

test.each<[number, string]>([
	[at('2026-11-22T02:59:00Z'), '2026-11-21T03:00'],
	[at('2026-11-22T03:00:00Z'), '2026-11-22T03:00'],
])('before its start hour today is still the day before (%d)', (now, from) => {
	expect(text(rangeOf(late, {}, now))[0]).toBe(from);
});

describe('what is refused', () => {
	test.each<[AskedRange, string, string]>([
		[{date: '2026-02-30'}, '--date 2026-02-30 is no day.', 'a date like'],
		[{date: 'tomorow'}, '--date tomorow is no day.', 'today, yesterday, 7d'],
		[{date: ''}, '--date  is no day.', 'a date like'],
		[{date: '2026-11-22T14:00'}, '--date 2026-11-22T14:00 is no day.', ''],
		[{since: '14:00'}, '--since 14:00 is no day and no time.', 'T14:00'],
		[
			{since: '2026-11-22T25:00'},
			'--since 2026-11-22T25:00 is no day and no time.',
			'',
		],
		[
			{since: '2026-11-23'},
			'--since 2026-11-23 is yet to come.',
			'the earlier one',
		],
		[
			{since: '2026-11-20', until: '2026-11-19'},
			'--until 2026-11-19 is not after --since 2026-11-20.',
			'the earlier one',
		],
		[
			{date: 'today', since: '7d'},
			'--date and --since do not go together.',
			'--since and --until',
		],
		[
			{month: true, until: 'today'},
			'--month and --until do not go together.',
			'--date, --week or --month',
		],
		[{week: true, month: true}, '--week and --month do not go together.', ''],
		[{until: 'today'}, '--until says where to end', '--since DATE'],
	])('%j', (asked, message, hint) => {
		const refused = () => rangeOf(rule, asked, nowMs);
		expect(refused).toThrow(UserError);
		try {
			refused();
		} catch (error) {
			const {message: said, hint: hinted, exitCode} = error as UserError;
			expect(said).toContain(message);
			expect(hinted).toContain(hint);
			expect(exitCode).toBe(2);
		}
	});
});
