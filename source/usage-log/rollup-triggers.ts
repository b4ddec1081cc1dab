import {measureNames} from '../exchange/measures.js';
import {countsSql, keySql, measureSql} from './measure-sql.js';
import {attemptsPerExchange} from './numbers.js';
import {
	addTo,
	mark,
	ownFrom,
	plainRollups,
	plainWidthsSql,
	quarterRollups,
	rollups,
	sessionRollups,
	sessionTotals,
	wideRollups,
	widthsSql,
	type SumTable,
} from './rollup-tables.js';

/**
What each exchange that has ended adds to the sums, for builders, checks and those who ask in SQL.
*/
export const exchangeSumsView = `
	CREATE VIEW exchangeSums AS SELECT id, ${Object.entries(keySql)
		.map(([name, sql]) => `${sql('exchanges')} AS ${name}`)
		.join(', ')}, ${measureNames
		.map((name) => `${measureSql[name]('exchanges')} AS ${name}`)
		.join(', ')}
	FROM exchanges WHERE ${countsSql('exchanges')}
`;

const columns = ['id', ...Object.keys(keySql), ...measureNames].join(', ');
const quarterOf = keySql.quarter;

/**
Adds rows to all sums they belong to, by way of the view: `add` below says what that is.
*/
export const addSums = (select: string): string =>
	`INSERT INTO exchangeSums (${columns}) ${select};`;

/**
What the exchange in a row adds to a table, or to all.
*/
const contribution = (
	row: 'NEW' | 'OLD',
	keys: readonly string[],
	sign: '' | '-' = '',
): string =>
	[
		...keys.map((key) => keySql[key as keyof typeof keySql](row)),
		...measureNames.map((name) => {
			const sql = measureSql[name](row);
			return sign === '' ? sql : `-(${sql})`;
		}),
	].join(', ');

const added = `SELECT ${columns} FROM exchangeSums WHERE id = NEW.id`;
const takenBack = `SELECT OLD.id, ${contribution('OLD', Object.keys(keySql), '-')}`;

/**
A try before the last was answered 429, or was not after all, after its exchange had ended.
*/
const limitedBy = (row: 'NEW' | 'OLD', count: 1 | -1): string =>
	addSums(
		`SELECT sums.id, ${Object.keys(keySql)
			.map((key) => `sums.${key}`)
			.join(', ')}, ${measureNames
			.map((name) => (name === 'limited' ? count : 0))
			.join(', ')}
		FROM exchangeSums AS sums JOIN exchanges USING (id)
		WHERE sums.id = ${row}.id / ${attemptsPerExchange} AND (exchanges.attempts > 1 OR exchanges.attemptStartedAt IS NULL) AND sums.id >= ${ownFrom}`,
	);

/**
Adds quarter-hours to the sums of sums.
*/
export function fold(condition: string): string {
	const sums = measureNames.map((name) => `sum(${name})`).join(', ');
	const others = rollups.keys.slice(1).join(', ');
	return [
		addTo(
			wideRollups,
			`SELECT width, quarter / width * width AS start, ${others}, ${sums} FROM rollups, ${widthsSql} WHERE ${condition} GROUP BY width, start, ${others}`,
		),
		addTo(
			quarterRollups,
			`SELECT quarter, ${sums} FROM rollups WHERE ${condition} GROUP BY quarter`,
		),
		addTo(
			plainRollups,
			`SELECT width, quarter / width * width AS start, ${sums} FROM rollups, ${plainWidthsSql} WHERE ${condition} AND quarter >= ${mark('plainFrom')} GROUP BY width, start`,
		),
		addTo(
			sessionTotals,
			`SELECT session, min(quarter), max(quarter), ${sums} FROM sessionRollups WHERE ${condition} GROUP BY session`,
		),
	].join('\n');
}

const isBuilt = (row: string): string => `${row}.id >= ${ownFrom}`;
const newKeys = ({keys}: SumTable): string =>
	keys.map((key) => `NEW.${key}`).join(', ');
const newSums = measureNames.map((name) => `NEW.${name}`).join(', ');
const isFolded = `NEW.quarter < ${mark('foldedBefore')}`;

