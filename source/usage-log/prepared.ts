import type Database from 'better-sqlite3';

const statements = new WeakMap<
	Database.Database,
	Map<string, Database.Statement>
>();

/**
A statement of a connection; understood once, however often it is asked for.
*/
export function prepared(
	db: Database.Database,
	sql: string,
): Database.Statement {
	const known = statements.get(db) ?? new Map<string, Database.Statement>();
	statements.set(db, known);
	const statement = known.get(sql) ?? db.prepare(sql);
	known.set(sql, statement);
	return statement;
}
