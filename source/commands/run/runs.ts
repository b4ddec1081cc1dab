import fs from 'node:fs';
import Database from 'better-sqlite3';
import {UserError} from '../../user-error.js';

/**
So long a new run waits for one that just stops the passthrough.
*/
const patienceMs = 80_000;
/**
So long the last one looks whether it is the last.
*/
const lookMs = 300;

export type Run = Readonly<{
	/**
	Takes part no longer. Where nobody else does either, `last` is done before another one begins.
	*/
	leave(last: () => Promise<void>): Promise<void>;
}>;

/**
Takes part in what all runs of a home share: a lock that many can have. The operating system lets go of it whichever
way a run ends.
*/
export function takePart(file: string): Run {
	const db = opened(file);
	hold(db, file);
	return {
		async leave(last) {
			db.exec('COMMIT');
			try {
				if (isAlone(db)) {
					await last();
				}
			} finally {
				db.close();
			}
		},
	};
}

function opened(file: string): Database.Database {
	try {
		if (!fs.existsSync(file)) {
			fs.closeSync(fs.openSync(file, 'a', 0o600));
		}

		return new Database(file, {timeout: patienceMs});
	} catch (error) {
		throw unusable(error, file);
	}
}

function hold(db: Database.Database, file: string): void {
	try {
		db.exec('BEGIN');
		db.prepare('SELECT 1 FROM sqlite_schema').all();
	} catch (error) {
		db.close();
		throw unusable(error, file);
	}
}

function isAlone(db: Database.Database): boolean {
	db.pragma(`busy_timeout = ${lookMs}`);
	try {
		db.exec('BEGIN EXCLUSIVE');
		return true;
	} catch (error) {
		if ((error as {code?: string}).code === 'SQLITE_BUSY') {
			return false;
		}

		throw error;
	}
}

const unusable = (error: unknown, file: string): UserError =>
	new UserError(
		`The file that runs share cannot be used (${(error as Error).message}): ${file}`,
		'It holds nothing worth keeping: remove it while nothing is run.',
		{cause: error},
	);
