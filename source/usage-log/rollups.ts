import type Database from 'better-sqlite3';
import {type Dimension, type Sums, measureNames} from '../exchange/measures.js';
import {prepared} from './prepared.js';
import {plainWidths, rankedBy, widths} from './rollup-tables.js';

/**
Quarter-hours since 1970 in UTC, the last one not included.
*/
export type QuarterRange = Readonly<{fromQuarter: number; toQuarter: number}>;

export type Grouping = Dimension | 'quarter';
export type RollupRow = Sums &
	Readonly<Partial<Record<Dimension, string>> & {quarter?: number}>;
export type SessionRow = Sums & Readonly<{session: string}>;

type Marks = Readonly<
	Record<'builtFrom' | 'foldedBefore' | 'plainFrom', number>
>;

/**
A stretch of one of the tables.
*/
type Piece = Readonly<{from: string; values: readonly number[]}>;

/**
Sums over exchanges that began in a range and have ended, one row for each combination of `by` that
there is; in order of quarters where they are asked for. To be called within a transaction where
several answers shall be of one moment. Throws what SQLite throws where a log has no roll-ups yet.
*/
export function readRollups(
	db: Database.Database,
	{fromQuarter, toQuarter, by}: QuarterRange & {by: readonly Grouping[]},
): RollupRow[] {
	const marks = marksOf(db);
	const groups = new Map<string, Record<string, number | string>>();
	for (const piece of piecesOf({fromQuarter, toQuarter}, marks, by)) {
		for (const row of rowsOf(db, piece, by)) {
			const name = by.map((key) => row[key]).join('\0');
			const group = groups.get(name);
			if (group === undefined) {
				groups.set(name, row);
			} else {
				for (const measure of measureNames) {
					group[measure] =
						(group[measure] as number) + (row[measure] as number);
				}
			}
		}
	}

	return [...groups.values()].filter(
		({requests}) => requests !== 0,
	) as unknown as RollupRow[];
}

const sums = measureNames.map((name) => `sum(${name}) AS ${name}`).join(', ');

function rowsOf(
	db: Database.Database,
	{from, values}: Piece,
	by: readonly Grouping[],
): ReadonlyArray<Record<string, number | string>> {
	const grouped = by.length === 0 ? '' : `GROUP BY ${by.join(', ')}`;
	return prepared(
		db,
		`SELECT ${[...by, sums].join(', ')} FROM ${from} ${grouped} HAVING count(*) > 0`,
	).all(values) as ReadonlyArray<Record<string, number | string>>;
}

/**
The fewest rows that cover a range: the widest that lie within it, and narrower ones at its ends.
*/
function piecesOf(
	range: QuarterRange,
	{builtFrom, foldedBefore, plainFrom}: Marks,
	by: readonly Grouping[],
): readonly Piece[] {
	const pieces: Piece[] = [];
	const folded = {
		...range,
		toQuarter: Math.min(range.toQuarter, foldedBefore),
	};
	const plain = by.every((key) => key === 'quarter');
	const fine = plain ? 'quarterRollups' : 'rollups';
	const laidOut = by.length === 0 ? plainFrom : Infinity;
	addWide(
		{...folded, toQuarter: Math.min(folded.toQuarter, laidOut)},
		by.includes('quarter') ? [] : widths,
		'wideRollups',
	);
	addWide(
		{...folded, fromQuarter: Math.max(folded.fromQuarter, laidOut)},
		plainWidths,
		'plainRollups',
	);

	add('rollups WHERE quarter >= ? AND quarter < ?', {
		...range,
		fromQuarter: Math.max(range.fromQuarter, foldedBefore),
	});
	if (builtFrom > 0) {
		add(
			`exchangeSums WHERE id < ${builtFrom} AND quarter >= ? AND quarter < ?`,
			range,
		);
	}

	return pieces;

	function addWide(
		one: QuarterRange,
		[width, ...narrower]: readonly number[],
		table: string,
	): void {
		if (width === undefined) {
			add(`${fine} WHERE quarter >= ? AND quarter < ?`, one);
			return;
		}

		const {before, inner, after} = cut(one, width);
		add(
			`${table} WHERE width = ${width} AND quarter >= ? AND quarter < ?`,
			inner,
		);
		addWide(before, narrower, table);
		addWide(after, narrower, table);
	}

	function add(from: string, {fromQuarter, toQuarter}: QuarterRange): void {
		if (fromQuarter < toQuarter) {
			pieces.push({from, values: [fromQuarter, toQuarter]});
		}
	}
}

/**
What lies before the first whole multiple of a width, the whole ones, and what lies after them.
*/
function cut(
	{fromQuarter, toQuarter}: QuarterRange,
	width: number,
): Readonly<Record<'before' | 'inner' | 'after', QuarterRange>> {
	const start = Math.min(toQuarter, Math.ceil(fromQuarter / width) * width);
	const end = Math.max(start, Math.floor(toQuarter / width) * width);
	return {
		before: {fromQuarter, toQuarter: start},
		inner: {fromQuarter: start, toQuarter: end},
		after: {fromQuarter: end, toQuarter},
	};
}

