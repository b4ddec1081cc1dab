import type Database from 'better-sqlite3';
import {
	attemptColumns,
	beginningColumns,
	endColumns,
	insertInto,
	liveColumns,
	movedColumns,
	usualEndColumns,
} from './columns.js';
import {readStanding, release, reserve} from './ledger.js';
import {limitsWriter} from './limits.js';
import {nextRevisionSql} from './numbers.js';
import type {Bound} from './recording.js';

const revision = {revision: nextRevisionSql};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const updateOf = (columns: typeof endColumns): string =>
	`UPDATE exchanges SET revision = ${nextRevisionSql}, ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`;

const nextId = '(SELECT coalesce(max(id), 0) + 1 FROM exchanges)';

const madeOf = (owner: string) =>
	({
		begin: (db) =>
			db.prepare(
				insertInto(
					'exchanges',
					{...revision, outcome: "'open'", owner: quoted(owner)},
					beginningColumns,
				),
			),
		end: (db) => db.prepare(updateOf(endColumns)),
		usualEnd: (db) => db.prepare(updateOf(usualEndColumns)),
		earlierAttempt: (db) =>
			db.prepare(
				insertInto('earlierAttempts', {id: '?', ...revision}, attemptColumns),
			),
		move: (db) => db.prepare(updateOf(movedColumns)),
		live: (db) =>
			db.prepare(
				insertInto('live', {id: '?'}, liveColumns, 'INSERT OR REPLACE'),
			),
		openFrom: (db) =>
			db.prepare(
				`UPDATE writers SET openFrom = coalesce(?, ${nextId}) WHERE owner = ?`,
			),
		leave: (db) => db.prepare('DELETE FROM writers WHERE owner = ?'),
		dropLive: (db) => db.prepare('DELETE FROM live WHERE id = ?'),
	}) satisfies Record<string, (db: Database.Database) => Database.Statement>;

type Name = keyof ReturnType<typeof madeOf>;

/**
What a recorder runs. Each is made ready when it is first asked for: with all that their triggers do, that
takes as long as it takes to open a log.
*/
export class Statements {
	/**
	Of the log file they belong to.
	*/
	readonly generation: number;
	readonly #db: Database.Database;
	readonly #owner: string;
	readonly #made: ReturnType<typeof madeOf>;
	readonly #ready = new Map<Name, Database.Statement>();
	#limits: ReturnType<typeof limitsWriter> | undefined;

	constructor(db: Database.Database, generation: number, owner: string) {
		this.generation = generation;
		this.#db = db;
		this.#owner = owner;
		this.#made = madeOf(owner);
		db.prepare(`INSERT OR IGNORE INTO writers SELECT ?, ${nextId}`).run(owner);
	}

	/**
	Makes ready all that every log has to have. What is asked of it about caps is made ready as it is asked.
	*/
	warm(): void {
		for (const name of Object.keys(this.#made) as Name[]) {
			this.of(name);
		}

		this.#limits ??= limitsWriter(this.#db);
	}

	of(name: Name): Database.Statement {
		const known = this.#ready.get(name);
		if (known !== undefined) {
			return known;
		}

		const made = this.#made[name](this.#db);
		this.#ready.set(name, made);
		return made;
	}

	limits(...changed: Parameters<ReturnType<typeof limitsWriter>>): void {
		this.#limits ??= limitsWriter(this.#db);
		this.#limits(...changed);
	}

	standing(
		of: Parameters<typeof readStanding>[1],
	): ReturnType<typeof readStanding> {
		return readStanding(this.#db, of);
	}

	reserve(exchange: number, bound: Bound): void {
		reserve(this.#db, {...bound, exchange, owner: this.#owner});
	}

	release(exchange: number): void {
		release(this.#db, exchange);
	}
}
