import type Database from 'better-sqlite3';
import type {Span} from '../calendar/day.js';
import {quarterMs, type Dimension, type Sums} from '../exchange/measures.js';
import {
	readEverySession,
	readHours,
	readRollups,
	readSessions,
} from '../usage-log/rollups.js';
import {readUnpriced, type UnpricedRow} from '../usage-log/unpriced.js';

export type Named = Readonly<Partial<Record<Dimension, string>>>;
export type QuarterRow = Sums & Readonly<{quarter: number}>;
export type Session = Readonly<{session: string}>;

/**
Where sums come from: the roll-ups of a usage log, and rows for what these do not say. Spans begin and end on quarters of an hour.
*/
export type SumReader = Readonly<{
	/**
	One row for each combination of the named facts that there is; none where there was nothing.
	*/
	sums(span: Span, by: readonly Dimension[]): ReadonlyArray<Sums & Named>;
	/**
	The quarters of an hour in which something happened, by number since 1970 in UTC.
	*/
	quarters(span: Span): readonly QuarterRow[];
	/**
	The same, but that the sums of a whole hour of UTC may stand at its first quarter.
	*/
	hours(span: Span): readonly QuarterRow[];
	/**
	The dearest sessions first.
	*/
	sessions(span: Span, limit: number): ReadonlyArray<Sums & Session>;
	/**
	All of them in that order, read as they are gone through.
	*/
	everySession(span: Span): IterableIterator<Sums & Session>;
	/**
	Why exchanges have no price, the most frequent first; not of all of them.
	*/
	unpriced(span: Span): readonly UnpricedRow[];
}>;

export const sumReader = (db: Database.Database): SumReader => ({
	sums: (span, by) => used(readRollups(db, {...quartersOf(span), by})),
	quarters: (span) =>
		used(
			readRollups(db, {...quartersOf(span), by: ['quarter']}) as QuarterRow[],
		),
	hours: (span) => used(readHours(db, quartersOf(span))),
	sessions: (span, limit) =>
		used(readSessions(db, {...quartersOf(span), limit})),
	everySession: (span) => readEverySession(db, quartersOf(span)),
	unpriced: (span) => readUnpriced(db, span),
});

const quartersOf = ({fromMs, toMs}: Span) => ({
	fromQuarter: fromMs / quarterMs,
	toQuarter: toMs / quarterMs,
});

/**
A sum over nothing is no row.
*/
const used = <Row extends Sums>(rows: readonly Row[]): readonly Row[] =>
	rows.filter(({requests}) => requests > 0);
