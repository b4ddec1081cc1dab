import fs from 'node:fs';
import {dirname} from 'node:path';
import Database from 'better-sqlite3';
import {buildAtOnce} from './build-rollups.js';
import {inodeOf} from './inode.js';
import {refuseForeign} from './open-foreign.js';
import {prepareSchema} from './schema.js';
import {isCorrupt} from './trouble.js';

export type OpenedLog = Readonly<{
	db: Database.Database;
	path: string;
	/**
	Which file it is, so that a log moved or deleted under us is noticed.
	*/
	inode: number;
	/**
	Where a corrupt file was moved to before this one was begun.
	*/
	movedAside: string | undefined;
}>;

/**
A busy wait blocks the event loop, so it is short; writes that meet it are tried again.
*/
const busyTimeoutMs = 20;
/**
Room for two or three rows. With SQLite's usual 4096 a request writes twice as much.
*/
const pageBytes = 2048;
/**
The write-ahead log is cut to this once it has been folded into the file.
*/
const walKeptBytes = 16 * 1024 * 1024;

/**
Opens the usage log for writing, creates it or adds what an older file lacks. A file that is no
database, or a broken one, is moved aside under a name that says when, never deleted. Throws a UserError
for the database of another program, and what SQLite throws when the file cannot be opened otherwise.
*/
export function openLog(path: string, now: () => number): OpenedLog {
	const inode = inodeOf(path);
	try {
		return open(path, undefined);
	} catch (error) {
		if (!isCorrupt(error)) {
			throw error;
		}

		// Unless another writer has put a new one there meanwhile.
		return open(
			path,
			inodeOf(path) === inode ? moveAside(path, now()) : undefined,
		);
	}
}

function open(path: string, movedAside: string | undefined): OpenedLog {
	makePrivate(path);
	const db = new Database(path, {timeout: busyTimeoutMs});
	try {
		refuseForeign(db, path);
		// Every commit writes the pages it touched, whole. Of a new file only: others keep theirs.
		db.pragma(`page_size = ${pageBytes}`);
		// So that a log shrinks in small steps where exchanges are taken out. An old one would only be written to.
		if (db.pragma('page_count', {simple: true}) === 0) {
			db.pragma('auto_vacuum = INCREMENTAL');
		}

		db.pragma('journal_mode = WAL');
		db.pragma('synchronous = NORMAL');
		// Ours is done off the path of requests: see checkpoint.ts.
		db.pragma('wal_autocheckpoint = 0');
		db.pragma(`journal_size_limit = ${walKeptBytes}`);
		prepareSchema(db);
		buildAtOnce(db);
		return {db, path, inode: fs.statSync(path).ino, movedAside};
	} catch (error) {
		db.close();
		throw error;
	}
}

/**
SQLite would create it readable for others, and of one that must not be written to it says only that
it cannot be opened. A file that is there is not opened here: closing it would drop the locks that
other connections of this process have on it.
*/
function makePrivate(path: string): void {
	if (!fs.existsSync(path)) {
		fs.closeSync(fs.openSync(path, 'a', 0o600));
	}

	for (const place of [path, dirname(path)]) {
		fs.accessSync(place, fs.constants.W_OK);
	}
}

/**
Renames a log and its companions; answers the new name.
*/
export function moveAside(path: string, nowMs: number): string {
	const stamp = new Date(nowMs).toISOString().replaceAll(/[.:]/g, '-');
	const aside = unused(`${path}.corrupt-${stamp}`);
	for (const suffix of ['', '-wal', '-shm']) {
		if (fs.existsSync(path + suffix)) {
			fs.renameSync(path + suffix, aside + suffix);
		}
	}

	return aside;
}

function unused(name: string): string {
	let free = name;
	for (let number = 2; fs.existsSync(free); number++) {
		free = `${name}-${number}`;
	}

	return free;
}
