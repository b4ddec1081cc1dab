import Database from 'better-sqlite3';

export type OpenedReadonly = Readonly<{db: Database.Database}> & Disposable;

/**
A reader meets a lock only while a log is begun or put in order after a crash.
*/
const busyTimeoutMs = 1000;

/**
Opens a usage log to look into it. Throws what SQLite throws where there is none, or none that can be
read.
*/
export function openLogReadonly(path: string): OpenedReadonly {
	const db = new Database(path, {
		readonly: true,
		fileMustExist: true,
		timeout: busyTimeoutMs,
	});
	return {
		db,
		[Symbol.dispose]() {
			db.close();
		},
	};
}
