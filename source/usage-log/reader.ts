import Database from 'better-sqlite3';
import {
	attemptFields,
	exchangeFields,
	liveFields,
	type Attempt,
	type Exchange,
	type Live,
} from '../exchange/exchange.js';
import {quarterMs} from '../exchange/measures.js';
import {readLimits} from './limits.js';
import type {LogReader, ModelTotals, News, QuarterTotals} from './news.js';
import {attemptsPerExchange, lastRevisionSql} from './numbers.js';
import {fromOpenSql} from './open-sql.js';
import {prepared} from './prepared.js';
import {ownFrom} from './rollup-tables.js';
import {
	readRollups,
	readSessions,
	type QuarterRange,
	type RollupRow,
} from './rollups.js';
import {rowReader} from './row.js';
import {earlierAttemptsSql, lastAttemptsSql} from './schema.js';

const readExchange = rowReader<Exchange>(exchangeFields);
const readAttempt = rowReader<Attempt>(attemptFields);
const readLive = rowReader<Live>(liveFields);

/**
Of SQLite's pages: who follows a log reads its end.
*/
const cacheKilobytes = 2000;

/**
Opens a usage log to follow it. Throws what SQLite throws where there is none yet, or none that can
be read.
*/
export function openLogReader(path: string): LogReader {
	const db = new Database(path, {
		readonly: true,
		fileMustExist: true,
		timeout: 1000,
	});
	try {
		db.pragma(`cache_size = -${cacheKilobytes}`);
		return reading(db);
	} catch (error) {
		db.close();
		throw error;
	}
}

/**
The exchanges that are open: see `writers` in schema.ts.
*/
const openSql = `SELECT exchanges.* ${fromOpenSql}`;

function reading(db: Database.Database): LogReader {
	const version = db.prepare('PRAGMA data_version').pluck();
	const lastRevision = db.prepare(lastRevisionSql).pluck();
	const newest = db.prepare(newestSql);
	const open = db.prepare(openSql);
	const changed = db.prepare(
		'SELECT * FROM exchanges WHERE revision > ? ORDER BY revision',
	);
	const attemptsOf = attemptsReader(db);
	const live = db.prepare('SELECT * FROM live ORDER BY id');
	const firstSince = db.prepare(firstSinceSql).pluck();

	return {
		dataVersion: () => version.get() as number,
		attach: db.transaction(
			({limit, attemptsSinceMs}: {limit: number; attemptsSinceMs: number}) => {
				const rows = new Map(
					[...newest.all({limit}), ...open.all()]
						.map((row) => readExchange(row))
						.map((row) => [row.id, row]),
				);
				const from = firstSince.get(attemptsSinceMs - clockSlackMs) as number;
				return {
					revision: lastRevision.get() as number,
					exchanges: [...rows.values()].toSorted((a, b) => a.id - b.id),
					attempts: attemptsOf
						.fromId(from)
						.filter(({startedAt}) => (startedAt ?? 0) >= attemptsSinceMs),
				} satisfies News;
			},
		),
		since: db.transaction((revision: number) => ({
			exchanges: changed.all(revision).map((row) => readExchange(row)),
			attempts: attemptsOf.since(revision),
			revision: lastRevision.get() as number,
		})),
		live: () => live.all().map((row) => readLive(row)),
		totals: db.transaction((sinceMs: number) => totalsSince(db, sinceMs)),
		quarters: db.transaction((sinceMs: number) => quartersSince(db, sinceMs)),
		sessions: db.transaction((sinceMs: number, limit: number) =>
			readSessions(db, {...since(sinceMs), limit}),
		),
		limits: () => readLimits(db),
		upkeep: () => upkeepOf(db),
		close() {
			db.close();
		},
	};
}

/**
Sums are built from the newest exchange to the oldest.
*/
function upkeepOf(db: Database.Database): number | undefined {
	try {
		const left = prepared(db, `SELECT ${ownFrom}`).pluck().get() as number;
		const most = prepared(db, 'SELECT max(id) FROM exchanges').pluck().get();
		return left > 0 ? 1 - left / ((most as number) + 1) : undefined;
	} catch {
		// A log of an older version, which nobody is bringing up to date.
		return undefined;
	}
}

