import Database from 'better-sqlite3';
import {buildSome, isUnfinished} from './build-rollups.js';
import {pruneSome} from './prune.js';
import {prepareSchema} from './schema.js';
import {Stride} from './stride.js';

export type Upkeep = Readonly<{
	/**
	Exchanges taken out.
	*/
	pruned: number;
	pagesFreed: number;
	/**
	Pages that are free and stay in the file.
	*/
	pagesLeft: number;
}>;

/**
Nobody waits for what is done here, so it waits for everybody.
*/
const busyTimeoutMs = 5000;

/**
Opens a usage log that is there, to put it in order. Throws what SQLite throws where there is none, or a
broken one: that is left as it is.
*/
export function openForUpkeep(path: string): Database.Database {
	const db = new Database(path, {fileMustExist: true, timeout: busyTimeoutMs});
	try {
		db.prepare('SELECT id FROM exchanges');
		db.pragma('synchronous = NORMAL');
		prepareSchema(db);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/**
So long the lock is left to others between two steps.
*/
const pauseMs = 10;

/**
Puts a log in order in small steps that leave the write lock to others in between: builds the sums that
are missing, takes out exchanges of quarter-hours before `pruneBeforeMs`, and gives back the pages that
became free, where the file was made for that.
*/
export async function keepUp(
	db: Database.Database,
	{pruneBeforeMs}: {pruneBeforeMs?: number | undefined} = {},
): Promise<Upkeep> {
	await build(db);
	// Where another version had begun to change the sums, ours could not.
	prepareSchema(db);
	await build(db);
	const pruned =
		pruneBeforeMs === undefined ? 0 : await prune(db, pruneBeforeMs);
	const pagesFreed = await shrink(db);
	return {pruned, pagesFreed, pagesLeft: freePages(db)};
}

async function build(db: Database.Database): Promise<void> {
	const stride = new Stride();
	while (isUnfinished(db) && stride.step((count) => buildSome(db, count))) {
		// eslint-disable-next-line no-await-in-loop -- One step after the other.
		await pause();
	}
}

/**
Ids grow with time, but for rows that were written while a clock was wrong: after so many newer ones in
a row, no older one is looked for any more.
*/
const farBeyond = 20_000;

async function prune(db: Database.Database, beforeMs: number): Promise<number> {
	const stride = new Stride();
	let after = 0;
	let pruned = 0;
	let beyond = 0;
	for (;;) {
		const from = after;
		const step = stride.step((count) =>
			pruneSome(db, {beforeMs, after: from, count}),
		);
		after = step.lookedThrough;
		pruned += step.pruned;
		beyond = step.isBeyond ? beyond + step.seen : 0;
		if (!step.hasMore || beyond >= farBeyond) {
			return pruned;
		}

		if (step.pruned > 0) {
			// eslint-disable-next-line no-await-in-loop -- One step after the other.
			await pause();
		}
	}
}

async function shrink(db: Database.Database): Promise<number> {
	if (!isShrinking(db)) {
		return 0;
	}

	const stride = new Stride();
	const before = freePages(db);
	let free = before;
	while (free > 0) {
		stride.step((count) => db.pragma(`incremental_vacuum(${count})`));
		const left = freePages(db);
		if (left >= free) {
			break;
		}

		free = left;
		// eslint-disable-next-line no-await-in-loop -- One step after the other.
		await pause();
	}

	return before - free;
}

/**
Whether a file gives pages back in steps: it does if it was made by a version that prunes.
*/
export const isShrinking = (db: Database.Database): boolean =>
	db.pragma('auto_vacuum', {simple: true}) === 2;

const freePages = (db: Database.Database): number =>
	db.pragma('freelist_count', {simple: true}) as number;

const pause = async (): Promise<void> =>
	new Promise((resolve) => {
		setTimeout(resolve, pauseMs);
	});
