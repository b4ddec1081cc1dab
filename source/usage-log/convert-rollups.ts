import type Database from 'better-sqlite3';
import {keySql} from './measure-sql.js';
import {attemptsPerExchange} from './numbers.js';
import {mark} from './rollup-tables.js';
import {addSums, exchangeSumsView, prefix} from './rollup-triggers.js';

/**
How the version before summed an exchange, in its own words. While there is such a view, exchanges below
the mark `convertedFrom` are in the sums as it says, and are brought over in steps, the newest first. So
the sums are never built anew, and nobody waits; what was taken out stays as it was added.
*/
const viewBefore = 'exchangeSumsBefore';

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
			/^CREATE VIEW\s+"?exchangeSums"?/i,
			`CREATE VIEW ${viewBefore}`,
		),
	);
	db.exec(
		'UPDATE rollupMarks SET convertedFrom = coalesce((SELECT max(id) + 1 FROM exchanges), 0)',
	);
	endIfDone(db);
	if (isConverting(db)) {
		for (const trigger of triggersBefore(db)) {
			db.exec(trigger);
		}
	}
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
	db.prepare(`SELECT ${mark('convertedFrom')}`).pluck().get() !== 0;

/**
Brings exchanges from an id on over to the sums of the newer version: adds what that says, less what the one
before had said. Runs inside a transaction of the caller. Knows both by their views alone: an older
or newer version may have begun it.
*/
export function convertFrom(db: Database.Database, from: number): void {
	const measures = measuresOf(db, 'exchangeSums');
	const columns = ['id', ...Object.keys(keySql)].join(', ');
	const narrowed = 'WHERE id >= @from AND id < @to';
	db.prepare(
		`INSERT INTO exchangeSums (${[columns, ...measures].join(', ')})
		SELECT max(${columns.replace(', ', '), ')}, ${measures.map((name) => `sum(${name})`).join(', ')} FROM (
			SELECT ${[columns, ...measures].join(', ')} FROM exchangeSums ${narrowed}
			UNION ALL ${saidBefore(db, {columns, measures, sign: '-'})} ${narrowed}
		) GROUP BY ${Object.keys(keySql).join(', ')}
		HAVING ${measures.map((name) => `sum(${name}) <> 0`).join(' OR ')}`,
	).run({
		from,
		to: db.prepare(`SELECT ${mark('convertedFrom')}`).pluck().get(),
	});
	db.prepare('UPDATE rollupMarks SET convertedFrom = ?').run(from);
	endIfDone(db);
}

function endIfDone(db: Database.Database): void {
	const {changes} = db
		.prepare(
			'UPDATE rollupMarks SET convertedFrom = 0 WHERE convertedFrom <= builtFrom',
		)
		.run();
	if (changes > 0) {
		for (const name of Object.keys(triggersOf('true', 'true'))) {
			db.exec(`DROP TRIGGER IF EXISTS ${prefix}${name}`);
		}

		db.exec(`DROP VIEW ${viewBefore}`);
	}
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

const measuresOf = (db: Database.Database, view: string): readonly string[] =>
	(db.pragma(`table_info(${view})`) as Array<{name: string}>)
		.map(({name}) => name)
		.filter((name) => name !== 'id' && !(name in keySql));

/**
A row that is not brought over yet and changes: what it had added is taken back as it was added, and added
as it is now, both as the version before said.
*/
function triggersBefore(db: Database.Database): readonly string[] {
	const columns = ['id', ...Object.keys(keySql)].join(', ');
	const measures = measuresOf(db, 'exchangeSums');
	const said = (sign: '' | '-') => (id: string) =>
		`INSERT INTO exchangeSums (${[columns, ...measures].join(', ')}) ${saidBefore(db, {columns, measures, sign})}
		WHERE id = ${id} AND id >= ${mark('builtFrom')} AND id < ${mark('convertedFrom')};`;
	const exchange = (row: 'NEW' | 'OLD', sign: '' | '-') =>
		said(sign)(`${row}.id`);
	const attempt = (row: 'NEW' | 'OLD', sign: '' | '-') =>
		said(sign)(`${row}.id / ${attemptsPerExchange}`);
	return Object.entries(triggersOf(exchange, attempt)).map();
}
