import {quarterMs, type Dimension, type Measure} from '../exchange/measures.js';
import {attemptsPerExchange} from './numbers.js';

/**
What a row of `exchanges` says, as SQL over the name it goes by: `exchanges`, `NEW`, `OLD`.
*/
type OfRow = (row: string) => string;

const has =
	(condition: string): OfRow =>
	(row) =>
		`coalesce(${row}.${condition}, 0)`;
const sumOf =
	(...columns: readonly string[]): OfRow =>
	(row) =>
		columns.map((column) => `coalesce(${row}.${column}, 0)`).join(' + ');
const costWhere =
	(condition: string): OfRow =>
	(row) =>
		`CASE WHEN ${row}.${condition} THEN coalesce(${row}.costNanodollars, 0) ELSE 0 END`;

/**
Tokens as billed: those of calls inside the answer stand beside the row's own figures.
*/
const billed =
	(column: string, inExtra: string): OfRow =>
	(row) =>
		`coalesce(${row}.${column}, 0) + CASE WHEN ${row}.extraUsage IS NULL OR NOT json_valid(${row}.extraUsage) THEN 0 ELSE (SELECT coalesce(sum(json_extract(${row}.extraUsage, fullkey || '.${inExtra}')), 0) FROM json_each(${row}.extraUsage)) END`;

/**
The last try stands in the row itself; a status with a reason is one of ours. Those before it have rows, and
so has the last where the exchange ended while it waited for another.
*/
const limited: OfRow = (row) =>
	`coalesce(${row}.httpStatus = 429 AND ${row}.reason IS NULL, 0) + CASE WHEN ${row}.attempts > 1 OR ${row}.attemptStartedAt IS NULL THEN (SELECT count(*) FROM earlierAttempts AS tried WHERE tried.id BETWEEN ${row}.id * ${attemptsPerExchange} AND ${row}.id * ${attemptsPerExchange} + ${attemptsPerExchange - 1} AND tried.httpStatus = 429) ELSE 0 END`;

/**
What an exchange that has ended adds to each sum.
*/
export const measureSql: Readonly<Record<Measure, OfRow>> = {
	requests: () => '1',
	errors: has("outcome = 'error'"),
	truncated: has("outcome = 'truncated'"),
	aborted: has("outcome = 'aborted'"),
	refused: has("outcome = 'refused'"),
	lost: has("outcome = 'lost'"),
	attempts: sumOf('attempts'),
	limited,
	waitedMs: sumOf('heldMs', 'waitedMs'),
	inputTokens: billed('inputTokens', 'input'),
	outputTokens: billed('outputTokens', 'output'),
	cacheReadTokens: billed('cacheReadTokens', 'cacheRead'),
	cacheWrite5mTokens: billed('cacheWrite5mTokens', 'cacheWrite5m'),
	cacheWrite1hTokens: billed('cacheWrite1hTokens', 'cacheWrite1h'),
	reasoningTokens: billed('reasoningTokens', 'reasoning'),
	webSearches: billed('webSearches', 'webSearch'),
	costNanodollars: sumOf('costNanodollars'),
	countedNanodollars: sumOf('countedNanodollars'),
	planNanodollars: costWhere("billing = 'plan'"),
	unpriced: has("priceSource = 'unpriced'"),
	partial: has("usageStatus = 'partial'"),
	missing: has("usageStatus = 'missing'"),
	retriedNanodollars: sumOf('retriedNanodollars'),
	abortedNanodollars: costWhere("outcome = 'aborted'"),
	refusedNanodollars: costWhere("stopReason = 'refusal'"),
	rebuiltTokens: sumOf('rebuiltTokens'),
	rebuiltNanodollars: sumOf('rebuiltNanodollars'),
};

/**
What sums of exchanges are kept apart by. An empty text is what is not known.
*/
export const keySql: Readonly<
	Record<'quarter' | Dimension | 'session', OfRow>
> = {
	quarter: (row) =>
		`CAST(coalesce(${row}.startedAt, 0) / ${quarterMs} AS INTEGER)`,
	model: (row) =>
		`coalesce(${row}.servedModel, ${row}.sentModel, ${row}.askedModel, '')`,
	alias: (row) => `coalesce(${row}.alias, '')`,
	key: (row) => `coalesce(${row}.key, '')`,
	endpoint: (row) => `coalesce(${row}.endpoint, '')`,
	session: (row) => `coalesce(${row}.session, '')`,
};

/**
An exchange counts once it has ended, whichever way. What is passed on unmeasured has no format, and
counting tokens is free and no request of the agent's work.
*/
export const countsSql: OfRow = (row) =>
	`${row}.outcome <> 'open' AND ${row}.format IS NOT NULL AND instr(coalesce(${row}.path, ''), 'count_tokens') = 0`;
