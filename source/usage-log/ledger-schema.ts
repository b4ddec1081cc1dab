import type Database from 'better-sqlite3';
import {fillCounted, readRecent} from './ledger-fill.js';
import {isLedgerTrigger, ledgerTriggers} from './ledger-triggers.js';

/**
What exchanges that have ended count for caps, by the quarter-hour they were admitted in: any day of any
zone is a sum of few rows, and pruning takes nothing away.
*/
const countedTable = `
	CREATE TABLE IF NOT EXISTS counted (
		key TEXT NOT NULL,
		quarter INTEGER NOT NULL,
		nanodollars INTEGER NOT NULL,
		tokens INTEGER NOT NULL,
		unpriced INTEGER NOT NULL,
		PRIMARY KEY (key, quarter)
	) WITHOUT ROWID
`;

/**
The bounds of requests under way that a cap has let through.
*/
const reservationsTable = `
	CREATE TABLE IF NOT EXISTS reservations (
		exchange INTEGER PRIMARY KEY,
		key TEXT NOT NULL,
		admittedAt INTEGER NOT NULL,
		nanodollars INTEGER NOT NULL,
		tokens INTEGER NOT NULL,
		owner TEXT NOT NULL
	)
`;

const names = ['counted', 'reservations', ...ledgerTriggers.keys()] as const;

export const isLedgerCurrent = (present: ReadonlySet<string>): boolean =>
	names.every((name) => present.has(name));

/**
Creates the tables of caps and what keeps them, and counts the last days of a log that had none. Runs after the
rest of the schema is there, outside of transactions: reading takes longer than others should wait.
*/
export function prepareLedger(
	db: Database.Database,
	namesIn: () => ReadonlySet<string>,
): void {
	const recent = readRecent(db);
	db.transaction(() => {
		const present = namesIn();
		// Somebody else may have been quicker.
		if (isLedgerCurrent(present)) {
			return;
		}

		db.exec(countedTable);
		db.exec(reservationsTable);
		for (const name of present) {
			if (isLedgerTrigger(name)) {
				db.exec(`DROP TRIGGER "${name}"`);
			}
		}

		for (const sql of ledgerTriggers.values()) {
			db.exec(sql);
		}

		fillCounted(db, recent);
	}).immediate();
}
