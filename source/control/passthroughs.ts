import type Database from 'better-sqlite3';
import {markLost} from '../usage-log/lost.js';
import {prepared} from '../usage-log/prepared.js';
import type {PassthroughRow, PublishedConfig} from './passthrough-row.js';
import {parsed, steeringIn} from './read-steering.js';

/**
An owner whose heart has not beaten for this long, and whose process is gone, is dead.
*/
const deadAfterMs = 10_000;

const table = `
	CREATE TABLE IF NOT EXISTS passthroughs (
		instance TEXT PRIMARY KEY,
		home TEXT NOT NULL,
		pid INTEGER NOT NULL,
		version TEXT NOT NULL,
		url TEXT NOT NULL,
		startedAt INTEGER NOT NULL,
		heartbeatAt INTEGER NOT NULL,
		state TEXT NOT NULL,
		config TEXT NOT NULL,
		steering TEXT
	) WITHOUT ROWID
`;

/**
Writes what a passthrough says of itself. Runs inside a transaction of the caller.
*/
export function publish(db: Database.Database, row: PassthroughRow): void {
	const written = {
		...row,
		config: JSON.stringify(row.config),
		steering: row.steering ? JSON.stringify(row.steering) : null,
	};
	const {changes} = prepared(db, beatSql).run(written);
	if (changes === 0) {
		prepared(db, insertSql).run(written);
	}
}

const beatSql = `
	UPDATE passthroughs SET
		heartbeatAt = @heartbeatAt,
		state = @state,
		url = @url,
		config = @config,
		steering = @steering
	WHERE instance = @instance
`;

// The columns by name: a later version may have added some.
const insertSql = `
	INSERT INTO passthroughs
		(instance, home, pid, version, url, startedAt, heartbeatAt, state, config, steering)
	VALUES
		(@instance, @home, @pid, @version, @url, @startedAt, @heartbeatAt, @state, @config, @steering)
`;

/**
Creates the table, or adds what an older one lacks. Runs inside a transaction of the caller.
*/
export function preparePassthroughs(db: Database.Database): void {
	db.exec(table);
	const columns = db.pragma('table_info(passthroughs)') as ReadonlyArray<
		Readonly<{name: string}>
	>;
	if (columns.every(({name}) => name !== 'steering')) {
		db.exec('ALTER TABLE passthroughs ADD COLUMN steering TEXT');
	}
}

/**
All that have written to this log and were not forgotten, newest first. None in a log without control rows.
*/
export function readPassthroughs(
	db: Database.Database,
): readonly PassthroughRow[] {
	if (!hasTable(db)) {
		return [];
	}

	// Understood again where somebody has added a column.
	const version = prepared(db, 'PRAGMA schema_version').pluck().get() as number;
	const rows = prepared(
		db,
		`SELECT * FROM passthroughs ORDER BY startedAt DESC -- ${version}`,
	).all() as Written[];
	const before = lastRead.get(db) ?? [];
	const read = rows.map((written) => {
		const known = before.find(
			({written: {instance}}) => instance === written.instance,
		);
		return {written, row: readAgain(written, known)};
	});
	lastRead.set(db, read);
	return read.map(({row}) => row);
}

type Written = Omit<PassthroughRow, 'config' | 'steering'> &
	Readonly<{config: string; steering?: string | null}>;
type Read = Readonly<{written: Written; row: PassthroughRow}>;

const lastRead = new WeakMap<Database.Database, readonly Read[]>();

/**
Every second the heart has beaten on, and nearly always nothing else has changed: what was read then is kept.
*/
const readAgain = (
	{config, steering, ...rest}: Written,
	known: Read | undefined,
): PassthroughRow => ({
	...rest,
	config:
		known?.written.config === config
			? known.row.config
			: (JSON.parse(config) as PublishedConfig),
	steering:
		known && known.written.steering === steering
			? known.row.steering
			: steeringIn(parsed(steering)),
});

export type Survey = Readonly<{
	now: number;
	/**
	This passthrough: never dead.
	*/
	instance: string;
	/**
	It holds the lock of this home, so any other of the same home is dead.
	*/
	home: string;
	isRunning(pid: number): boolean;
}>;

/**
Buries those who died without a word: their open exchanges become `lost`, their rows say `stopped`.
Runs inside a transaction of the caller. Answers how many exchanges were lost.
*/
export function buryTheDead(db: Database.Database, survey: Survey): number {
	let lost = 0;
	for (const row of readPassthroughs(db)) {
		if (row.instance === survey.instance || !isDead(row, survey)) {
			continue;
		}

		lost += markLost(db, row.instance);
		db.prepare(
			"UPDATE passthroughs SET state = 'stopped' WHERE instance = ?",
		).run(row.instance);
	}

	// The rows of the long gone serve nobody.
	db.prepare(
		"DELETE FROM passthroughs WHERE state = 'stopped' AND heartbeatAt < ?",
	).run(survey.now - 86_400_000);
	return lost;
}

function isDead(row: PassthroughRow, survey: Survey): boolean {
	if (row.state === 'stopped') {
		return false;
	}

	return (
		row.home === survey.home ||
		(row.heartbeatAt < survey.now - deadAfterMs && !survey.isRunning(row.pid))
	);
}

const hasTable = (db: Database.Database): boolean =>
	prepared(
		db,
		"SELECT 1 FROM sqlite_schema WHERE name = 'passthroughs'",
	).get() !== undefined;