/**
Those that ended last. They are looked for among four times as many: one that ran for long has an older id.
*/
const newestSql = `
	SELECT * FROM exchanges WHERE id IN (
		SELECT id FROM (
			SELECT id, endedAt FROM exchanges WHERE outcome IS NOT 'open' ORDER BY id DESC LIMIT @limit * 4
		) ORDER BY endedAt DESC, id DESC LIMIT @limit
	)
`;

/**
Ids grow with time, but several writers may each be a little behind or ahead.
*/
const clockSlackMs = 3_600_000;

/**
Attempts stand in two places; each is asked by its own key.
*/
function attemptsReader(db: Database.Database) {
	const earlierFrom = db.prepare(
		`${earlierAttemptsSql} AND id >= ? * ${attemptsPerExchange}`,
	);
	const lastFrom = db.prepare(`${lastAttemptsSql} AND exchanges.id >= ?`);
	const changed = db.prepare(
		// Between two tries all of them are earlier ones.
		'SELECT id, attempts > 1 OR attemptStartedAt IS NULL AS hasEarlier FROM exchanges WHERE revision > ? ORDER BY revision',
	);
	const earlierOf = db.prepare(
		`${earlierAttemptsSql} AND id BETWEEN @exchange * ${attemptsPerExchange} AND (@exchange + 1) * ${attemptsPerExchange} - 1 AND revision > @revision`,
	);
	const lastOf = db.prepare(`${lastAttemptsSql} AND exchanges.id = ?`);
	return {
		fromId: (exchange: number): readonly Attempt[] =>
			[...earlierFrom.all(exchange), ...lastFrom.all(exchange)].map((row) =>
				readAttempt(row),
			),
		since: (revision: number): readonly Attempt[] =>
			(changed.all(revision) as Array<{id: number; hasEarlier: number | null}>)
				.flatMap(({id, hasEarlier}) => [
					...(hasEarlier ? earlierOf.all({exchange: id, revision}) : []),
					...lastOf.all(id),
				])
				.map((row) => readAttempt(row)),
	};
}

/**
The id after the newest exchange that began before an instant: walks back from the newest.
*/
const firstSinceSql = `
	SELECT coalesce(
		(SELECT id + 1 FROM exchanges WHERE startedAt < ? ORDER BY id DESC LIMIT 1),
		0
	)
`;

/**
Sums by model, the heaviest first.
*/
function totalsSince(
	db: Database.Database,
	sinceMs: number,
): readonly ModelTotals[] {
	const rows = readRollups(db, {...since(sinceMs), by: ['model']});
	return rows.map((row) => totalsOf(row)).toSorted(byWeight);
}

const quartersSince = (
	db: Database.Database,
	sinceMs: number,
): readonly QuarterTotals[] =>
	readRollups(db, {...since(sinceMs), by: ['quarter', 'model']})
		.map((row) => ({...totalsOf(row), quarter: row.quarter!}))
		.toSorted((one, other) => one.quarter - other.quarter);

const since = (sinceMs: number): QuarterRange => ({
	fromQuarter: Math.floor(sinceMs / quarterMs),
	toQuarter: Number.MAX_SAFE_INTEGER,
});

const totalsOf = (sums: RollupRow): ModelTotals => ({
	model: sums.model!,
	requests: sums.requests,
	attempts: sums.attempts,
	limited: sums.limited,
	inputTokens: sums.inputTokens,
	outputTokens: sums.outputTokens,
	cacheReadTokens: sums.cacheReadTokens,
	cacheWriteTokens: sums.cacheWrite5mTokens + sums.cacheWrite1hTokens,
	unproven: sums.partial + sums.missing,
	costNanodollars: sums.costNanodollars,
	planNanodollars: sums.planNanodollars,
	unpriced: sums.unpriced,
	rebuiltTokens: sums.rebuiltTokens,
	rebuiltNanodollars: sums.rebuiltNanodollars,
});

const byWeight = (one: ModelTotals, other: ModelTotals): number =>
	weightOf(other) - weightOf(one);
const weightOf = (totals: ModelTotals): number =>
	totals.inputTokens +
	totals.outputTokens +
	totals.cacheReadTokens +
	totals.cacheWriteTokens;
