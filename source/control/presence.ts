import type Database from 'better-sqlite3';
import {prepared} from '../usage-log/prepared.js';
import {isPlain, isWhole} from './readable.js';

/**
A monitor that looks at a home.
*/
export type MonitorRow = Readonly<{
	/**
	Unique for each run of a monitor.
	*/
	id: string;
	home: string;
	pid: number;
	/**
	Epoch milliseconds; written every five seconds.
	*/
	heartbeatAt: number;
	/**
	Somebody sits before it who may decide: it is not read-only.
	*/
	mayDecide: boolean;
}>;

/**
So long after its last heartbeat a monitor is taken to be there.
*/
const presentMs = 15_000;

const table = `
	CREATE TABLE IF NOT EXISTS monitors (
		id TEXT PRIMARY KEY,
		home TEXT NOT NULL,
		pid INTEGER NOT NULL,
		heartbeatAt INTEGER NOT NULL,
		mayDecide INTEGER NOT NULL
	) WITHOUT ROWID
`;

/**
Says that a monitor is there, and forgets those that have been gone for minutes. Runs inside a transaction of
the caller.
*/
export function writePresence(db: Database.Database, row: MonitorRow): void {
	db.exec(table);
	prepared(db, writeSql).run({...row, mayDecide: Number(row.mayDecide)});
	prepared(db, 'DELETE FROM monitors WHERE abs(heartbeatAt - ?) > ?').run(
		row.heartbeatAt,
		20 * presentMs,
	);
}

const writeSql =
	'INSERT OR REPLACE INTO monitors (id, home, pid, heartbeatAt, mayDecide) VALUES (@id, @home, @pid, @heartbeatAt, @mayDecide)';

/**
Takes back what a monitor said. Runs inside a transaction of the caller.
*/
export function forgetMonitor(db: Database.Database, id: string): void {
	if (hasTable(db)) {
		prepared(db, 'DELETE FROM monitors WHERE id = ?').run(id);
	}
}

/**
The monitors of a home as they last spoke. None in a log without such rows.
*/
export function readMonitors(
	db: Database.Database,
	home: string,
): readonly MonitorRow[] {
	if (!hasTable(db)) {
		return [];
	}

	const rows = prepared(
		db,
		'SELECT id, home, pid, heartbeatAt, mayDecide FROM monitors WHERE home = ?',
	).all(home) as ReadonlyArray<Readonly<Record<keyof MonitorRow, unknown>>>;
	return rows.flatMap(({id, pid, heartbeatAt, mayDecide}) =>
		isPlain(id) && isWhole(pid) && isWhole(heartbeatAt)
			? [{id, home, pid, heartbeatAt, mayDecide: mayDecide === 1}]
			: [],
	);
}

/**
Whether a monitor is there. One whose clock is far from ours is taken to be gone.
*/
export const isPresent = (
	{heartbeatAt}: Pick<MonitorRow, 'heartbeatAt'>,
	now: number,
): boolean => Math.abs(now - heartbeatAt) < presentMs;

/**
Whether somebody is there who may decide.
*/
export const isDecided = (
	monitors: readonly MonitorRow[],
	now: number,
): boolean =>
	monitors.some((monitor) => monitor.mayDecide && isPresent(monitor, now));

const hasTable = (db: Database.Database): boolean =>
	prepared(db, "SELECT 1 FROM sqlite_schema WHERE name = 'monitors'").get() !==
	undefined;
