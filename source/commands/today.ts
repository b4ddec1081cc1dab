import type Database from 'better-sqlite3';
import type {Span} from '../calendar/day.js';
import {quarterMs, type Sums} from '../exchange/measures.js';
import {noSums} from '../summary/sums.js';
import {readLimits, type LimitRow} from '../usage-log/limits.js';
import {attemptsPerExchange} from '../usage-log/numbers.js';
import {readRollups} from '../usage-log/rollups.js';
import {UserError} from '../user-error.js';
import {dayIn, daysInForce} from './days-in-force.js';
import {limitsInForce} from './limits-in-words.js';
import type {Sight} from './look.js';
import {readLog} from './read-log.js';

/**
What a day has come to so far, and what goes on in it.
*/
export type Today = Readonly<{
	day: Span;
	sums: Sums;
	/**
	What each key has spent, by its name: nano-dollars that a cap counts.
	*/
	spent: ReadonlyMap<string, number>;
	/**
	Exchanges open now.
	*/
	open: number;
	/**
	Tries of the last five minutes, and those of them that were answered 429.
	*/
	tries: number;
	limited: number;
	/**
	The model asked last, if any was today.
	*/
	model: string | undefined;
	/**
	The limits that endpoints told of and that still hold.
	*/
	limits: readonly LimitRow[];
}>;

const minutes = 5;

/**
Reads it from a log, all of one moment if inside a transaction. Its work does not grow with the log.
*/
function readToday(db: Database.Database, day: Span, nowMs: number): Today {
	const quarters = {
		fromQuarter: day.fromMs / quarterMs,
		toQuarter: day.toMs / quarterMs,
	};
	const [sums] = readRollups(db, {...quarters, by: []});
	const byKey = readRollups(db, {...quarters, by: ['key']});
	const open = db.prepare(openSql).pluck().get() as number;
	const since = nowMs - minutes * 60_000;
	const {tries, limited} = db.prepare(triesSql).get({since}) as Readonly<{
		tries: number;
		limited: number;
	}>;
	const model = db.prepare(modelSql).pluck().get({from: day.fromMs}) as
		string | null | undefined;
	return {
		day,
		sums: sums ?? noSums,
		spent: new Map(
			byKey.map(({key, countedNanodollars}) => [key!, countedNanodollars]),
		),
		open,
		tries,
		limited,
		model: model ?? undefined,
		limits: limitsInForce(readLimits(db), nowMs),
	};
}

const openSql = `
	SELECT count(*) FROM writers JOIN exchanges
	ON exchanges.id >= writers.openFrom AND exchanges.owner = writers.owner AND exchanges.outcome = 'open'
`;

/**
Ids grow with time, so the newest that is old enough ends the walk.
*/
const triesSql = `
	WITH recent AS (
		SELECT id, attempts, httpStatus, reason FROM exchanges WHERE id > coalesce(
			(SELECT id FROM exchanges WHERE startedAt < @since ORDER BY id DESC LIMIT 1),
			0
		)
	)
	SELECT
		(SELECT coalesce(sum(attempts), 0) FROM recent) AS tries,
		(SELECT coalesce(sum(httpStatus = 429 AND reason IS NULL), 0) FROM recent) + (
			SELECT coalesce(sum(httpStatus = 429), 0) FROM earlierAttempts
			WHERE id >= (SELECT coalesce(min(id), 9e15) FROM recent) * ${attemptsPerExchange}
		) AS limited
`;

const modelSql = `
	SELECT coalesce(servedModel, sentModel, askedModel) FROM exchanges
	WHERE id > (SELECT coalesce(max(id), 0) - 100 FROM exchanges)
	AND startedAt >= @from AND format IS NOT NULL
	ORDER BY id DESC LIMIT 1
`;

/**
What the log in force says of today. Undefined where there is none that can be read; throws a UserError
where the config is wrong.
*/
export async function today(sight: Sight): Promise<Today | undefined> {
	const nowMs = Date.now();
	try {
		const {log, rule} = daysInForce(sight);
		const day = await dayIn(rule, nowMs);
		return readLog(log, (db) => readToday(db, day, nowMs));
	} catch (error) {
		if (error instanceof UserError && error.exitCode !== 2) {
			return undefined;
		}

		throw error;
	}
}
