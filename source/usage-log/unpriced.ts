import type Database from 'better-sqlite3';
import type {PriceGap} from '../exchange/exchange.js';
import {keySql} from './measure-sql.js';
import {prepared} from './prepared.js';

/**
So many exchanges of a model at an endpoint without a price, and what all of them lack.
*/
export type UnpricedRow = Readonly<{
	model: string;
	endpoint: string;
	unpricedModel: string | null;
	unpricedFor: PriceGap;
	exchanges: number;
}>;

/**
Why the exchanges that began in a range (epoch milliseconds, its end not included) have no price, the
most frequent first. Of the rows of the range only the newest are looked at, `most` at most, so that a
year is no more work than a day; those that were pruned say nothing.
*/
export const readUnpriced = (
	db: Database.Database,
	{
		fromMs,
		toMs,
		most = 20_000,
	}: Readonly<{fromMs: number; toMs: number; most?: number}>,
): readonly UnpricedRow[] =>
	prepared(db, unpricedSql).all({
		fromMs,
		toMs,
		fromId: firstIdSince(db, fromMs - clockSlackMs),
		toId: firstIdSince(db, toMs + clockSlackMs),
		most,
	}) as readonly UnpricedRow[];

/**
A row of an older version does not say what it lacks: then it is its model.
*/
const unpricedSql = `
	SELECT ${keySql.model('looked')} AS model,
		${keySql.endpoint('looked')} AS endpoint,
		CASE WHEN unpricedFor IS NULL THEN nullif(${keySql.model('looked')}, '') ELSE unpricedModel END AS unpricedModel,
		coalesce(unpricedFor, 'model') AS unpricedFor,
		count(*) AS exchanges
	FROM (
		SELECT startedAt, outcome, askedModel, sentModel, servedModel, endpoint, priceSource, unpricedModel, unpricedFor
		FROM exchanges WHERE id >= @fromId AND id < @toId ORDER BY id DESC LIMIT @most
	) AS looked
	WHERE priceSource = 'unpriced' AND outcome <> 'open' AND startedAt >= @fromMs AND startedAt < @toMs
	GROUP BY 1, 2, 3, 4 ORDER BY exchanges DESC LIMIT 1000
`;

/**
Ids grow with time, but several writers may each be a little behind or ahead.
*/
const clockSlackMs = 3_600_000;

/**
Halves the ids until one is left: there is no index of times.
*/
function firstIdSince(db: Database.Database, sinceMs: number): number {
	const next = prepared(
		db,
		'SELECT id, startedAt FROM exchanges WHERE id >= ? ORDER BY id LIMIT 1',
	);
	const last = prepared(db, 'SELECT max(id) FROM exchanges').pluck();
	let low = 0;
	let high = ((last.get() as number | null) ?? 0) + 1;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		const row = next.get(middle) as
			{id: number; startedAt: number | null} | undefined;
		if (row === undefined || (row.startedAt ?? 0) >= sinceMs) {
			high = middle;
		} else {
			low = row.id + 1;
		}
	}

	return low;
}
