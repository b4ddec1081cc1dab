import type Database from 'better-sqlite3';
import {quarterMs, measureNames} from '../exchange/measures.js';
import {checksumOf} from './checksum.js';
import {attemptsPerExchange} from './numbers.js';
import {prepared} from './prepared.js';
import {
	ownFrom,
	rollups,
	sessionRollups,
	type SumTable,
} from './rollup-tables.js';

/**
Ids grow with time, but several writers may each be a little behind or ahead.
*/
const clockSlackMs = 86_400_000;

/**
Where a walk through the log stands.
*/
export type PruneStep = Readonly<{
	/**
	All exchanges up to this id have been looked at.
	*/
	lookedThrough: number;
	/**
	How many they were.
	*/
	seen: number;
	pruned: number;
	/**
	None of them was near the limit in time, nor older.
	*/
	isBeyond: boolean;
	hasMore: boolean;
}>;

type Looked = Readonly<{
	last: number | null;
	seen: number;
	oldest: number | null;
	due: number;
}>;

/**
Looks at the next `count` exchanges after an id, and takes out those of whole quarter-hours before an
instant (epoch milliseconds), with their tries. Their sums stay, and a seal upon them. Open ones stay,
and the newest: ids and revisions are given out after it. Takes the write lock once at most.
*/
export function pruneSome(
	db: Database.Database,
	{beforeMs, after, count}: {beforeMs: number; after: number; count: number},
): PruneStep {
	const cutoffMs = Math.floor(beforeMs / quarterMs) * quarterMs;
	const {last, seen, oldest, due} = prepared(
		db,
		`SELECT max(id) AS last, count(*) AS seen, min(startedAt) AS oldest, coalesce(sum(${dueSql}), 0) AS due
			FROM (SELECT id, revision, startedAt, outcome FROM exchanges WHERE id > @after ORDER BY id LIMIT @count)`,
	).get({cutoffMs, after, count}) as Looked;
	const through = last ?? after;
	return {
		lookedThrough: through,
		pruned: due > 0 ? takeOut(db, {cutoffMs, after, through}) : 0,
		seen,
		isBeyond: (oldest ?? 0) >= cutoffMs + clockSlackMs,
		hasMore: seen === count,
	};
}

const dueSql = `coalesce(startedAt, 0) < @cutoffMs AND outcome <> 'open' AND id >= ${ownFrom}
	AND id < (SELECT max(id) FROM exchanges) AND revision < (SELECT max(revision) FROM exchanges)`;

type Range = Readonly<{cutoffMs: number; after: number; through: number}>;

const dueIds = `SELECT id FROM exchanges WHERE id > @after AND id <= @through AND ${dueSql}`;
const raiseMarkSql = `UPDATE pruned SET prunedThrough = max(prunedThrough, coalesce((SELECT max(revision) FROM exchanges WHERE id IN (${dueIds})), 0))`;
const takeAttemptsSql = `DELETE FROM earlierAttempts WHERE id >= (@after + 1) * ${attemptsPerExchange} AND id < (@through + 1) * ${attemptsPerExchange} AND id / ${attemptsPerExchange} IN (${dueIds})`;
const takeExchangesSql = `DELETE FROM exchanges WHERE id IN (${dueIds})`;
const pruningSql = 'UPDATE rollupMarks SET pruning = ?';

/**
Answers how many there were. What ended or was corrected since it was looked at counts as it is now.
*/
function takeOut(db: Database.Database, range: Range): number {
	// Understood before the lock is taken: that takes longer than the rest.
	const pruning = prepared(db, pruningSql);
	const raiseMark = prepared(db, raiseMarkSql);
	const takeAttempts = prepared(db, takeAttemptsSql);
	const takeExchanges = prepared(db, takeExchangesSql);
	const sealing = sealer(db);
	const take = db.transaction((): number => {
		sealing(range);
		pruning.run(1);
		raiseMark.run(range);
		takeAttempts.run(range);
		const {changes} = takeExchanges.run(range);
		pruning.run(0);
		return changes;
	});
	return take.immediate();
}

const sums = measureNames.map((name) => `sum(${name}) AS ${name}`).join(', ');

const sumsOfDue = ({keys}: SumTable): string =>
	`SELECT ${keys.join(', ')}, ${sums} FROM exchangeSums WHERE id IN (${dueIds}) GROUP BY ${keys.join(', ')}`;

/**
Adds the sums of what is taken out to the checksums of their quarter-hours.
*/
function sealer(db: Database.Database): (range: Range) => void {
	const tables = [rollups, sessionRollups].map(
		(table) => [table, prepared(db, sumsOfDue(table))] as const,
	);
	const before = prepared(db, 'SELECT checksum FROM seals WHERE quarter = ?');
	const write = prepared(
		db,
		`INSERT INTO seals VALUES (@quarter, @exchanges, @checksum)
		ON CONFLICT (quarter) DO UPDATE SET exchanges = exchanges + excluded.exchanges, checksum = excluded.checksum`,
	);
	return (range) => {
		for (const [table, due] of tables) {
			const rows = due.all(range) as ReadonlyArray<Record<string, number>>;
			for (const [quarter, parts] of Map.groupBy(
				rows,
				(row) => row['quarter']!,
			)) {
				const known = before.get(quarter) as {checksum: string} | undefined;
				write.run({
					quarter,
					exchanges: table === rollups ? requestsOf(parts) : 0,
					checksum: checksumOf(
						parts.map((row) => ({
							place: [table.name, ...table.keys.map((key) => row[key]!)],
							sums: row,
						})),
						known?.checksum,
					),
				});
			}
		}
	};
}

const requestsOf = (rows: ReadonlyArray<Record<string, number>>): number =>
	rows.reduce((sum, row) => sum + row['requests']!, 0);
