import {
	attemptFields,
	exchangeFields,
	liveFields,
	type AttemptFields,
	type ExchangeFields,
} from '../exchange/exchange.js';
import type {Field} from '../exchange/field.js';
import {toSql, type SqlValue} from './row.js';

type Columns = ReadonlyArray<
	readonly [name: string, field: Field, convert: (value: unknown) => SqlValue]
>;

const columnsOf = (fields: Readonly<Record<string, Field>>): Columns =>
	Object.entries(fields).map(([name, field]) => [name, field, toSql(field)]);

/**
What the row of an exchange says from its beginning on.
*/
const beginningNames = new Set<string>([
	'startedAt',
	'admittedAt',
	'state',
	'holdReason',
	'format',
	'path',
	'hint',
	'stream',
	'askedModel',
	'alias',
	'endpoint',
	'sentModel',
	'billing',
	'attempts',
	'attemptStartedAt',
	'key',
	'session',
	'agentId',
	'client',
	'side',
	'requestBytes',
] satisfies Array<keyof ExchangeFields>);
/**
Said by the recorder itself when it begins a row.
*/
const recordersNames = new Set<string>(['owner'] satisfies Array<
	keyof ExchangeFields
>);

const all = columnsOf(exchangeFields);
export const beginningColumns = all.filter(([name]) =>
	beginningNames.has(name),
);
const movedNames = new Set<string>([
	'admittedAt',
	'state',
	'holdReason',
	'alias',
	'endpoint',
	'sentModel',
	'billing',
	'attempts',
	'attemptStartedAt',
] satisfies Array<keyof ExchangeFields>);
/**
What may change from one attempt to the next.
*/
export const movedColumns = beginningColumns.filter(([name]) =>
	movedNames.has(name),
);
/**
What a final row seldom says: it is left out of the statement where there is nothing of it to say.
*/
const rareNames = new Set<string>([
	'holdReason',
	'shownAttempt',
	'errorClass',
	'errorType',
	'errorMessage',
	'reason',
	'retryAfterMs',
	'reasoningTokens',
	'extraUsage',
	'speed',
	'inferenceGeo',
	'countedTokens',
	'unpricedModel',
	'unpricedFor',
	'rebuiltTokens',
	'rebuiltNanodollars',
	'retriedNanodollars',
	'retryOf',
	'waitedMs',
	'rateLimits',
	'anomalies',
	'possiblyBilled',
] satisfies Array<keyof ExchangeFields>);

export const endColumns = all.filter(
	([name]) =>
		name === 'state' ||
		name === 'holdReason' ||
		!(beginningNames.has(name) || recordersNames.has(name)),
);
export const usualEndColumns = endColumns.filter(
	([name]) => !rareNames.has(name),
);
const rareEndColumns = endColumns.filter(([name]) => rareNames.has(name));

/**
Nothing of what is rare is said.
*/
export const isUsual = (end: Readonly<Partial<ExchangeFields>>): boolean =>
	rareEndColumns.every(
		([name]) => (end[name as keyof ExchangeFields] ?? null) === null,
	);

export const attemptColumns = columnsOf(attemptFields);
export const liveColumns = columnsOf(liveFields);

export type AttemptFacts = Readonly<Partial<AttemptFields>>;

/**
Adds the values of columns, in their order; what is not there is not known.
*/
export function pushValues(
	values: SqlValue[],
	columns: Columns,
	row: object,
): void {
	for (const [name, , convert] of columns) {
		const value = (row as Record<string, unknown>)[name];
		values.push(value === undefined || value === null ? null : convert(value));
	}
}

/**
`INSERT` of a row: `first` are columns with the SQL of their values, the catalogue's follow with parameters.
*/
export function insertInto(
	table: string,
	first: Readonly<Record<string, string>>,
	columns: Columns,
	verb = 'INSERT',
): string {
	const names = [...Object.keys(first), ...columns.map(([name]) => name)];
	const values = [...Object.values(first), ...columns.map(() => '?')];
	return `${verb} INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`;
}
