import type Database from 'better-sqlite3';
import {measureNames} from '../exchange/measures.js';
import {beginConversion, isConverting} from './convert-rollups.js';
import {
	addTo,
	sessionIndexesSql,
	createSumTable,
	laterMarks,
	markColumn,
	marksTable,
	plainRollups,
	rollups,
	sealsTable,
	sessionIndexes,
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
const version = 2;
/**
The beginning of the SHA-256 of the view and the triggers. Written down, as what reckons it takes longer to load
than a log to open; a test reckons it.
*/
export const sqlMark = 'd2cfd73417b3bb79';

const names = [
	'rollupMarks',
	'seals',
	'exchangeSums',
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
			(marks.sql === sqlMark &&
				[...names, ...Object.keys(sessionIndexes)].every((name) =>
					present.has(name),
				)))
	);
}

/**
Creates the tables of sums and what keeps them, or changes those of an older version in a moment. What it
takes time to add up is left to build-rollups.ts. Runs inside a transaction of the caller.
*/
export function prepareRollups(
	db: Database.Database,
	present: ReadonlySet<string>,
): void {
	if (firstNames.some((name) => !present.has(name)) || isDamaged(db, present)) {
		beginAnew(db);
		return;
	}

	createTables(db);
	// One after the other: the next version is begun when this one is there.
	if (isOurs(db) || isConverting(db)) {
		return;
	}

	dropTriggers(db);
	if (!present.has(plainRollups.name)) {
		db.exec('UPDATE rollupMarks SET plainFrom = foldedBefore');
	}

	beginConversion(db);
	db.prepare('UPDATE rollupMarks SET version = ?, sql = ?').run(
		version,
		sqlMark,
	);
	createTriggers(db);
}

/**
What the first version had. Where one of them is missing the sums are not kept, or were not for a while.
*/
const firstNames = [
	'rollupMarks',
	'seals',
	'exchangeSums',
	'rollups',
	'sessionRollups',
	'wideRollups',
	'quarterRollups',
	'sessionTotals',
] as const;

/**
Nothing is to be changed, and yet something is missing that keeps the sums. An index does not.
*/
const isDamaged = (
	db: Database.Database,
	present: ReadonlySet<string>,
): boolean => isOurs(db) && names.some((name) => !present.has(name));

/**
Whether the sums are kept as this version keeps them.
*/
const isOurs = (db: Database.Database): boolean =>
	db.prepare('SELECT sql FROM rollupMarks').pluck().get() === sqlMark;

/**
The sums of the exchanges that are there have still to be built. Those of exchanges that were taken out
stay as they are.
*/
export function beginAnew(db: Database.Database): void {
	dropTriggers(db);
	createTables(db);
	keepOnlySealed(db);
	db.exec('DROP VIEW IF EXISTS exchangeSums');
	db.exec('DROP VIEW IF EXISTS exchangeSumsBefore');
	db.exec(exchangeSumsView);
	db.prepare(
		`INSERT OR REPLACE INTO rollupMarks (one, version, sql, builtFrom, foldedBefore, pruning)
		SELECT 1, ?, ?, coalesce((SELECT max(id) + 1 FROM exchanges), 0), coalesce((SELECT max(quarter) + 1 FROM rollups), 0), 0`,
	).run(version, sqlMark);
	createTriggers(db);
}

function createTables(db: Database.Database): void {
	db.exec(marksTable);
	addMissing(db, 'rollupMarks', laterMarks, markColumn);
	db.exec(sealsTable);
	for (const table of sumTables) {
		db.exec(createSumTable(table));
		addMissing(db, table.name, measureNames, sumColumn);
	}

	db.exec(sessionIndexesSql);
}

const createTriggers = (db: Database.Database): void => {
	db.exec(triggerSql.join(';\n'));
};

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

function addMissing(
	db: Database.Database,
	table: string,
	columns: readonly string[],
	written: (name: string) => string,
): void {
	const present = columnsOf(db, table);
	for (const name of columns) {
		if (!present.includes(name)) {
			db.exec(`ALTER TABLE ${table} ADD COLUMN ${written(name)}`);
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
		'DELETE FROM wideRollups; DELETE FROM quarterRollups; DELETE FROM plainRollups; DELETE FROM sessionTotals;',
	);
	db.exec('UPDATE rollupMarks SET plainFrom = 0');
	db.exec(fold('true'));
}
