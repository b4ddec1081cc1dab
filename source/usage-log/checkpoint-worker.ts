import {workerData} from 'node:worker_threads';
import Database from 'better-sqlite3';

const {path, truncate} = workerData as {path: string; truncate: boolean};

/**
Frames (pages of 4 KB) that a writer may wait for: a few milliseconds' work.
*/
const fewFrames = 256;
const mostRounds = 8;

const db = new Database(path, {fileMustExist: true, timeout: 0});
try {
	fold();
} finally {
	db.close();
}

/**
A round in PASSIVE mode never makes a writer wait, but what is written meanwhile is left, and the log
begins anew only when nothing is. So rounds go on until little is left, and the last one holds the
writers off for the moment it takes.
*/
function fold(): void {
	for (let round = 0; round < mostRounds; round++) {
		const left = checkpoint('PASSIVE');
		if (left <= fewFrames) {
			// Where a reader still needs old frames or a writer is at it, the next look tries again.
			checkpoint(truncate ? 'TRUNCATE' : 'RESTART');
			return;
		}
	}
}

/** Answers how many frames are not in the file yet. */
function checkpoint(mode: 'PASSIVE' | 'RESTART' | 'TRUNCATE'): number {
	const [{log, checkpointed}] = db.pragma(`wal_checkpoint(${mode})`) as [
		{busy: number; log: number; checkpointed: number},
	];
	return log - checkpointed;
}
