import type {Temporal} from 'temporal-polyfill';
import {
	dateNamed,
	dayAfter,
	dayNamed,
	dayOf,
	nextDay,
	zoned,
	type Day,
	type DayRule,
	type Span,
} from './day.js';

/**
Pieces of a span, one after the other, without a gap.
*/
export type Hour = Span &
	Readonly<{
		/**
		When it begins, with the zone's distance from UTC: `2026-11-22T14:00:00+01:00`
		*/
		hour: string;
	}>;
export type Month = Span &
	Readonly<{
		/**
		`2026-11`
		*/
		month: string;
	}>;

/**
The hours of a span as the clock shows them. The first and the last may be shorter, and the one in
which clocks are changed by less than an hour.
*/
export function hoursOf(rule: DayRule, span: Span): readonly Hour[] {
	const [first, last] = [zoned(rule, span.fromMs), zoned(rule, span.toMs - 1)];
	const isPlain =
		span.toMs - span.fromMs <= dayMs &&
		first.offsetNanoseconds === last.offsetNanoseconds;
	return isPlain ? plainHours(first, span) : hoursByClock(rule, span);
}

/**
Where no clock is changed, hours can be reckoned: a year has 8760 of them.
*/
function plainHours(
	first: Temporal.ZonedDateTime,
	{fromMs, toMs}: Span,
): readonly Hour[] {
	const offsetMs = first.offsetNanoseconds / 1e6;
	const textAt = (ms: number) =>
		new Date(ms + offsetMs).toISOString().slice(0, secondCharacters) +
		first.offset;
	const hours: Hour[] = [];
	for (let at = fromMs; at < toMs;) {
		const clockMs = at + offsetMs;
		const next = Math.floor(clockMs / hourMs + 1) * hourMs - offsetMs;
		hours.push({hour: textAt(at), fromMs: at, toMs: Math.min(next, toMs)});
		at = next;
	}

	return hours;
}

const secondCharacters = 19;

function hoursByClock(rule: DayRule, {fromMs, toMs}: Span): readonly Hour[] {
	const hours: Hour[] = [];
	for (let at = fromMs; at < toMs;) {
		const clock = zoned(rule, at);
		const left = minutesInHour - clock.minute;
		const next = Math.min(at + left * minuteMs, toMs);
		hours.push({hour: textOf(clock), fromMs: at, toMs: next});
		at = next;
	}

	return hours;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
const minutesInHour = 60;

const textOf = (clock: Temporal.ZonedDateTime): string =>
	clock.toString({timeZoneName: 'never', smallestUnit: 'second'});

/**
The days that a span touches, whole.
*/
export function daysOf(rule: DayRule, {fromMs, toMs}: Span): readonly Day[] {
	const days: Day[] = [];
	for (
		let day = dayOf(rule, fromMs);
		day.fromMs < toMs;
		day = nextDay(rule, day)
	) {
		days.push(day);
	}

	return days.filter((day) => day.toMs > day.fromMs);
}

/**
The months that a span touches, whole.
*/
export function monthsOf(
	rule: DayRule,
	{fromMs, toMs}: Span,
): readonly Month[] {
	const months: Month[] = [];
	for (
		let month = monthOf(rule, dayOf(rule, fromMs));
		month.fromMs < toMs;
		month = monthOf(rule, dayOf(rule, month.toMs))
	) {
		months.push(month);
	}

	return months;
}

/**
The month that a day is in.
*/
export function monthOf(rule: DayRule, {date}: Day): Month {
	const first = dateNamed(date).with({day: 1});
	return {
		month: first.toPlainYearMonth().toString(),
		fromMs: dayNamed(rule, first.toString()).fromMs,
		toMs: dayNamed(rule, first.add({months: 1}).toString()).fromMs,
	};
}

/**
The week that a day is in, from Monday on.
*/
export function weekOf(rule: DayRule, day: Day): Span {
	const {dayOfWeek} = dateNamed(day.date);
	const monday = dayAfter(rule, day, 1 - dayOfWeek);
	return {
		fromMs: monday.fromMs,
		toMs: dayAfter(rule, monday, 7).fromMs,
	};
}
