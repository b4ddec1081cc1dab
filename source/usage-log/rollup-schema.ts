import {createHash} from 'node:crypto';
import type Database from 'better-sqlite3';
import {measureNames} from '../exchange/measures.js';
import {
	addTo,
	createSumTable,
	marksTable,
	rollups,
	sealsTable,
	sessionIndex,
	sessionRollups,
	sumColumn,
	sumTables,
} from './rollup-tables.js';
import {
	triggerSql,
	exchangeSumsView,
	fold,
	isOurTrigger,
	triggerNames,
} from './rollup-triggers.js';

/**
To be raised when what is summed, or how, changes: a log is brought to the highest version that has
opened it, and an older program leaves it so.
*/
const version = 1;
const sql = createHash('sha256')
	.update([exchangeSumsView, ...triggerSql].join('\n'))
	.digest('hex')
	.slice(0, 16);

const names = [
	'rollupMarks',
	'seals',
	'exchangeSums',
	'sessionsByRank',
	...sumTables.map(({name}) => name),
	...triggerNames,
] as const;

/**
Whether the sums of a log are kept, by this version or a later one.
*/
export function areRollupsCurrent(
	db: Database.Database,
	present: ReadonlySet<string>,
): boolean {
	if (!present.has('rollupMarks')) {
		return false;
	}

	const marks = db.prepare('SELECT version, sql FROM rollupMarks').get() as
		{version: number; sql: string} | undefined;
	return (
		marks !== undefined &&
		(marks.version > version ||
			(marks.sql === sql && names.every((name) => present.has(name))))
	);
}

/**
Creates the tables of sums and what keeps them. The sums of the exchanges that are there have still to
be built: see build-rollups.ts. Those of exchanges that were taken out stay as they are. Runs inside a
transaction of the caller.
*/
export function prepareRollups(db: Database.Database): void {
	dropTriggers(db);
	db.exec(marksTable);
	db.exec(sealsTable);
	for (const table of sumTables) {
		db.exec(createSumTable(table));
		addMissingSums(db, table.name);
	}

	db.exec(sessionIndex);

	keepOnlySealed(db);
	db.exec('DROP VIEW IF EXISTS exchangeSums');
	db.exec(exchangeSumsView);
	db.prepare(
		`INSERT OR REPLACE INTO rollupMarks
		SELECT 1, ?, ?, coalesce((SELECT max(id) + 1 FROM exchanges), 0), coalesce((SELECT max(quarter) + 1 FROM rollups), 0), 0`,
	).run(version, sql);
	for (const trigger of triggerSql) {
		db.exec(trigger);
	}
}

function dropTriggers(db: Database.Database): void {
	const present = db
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
		.pluck()
		.all() as readonly string[];
	for (const name of present) {
		if (isOurTrigger(name)) {
			db.exec(`DROP TRIGGER "${name}"`);
		}
	}
}

const columnsOf = (db: Database.Database, table: string): readonly string[] =>
	(db.pragma(`table_info(${table})`) as Array<{name: string}>).map(
		({name}) => name,
	);

function addMissingSums(db: Database.Database, table: string): void {
	const present = columnsOf(db, table);
	for (const name of measureNames) {
		if (!present.includes(name)) {
			db.exec(`ALTER TABLE ${table} ADD COLUMN ${sumColumn(name)}`);
		}
	}
}

/**
What is left are the sums of exchanges that were taken out: in their quarter-hours those of the rest
are taken away, as the view of the version that added them says.
*/
function keepOnlySealed(db: Database.Database): void {
	const before = columnsOf(db, 'exchangeSums');
	for (const table of [rollups, sessionRollups]) {
		if (before.length > 0) {
			const sums = measureNames.map((name) =>
				before.includes(name) ? `-sum(${name})` : '0',
			);
			const keys = table.keys.join(', ');
			db.exec(
				addTo(
					table,
					`SELECT ${keys}, ${sums.join(', ')} FROM exchangeSums
					WHERE quarter IN (SELECT quarter FROM seals) AND id >= (SELECT builtFrom FROM rollupMarks) GROUP BY ${keys}`,
				),
			);
		}

		db.exec(
			`DELETE FROM ${table.name} WHERE quarter NOT IN (SELECT quarter FROM seals)`,
		);
	}

	db.exec(
		'DELETE FROM wideRollups; DELETE FROM quarterRollups; DELETE FROM sessionTotals;',
	);
	db.exec(fold('true'));
}
