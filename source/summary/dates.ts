import {dayOf, type DayRule, type Span} from '../calendar/day.js';
import {clockAt} from '../calendar/zone.js';
import {monthOf} from '../calendar/spans.js';

export const monthNames = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
] as const;

const weekdays = [
	'Sunday',
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
] as const;

export const weekdayOf = (date: string): string =>
	weekdays[new Date(`${date}T00:00Z`).getUTCDay()]!;

/**
A stretch of time in words: a day, a month, days from one to another, or times. The short form fits
into a narrow screen.
*/
export function spanWords(
	rule: DayRule,
	span: Span,
): Readonly<{long: string; short: string}> {
	const first = dayOf(rule, span.fromMs);
	const last = dayOf(rule, span.toMs - 1);
	if (first.fromMs !== span.fromMs || last.toMs !== span.toMs) {
		const words = `${clockWords(rule, span.fromMs)} to ${clockWords(rule, span.toMs)}`;
		return {long: words, short: words};
	}

	if (first.date === last.date) {
		const weekday = weekdayOf(first.date);
		const {day, month, year} = partsOf(first.date);
		return {
			long: `${weekday} ${day} ${month} ${year}`,
			short: `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)} ${year}`,
		};
	}

	const month = monthOf(rule, first);
	return month.fromMs === span.fromMs && month.toMs === span.toMs
		? monthWords(first.date)
		: daysWords(first.date, last.date);
}

function monthWords(date: string) {
	const {month, year} = partsOf(date);
	return {long: `${month} ${year}`, short: `${month} ${year}`};
}

function daysWords(first: string, last: string) {
	const [from, to] = [partsOf(first), partsOf(last)];
	const inOneYear = from.year === to.year;
	const inOneMonth = inOneYear && from.month === to.month;
	const words = (shown: (month: string) => string): string =>
		[
			from.day,
			...(inOneMonth ? [] : [shown(from.month)]),
			...(inOneYear ? [] : [from.year]),
			'to',
			to.day,
			shown(to.month),
			to.year,
		].join(' ');
	return {
		long: words((month) => month),
		short: words((month) => month.slice(0, 3)),
	};
}

function partsOf(date: string) {
	const [year, month, day] = date.split('-').map(Number);
	return {year, month: monthNames[month! - 1]!, day};
}

const clockWords = (rule: DayRule, epochMs: number): string =>
	clockAt(rule.timezone, epochMs)
		.toString({smallestUnit: 'minute'})
		.replace('T', ' ');
