import {Temporal} from 'temporal-polyfill';
import {quarterMs} from '../exchange/measures.js';
import {clockAt, instantOf, isKnown} from './zone.js';

/**
How days are counted: in which zone (an IANA name), and from when on (`HH:MM`).
*/
export type DayRule = Readonly<{timezone: string; startsAt: string}>;

/**
A piece of time in epoch milliseconds, its end not in it. Begins and ends on a quarter of an hour.
*/
export type Span = Readonly<{fromMs: number; toMs: number}>;

/**
A day, from its start hour to the next day's. Has 23 or 25 hours where the clocks are changed; a day
that a zone has left out has none.
*/
export type Day = Span &
	Readonly<{
		/**
		`2026-11-22`
		*/
		date: string;
	}>;

/**
The day that an instant belongs to.
*/
export function dayOf(rule: DayRule, epochMs: number): Day {
	// What is on the clock, less the start hour, is right but for the hours around a change of clocks.
	let date = clockAt(rule.timezone, epochMs)
		.subtract(sinceMidnight(rule))
		.toPlainDate();
	while (startOf(rule, date) > epochMs) {
		date = date.subtract({days: 1});
	}

	while (startOf(rule, date.add({days: 1})) <= epochMs) {
		date = date.add({days: 1});
	}

	return dayAt(rule, date);
}

/**
The day of a date, `2026-11-22`. Throws a RangeError for what is no date.
*/
export const dayNamed = (rule: DayRule, date: string): Day =>
	dayAt(rule, dateNamed(date));

/**
The day so many days later, or earlier.
*/
export const dayAfter = (rule: DayRule, {date}: Day, days: number): Day =>
	dayAt(rule, dateNamed(date).add({days}));

/**
One day after the other, from the one on that an instant belongs to.

@yields Days, without end.
*/
export function* daysFrom(rule: DayRule, epochMs: number): Generator<Day> {
	const first = dayOf(rule, epochMs);
	let {fromMs} = first;
	for (let date = dateNamed(first.date); ;) {
		const next = date.add(oneDay);
		const toMs = startOf(rule, next);
		yield {date: date.toString(), fromMs, toMs};
		[date, fromMs] = [next, toMs];
	}
}

const oneDay = {days: 1};

const dayAt = (rule: DayRule, date: Temporal.PlainDate): Day => ({
	date: date.toString(),
	fromMs: startOf(rule, date),
	toMs: startOf(rule, date.add({days: 1})),
});

/**
When the day of a date begins, in epoch milliseconds. A start hour that the clocks leave out comes later by as much;
of one that they show twice, the first counts.
*/
export function startOf(
	{timezone, startsAt}: DayRule,
	{year, month, day}: Temporal.PlainDate,
): number {
	const [hour = 0, minute = 0] = numbersIn(startsAt);
	return toQuarter(instantOf(timezone, {year, month, day, hour, minute}));
}

/**
Every zone of today is whole quarters away from UTC; until 1972 there were a few others.
*/
const toQuarter = (epochMs: number): number =>
	Math.round(epochMs / quarterMs) * quarterMs;

const sinceMidnight = ({startsAt}: DayRule): Temporal.Duration =>
	new Temporal.PlainTime().until(timeOf(startsAt));

// What understands every way to write a time takes longer to begin than a report has in all: there is one way here.
const numbersIn = (text: string): readonly number[] =>
	text.split(/[-:]/).map(Number);

/**
Throws a RangeError for what is no date.
*/
export function dateNamed(date: string): Temporal.PlainDate {
	const [year = 0, month = 0, day = 0] = numbersIn(date);
	return new Temporal.PlainDate(year, month, day);
}

function timeOf(startsAt: string): Temporal.PlainTime {
	const [hour, minute] = numbersIn(startsAt);
	return new Temporal.PlainTime(hour, minute);
}

/**
A machine may name a zone that nobody knows; its clock then runs in UTC, and so do we.
*/
export const inKnownZone = (rule: DayRule): DayRule =>
	isKnown(rule.timezone) ? rule : {...rule, timezone: 'UTC'};
