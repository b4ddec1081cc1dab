import type Database from 'better-sqlite3';
import {measureNames} from '../exchange/measures.js';
import {checksumOf, type ChecksumRow} from './checksum.js';
import {saidBefore} from './convert-rollups.js';
import {wronglyCounted} from './check-counted.js';
import {
	mark,
	plainRollups,
	plainWidthsSql,
	quarterRollups,
	rollups,
	sessionRollups,
	sessionTotals,
	wideRollups,
	widthsSql,
	type SumTable,
} from './rollup-tables.js';

export type Problem = Readonly<
	| {kind: 'broken'; says: string}
	| {
			kind: 'sum';
			table: string;
			key: Readonly<Record<string, string | number>>;
			measure: string;
			/**
			By how much the kept sum is above what it should be.
			*/
			tooMuch: number;
	  }
	| {kind: 'seal'; quarter: number}
>;

export type Checked = Readonly<{
	exchanges: number;
	sums: number;
	seals: number;
	/**
	Exchanges that are not in the sums yet, in a log of an older version.
	*/
	unbuilt: number;
	problems: readonly Problem[];
}>;

type Row = Record<string, string | number>;

/**
Reads a log whole and compares: the file with itself, the sums with the exchanges, the sums of sums with
the sums, the sums of exchanges that were taken out with their seals, and what caps count of the last days with
the exchanges. To be called within a
transaction, so that all is of one moment; takes no write lock.
*/
export function checkLog(db: Database.Database): Checked {
	const broken = brokenPages(db);
	if (broken.length > 0) {
		return {exchanges: 0, sums: 0, seals: 0, unbuilt: 0, problems: broken};
	}

	const {builtFrom} = marksOf(db);
	return {
		exchanges: countOf(db, 'exchanges'),
		sums: countOf(db, 'rollups') + countOf(db, 'sessionRollups'),
		seals: countOf(db, 'seals'),
		unbuilt: countOf(db, `exchangeSums WHERE id < ${builtFrom}`),
		problems: [
			...againstExchanges(db),
			...againstSums(db),
			...narrowSpans(db),
			...wronglyCounted(db),
		],
	};
}

const countOf = (db: Database.Database, from: string): number =>
	db.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number;

function brokenPages(db: Database.Database): readonly Problem[] {
	const lines = db.prepare('PRAGMA quick_check').pluck().all() as string[];
	return lines
		.filter((line) => line !== 'ok')
		.map((says) => ({kind: 'broken', says}));
}

/**
What is left of kept sums when those of the exchanges are taken away is what was taken out: nothing, or
what the seal of the quarter-hour says.
*/
function againstExchanges(db: Database.Database): readonly Problem[] {
	const seals = new Map(
		(db.prepare('SELECT * FROM seals').all() as readonly Seal[]).map((seal) => [
			seal.quarter,
			seal,
		]),
	);
	const found = new Map<number, Seal>();
	const problems: Problem[] = [];
	for (const table of [rollups, sessionRollups]) {
		const differences = differencesOf(db, table, [
			kept(table),
			...ofExchanges(db, table),
		]);
		for (const row of differences) {
			const quarter = Number(row['quarter']);
			if (seals.has(quarter)) {
				found.set(quarter, sealed(found.get(quarter), {table, row, quarter}));
			} else {
				problems.push(...wrongSums(table, row));
			}
		}
	}

	const unsealed = [...seals.values()]
		.filter((seal) => !isSame(seal, found.get(seal.quarter) ?? noSeal))
		.map(({quarter}) => ({kind: 'seal', quarter}) as const);
	return [...problems, ...unsealed];
}

type Seal = Readonly<{quarter: number; exchanges: number; checksum: string}>;

const noSeal = {exchanges: 0, checksum: '0'} as const;

const isSame = (
	seal: Seal,
	{exchanges, checksum}: Pick<Seal, 'exchanges' | 'checksum'>,
): boolean => seal.exchanges === exchanges && seal.checksum === checksum;

/**
A seal upon one row more. Sessions have the same exchanges: they are counted once.
*/
const sealed = (
	before: Seal | undefined,
	{table, row, quarter}: Readonly<{table: SumTable; row: Row; quarter: number}>,
): Seal => ({
	quarter,
	exchanges:
		(before?.exchanges ?? 0) +
		(table === rollups ? Number(row['requests']) : 0),
	checksum: checksumOf([sealedRow(table, row)], before?.checksum),
});

