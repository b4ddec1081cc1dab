import fs from 'node:fs';
import type Database from 'better-sqlite3';
import {UserError} from '../user-error.js';
import {openLogReadonly} from './open-readonly.js';
import {foreignCode} from './trouble.js';

/**
A database that another program keeps. Its code tells it from a bug of ours.
*/
class ForeignLogError extends UserError {
	readonly code = foreignCode;

	constructor(path: string) {
		super(
			`This is no usage log, but the database of another program: ${path}`,
			'It was let be. Name another file with "log" in [server] of the config.',
		);
	}
}

/**
Throws a UserError for a database with tables of which none is that of a usage log, of whatever version.
Writes nothing.
*/
export function refuseForeign(db: Database.Database, path: string): void {
	const tables = db
		.prepare(
			String.raw`SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`,
		)
		.pluck()
		.get() as number;
	const isOurs =
		db
			.prepare(
				"SELECT 1 FROM pragma_table_info('exchanges') WHERE name = 'revision'",
			)
			.get() !== undefined;
	if (tables > 0 && !isOurs) {
		throw new ForeignLogError(path);
	}
}

/**
The same for a file that is not open yet. Whatever else may be wrong with it, or that there is none, is
for those who open it.
*/
export function refuseForeignFile(path: string): void {
	if (!fs.existsSync(path)) {
		return;
	}

	try {
		using opened = openLogReadonly(path);
		refuseForeign(opened.db, path);
	} catch (error) {
		if (error instanceof ForeignLogError) {
			throw error;
		}
	}
}
