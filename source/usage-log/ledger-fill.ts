import type Database from 'better-sqlite3';
import {quarterMs} from '../exchange/measures.js';
import {
	contributionSql,
	countedMeasures,
	type CountedMeasure,
} from './ledger-sql.js';
import {lastRevisionSql} from './numbers.js';

/**
So far back a log that has no counters yet is counted: no day that is still under way is longer.
*/
const filledMs = 3 * 86_400_000;
const rowsAtOnce = 2000;

type Contribution = Readonly<
	{id: number; key: string; quarter: number} & Record<CountedMeasure, number>
>;
type Sum = Omit<Contribution, 'id'>;

/**
What the exchanges of the last days count, and the newest revision before they were read.
*/
export type Recent = Readonly<{
	revision: number;
	fromQuarter: number;
	found: ReadonlyMap<number, Contribution>;
	sums: ReadonlyMap<string, Sum>;
}>;

/**
Reads the newest exchanges, from the last id down. Takes no lock: others write meanwhile.
*/
export function readRecent(db: Database.Database): Recent {
	const revision = db.prepare(lastRevisionSql).pluck().get() as number;
	const fromQuarter = quarterOfLast(db, filledMs);
	const found = new Map<number, Contribution>();
	const sums = new Map<string, Sum>();
	const steps = db.prepare(
		'SELECT min(id) AS first, max(startedAt) AS newest FROM (SELECT id, startedAt FROM exchanges WHERE id < ? ORDER BY id DESC LIMIT ?)',
	);
	const read = db.prepare(contributionSql('exchanges', 'id >= ? AND id < ?'));
	let before = Number.MAX_SAFE_INTEGER;
	for (;;) {
		const {first, newest} = steps.get(before, rowsAtOnce) as Readonly<{
			first: number | null;
			newest: number | null;
		}>;
		if (first === null) {
			break;
		}

		for (const one of read.all(first, before) as readonly Contribution[]) {
			found.set(one.id, one);
			addTo(sums, one);
		}

		if ((newest ?? 0) < fromQuarter * quarterMs) {
			break;
		}

		before = first;
	}

	return {revision, fromQuarter, found, sums};
}

/**
Counts what was read, and what has changed since then. Where something is counted already, the higher counts.
Runs inside a transaction of the caller.
*/
export function fillCounted(
	db: Database.Database,
	{revision, fromQuarter, found, sums: read}: Recent,
): void {
	const sums = new Map(read);
	const changed = db
		.prepare('SELECT id FROM exchanges WHERE revision > ?')
		.pluck()
		.all(revision) as readonly number[];
	const readOne = db.prepare(contributionSql('exchanges', 'id = ?'));
	for (const id of changed) {
		addTo(sums, found.get(id), -1);
		addTo(sums, readOne.get(id) as Contribution | undefined);
	}

	const write = db.prepare(
		`INSERT INTO counted (key, quarter, nanodollars, tokens, unpriced)
		VALUES (@key, @quarter, @nanodollars, @tokens, @unpriced)
		ON CONFLICT DO UPDATE SET ${countedMeasures.map((name) => `${name} = max(${name}, excluded.${name})`).join(', ')}`,
	);
	for (const sum of sums.values()) {
		if (sum.quarter >= fromQuarter) {
			write.run(sum);
		}
	}
}

function addTo(
	sums: Map<string, Sum>,
	one: Contribution | undefined,
	sign: 1 | -1 = 1,
): void {
	if (one === undefined) {
		return;
	}

	const {key, quarter} = one;
	const place = `${quarter} ${key}`;
	const before = sums.get(place);
	const sum = (name: CountedMeasure): number =>
		(before?.[name] ?? 0) + sign * one[name];
	sums.set(place, {
		key,
		quarter,
		nanodollars: sum('nanodollars'),
		tokens: sum('tokens'),
		unpriced: sum('unpriced'),
	});
}

/**
The first whole quarter-hour of so many milliseconds before the newest exchange. A clock that was ahead
when that was written does not make it later than our own says.
*/
export function quarterOfLast(db: Database.Database, ms: number): number {
	const newest = db
		.prepare(
			"SELECT min(coalesce((SELECT startedAt FROM exchanges ORDER BY id DESC LIMIT 1), 0), unixepoch('now') * 1000)",
		)
		.pluck()
		.get() as number;
	return Math.ceil((newest - ms) / quarterMs);
}