const sqlOfNew = [
	'UPDATE rollupMarks SET foldedBefore = NEW.quarter WHERE foldedBefore < NEW.quarter;',
	addTo(rollups, `SELECT ${newKeys(rollups)}, ${newSums} WHERE true`),
	addTo(
		sessionRollups,
		`SELECT ${newKeys(sessionRollups)}, ${newSums} WHERE true`,
	),
	addTo(
		wideRollups,
		`SELECT width, NEW.quarter / width * width, ${rollups.keys
			.slice(1)
			.map((key) => `NEW.${key}`)
			.join(', ')}, ${newSums} FROM ${widthsSql} WHERE ${isFolded}`,
	),
	addTo(quarterRollups, `SELECT NEW.quarter, ${newSums} WHERE ${isFolded}`),
	addTo(
		plainRollups,
		`SELECT width, NEW.quarter / width * width, ${newSums} FROM ${plainWidthsSql} WHERE ${isFolded} AND NEW.quarter >= ${mark('plainFrom')}`,
	),
	addTo(
		sessionTotals,
		`SELECT NEW.session, NEW.quarter, NEW.quarter, ${newSums} WHERE ${isFolded}`,
	),
].join('\n');

/**
What every request costs: two rows that grow, where it belongs to the quarter-hour under way.
*/
const sqlOfEnded = [
	...[rollups, sessionRollups].map((table) =>
		addTo(
			table,
			`SELECT ${contribution('NEW', table.keys)} WHERE ${quarterOf('NEW')} = ${mark('foldedBefore')}`,
		),
	),
	addSums(`${added} AND ${quarterOf('NEW')} <> ${mark('foldedBefore')}`),
].join('\n');

/**
What keeps the sums in step with every write, whoever writes: SQLite runs it in the same transaction.
Each is an event, a condition and what is done then.
*/
const triggers: Readonly<
	Record<string, readonly [event: string, when: string, act: string]>
> = {
	add: ['INSTEAD OF INSERT ON exchangeSums', 'true', sqlOfNew],
	ended: [
		'AFTER UPDATE OF outcome ON exchanges',
		`OLD.outcome = 'open' AND ${countsSql('NEW')} AND ${isBuilt('NEW')}`,
		sqlOfEnded,
	],
	corrected: [
		'AFTER UPDATE ON exchanges',
		`${countsSql('OLD')} AND ${isBuilt('OLD')}`,
		`${addSums(takenBack)}\n${addSums(added)}`,
	],
	appeared: [
		'AFTER INSERT ON exchanges',
		`${countsSql('NEW')} AND ${isBuilt('NEW')}`,
		addSums(added),
	],
	gone: [
		'AFTER DELETE ON exchanges',
		`${countsSql('OLD')} AND ${isBuilt('OLD')} AND NOT ${mark('pruning')}`,
		addSums(takenBack),
	],
	limited: [
		'AFTER INSERT ON earlierAttempts',
		'NEW.httpStatus = 429',
		limitedBy('NEW', 1),
	],
	limitedAfterAll: [
		'AFTER UPDATE ON earlierAttempts',
		'NEW.httpStatus IS 429 AND OLD.httpStatus IS NOT 429',
		limitedBy('NEW', 1),
	],
	notLimitedAfterAll: [
		'AFTER UPDATE ON earlierAttempts',
		'NEW.httpStatus IS NOT 429 AND OLD.httpStatus IS 429',
		limitedBy('OLD', -1),
	],
	limitedGone: [
		'AFTER DELETE ON earlierAttempts',
		`OLD.httpStatus = 429 AND NOT ${mark('pruning')}`,
		limitedBy('OLD', -1),
	],
	quarterBegan: [
		'AFTER UPDATE OF foldedBefore ON rollupMarks',
		'NEW.foldedBefore > OLD.foldedBefore',
		fold('quarter >= OLD.foldedBefore AND quarter < NEW.foldedBefore'),
	],
};

export const prefix = 'rollups_';

export const triggerNames = Object.keys(triggers).map((name) => prefix + name);

export const triggerSql: readonly string[] = Object.entries(triggers).map(
	([name, [event, when, act]]) =>
		`CREATE TRIGGER ${prefix}${name} ${event} WHEN ${when} BEGIN ${act} END`,
);

/**
Those of an older version included.
*/
export const isOurTrigger = (name: string): boolean => name.startsWith(prefix);
