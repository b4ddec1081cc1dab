import type Database from 'better-sqlite3';
import {logErrorInWords, refuseWithoutLog} from '../usage-log/log-errors.js';
import {openLogReadonly} from '../usage-log/open-readonly.js';

/**
Reads a usage log that a passthrough may be writing: all of one moment, and nothing is changed. Throws a
UserError where there is none, or none that can be read.
*/
export function readLog<Result>(
	path: string,
	read: (db: Database.Database) => Result,
): Result {
	refuseWithoutLog(path);
	try {
		using opened = openLogReadonly(path);
		return opened.db.transaction(() => read(opened.db))();
	} catch (error) {
		throw logErrorInWords(error, path);
	}
}

/**
Of SQLite's pages, and of rows that it sorts: what does not fit is read again, or goes into a temporary
file.
*/
const cacheKilobytes = 2000;

/**
The same for what is read bit by bit: until `read` has ended, the log is seen as it was at the beginning.
*/
export async function readLogSlowly(
	path: string,
	read: (db: Database.Database) => Promise<void>,
): Promise<void> {
	refuseWithoutLog(path);
	try {
		using opened = openLogReadonly(path);
		opened.db.pragma(`cache_size = -${cacheKilobytes}`);
		opened.db.exec('BEGIN');
		await read(opened.db);
	} catch (error) {
		throw logErrorInWords(error, path);
	}
}
