import {Temporal} from 'temporal-polyfill';
import {quarterMs} from '../exchange/measures.js';
import {UserError} from '../user-error.js';
import {
	dayAfter,
	dayNamed,
	dayOf,
	type Day,
	type DayRule,
	type Span,
} from './day.js';
import {monthOf, weekOf} from './spans.js';
import {instantOf} from './zone.js';

/**
The words of a command line that say which time is meant.
*/
export type AskedRange = Readonly<{
	date?: string | undefined;
	since?: string | undefined;
	until?: string | undefined;
	week?: boolean;
	month?: boolean;
}>;

/**
The time that is meant, today where nothing is said. Throws a UserError (exit code 2) for what cannot be
understood, or does not go together.
*/
export function rangeOf(rule: DayRule, asked: AskedRange, nowMs: number): Span {
	refuseContradictions(asked);
	const words = {rule, nowMs};
	const {since, until} = asked;
	if (since === undefined) {
		const day = dayIn('date', asked.date ?? 'today', words);
		return asked.week
			? weekOf(rule, day)
			: asked.month
				? monthOf(rule, day)
				: day;
	}

	const {fromMs} = spanIn('since', since, words);
	const {toMs} = spanIn('until', until ?? 'today', words);
	if (fromMs >= toMs) {
		throw wrongUsage(
			until === undefined
				? `--since ${since} is yet to come.`
				: `--until ${until} is not after --since ${since}.`,
			'Write the earlier one as --since; the day of --until is still in it.',
		);
	}

	return {fromMs, toMs};
}

type Words = Readonly<{rule: DayRule; nowMs: number}>;

/**
A day, or from a time on `since` and `until`: whole quarters of an hour, so that nothing is left out.
*/
function spanIn(flag: 'since' | 'until', text: string, words: Words): Span {
	const epochMs = timeIn(text, words.rule);
	return epochMs === undefined
		? dayIn(flag, text, words)
		: {
				fromMs: Math.floor(epochMs / quarterMs) * quarterMs,
				toMs: Math.ceil(epochMs / quarterMs) * quarterMs,
			};
}

function timeIn(text: string, {timezone}: DayRule): number | undefined {
	const {clock, offset} =
		/^(?<clock>\d{4}-\d\d-\d\d[ t]\d\d:\d\d(?::\d\d)?)(?<offset>z|[+-]\d\d:\d\d)?$/i.exec(
			text,
		)?.groups ?? {};
	if (clock === undefined) {
		return undefined;
	}

	try {
		return offset === undefined
			? instantOf(timezone, Temporal.PlainDateTime.from(clock))
			: Temporal.Instant.from(text).epochMilliseconds;
	} catch {
		// E.g. the 30th of February, or 25:00.
		return undefined;
	}
}

function dayIn(flag: string, text: string, {rule, nowMs}: Words): Day {
	const ago = daysAgo(text);
	if (ago !== undefined) {
		return dayAfter(rule, dayOf(rule, nowMs), -ago);
	}

	try {
		if (/^\d{4}-\d\d-\d\d$/.test(text)) {
			return dayNamed(rule, text);
		}
	} catch {
		// The same is said of it as of any other word.
	}

	throw wrongUsage(
		`--${flag} ${text} is no day${flag === 'date' ? '' : ' and no time'}.`,
		flag === 'date'
			? 'Write a date like 2026-11-22, or: today, yesterday, 7d (so many days ago).'
			: 'Write a date like 2026-11-22, a time like 2026-11-22T14:00, or: today, yesterday, 7d (so many days ago).',
	);
}

function daysAgo(text: string): number | undefined {
	const {days} = /^(?<days>\d{1,5})d$/i.exec(text)?.groups ?? {};
	return days === undefined ? dayWords[text.toLowerCase()] : Number(days);
}

const dayWords: Readonly<Record<string, number>> = {today: 0, yesterday: 1};

function refuseContradictions(asked: AskedRange): void {
	const {date, since, until, week = false, month = false} = asked;
	const ranges = [
		['--since', since !== undefined],
		['--until', until !== undefined],
	] as const;
	const others = [
		['--date', date !== undefined],
		['--week', week],
		['--month', month],
	] as const;
	const range = ranges.find(([, given]) => given)?.[0];
	const other = others.find(([, given]) => given)?.[0];
	if (range !== undefined && other !== undefined) {
		throw wrongUsage(
			`${other} and ${range} do not go together.`,
			'Write --date, --week or --month, or a range with --since and --until.',
		);
	}

	if (week && month) {
		throw wrongUsage(
			'--week and --month do not go together.',
			'Write one of them. With --date it is the week or the month of that day.',
		);
	}

	if (since === undefined && until !== undefined) {
		throw wrongUsage(
			'--until says where to end, and nothing says where to begin.',
			`Write: --since DATE --until ${until}`,
		);
	}
}

const wrongUsage = (message: string, hint: string): UserError =>
	new UserError(message, hint, {exitCode: 2});
