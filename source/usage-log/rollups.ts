import type Database from 'better-sqlite3';
import {type Dimension, type Sums, measureNames} from '../exchange/measures.js';
import {prepared} from './prepared.js';
import {plainWidths, rankedBy, tokensSql, widths} from './rollup-tables.js';

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
	const range = {fromQuarter, toQuarter};
	return addedUp(db, piecesOf(range, marksOf(db), by), by) as RollupRow[];
}

/**
As `readRollups` by quarters, in a quarter of the rows: the sums of a whole hour of UTC stand at its first quarter.
Hours that are cut by the range, and those of late, may come in quarters.
*/
export function readHours(
	db: Database.Database,
	range: QuarterRange,
): ReadonlyArray<Sums & Readonly<{quarter: number}>> {
	const by = ['quarter'] as const;
	const pieces = piecesOf(range, marksOf(db), by, [hourWidth]);
	return addedUp(db, pieces, by) as unknown as ReadonlyArray<
		Sums & Readonly<{quarter: number}>
	>;
}

const hourWidth = plainWidths[1];

function addedUp(
	db: Database.Database,
	pieces: readonly Piece[],
	by: readonly Grouping[],
): ReadonlyArray<Record<string, number | string>> {
	const groups = new Map<string, Record<string, number | string>>();
	for (const piece of pieces) {
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

	return [...groups.values()].filter(({requests}) => requests !== 0);
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
The fewest rows that cover a range: the widest that lie within it, and narrower ones at its ends. `laidOutWidths`:
those of `plainRollups` that do, none where their rows say too little.
*/

function piecesOf(
	range: QuarterRange,
	{builtFrom, foldedBefore, plainFrom}: Marks,
	by: readonly Grouping[],
	laidOutWidths: readonly number[] = by.length === 0 ? plainWidths : [],
): readonly Piece[] {
	const pieces: Piece[] = [];
	const folded = {
		...range,
		toQuarter: Math.min(range.toQuarter, foldedBefore),
	};
	const plain = by.every((key) => key === 'quarter');
	const fine = plain ? 'quarterRollups' : 'rollups';
	const laidOut = laidOutWidths.length > 0 ? plainFrom : Infinity;
	addWide(
		{...folded, toQuarter: Math.min(folded.toQuarter, laidOut)},
		by.includes('quarter') ? [] : widths,
		'wideRollups',
	);
	addWide(
		{...folded, fromQuarter: Math.max(folded.fromQuarter, laidOut)},
		laidOutWidths,
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
	const ways = waysTo(db, given);
	// Which they are is read from an index that has nothing else in it.
	const names = prepared(
		db,
		`SELECT session FROM (${sessionsSql(rankedBy, {limit: 'given', ways})})`,
	)
		.pluck()
		.all(given);
	return prepared(
		db,
		sessionsSql(measureNames, {
			limit: 'given',
			ways: byName,
			isWanted: 'session IN (SELECT value FROM json_each(@names))',
		}),
	).all({...given, names: JSON.stringify(names)}) as SessionRow[];
}

/**
All sessions of a range in that order, read as they are gone through; the connection writes nothing
meanwhile.
*/
export function readEverySession(
	db: Database.Database,
	range: QuarterRange,
): IterableIterator<SessionRow> {
	const bounds = boundsOf(db, range);
	const ways: Ways = {...waysTo(db, bounds), within: 'start'};
	return db
		.prepare(sessionsSql(measureNames, {limit: 'all', ways}))
		.iterate(bounds) as IterableIterator<SessionRow>;
}

function boundsOf(
	db: Database.Database,
	{fromQuarter, toQuarter}: QuarterRange,
) {
	const {builtFrom, foldedBefore} = marksOf(db);
	const foldedTo = Math.max(fromQuarter, Math.min(toQuarter, foldedBefore));
	return {fromQuarter, toQuarter, foldedTo, builtFrom};
}

/**
Along which index sessions are found: those within the range, those that reach into it from before, and those that go
on behind it.
*/
type Ways = Readonly<{
	within: 'start' | 'rank' | 'name';
	before: 'start' | 'end' | 'name';
	behind: 'start' | 'end' | 'name';
}>;

/**
Of a good part of the log the dearest are soon met by their rank; of a day, nearly all of them lie elsewhere.
*/
const goodPart = 1 / 8;

function waysTo(
	db: Database.Database,
	{fromQuarter, foldedTo}: Readonly<{fromQuarter: number; foldedTo: number}>,
): Ways {
	const [first, last] = prepared(
		db,
		'SELECT (SELECT min(firstQuarter) FROM sessionTotals), (SELECT max(lastQuarter) FROM sessionTotals)',
	)
		.raw()
		.get() as readonly [number | null, number | null];
	const length = (last ?? 0) - (first ?? 0);
	const isWide = foldedTo - fromQuarter >= length * goodPart;
	return {
		within: isWide ? 'rank' : 'start',
		before: fromQuarter - (first ?? 0) < length / 2 ? 'start' : 'end',
		behind: isWide ? 'end' : 'start',
	};
}

const byName: Ways = {within: 'name', before: 'name', behind: 'name'};

/**
A column, or one that no index is searched by.
*/
const column = (name: string, isSearched: boolean): string =>
	isSearched ? name : `+${name}`;

const inside = (way: Ways['within']): string => {
	const first = column('firstQuarter', way === 'start');
	return `${first} >= @fromQuarter AND ${first} < @foldedTo AND +lastQuarter < @foldedTo`;
};

const before = (way: Ways['before']): string =>
	`${column('firstQuarter', way === 'start')} < @fromQuarter AND ${column('lastQuarter', way === 'end')} >= @fromQuarter`;

const behind = (way: Ways['behind']): string => {
	const first = column('firstQuarter', way === 'start');
	return `${first} >= @fromQuarter AND ${first} < @foldedTo AND ${column('lastQuarter', way === 'end')} >= @foldedTo`;
};

const dearestFirst = `costNanodollars DESC, ${tokensSql} DESC, requests DESC, session`;

/**
The sums of sessions, the dearest first. A session that lies within the range has its total. Only the
few others are added up: those that go on beyond it, by the quarter-hours that they reach into, and what
is not folded or not built yet.
*/
function sessionsSql(
	measures: readonly string[],
	{
		limit,
		ways,
		isWanted = 'true',
	}: Readonly<{limit: 'given' | 'all'; ways: Ways; isWanted?: string}>,
): string {
	const columns = ['session', ...measures].join(', ');
	const summed = measures.map((name) => `sum(${name}) AS ${name}`).join(', ');
	const straddling = (within: string) => `
		SELECT ${columns} FROM sessionRollups
		WHERE ${within} AND ${isWanted} AND session IN (SELECT session FROM straddlers)`;
	return `
		WITH straddlers AS MATERIALIZED (
			SELECT session, firstQuarter, lastQuarter FROM sessionTotals
			WHERE ${isWanted} AND ${before(ways.before)}
			UNION ALL SELECT session, firstQuarter, lastQuarter FROM sessionTotals
			WHERE ${isWanted} AND ${behind(ways.behind)}
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
				SELECT ${columns} FROM sessionTotals WHERE ${isWanted} AND ${inside(ways.within)} AND requests > 0
				${limit === 'all' ? '' : `ORDER BY ${dearestFirst} LIMIT @limit + (SELECT count(*) FROM others)`}
			) WHERE session NOT IN (SELECT session FROM others)
			UNION ALL SELECT others.session, ${measures
				.map((name) => `others.${name} + coalesce(total.${name}, 0)`)
				.join(', ')}
			FROM others LEFT JOIN sessionTotals AS total
				ON total.session = others.session AND ${inside('name')}
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
