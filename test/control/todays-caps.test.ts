import {expect, test} from 'vitest';
import {readChanges} from '../../source/control/control-rows.js';
import type {TodaysCap, TodaysCaps} from '../../source/control/steering.js';
import {todaysCapOf, withCap} from '../../source/control/todays-caps.js';
import {openControl} from '../../source/control/wish.js';
import {logPlace} from '../helpers/log.js';

const home = '/home/a';
const by = {setBy: 'monitor', setAt: 1000, reason: null} as const;
const from = 86_400_000;
const cap = (dollars: number, day = from): TodaysCap => ({
	from: day,
	nanodollars: dollars * 1e9,
	tokens: null,
});
const raised =
	(dollars: number) =>
	(before: TodaysCap | undefined): TodaysCap => ({
		from,
		nanodollars: (before?.nanodollars ?? 20e9) + dollars * 1e9,
		tokens: before?.tokens ?? null,
	});

test('two who raise a cap at once both count, and other keys are left alone', () => {
	using place = logPlace();
	place.record();
	using one = openControl(place.path);
	using other = openControl(place.path);
	expect(one.changeCap(home, 'ci', () => cap(3), by)).toBe(1);
	expect(one.changeCap(home, 'desktop', raised(5), by)).toBe(2);
	expect(other.changeCap(home, 'desktop', raised(5), by)).toBe(3);
	expect(readChanges(place.connect(), home)).toEqual({
		caps: {change: 3, value: {ci: cap(3), desktop: cap(30)}, ...by},
	});
	expect(readChanges(place.connect(), '/home/b')).toEqual({});
});

test('a change that throws changes nothing', () => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path);
	control.changeCap(home, 'ci', () => cap(3), by);
	const before = readChanges(place.connect(), home);
	expect(() =>
		control.changeCap(
			home,
			'ci',
			() => {
				throw new Error('not below what is spent');
			},
			by,
		),
	).toThrow('not below what is spent');
	expect(readChanges(place.connect(), home)).toEqual(before);
});

test.each<[string, TodaysCaps | undefined, TodaysCap | undefined]>([
	['of this day', {ci: cap(3)}, cap(3)],
	['of the day before', {ci: cap(3, 0)}, undefined],
	['of another key', {desktop: cap(3)}, undefined],
	['that nobody has set', {}, undefined],
	['where nobody ever set one', undefined, undefined],
])('a cap %s is found if it holds', (_what, caps, found) => {
	expect(todaysCapOf(caps, 'ci', from)).toEqual(found);
});

test('a key may be called as what every object has', () => {
	expect(todaysCapOf({}, 'constructor', from)).toBeUndefined();
	const caps = withCap({}, '__proto__', () => cap(3));
	expect(todaysCapOf(caps, '__proto__', from)).toEqual(cap(3));
	const written = JSON.stringify(caps);
	expect(JSON.parse(written)).toEqual(caps);
});

test('caps of days that are over go with the next change', () => {
	const before = {ci: cap(3, 0), desktop: cap(4, 0), laptop: cap(5)};
	expect(
		withCap(before, 'ci', (old) => {
			expect(old).toEqual(cap(3, 0));
			return cap(6);
		}),
	).toEqual({laptop: cap(5), ci: cap(6)});
});

test.each([
	['a list', '[]'],
	['nothing', 'null'],
	['a cap that is none', '{"ci": 5}'],
	['a cap of no day', '{"ci": {"nanodollars": 5, "tokens": null}}'],
	['a cap below 0', '{"ci": {"from": 0, "nanodollars": -5, "tokens": null}}'],
	['a cap in words', '{"ci": {"from": 0, "nanodollars": "5", "tokens": null}}'],
	['a key without a name', '{"": {"from": 0, "nanodollars": 5, "tokens": 1}}'],
])('caps that are %s are passed over, and changed anew', (_what, value) => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path);
	control.changeCap(home, 'ci', () => cap(3), by);
	const db = place.connect();
	db.prepare('UPDATE control SET value = ?').run(value);
	expect(readChanges(db, home)).toEqual({});
	expect(control.changeCap(home, 'ci', raised(5), by)).toBe(2);
	expect(readChanges(db, home).caps?.value).toEqual({ci: cap(25)});
});

test.each([
	['a day', {from: 900_000, to: 87_300_000}, true],
	['a day of another length', {from: 0, to: 900_000}, true],
	['a day that ends before it begins', {from: 900_000, to: 0}, false],
	['one within a quarter-hour', {from: 1, to: 900_001}, false],
	['a day without an end', {from: 0}, false],
])('%s is the day that counts, if it is one', (_what, value, isOne) => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path);
	control.wish(home, 'day', value as {from: number; to: number}, by);
	expect(readChanges(place.connect(), home).day?.value).toEqual(
		isOne ? value : undefined,
	);
});
