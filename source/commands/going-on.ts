import type Database from 'better-sqlite3';
import {attemptsPerExchange} from '../usage-log/numbers.js';
import {fromOpenSql} from '../usage-log/open-sql.js';
import type {Moment} from './today.js';

/**
What goes on now.
*/
export type GoingOn = Readonly<{
	/**
	Exchanges open now.
	*/
	open: number;
	/**
	Those of them that are held back and with nobody.
	*/
	held: number;
	/**
	Tries of the last five minutes, and those of them that were answered 429.
	*/
	tries: number;
	limited: number;
	/**
	The model asked last, if any was today.
	*/
	model: string | undefined;
}>;

const minutes = 5;

/**
Reads it from a log. Its work does not grow with the log.
*/
export function readGoingOn(
	db: Database.Database,
	{day, nowMs}: Moment,
): GoingOn {
	const open = db.prepare(openSql).pluck().get() as number;
	const held = heldIn(db);
	const since = nowMs - minutes * 60_000;
	const {tries, limited} = db.prepare(triesSql).get({since}) as Readonly<{
		tries: number;
		limited: number;
	}>;
	const model = db.prepare(modelSql).pluck().get({from: day.fromMs}) as
		string | null | undefined;
	return {open, held, tries, limited, model: model ?? undefined};
}

const openSql = `SELECT count(*) ${fromOpenSql}`;

/**
A log of an older version does not tell.
*/
const heldIn = (db: Database.Database): number =>
	db.prepare(tellsHeldSql).get() === undefined
		? 0
		: (db
				.prepare(
					`${openSql} JOIN live ON live.id = exchanges.id WHERE live.heldSince IS NOT NULL`,
				)
				.pluck()
				.get() as number);

const tellsHeldSql =
	"SELECT 1 FROM pragma_table_info('live') WHERE name = 'heldSince'";

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
