import type Database from 'better-sqlite3';
import {inodeOf} from './inode.js';
import {moveAside, openLog, type OpenedLog} from './open.js';

export type LogFileOptions<Statements> = Readonly<{
	path: string;
	now(): number;
	/**
	Prepares statements on a fresh connection.
	*/
	prepare(db: Database.Database, generation: number): Statements;
	/**
	Told when a broken log was moved aside and a new one begun.
	*/
	onMovedAside(name: string): void;
	/**
	Told after each transaction whether it was committed or rolled back.
	*/
	onSettled(committed: boolean): void;
}>;

type Prepared<Statements> = Readonly<{
	own: Statements;
	begin: Database.Statement;
	commit: Database.Statement;
}>;

/**
The file that a log is written to now, whichever that is: opened when it is first needed, and again
when another has taken its place. Throws what SQLite or the system say.
*/
export class LogFile<Statements> {
	readonly #options: LogFileOptions<Statements>;
	#opened: OpenedLog | undefined;
	#prepared: Prepared<Statements> | undefined;
	#generation = 0;

	constructor(options: LogFileOptions<Statements>) {
		this.#options = options;
	}

	/**
	Grows each time another file takes the place of the log: ids of an older one mean nothing.
	*/
	get generation(): number {
		return this.#generation;
	}

	get isOpen(): boolean {
		return this.#opened !== undefined;
	}

	open(): void {
		const {path, now, prepare, onMovedAside} = this.#options;
		const opened = openLog(path, now);
		if (opened.movedAside !== undefined) {
			onMovedAside(opened.movedAside);
		}

		const {db} = opened;
		this.#generation++;
		try {
			this.#prepared = {
				own: prepare(db, this.#generation),
				begin: db.prepare('BEGIN IMMEDIATE'),
				commit: db.prepare('COMMIT'),
			};
		} catch (error) {
			db.close();
			throw error;
		}

		this.#opened = opened;
	}

	/**
	Of a file that is open. A single statement takes the write lock before it reads anything, as BEGIN
	IMMEDIATE does.
	*/
	writeOne(write: (statements: Statements) => void): void {
		write(this.#prepared!.own);
		this.#options.onSettled(true);
	}

	transact(
		write: (statements: Statements, db: Database.Database) => void,
	): void {
		if (this.#opened === undefined) {
			this.open();
		}

		const {db} = this.#opened!;
		const {own, begin, commit} = this.#prepared!;
		begin.run();
		try {
			write(own, db);
			commit.run();
		} catch (error) {
			if (db.inTransaction) {
				db.exec('ROLLBACK');
			}

			this.#options.onSettled(false);
			throw error;
		}

		this.#options.onSettled(true);
	}

	/**
	Undefined while no file is open.
	*/
	look<Found>(
		read: (db: Database.Database, generation: number) => Found,
	): Found | undefined {
		return this.#opened && read(this.#opened.db, this.#generation);
	}

	/**
	Runs something with the statements of the file that is open; of none, nothing.
	*/
	insist(run: (statements: Statements) => void): void {
		if (this.#prepared !== undefined) {
			run(this.#prepared.own);
		}
	}

	/**
	A log that was moved or deleted under us keeps taking writes that nobody will ever see: the next
	write shall open another.
	*/
	checkPlace(): void {
		if (this.#opened === undefined) {
			return;
		}

		const inode = inodeOf(this.#options.path);
		if (inode === this.#opened.inode) {
			return;
		}

		if (inode === undefined) {
			foldIntoMoved(this.#opened.db);
		}

		this.close();
	}

	/**
	Moves a broken log aside, unless somebody has already put another in its place.
	*/
	moveBroken(): void {
		const {path, now, onMovedAside} = this.#options;
		const inode = this.#opened?.inode;
		this.close();
		try {
			if (inode !== undefined && inodeOf(path) === inode) {
				onMovedAside(moveAside(path, now()));
			}
		} catch {
			// It cannot be moved: opening it will say so, again and again, until somebody helps.
		}
	}

	close(): void {
		try {
			this.#opened?.db.close();
		} catch {
			// A broken file may not close either; the handle is dropped with it.
		}

		this.#opened = undefined;
		this.#prepared = undefined;
	}
}

/**
A new file will take the name of the write-ahead log: what stands in that belongs to the old one.
*/
function foldIntoMoved(db: Database.Database): void {
	try {
		db.pragma('wal_checkpoint(PASSIVE)');
	} catch {
		// It was deleted, or its disk is full or gone: there is nothing to save it into.
	}
}
