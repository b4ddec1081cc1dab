import type {Attempt, Exchange, Live} from '../exchange/exchange.js';

/**
Sums over the exchanges of one served model (asked model where none was served).
*/
export type ModelTotals = Readonly<{
	model: string;
	requests: number;
	attempts: number;
	/**
	Attempts answered 429.
	*/
	limited: number;
	inputTokens: number;
	outputTokens: number;
	cacheReadTokens: number;
	cacheWriteTokens: number;
	/**
	Exchanges whose usage is `missing` or `partial`.
	*/
	unproven: number;
	/**
	The proven cost.
	*/
	costNanodollars: number;
	/**
	The part of it that a plan covers: no bill.
	*/
	planNanodollars: number;
	/**
	Exchanges with usage whose price is not known.
	*/
	unpriced: number;
}>;

/**
What changed after a revision, and the revision to ask from next time. Read in one transaction.
*/
export type News = Readonly<{
	revision: number;
	exchanges: readonly Exchange[];
	attempts: readonly Attempt[];
}>;

/**
Follows a usage log from another process, or from this one. Never writes.
*/
export type LogReader = Readonly<{
	/**
	Changes whenever another connection has committed. Costs microseconds.
	*/
	dataVersion(): number;
	/**
	The newest `limit` exchanges, all that are open, and the attempts begun since `attemptsSinceMs`.
	*/
	attach(wanted: {limit: number; attemptsSinceMs: number}): News;
	since(revision: number): News;
	live(): readonly Live[];
	/**
	Sums over exchanges that have ended and began at or after `sinceMs`: epoch milliseconds, the beginning
	of a quarter of an hour.
	*/
	totals(sinceMs: number): readonly ModelTotals[];
	close(): void;
}>;
