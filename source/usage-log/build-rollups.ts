import type Database from 'better-sqlite3';
import {measureNames} from '../exchange/measures.js';
import {uptimeMs} from '../uptime.js';
import {convertFrom, measuresOf} from './convert-rollups.js';
import {keySql} from './measure-sql.js';
import {prepared} from './prepared.js';
import {addTo, mark, plainRollups, plainWidthsSql} from './rollup-tables.js';
import {Stride} from './stride.js';

/**
Does the next step of what a log lacks, of `count` rows at most: brings sums over from an older version, adds
exchanges, the newest first, to the sums of a log that has none of them yet, and lays the sums of plain time
out. Takes the write lock once. Answers whether something is left.
*/
export function buildSome(db: Database.Database, count: number): boolean {
	return db
		.transaction((): boolean => {
			const {convertedFrom, builtFrom, plainFrom} = unfinished(db);
			if (convertedFrom > 0) {
				convertFrom(db, lowestOf(db, {below: convertedFrom, count}));
			} else if (builtFrom > 0) {
				buildFrom(db, lowestOf(db, {below: builtFrom, count}));
			} else if (plainFrom > 0) {
				layOutSome(db, count);
			}

			return isUnfinished(db);
		})
		.immediate();
}

function buildFrom(db: Database.Database, from: number): void {
	const measures = measuresOf(db, 'exchangeSums');
	const keys = Object.keys(keySql).join(', ');
	prepared(
		db,
		`INSERT INTO exchangeSums (id, ${[keys, ...measures].join(', ')})
		SELECT max(id), ${keys}, ${measures.map((name) => `sum(${name})`).join(', ')}
		FROM exchangeSums WHERE id >= ? AND id < ${mark('builtFrom')} GROUP BY ${keys}`,
	).run(from);
	prepared(db, 'UPDATE rollupMarks SET builtFrom = ?').run(from);
}

const sums = measureNames.map((name) => `sum(${name})`).join(', ');
const someQuarters =
	'quarter >= @from AND quarter < (SELECT plainFrom FROM rollupMarks)';

function layOutSome(db: Database.Database, count: number): void {
	const {from, isMore} = prepared(
		db,
		`SELECT coalesce(min(quarter), 0) AS "from", count(*) = @count AS isMore FROM (
			SELECT quarter FROM quarterRollups WHERE quarter < ${mark('plainFrom')} ORDER BY quarter DESC LIMIT @count
		)`,
	).get({count}) as {from: number; isMore: number};
	prepared(
		db,
		addTo(
			plainRollups,
			`SELECT width, quarter / width * width AS start, ${sums} FROM quarterRollups, ${plainWidthsSql} WHERE ${someQuarters} GROUP BY width, start`,
		),
	).run({from});
	prepared(db, 'UPDATE rollupMarks SET plainFrom = ?').run(isMore ? from : 0);
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
	const startedAt = uptimeMs();
	while (
		isUnfinished(db) &&
		uptimeMs() - startedAt < atOnceMs &&
		stride.step((count) => buildSome(db, count))
	) {
		// One step after the other.
	}
}

type Unfinished = Readonly<
	Record<'convertedFrom' | 'builtFrom' | 'plainFrom', number>
>;

const unfinished = (db: Database.Database): Unfinished =>
	prepared(
		db,
		'SELECT convertedFrom, builtFrom, plainFrom FROM rollupMarks',
	).get() as Unfinished;

/**
Whether the sums of a log lack something that is there.
*/
export const isUnfinished = (db: Database.Database): boolean =>
	Object.values(unfinished(db)).some((from) => from > 0);

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
