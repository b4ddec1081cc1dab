import Database from 'better-sqlite3';
import type {PassthroughRow} from '../../control/passthrough-row.js';
import {readPassthroughs} from '../../control/passthroughs.js';
import {inodeOf} from '../../usage-log/inode.js';

/**
Reads what passthroughs say of themselves beside the log. Opens the file when there is one, and again
when another has taken its place.
*/
export class ControlRows {
	readonly #log: () => string;
	#opened:
		| Readonly<{db: Database.Database; path: string; inode: number | undefined}>
		| undefined;

	/**
	`log` answers the path of the usage log that counts now.
	*/
	constructor(log: () => string) {
		this.#log = log;
	}

	/**
	Newest first. None where the log cannot be read now.
	*/
	read(): readonly PassthroughRow[] {
		try {
			return readPassthroughs(this.#open());
		} catch {
			// No log yet, a busy or a broken one: whoever follows the exchanges in it tells of that.
			this.close();
			return [];
		}
	}

	close(): void {
		this.#opened?.db.close();
		this.#opened = undefined;
	}

	#open(): Database.Database {
		const path = this.#log();
		const inode = inodeOf(path);
		if (this.#opened?.path === path && this.#opened.inode === inode) {
			return this.#opened.db;
		}

		this.close();
		const db = new Database(path, {
			readonly: true,
			fileMustExist: true,
			timeout: 100,
		});
		this.#opened = {db, path, inode};
		return db;
	}
}
