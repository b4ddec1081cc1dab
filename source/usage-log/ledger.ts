import type Database from 'better-sqlite3';
import {quarterMs} from '../exchange/measures.js';
import {countedMeasures, type CountedMeasure} from './ledger-sql.js';
import {prepared} from './prepared.js';

/**
How a key stands: what counts, nano-dollars and tokens, how many exchanges had usage without a price, and
what is reserved for how many requests under way.
*/
export type Standing = Readonly<{
	nanodollars: number;
	tokens: number;
	unpriced: number;
	reservedNanodollars: number;
	reservedTokens: number;
	underWay: number;
}>;

/**
Part of a key's time, epoch milliseconds, from the first instant to before the last: whole quarter-hours.
*/
export type KeyDay = Readonly<{key: string; from: number; to: number}>;

const nothing: Standing = {
	nanodollars: 0,
	tokens: 0,
	unpriced: 0,
	reservedNanodollars: 0,
	reservedTokens: 0,
	underWay: 0,
};

/**
What counts for a key over a day. All of it is of one moment; all 0 in a log of a version without caps.
*/
export function readStanding(
	db: Database.Database,
	{key, from, to}: KeyDay,
): Standing {
	return hasLedger(db)
		? (prepared(db, standingSql).get({
				key,
				from,
				to,
				fromQuarter: Math.floor(from / quarterMs),
				toQuarter: Math.floor(to / quarterMs),
			}) as Standing)
		: nothing;
}

const standingSql = `
	SELECT * FROM (
		SELECT coalesce(sum(nanodollars), 0) AS nanodollars, coalesce(sum(tokens), 0) AS tokens,
			coalesce(sum(unpriced), 0) AS unpriced
		FROM counted WHERE key = @key AND quarter >= @fromQuarter AND quarter < @toQuarter
	), (
		SELECT coalesce(sum(nanodollars), 0) AS reservedNanodollars, coalesce(sum(tokens), 0) AS reservedTokens,
			count(*) AS underWay
		FROM reservations WHERE key = @key AND admittedAt >= @from AND admittedAt < @to
	)
`;

/**
The bound of a request under way: what it may come to at most.
*/
export type Reservation = Readonly<{
	exchange: number;
	key: string;
	/**
	Epoch milliseconds: it counts for the day this is in.
	*/
	admittedAt: number;
	nanodollars: number;
	tokens: number;
	/**
	The instance of the passthrough.
	*/
	owner: string;
}>;

/**
Reserves for an exchange that is open, in place of what was reserved for it before. It is released with
the end of the exchange, whoever writes that. Answers whether it is open. Runs inside a transaction of the
caller.
*/
export function reserve(
	db: Database.Database,
	reservation: Reservation,
): boolean {
	return prepared(db, reserveSql).run(reservation).changes > 0;
}

const reserveSql = `
	INSERT OR REPLACE INTO reservations (exchange, key, admittedAt, nanodollars, tokens, owner)
	SELECT @exchange, @key, @admittedAt, @nanodollars, @tokens, @owner
	FROM exchanges WHERE id = @exchange AND outcome = 'open'
`;

/**
Takes back what is reserved for an exchange that goes no further for now. Runs inside a transaction of
the caller.
*/
export function release(db: Database.Database, exchange: number): void {
	prepared(db, 'DELETE FROM reservations WHERE exchange = ?').run(exchange);
}

/**
Counts for a key's day what it is `known` to have used and this log does not know of, from the begin of that day
on. Runs inside a transaction of the caller, or by itself.
*/
export function carry(
	db: Database.Database,
	day: KeyDay,
	known: Pick<Standing, CountedMeasure>,
): void {
	const counted = readStanding(db, day);
	const less = (measure: CountedMeasure): number =>
		Math.max(0, known[measure] - counted[measure]);
	const [nanodollars, tokens, unpriced] = [
		less('nanodollars'),
		less('tokens'),
		less('unpriced'),
	];
	if (nanodollars + tokens + unpriced > 0) {
		prepared(db, carrySql).run({
			key: day.key,
			quarter: Math.floor(day.from / quarterMs),
			nanodollars,
			tokens,
			unpriced,
		});
	}
}

const carrySql = `
	INSERT INTO counted (key, quarter, nanodollars, tokens, unpriced)
	VALUES (@key, @quarter, @nanodollars, @tokens, @unpriced)
	ON CONFLICT DO UPDATE SET ${countedMeasures.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}
`;

/**
So many of the newest exchanges are looked at.
*/
const lookedAt = 20_000;
const recentSql = `id > (SELECT max(id) FROM exchanges) - ${lookedAt}`;

/**
Output tokens of the last answers of a model, by the name it was asked for or answered under, that were told
exactly: `most` at most, the newest first.
*/
export function outputsOf(
	db: Database.Database,
	model: string,
	most: number,
): readonly number[] {
	return prepared(
		db,
		`SELECT outputTokens FROM exchanges
		WHERE ${recentSql} AND (servedModel = @model OR sentModel = @model) AND usageStatus = 'exact' AND outputTokens IS NOT NULL
		ORDER BY id DESC LIMIT @most`,
	)
		.pluck()
		.all({model, most}) as readonly number[];
}

export type SeenKey = Readonly<{
	key: string;
	/**
	Epoch milliseconds; to a quarter-hour where it was long ago.
	*/
	lastSeenAt: number;
	/**
	The program of the client that used it then, where that is known.
	*/
	client: string | null;
}>;

/**
The keys that requests have come with, the one seen last first.
*/
export function keysSeen(db: Database.Database): readonly SeenKey[] {
	const recent = prepared(
		db,
		`SELECT coalesce(key, 'default') AS key, max(startedAt) AS lastSeenAt, client FROM exchanges
		WHERE ${recentSql} AND startedAt IS NOT NULL GROUP BY 1`,
	).all() as readonly SeenKey[];
	const known = new Set(recent.map(({key}) => key));
	const before = hasLedger(db)
		? (prepared(
				db,
				`SELECT key, max(quarter) * ${quarterMs} AS lastSeenAt, NULL AS client FROM counted GROUP BY key`,
			).all() as readonly SeenKey[])
		: [];
	return [...recent, ...before.filter(({key}) => !known.has(key))].toSorted(
		(one, other) => other.lastSeenAt - one.lastSeenAt,
	);
}

/**
Whether a log has what caps count: one of an older version, that nobody has written since, has not.
*/
export function hasLedger(db: Database.Database): boolean {
	if (!known.has(db)) {
		const found = prepared(
			db,
			"SELECT 1 FROM sqlite_schema WHERE name = 'reservations'",
		).get();
		if (found === undefined) {
			return false;
		}

		// It does not go away again.
		known.add(db);
	}

	return true;
}

const known = new WeakSet<Database.Database>();
