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

export type Statements = ReturnType<typeof prepareStatements>;

const revision = {revision: nextRevisionSql};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const updateOf = (columns: typeof endColumns): string =>
	`UPDATE exchanges SET revision = ${nextRevisionSql}, ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`;

/**
What a recorder runs. `generation` is of the log file they belong to.
*/
export function prepareStatements(
	db: Database.Database,
	generation: number,
	owner: string,
) {
	const nextId = '(SELECT coalesce(max(id), 0) + 1 FROM exchanges)';
	db.prepare(`INSERT OR IGNORE INTO writers SELECT ?, ${nextId}`).run(owner);
	return {
		generation,
		begin: db.prepare(
			insertInto(
				'exchanges',
				{...revision, outcome: "'open'", owner: quoted(owner)},
				beginningColumns,
			),
		),
		end: db.prepare(updateOf(endColumns)),
		usualEnd: db.prepare(updateOf(usualEndColumns)),
		earlierAttempt: db.prepare(
			insertInto('earlierAttempts', {id: '?', ...revision}, attemptColumns),
		),
		move: db.prepare(updateOf(movedColumns)),
		live: db.prepare(
			insertInto('live', {id: '?'}, liveColumns, 'INSERT OR REPLACE'),
		),
		openFrom: db.prepare(
			`UPDATE writers SET openFrom = coalesce(?, ${nextId}) WHERE owner = ?`,
		),
		leave: db.prepare('DELETE FROM writers WHERE owner = ?'),
		dropLive: db.prepare('DELETE FROM live WHERE id = ?'),
		limits: limitsWriter(db),
		standing: (of: Parameters<typeof readStanding>[1]) => readStanding(db, of),
		reserve(exchange: number, bound: Bound) {
			reserve(db, {...bound, exchange, owner});
		},
		release(exchange: number) {
			release(db, exchange);
		},
	};
}