/**
What the exchanges that are there have added, to be taken away: those that are not brought over yet as the
version before said.
*/
function ofExchanges(
	db: Database.Database,
	{keys}: SumTable,
): readonly string[] {
	const {builtFrom, convertedFrom} = marksOf(db);
	const columns = keys.join(', ');
	const own = `SELECT ${[columns, ...minus].join(', ')} FROM exchangeSums WHERE id >= ${Math.max(builtFrom, convertedFrom)}`;
	return convertedFrom === 0
		? [own]
		: [
				own,
				`${saidBefore(db, {columns, measures: measureNames, sign: '-'})} WHERE id >= ${builtFrom} AND id < ${convertedFrom}`,
			];
}

const marksOf = (
	db: Database.Database,
): Readonly<Record<'builtFrom' | 'convertedFrom' | 'plainFrom', number>> =>
	db.prepare('SELECT * FROM rollupMarks').get() as never;

const sealedRow = ({name, keys}: SumTable, row: Row): ChecksumRow => ({
	place: [name, ...keys.map((key) => row[key]!)],
	sums: row as Record<string, number>,
});

const plus: readonly string[] = measureNames;
const minus = measureNames.map((name) => `-${name} AS ${name}`);

const kept = ({name, keys}: SumTable, where = 'true'): string =>
	`SELECT ${[...keys, ...plus].join(', ')} FROM ${name} WHERE ${where}`;

const isFolded = 'quarter < (SELECT foldedBefore FROM rollupMarks)';

/**
Sums of sums against the sums they are of.
*/
function againstSums(db: Database.Database): readonly Problem[] {
	const wideKeys = `width, quarter / width * width AS quarter, ${rollups.keys.slice(1).join(', ')}`;
	const sources = [
		[wideRollups, wideKeys, `rollups, ${widthsSql}`],
		[quarterRollups, 'quarter', 'rollups'],
		[
			plainRollups,
			'width, quarter / width * width AS quarter',
			`rollups, ${plainWidthsSql}`,
		],
		[sessionTotals, 'session', 'sessionRollups'],
	] as const;
	return sources.flatMap(([table, keys, from]) =>
		[
			...differencesOf(db, table, [
				kept(table),
				`SELECT ${[keys, ...minus].join(', ')} FROM ${from} WHERE ${isFolded} ${table === plainRollups ? `AND quarter >= ${mark('plainFrom')}` : ''}`,
			]),
		].flatMap((row) => wrongSums(table, row)),
	);
}

/**
A session is looked for by the quarter-hours it spans: those of its sums may not lie outside.
*/
function narrowSpans(db: Database.Database): readonly Problem[] {
	const rows = db
		.prepare(
			`SELECT session, max(firstQuarter - first, last - lastQuarter) AS tooMuch FROM sessionTotals JOIN (
				SELECT session, min(quarter) AS first, max(quarter) AS last FROM sessionRollups
				WHERE ${isFolded} AND requests > 0 GROUP BY session
			) USING (session) WHERE first < firstQuarter OR last > lastQuarter`,
		)
		.all() as ReadonlyArray<{session: string; tooMuch: number}>;
	return rows.map(({session, tooMuch}) => ({
		kind: 'sum',
		table: sessionTotals.name,
		key: {session},
		measure: 'the span of quarter-hours',
		tooMuch: -tooMuch,
	}));
}

/**
Adds up rows by key, and keeps those where something is left.
*/
function differencesOf(
	db: Database.Database,
	{keys}: SumTable,
	parts: readonly string[],
): IterableIterator<Row> {
	const by = keys.join(', ');
	return db
		.prepare(
			`SELECT ${[...keys, ...measureNames.map((name) => `sum(${name}) AS ${name}`)].join(', ')}
			FROM (${parts.join(' UNION ALL ')}) GROUP BY ${by}
			HAVING ${measureNames.map((name) => `sum(${name}) <> 0`).join(' OR ')}`,
		)
		.iterate() as IterableIterator<Row>;
}

const wrongSums = ({name, keys}: SumTable, row: Row): readonly Problem[] =>
	measureNames
		.filter((measure) => row[measure] !== 0)
		.map((measure) => ({
			kind: 'sum',
			table: name,
			key: Object.fromEntries(keys.map((key) => [key, row[key]!])),
			measure,
			tooMuch: Number(row[measure]),
		}));