/**
The sessions of a range, the dearest first, at most `limit`: by cost, then tokens, then requests. The
session without a name is all that told none.
*/
export function readSessions(
	db: Database.Database,
	{fromQuarter, toQuarter, limit}: QuarterRange & {limit: number},
): SessionRow[] {
	const given = {...boundsOf(db, {fromQuarter, toQuarter}), limit};
	// Which they are is read from an index that has nothing else in it.
	const names = prepared(
		db,
		`SELECT session FROM (${sessionsSql(rankedBy, {limit: 'given'})})`,
	)
		.pluck()
		.all(given);
	return prepared(
		db,
		sessionsSql(measureNames, {
			limit: 'given',
			isWanted: 'session IN (SELECT value FROM json_each(@names))',
		}),
	).all({...given, names: JSON.stringify(names)}) as SessionRow[];
}

/**
All sessions of a range in that order, read as they are gone through; the connection writes nothing
meanwhile.
*/
export const readEverySession = (
	db: Database.Database,
	range: QuarterRange,
): IterableIterator<SessionRow> =>
	db
		.prepare(sessionsSql(measureNames, {limit: 'all'}))
		.iterate(boundsOf(db, range)) as IterableIterator<SessionRow>;

function boundsOf(
	db: Database.Database,
	{fromQuarter, toQuarter}: QuarterRange,
) {
	const {builtFrom, foldedBefore} = marksOf(db);
	const foldedTo = Math.max(fromQuarter, Math.min(toQuarter, foldedBefore));
	return {fromQuarter, toQuarter, foldedTo, builtFrom};
}

const isWithin =
	'firstQuarter >= @fromQuarter AND firstQuarter < @foldedTo AND lastQuarter < @foldedTo';
const dearestFirst =
	'costNanodollars DESC, inputTokens + outputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens DESC, requests DESC, session';

/**
The sums of sessions, the dearest first. A session that lies within the range has its total. Only the
few others are added up: those that go on beyond it, by the quarter-hours that they reach into, and what
is not folded or not built yet.
*/
function sessionsSql(
	measures: readonly string[],
	{
		limit,
		isWanted = 'true',
	}: Readonly<{limit: 'given' | 'all'; isWanted?: string}>,
): string {
	const columns = ['session', ...measures].join(', ');
	const summed = measures.map((name) => `sum(${name}) AS ${name}`).join(', ');
	const straddling = (within: string) => `
		SELECT ${columns} FROM sessionRollups
		WHERE ${within} AND ${isWanted} AND session IN (SELECT session FROM straddlers)`;
	return `
		WITH straddlers AS MATERIALIZED (
			SELECT session, firstQuarter, lastQuarter FROM sessionTotals
			WHERE ${isWanted} AND firstQuarter < @foldedTo AND lastQuarter >= @fromQuarter AND NOT (${isWithin})
		), reach AS MATERIALIZED (
			SELECT
				min(@foldedTo, coalesce(max(lastQuarter + 1) FILTER (WHERE firstQuarter < @fromQuarter), @fromQuarter)) AS fromBefore,
				coalesce(min(firstQuarter) FILTER (WHERE lastQuarter >= @foldedTo), @foldedTo) AS beyond
			FROM straddlers
		), others AS MATERIALIZED (
			SELECT session, ${summed} FROM (
				SELECT ${columns} FROM sessionRollups
				WHERE ${isWanted} AND quarter >= @foldedTo AND quarter < @toQuarter
				UNION ALL ${straddling('quarter >= @fromQuarter AND quarter < (SELECT fromBefore FROM reach)')}
				UNION ALL ${straddling('quarter >= (SELECT max(fromBefore, beyond) FROM reach) AND quarter < @foldedTo')}
				UNION ALL SELECT ${columns} FROM exchangeSums
				WHERE ${isWanted} AND id < @builtFrom AND quarter >= @fromQuarter AND quarter < @toQuarter
			) GROUP BY session
		)
		SELECT * FROM (
			SELECT * FROM (
				SELECT ${columns} FROM sessionTotals WHERE ${isWanted} AND ${isWithin} AND requests > 0
				${limit === 'all' ? '' : `ORDER BY ${dearestFirst} LIMIT @limit + (SELECT count(*) FROM others)`}
			) WHERE session NOT IN (SELECT session FROM others)
			UNION ALL SELECT others.session, ${measures
				.map((name) => `others.${name} + coalesce(total.${name}, 0)`)
				.join(', ')}
			FROM others LEFT JOIN sessionTotals AS total
				ON total.session = others.session AND ${isWithin}
		)
		WHERE requests > 0
		ORDER BY ${dearestFirst} ${limit === 'all' ? '' : 'LIMIT @limit'}
	`;
}

const marksOf = (db: Database.Database): Marks =>
	prepared(
		db,
		'SELECT builtFrom, foldedBefore, plainFrom FROM rollupMarks',
	).get() as Marks;
