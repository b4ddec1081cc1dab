import {dimensions, type Measure, measureNames} from '../exchange/measures.js';

/**
A table of sums: what it keeps them apart by, and what stands between that and the sums.
*/
export type SumTable = Readonly<{
	name: string;
	keys: readonly string[];
	/**
	The lowest and the highest quarter that a row has sums of.
	*/
	isSpanning?: true;
}>;

const ofExchange = ['quarter', ...dimensions] as const;

/**
Kept by the end of every exchange.
*/
export const rollups: SumTable = {name: 'rollups', keys: ofExchange};
export const sessionRollups: SumTable = {
	name: 'sessionRollups',
	keys: ['quarter', 'session'],
};

/**
Sums of those sums, so that a year is not a million rows. A quarter-hour is folded into them when the
next one begins; what comes later for it is added to both.
*/
export const wideRollups: SumTable = {
	name: 'wideRollups',
	keys: ['width', ...ofExchange],
};
export const quarterRollups: SumTable = {
	name: 'quarterRollups',
	keys: ['quarter'],
};
export const plainRollups: SumTable = {
	name: 'plainRollups',
	keys: ['width', 'quarter'],
};
export const sessionTotals: SumTable = {
	name: 'sessionTotals',
	keys: ['session'],
	isSpanning: true,
};

const tokenSums: readonly Measure[] = [
	'inputTokens',
	'outputTokens',
	'cacheReadTokens',
	'cacheWrite5mTokens',
	'cacheWrite1hTokens',
];
export const tokensSql = tokenSums.join(' + ');

/**
What the dearest sessions are found by.
*/
export const rankedBy: readonly Measure[] = [
	'requests',
	'costNanodollars',
	...tokenSums,
];

/**
All of it in a quarter of the pages, by when sessions began, ended and by their rank. Written when a quarter-hour is
folded, and for what comes late.
*/
export const sessionIndexes = {
	sessionsByRank: `firstQuarter, lastQuarter, ${rankedBy.join(', ')}`,
	sessionsByEnd: 'lastQuarter, firstQuarter',
	sessionsByCost: `costNanodollars DESC, (${tokensSql}) DESC, requests DESC, session, firstQuarter, lastQuarter, ${tokenSums.join(', ')}`,
} as const;

export const sessionIndexesSql = Object.entries(sessionIndexes)
	.map(
		([name, columns]) =>
			`CREATE INDEX IF NOT EXISTS ${name} ON sessionTotals (${columns});`,
	)
	.join('\n');

export const sumTables = [
	rollups,
	sessionRollups,
	wideRollups,
	quarterRollups,
	plainRollups,
	sessionTotals,
] as const;

/**
Quarter-hours in a row of `wideRollups`, the widest first: 32 days, and one.
*/
export const widths = [3072, 96] as const;
/**
And of `plainRollups`: a day, and an hour.
*/
export const plainWidths = [96, 4] as const;

const widthsSqlOf = (list: readonly number[]): string =>
	`(${list.map((width) => `SELECT ${width} AS width`).join(' UNION ALL ')}) AS wide`;
export const widthsSql = widthsSqlOf(widths);
export const plainWidthsSql = widthsSqlOf(plainWidths);

const span = ['firstQuarter', 'lastQuarter'] as const;

export const columnsBefore = ({
	keys,
	isSpanning,
}: SumTable): readonly string[] => (isSpanning ? [...keys, ...span] : keys);

/**
Runs as often as it likes; adds the sums that an older file lacks.
*/
export const createSumTable = (table: SumTable): string =>
	`CREATE TABLE IF NOT EXISTS ${table.name} (${[
		...columnsBefore(table).map((column) => keyColumn(column)),
		...measureNames.map((name) => sumColumn(name)),
		`PRIMARY KEY (${table.keys.join(', ')})`,
	].join(', ')}) WITHOUT ROWID`;

/**
With its type: a key without one is not looked up by what a subquery answers, but searched for.
*/
const keyColumn = (name: string): string =>
	`${name} ${/quarter|width/i.test(name) ? 'INTEGER' : 'TEXT'} NOT NULL`;

export const sumColumn = (name: string): string =>
	`${name} INTEGER NOT NULL DEFAULT 0`;

/**
Adds sums to those that are there. `values` is a SELECT or VALUES with the columns of the table in
their order.
*/
export function addTo(table: SumTable, values: string): string {
	const columns = [...columnsBefore(table), ...measureNames];
	const sums = measureNames.map(
		(name) => `${name} = ${name} + excluded.${name}`,
	);
	const spans = table.isSpanning
		? [
				'firstQuarter = min(firstQuarter, excluded.firstQuarter)',
				'lastQuarter = max(lastQuarter, excluded.lastQuarter)',
			]
		: [];
	return `INSERT INTO ${table.name} (${columns.join(', ')}) ${values} ON CONFLICT (${table.keys.join(', ')}) DO UPDATE SET ${[...spans, ...sums].join(', ')};`;
}

/**
Marks that an older file lacks.
*/
export const laterMarks = ['convertedFrom', 'plainFrom'] as const;

export const markColumn = (name: string): string =>
	`${name} INTEGER NOT NULL DEFAULT 0`;

/**
One row for the whole log. `version` and `sql` tell which sums its triggers keep; exchanges from the id
`builtFrom` on are in them, those below `convertedFrom` as the version before summed them (see
convert-rollups.ts); quarter-hours before `foldedBefore` are in the sums of sums, those before `plainFrom`
not yet in `plainRollups`; while `pruning` is 1, inside a transaction, exchanges are taken out and their
sums stay.
*/
export const marksTable = `
	CREATE TABLE IF NOT EXISTS rollupMarks (
		one INTEGER PRIMARY KEY CHECK (one = 1),
		version INTEGER NOT NULL,
		sql TEXT NOT NULL,
		builtFrom INTEGER NOT NULL,
		foldedBefore INTEGER NOT NULL,
		pruning INTEGER NOT NULL,
		${laterMarks.map((name) => markColumn(name)).join(', ')}
	);
`;

export type Mark =
	'builtFrom' | 'foldedBefore' | 'pruning' | (typeof laterMarks)[number];
export const mark = (name: Mark): string => `(SELECT ${name} FROM rollupMarks)`;
/**
Exchanges from this id on are in the sums as this version sums them.
*/
export const ownFrom =
	'(SELECT max(builtFrom, convertedFrom) FROM rollupMarks)';

/**
A quarter-hour that exchanges were taken out of: how many, and the checksum of their sums.
*/
export const sealsTable = `
	CREATE TABLE IF NOT EXISTS seals (
		quarter INTEGER PRIMARY KEY,
		exchanges INTEGER NOT NULL,
		checksum TEXT NOT NULL
	);
`;
