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
	readonly #ready: Partial<Record<Name, Database.Statement>> = {};
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
			this.#of(name);
		}

		this.#limits ??= limitsWriter(this.#db);
	}

	get begin(): Database.Statement {
		return this.#of('begin');
	}

	get end(): Database.Statement {
		return this.#of('end');
	}

	get usualEnd(): Database.Statement {
		return this.#of('usualEnd');
	}

	get earlierAttempt(): Database.Statement {
		return this.#of('earlierAttempt');
	}

	get move(): Database.Statement {
		return this.#of('move');
	}

	get live(): Database.Statement {
		return this.#of('live');
	}

	get openFrom(): Database.Statement {
		return this.#of('openFrom');
	}

	get leave(): Database.Statement {
		return this.#of('leave');
	}

	get dropLive(): Database.Statement {
		return this.#of('dropLive');
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

	#of(name: Name): Database.Statement {
		const ready = this.#ready[name] ?? this.#made[name](this.#db);
		this.#ready[name] = ready;
		return ready;
	}
}
