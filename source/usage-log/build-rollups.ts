import type Database from 'better-sqlite3';
import {measureNames} from '../exchange/measures.js';
import {keySql} from './measure-sql.js';
import {prepared} from './prepared.js';
import {addSums} from './rollup-triggers.js';
import {Stride} from './stride.js';

const keys = Object.keys(keySql).join(', ');
const someSql = `SELECT max(id), ${keys}, ${measureNames
	.map((name) => `sum(${name})`)
	.join(', ')}
	FROM exchangeSums WHERE id >= @from AND id < @to GROUP BY ${keys}`;

/**
Adds the next exchanges, at most `count` of them and the newest first, to the sums of a log that has
none of them yet. Takes the write lock once. Answers whether some are left.
*/
export function buildSome(db: Database.Database, count: number): boolean {
	return db
		.transaction((): boolean => {
			const to = builtFrom(db);
			if (to <= 0) {
				return false;
			}

			const from = lowestOf(db, {below: to, count});
			prepared(db, addSums(someSql)).run({from, to});

			prepared(db, 'UPDATE rollupMarks SET builtFrom = ?').run(from);
			return from > 0;
		})
		.immediate();
}

/**
What may be built while a log is being opened; the rest follows beside the path of requests.
*/
const atOnceMs = 50;

/**
Builds the sums of a log of an older version, as far as that is done in a moment.
*/
export function buildAtOnce(db: Database.Database): void {
	const stride = new Stride();
	const startedAt = performance.now();
	while (
		builtFrom(db) > 0 &&
		performance.now() - startedAt < atOnceMs &&
		stride.step((count) => buildSome(db, count))
	) {
		// One step after the other.
	}
}

/**
Exchanges from this id on are in the sums; 0 when all are.
*/
export const builtFrom = (db: Database.Database): number =>
	db.prepare('SELECT builtFrom FROM rollupMarks').pluck().get() as number;

/**
The lowest of the `count` highest ids below one, 0 where there are no more below it.
*/
function lowestOf(
	db: Database.Database,
	{below, count}: {below: number; count: number},
): number {
	const lowest = db
		.prepare(
			'SELECT min(id) FROM (SELECT id FROM exchanges WHERE id < ? ORDER BY id DESC LIMIT ?)',
		)
		.pluck()
		.get(below, count) as number | null;
	const isMore =
		lowest !== null &&
		db.prepare('SELECT 1 FROM exchanges WHERE id < ?').get(lowest) !==
			undefined;
	return isMore ? lowest : 0;
}
