import {workerData} from 'node:worker_threads';
import Database from 'better-sqlite3';

const {path, truncate} = workerData as {path: string; truncate: boolean};
const db = new Database(path, {fileMustExist: true, timeout: 0});
try {
	// PASSIVE never makes a writer wait. Once all is in the file, an idle log is cut to nothing.
	const [result] = db.pragma('wal_checkpoint(PASSIVE)') as [
		{log: number; checkpointed: number},
	];
	if (truncate && result.log === result.checkpointed) {
		db.pragma('wal_checkpoint(TRUNCATE)');
	}
} finally {
	db.close();
}
