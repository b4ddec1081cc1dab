import type Database from 'better-sqlite3';
import type {Exchange} from '../../source/exchange/exchange.js';
import {type LogPlace, begin, finish} from '../helpers/log.js';
import type {Recorder} from '../../source/usage-log/recorder.js';
import type {
	ExchangeFacts,
	Recording,
} from '../../source/usage-log/recording.js';

export const quarterMs = 900_000;
export const dayMs = 86_400_000;

export type Counted = Readonly<{
	key: string;
	quarter: number;
	nanodollars: number;
	tokens: number;
	unpriced: number;
}>;

/**
What an exchange counts for caps, said a second time and not in SQL.
*/
export function countsOf(row: Exchange): Counted | undefined {
	const isCounted =
		row.outcome !== 'open' &&
		row.format !== null &&
		!row.path?.includes('count_tokens');
	const sum =
		(row.inputTokens ?? 0) +
		(row.cacheReadTokens ?? 0) +
		(row.cacheWrite5mTokens ?? 0) +
		(row.cacheWrite1hTokens ?? 0) +
		(row.outputTokens ?? 0);
	const counted = {
		key: row.key ?? 'default',
		quarter: Math.floor((row.admittedAt ?? row.startedAt ?? 0) / quarterMs),
		nanodollars: row.countedNanodollars ?? 0,
		tokens: row.countedTokens ?? (row.usageStatus === 'none' ? 0 : sum),
		unpriced: Number(row.priceSource === 'unpriced'),
	};
	return isCounted &&
		counted.nanodollars + counted.tokens + counted.unpriced > 0
		? counted
		: undefined;
}

/**
Contributions added up, in the order of the table.
*/
export function addedUp(
	parts: ReadonlyArray<Counted | undefined>,
): readonly Counted[] {
	const sums = new Map<string, Counted>();
	for (const part of parts) {
		if (part === undefined) {
			continue;
		}

		const place = JSON.stringify([part.key, part.quarter]);
		const before = sums.get(place);
		sums.set(place, {
			...part,
			nanodollars: part.nanodollars + (before?.nanodollars ?? 0),
			tokens: part.tokens + (before?.tokens ?? 0),
			unpriced: part.unpriced + (before?.unpriced ?? 0),
		});
	}

	return [...sums.values()].toSorted((one, other) =>
		one.key === other.key
			? one.quarter - other.quarter
			: one.key < other.key
				? -1
				: 1,
	);
}

/**
The counters as they are kept; those that have come back to nothing say nothing.
*/
export const countedIn = (db: Database.Database): readonly Counted[] =>
	db
		.prepare(
			'SELECT * FROM counted WHERE nanodollars <> 0 OR tokens <> 0 OR unpriced <> 0 ORDER BY key, quarter',
		)
		.all() as readonly Counted[];

/**
Makes a log as a version without caps left it.
*/
export function withoutLedger(place: LogPlace): void {
	const db = place.connect();
	const names = db
		.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'ledger_%'")
		.pluck()
		.all() as readonly string[];
	for (const name of names) {
		db.exec(`DROP TRIGGER ${name}`);
	}

	db.exec('DROP TABLE counted; DROP TABLE reservations;');
	db.close();
}

export const spending: ExchangeFacts = {
	outcome: 'ok',
	usageStatus: 'exact',
	inputTokens: 100,
	outputTokens: 20,
	countedNanodollars: 5000,
};

/**
Begins an exchange and ends it.
*/
export async function spend(
	recorder: Recorder,
	startedAt: number,
	{begins, ends}: Readonly<{begins?: ExchangeFacts; ends?: ExchangeFacts}> = {},
): Promise<Recording> {
	const {recording, recorded} = begin(recorder, {
		startedAt,
		format: 'anthropic-messages',
		path: '/v1/messages',
		key: 'ci',
		...begins,
	});
	await recorded;
	await finish(recorder, recording, {...spending, ...ends});
	return recording;
}
