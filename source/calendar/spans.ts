import type {Temporal} from 'temporal-polyfill';
import {
	dateNamed,
	dayAfter,
	dayOf,
	daysFrom,
	startOf,
	type Day,
	type DayRule,
	type Span,
} from './day.js';
import {offsetAt} from './zone.js';

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
export function hoursOf(
	{timezone}: DayRule,
	{fromMs, toMs}: Span,
): readonly Hour[] {
	const offsetMs = offsetAt(timezone, fromMs);
	const isPlain =
		toMs - fromMs <= dayMs && offsetMs === offsetAt(timezone, toMs - 1);
	const hours: Hour[] = [];
	for (let at = fromMs; at < toMs;) {
		// Where no clock is changed, hours can be reckoned: a year has 8760 of them.
		const aheadMs = isPlain ? offsetMs : offsetAt(timezone, at);
		const next = Math.floor((at + aheadMs) / hourMs + 1) * hourMs - aheadMs;
		hours.push({
			hour: textAt(at, aheadMs),
			fromMs: at,
			toMs: Math.min(next, toMs),
		});
		at = next;
	}

	return hours;
}

/**
To the second, as ISO 8601 has it.
*/
function textAt(epochMs: number, offsetMs: number): string {
	const clock = new Date(epochMs + offsetMs).toISOString();
	const offset = new Date(Math.abs(offsetMs)).toISOString();
	return `${clock.slice(0, secondCharacters)}${offsetMs < 0 ? '-' : '+'}${offset.slice(...hourAndMinute)}`;
}

const secondCharacters = 19;
const hourAndMinute = [11, 16] as const;

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/**
The days that a span touches, whole.
*/
export function daysOf(rule: DayRule, {fromMs, toMs}: Span): readonly Day[] {
	const days: Day[] = [];
	for (const day of daysFrom(rule, fromMs)) {
		if (day.fromMs >= toMs) {
			break;
		}

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
	let first = dateNamed(dayOf(rule, fromMs).date).with({day: 1});
	let startMs = startOf(rule, first);
	while (startMs < toMs) {
		const next = first.add({months: 1});
		const endMs = startOf(rule, next);
		months.push({month: nameOf(first), fromMs: startMs, toMs: endMs});
		[first, startMs] = [next, endMs];
	}

	return months;
}

/**
The month that a day is in.
*/
export function monthOf(rule: DayRule, {date}: Day): Month {
	const first = dateNamed(date).with({day: 1});
	return {
		month: nameOf(first),
		fromMs: startOf(rule, first),
		toMs: startOf(rule, first.add({months: 1})),
	};
}

const nameOf = (first: Temporal.PlainDate): string =>
	first.toPlainYearMonth().toString();

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
