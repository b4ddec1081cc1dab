import type Database from 'better-sqlite3';
import {keySql} from './measure-sql.js';
import {attemptsPerExchange} from './numbers.js';
import {prepared} from './prepared.js';
import {mark} from './rollup-tables.js';
import {exchangeSumsView, prefix} from './rollup-triggers.js';

/**
How the version before summed an exchange, in its own words. While there is such a view, exchanges below
the mark `convertedFrom` are in the sums as it says, and are brought over in steps, the newest first. So
the sums are never built anew, and nobody waits; what was taken out stays as it was added.
*/
const viewBefore = 'exchangeSumsBefore';
const keyNames = new Set(Object.keys(keySql));
const groupKeys = [...keyNames].join(', ');
const keys = `id, ${groupKeys}`;

/**
Keeps the view of the version before beside ours, and what it says in step with its exchanges, until all are brought
over. Runs inside a transaction of the caller.
*/
export function beginConversion(db: Database.Database): void {
	const sqlBefore = viewSql(db, 'exchangeSums');
	db.exec('DROP VIEW exchangeSums');
	db.exec(exchangeSumsView);
	if (words(sqlBefore) === words(viewSql(db, 'exchangeSums'))) {
		return;
	}

	db.exec(
		sqlBefore.replace(
			/^create view\s+"?exchangesums"?/i,
			() => `CREATE VIEW ${viewBefore}`,
		),
	);
	for (const trigger of triggersBefore(db)) {
		db.exec(trigger);
	}

	db.exec(
		'UPDATE rollupMarks SET convertedFrom = coalesce((SELECT max(id) + 1 FROM exchanges), 1)',
	);
	endIfDone(db);
}

const viewSql = (db: Database.Database, name: string): string =>
	db
		.prepare("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?")
		.pluck()
		.get(name) as string;

const words = (sql: string): string => sql.trim().replaceAll(/\s+/g, ' ');

/**
Whether exchanges are in the sums that another version added. They have to be brought over before the
sums can be changed again.
*/
export const isConverting = (db: Database.Database): boolean =>
	db
		.prepare(`SELECT ${mark('convertedFrom')}`)
		.pluck()
		.get() !== 0;

/**
Brings exchanges from an id on over to the sums of the newer version: adds what that says, less what the one
before had said. Runs inside a transaction of the caller. Knows both by their views alone: an older
or newer version may have begun it.
*/
export function convertFrom(db: Database.Database, from: number): void {
	prepared(db, differenceSql(db)).run({from});
	prepared(db, 'UPDATE rollupMarks SET convertedFrom = ?').run(from);
	endIfDone(db);
}

/**
For most changes, most exchanges add what they did: those are not written.
*/
function differenceSql(db: Database.Database): string {
	const measures = measuresOf(db, 'exchangeSums');
	const columns = [keys, ...measures].join(', ');
	const narrowed = `WHERE id >= @from AND id < ${mark('convertedFrom')}`;
	return `INSERT INTO exchangeSums (${columns})
		SELECT max(id), ${groupKeys}, ${measures.map((name) => `sum(${name})`).join(', ')} FROM (
			SELECT ${columns} FROM exchangeSums ${narrowed}
			UNION ALL ${saidBefore(db, {columns: keys, measures, sign: '-'})} ${narrowed}
		) GROUP BY ${groupKeys} HAVING ${measures.map((name) => `sum(${name}) <> 0`).join(' OR ')}`;
}

function endIfDone(db: Database.Database): void {
	const {changes} = db
		.prepare(
			'UPDATE rollupMarks SET convertedFrom = 0 WHERE convertedFrom <= builtFrom',
		)
		.run();
	if (changes === 0) {
		return;
	}

	for (const name of Object.keys(touches)) {
		db.exec(`DROP TRIGGER IF EXISTS ${nameOf(name)}`);
	}

	db.exec(`DROP VIEW ${viewBefore}`);
}

/**
A SELECT of what exchanges added as the version before said, to be narrowed. It knew no sums of later
versions.
*/
export function saidBefore(
	db: Database.Database,
	{
		columns,
		measures,
		sign,
	}: Readonly<{columns: string; measures: readonly string[]; sign: '' | '-'}>,
): string {
	const known = new Set(measuresOf(db, viewBefore));
	const sums = measures.map((name) =>
		known.has(name) ? `${sign}${name} AS ${name}` : `0 AS ${name}`,
	);
	return `SELECT ${[columns, ...sums].join(', ')} FROM ${viewBefore}`;
}

/**
What a view of exchanges sums, whichever version made it.
*/
export const measuresOf = (
	db: Database.Database,
	view: string,
): readonly string[] =>
	(db.pragma(`table_info(${view})`) as Array<{name: string}>)
		.map(({name}) => name)
		.filter((name) => name !== 'id' && !keyNames.has(name));

/**
A row that is not brought over yet and changes: what it added is taken back before, and added again after,
both as the version before said. Each is an event, whose exchange it is, and where it is left alone.
*/
const touches: Readonly<
	Record<string, readonly [event: string, id: string, but?: string]>
> = {
	beforeUpdate: ['BEFORE UPDATE ON exchanges', 'OLD.id'],
	afterUpdate: ['AFTER UPDATE ON exchanges', 'NEW.id'],
	afterInsert: ['AFTER INSERT ON exchanges', 'NEW.id'],
	beforeDelete: ['BEFORE DELETE ON exchanges', 'OLD.id', mark('pruning')],
	beforeTry: [
		'BEFORE INSERT ON earlierAttempts',
		exchangeOf('NEW'),
		// One that becomes an update is told as such too.
		'EXISTS (SELECT 1 FROM earlierAttempts WHERE id = NEW.id)',
	],
	afterTry: ['AFTER INSERT ON earlierAttempts', exchangeOf('NEW')],
	beforeTryChange: ['BEFORE UPDATE ON earlierAttempts', exchangeOf('OLD')],
	afterTryChange: ['AFTER UPDATE ON earlierAttempts', exchangeOf('NEW')],
	beforeTryGoes: ['BEFORE DELETE ON earlierAttempts', exchangeOf('OLD')],
	afterTryWent: ['AFTER DELETE ON earlierAttempts', exchangeOf('OLD')],
};

function exchangeOf(row: 'NEW' | 'OLD'): string {
	return `${row}.id / ${attemptsPerExchange}`;
}

const nameOf = (touch: string): string => `${prefix}unconverted_${touch}`;

function triggersBefore(db: Database.Database): readonly string[] {
	const measures = measuresOf(db, 'exchangeSums');
	return Object.entries(touches).map(([name, [event, id, but = '0']]) => {
		const sign = event.startsWith('BEFORE') ? '-' : '';
		return `CREATE TRIGGER ${nameOf(name)} ${event}
			WHEN ${id} >= ${mark('builtFrom')} AND ${id} < ${mark('convertedFrom')} AND NOT ${but}
			BEGIN
				INSERT INTO exchangeSums (${[keys, ...measures].join(', ')})
				${saidBefore(db, {columns: keys, measures, sign})} WHERE id = ${id};
			END`;
	});
}
