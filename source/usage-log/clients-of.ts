import type Database from 'better-sqlite3';
import {prepared} from './prepared.js';

const lookedAt = 20_000;

/**
The clients that a key was used by, and for how many requests, of the newest 20,000 there are.
*/
export function clientsOf(
	db: Database.Database,
	key: string,
): Readonly<{clients: readonly string[]; requests: number}> {
	const rows = prepared(
		db,
		`SELECT client, count(*) AS requests FROM exchanges
		WHERE id > (SELECT max(id) FROM exchanges) - ${lookedAt} AND key = ? AND outcome <> 'open' AND reason IS NULL
		GROUP BY client`,
	).all(key) as ReadonlyArray<
		Readonly<{client: string | null; requests: number}>
	>;
	return {
		clients: rows.flatMap(({client}) => client ?? []),
		requests: rows.reduce((sum, {requests}) => sum + requests, 0),
	};
}
