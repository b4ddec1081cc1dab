import Database from 'better-sqlite3';
import type {PassthroughRow} from '../../control/passthrough-row.js';
import {readPassthroughs} from '../../control/passthroughs.js';
import {inodeOf} from '../../usage-log/inode.js';

type Opened = Readonly<{
	path: string;
	inode: number | undefined;
	rows(): readonly PassthroughRow[];
	close(): void;
}>;

/**
Reads what passthroughs say of themselves beside the log. Opens the file when there is one, and again
when another has taken its place.
*/
export class ControlRows {
	readonly #log: () => string;
	#opened: Opened | undefined;

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
			return this.#open().rows();
		} catch {
			// No log yet, a busy or a broken one: whoever follows the exchanges in it tells of that.
			this.close();
			return [];
		}
	}

	close(): void {
		this.#opened?.close();
		this.#opened = undefined;
	}

	#open(): Opened {
		const path = this.#log();
		const inode = inodeOf(path);
		if (this.#opened?.path === path && this.#opened.inode === inode) {
			return this.#opened;
		}

		this.close();
		const db = new Database(path, {
			readonly: true,
			fileMustExist: true,
			timeout: 100,
		});
		this.#opened = {
			path,
			inode,
			rows: rowsOf(db),
			close() {
				db.close();
			},
		};
		return this.#opened;
	}
}

/**
The rows, read anew where somebody has written since.
*/
function rowsOf(db: Database.Database): () => readonly PassthroughRow[] {
	const dataVersion = db.prepare('PRAGMA data_version').pluck();
	let version: unknown;
	let rows: readonly PassthroughRow[] = [];
	return () => {
		const now = dataVersion.get();
		if (now !== version) {
			rows = readPassthroughs(db);
			version = now;
		}

		return rows;
	};
}
