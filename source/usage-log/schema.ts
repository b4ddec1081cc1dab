import type Database from 'better-sqlite3';
import {
	attemptFields,
	exchangeFields,
	liveFields,
} from '../exchange/exchange.js';
import type {Field} from '../exchange/field.js';
import {isLedgerCurrent, prepareLedger} from './ledger-schema.js';
import {limitsTable} from './limits.js';
import {attemptsPerExchange} from './numbers.js';
import {areRollupsCurrent, prepareRollups} from './rollup-schema.js';

type Fields = Readonly<Record<string, Field>>;

/**
The tables whose columns come from the catalogues of exchange/.
*/
const catalogued: ReadonlyArray<readonly [string, Fields, string]> = [
	['exchanges', exchangeFields, 'revision INTEGER NOT NULL'],
	['earlierAttempts', attemptFields, 'revision INTEGER NOT NULL'],
	['live', liveFields, ''],
];

// Each index is a page more to write for every request. Whatever else is looked for has its place in
// the order of the ids: they grow with time, and an attempt's follows from its exchange's.
const revisionIndex =
	'CREATE INDEX IF NOT EXISTS exchangesByRevision ON exchanges (revision)';

/**
`pruned` has one row: revisions and ids up to these were given out and are gone. `writers` has one for
each passthrough: none of its exchanges that are still open has an id below `openFrom`, so the few
open ones are found without an index that every request would have to keep.
*/
const bookkeeping = `
	CREATE TABLE IF NOT EXISTS pruned (
		one INTEGER PRIMARY KEY CHECK (one = 1),
		prunedThrough INTEGER NOT NULL
	);
	INSERT OR IGNORE INTO pruned VALUES (1, 0);
	CREATE TABLE IF NOT EXISTS writers (
		owner TEXT PRIMARY KEY,
		openFrom INTEGER NOT NULL
	) WITHOUT ROWID;
`;

/**
Where the last attempt of an exchange stands in the exchange's own row.
*/
const lastAttempt: Readonly<Record<string, string>> = {
	exchange: 'id',
	number: 'attempts',
	startedAt: 'attemptStartedAt',
	// With a reason of ours the status is ours too: the endpoint sent none. One that was cancelled keeps what
	// was seen of its answer.
	httpStatus:
		"CASE WHEN reason IS NULL OR reason = 'cancelled' THEN httpStatus END",
	// Of the exchange it says that of any attempt.
	possiblyBilled: "CASE WHEN outcome <> 'ok' THEN possiblyBilled END",
};

/**
The last attempts of exchanges, in the shape of the others: none while an exchange waits for its next
one. To be narrowed by `exchanges.id`.
*/
export const lastAttemptsSql = `
	SELECT id * ${attemptsPerExchange} + attempts AS id, revision, ${Object.keys(
		attemptFields,
	)
		.map((name) => `${lastAttempt[name] ?? name} AS ${name}`)
		.join(
			', ',
		)} FROM exchanges WHERE attempts > 0 AND attemptStartedAt IS NOT NULL
`;

/**
The attempts before them. To be narrowed by their own `id`.
*/
export const earlierAttemptsSql = `
	SELECT id, revision, ${Object.keys(attemptFields).join(', ')} FROM earlierAttempts WHERE true
`;

/**
All attempts as rows, for those who ask in SQL.
*/
const attemptsView = `
	CREATE VIEW attempts AS ${earlierAttemptsSql} UNION ALL ${lastAttemptsSql}
`;

/**
Creates what is missing, columns included. Never removes or rewrites what is there.
*/
export function prepareSchema(db: Database.Database): void {
	if (isCurrent(db)) {
		return;
	}

	db.transaction(() => {
		db.exec(bookkeeping);
		for (const [table, fields, more] of catalogued) {
			// All columns at once where the table is new: each that is added later reads the schema again.
			const columns = Object.entries(fields).map(
				([column, {sql}]) => `"${column}" ${sql}`,
			);
			db.exec(
				`CREATE TABLE IF NOT EXISTS ${table} (${['id INTEGER PRIMARY KEY', more, ...columns].filter(Boolean).join(', ')})`,
			);
			for (const column of missing(db, table, fields)) {
				db.exec(
					`ALTER TABLE ${table} ADD COLUMN "${column}" ${fields[column]!.sql}`,
				);
			}
		}

		db.exec(limitsTable);
		db.exec(revisionIndex);
		db.exec('DROP VIEW IF EXISTS attempts');
		db.exec(attemptsView);
		if (!areRollupsCurrent(db, namesIn(db))) {
			prepareRollups(db, namesIn(db));
		}
	}).immediate();
	if (!isLedgerCurrent(namesIn(db))) {
		prepareLedger(db, () => namesIn(db));
	}
}

function isCurrent(db: Database.Database): boolean {
	const names = namesIn(db);
	return (
		['pruned', 'writers', 'limits', 'attempts', 'exchangesByRevision'].every(
			(name) => names.has(name),
		) &&
		areRollupsCurrent(db, names) &&
		isLedgerCurrent(names) &&
		catalogued.every(
			([table, fields]) =>
				names.has(table) && missing(db, table, fields).length === 0,
		)
	);
}

const namesIn = (db: Database.Database): ReadonlySet<string> =>
	new Set(
		db
			.prepare('SELECT name FROM sqlite_schema')
			.pluck()
			.all() as readonly string[],
	);

function missing(
	db: Database.Database,
	table: string,
	fields: Fields,
): readonly string[] {
	const present = new Set(
		(db.pragma(`table_info(${table})`) as Array<{name: string}>).map(
			(column) => column.name,
		),
	);
	return Object.keys(fields).filter((column) => !present.has(column));
}
