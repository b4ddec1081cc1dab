import type Database from 'better-sqlite3';
import {cleanText} from '../exchange/clean.js';
import {prepared} from '../usage-log/prepared.js';
import {changeIn, parsed, wishNames} from './read-steering.js';
import type {Change, Changes, Wishes, WishName} from './steering.js';

/**
Who wants a change, when (epoch milliseconds), and why in words.
*/
export type By = Pick<Change<unknown>, 'setBy' | 'setAt' | 'reason'>;

/**
The newest wish of each name. Rows are replaced and never removed, and each gets a number above all of its
home: so the highest there is is the newest that was ever given out.
*/
const table = `
	CREATE TABLE IF NOT EXISTS control (
		home TEXT NOT NULL,
		name TEXT NOT NULL,
		change INTEGER NOT NULL,
		value TEXT NOT NULL,
		setBy TEXT NOT NULL,
		setAt INTEGER NOT NULL,
		reason TEXT,
		PRIMARY KEY (home, name)
	) WITHOUT ROWID
`;

/**
Creates the table. Runs inside a transaction of the caller.
*/
export function prepareControl(db: Database.Database): void {
	db.exec(table);
}

/**
What is wished for in a home. None in a log without control rows; a row that makes no sense is left out.
*/
export function readChanges(db: Database.Database, home: string): Changes {
	if (!hasTable(db)) {
		return {};
	}

	const rows = prepared(
		db,
		'SELECT name, change, value, setBy, setAt, reason FROM control WHERE home = ?',
	).all(home) as ReadonlyArray<Readonly<Record<string, unknown>>>;
	return Object.fromEntries(
		wishNames.flatMap((name) => {
			const row = rows.find((one) => one['name'] === name);
			const change =
				row && changeIn(name, {...row, value: parsed(row['value'])});
			return change === undefined ? [] : [[name, change]];
		}),
	);
}

/**
Writes what is wished for and answers the number of this change, one above the newest of the home. Runs
inside a transaction of the caller, after `prepareControl`.
*/
// eslint-disable-next-line max-params -- Where, what, and by whom.
export function writeChange<Name extends WishName>(
	db: Database.Database,
	home: string,
	name: Name,
	value: Wishes[Name],
	by: By,
): number {
	const {change} = prepared(db, writeSql).get({
		home,
		name,
		value: JSON.stringify(value),
		...by,
		reason: by.reason === null ? null : cleanText(by.reason),
	}) as Readonly<{change: number}>;
	return change;
}

const writeSql = `
	INSERT INTO control (home, name, change, value, setBy, setAt, reason)
	VALUES (
		@home,
		@name,
		(SELECT coalesce(max(change), 0) + 1 FROM control WHERE home = @home),
		@value,
		@setBy,
		@setAt,
		@reason
	)
	ON CONFLICT DO UPDATE SET
		change = excluded.change,
		value = excluded.value,
		setBy = excluded.setBy,
		setAt = excluded.setAt,
		reason = excluded.reason
	RETURNING change
`;

/**
The number of the newest change of a home; 0 where nobody changed anything yet.
*/
export function newestChange(db: Database.Database, home: string): number {
	return hasTable(db)
		? (prepared(
				db,
				'SELECT coalesce(max(change), 0) FROM control WHERE home = ?',
			)
				.pluck()
				.get(home) as number)
		: 0;
}

const hasTable = (db: Database.Database): boolean =>
	prepared(db, "SELECT 1 FROM sqlite_schema WHERE name = 'control'").get() !==
	undefined;
