import {quarterMs} from '../exchange/measures.js';
import {countsSql} from './measure-sql.js';

/**
What counts for caps: money in nano-dollars, tokens, and how many exchanges had usage without a price.
*/
export const countedMeasures = ['nanodollars', 'tokens', 'unpriced'] as const;
export type CountedMeasure = (typeof countedMeasures)[number];

/**
What a row of `exchanges` says, as SQL over the name it goes by: `exchanges`, `NEW`, `OLD`.
*/
type OfRow = (row: string) => string;

const tokenColumns = [
	'inputTokens',
	'cacheReadTokens',
	'cacheWrite5mTokens',
	'cacheWrite1hTokens',
	'outputTokens',
] as const;

const measureSql: Readonly<Record<CountedMeasure, OfRow>> = {
	nanodollars: (row) => `coalesce(${row}.countedNanodollars, 0)`,
	tokens: (row) =>
		`coalesce(${row}.countedTokens, CASE WHEN ${row}.usageStatus IS 'none' THEN 0 ELSE ${tokenColumns
			.map((column) => `coalesce(${row}.${column}, 0)`)
			.join(' + ')} END)`,
	unpriced: (row) => `${row}.priceSource IS 'unpriced'`,
};

/**
The key it counts for, and the quarter-hour that it was admitted in.
*/
const placeSql: Readonly<Record<'key' | 'quarter', OfRow>> = {
	key: (row) => `coalesce(${row}.key, 'default')`,
	quarter: (row) =>
		`CAST(coalesce(${row}.admittedAt, ${row}.startedAt, 0) / ${quarterMs} AS INTEGER)`,
};

/**
The columns that decide what an exchange counts.
*/
export const decidingColumns = [
	'outcome',
	'format',
	'path',
	'key',
	'startedAt',
	'admittedAt',
	'countedNanodollars',
	'countedTokens',
	'usageStatus',
	'priceSource',
	...tokenColumns,
] as const;

/**
What an exchange counts, as a query of one row: `key, quarter, nanodollars, tokens, unpriced`; of none where it
counts nothing, as one that is open does. Over the table itself, of many rows; `where` narrows that.
*/
export const contributionSql = (
	row: 'NEW' | 'OLD' | 'exchanges',
	where = 'true',
): string => {
	const columns = Object.entries({...placeSql, ...measureSql}).map(
		([name, sql]) => `${sql(row)} AS ${name}`,
	);
	const id = row === 'exchanges' ? ['id'] : [];
	const from = row === 'exchanges' ? 'FROM exchanges' : '';
	const isSome = countedMeasures
		.map((name) => `${measureSql[name](row)} <> 0`)
		.join(' OR ');
	return `SELECT ${[...id, ...columns].join(', ')} ${from} WHERE ${where} AND ${countsSql(row)} AND (${isSome})`;
};

/**
All that an exchange counts, for comparing it with what it was.
*/
export const contributionTuple = (row: 'NEW' | 'OLD'): string =>
	`(${[countsSql(row), ...Object.values({...placeSql, ...measureSql}).map((sql) => sql(row))].join(', ')})`;
