import type {Attempt, Exchange, Live} from '../exchange/exchange.js';
import type {Sums} from '../exchange/measures.js';
import type {LimitRow} from './limits.js';

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
	/**
	Written to a cache again that was in it before, and what that cost above reading it.
	*/
	rebuiltTokens: number;
	rebuiltNanodollars: number;
}>;

/**
Sums over the exchanges that began in one quarter of an hour. `quarter`: its number since 1970 in UTC.
*/
export type QuarterTotals = ModelTotals & Readonly<{quarter: number}>;

/**
Sums over the exchanges of one session; the empty text is all that told none.
*/
export type SessionTotals = Sums & Readonly<{session: string}>;

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
	The `limit` exchanges that ended last, all that are open, and the attempts begun since `attemptsSinceMs`.
	*/
	attach(wanted: {limit: number; attemptsSinceMs: number}): News;
	since(revision: number): News;
	live(): readonly Live[];
	/**
	Sums over exchanges that have ended and began at or after `sinceMs`: epoch milliseconds, the beginning
	of a quarter of an hour.
	*/
	totals(sinceMs: number): readonly ModelTotals[];
	/**
	The same by quarter of an hour and model, the oldest first.
	*/
	quarters(sinceMs: number): readonly QuarterTotals[];
	/**
	The sessions of the same exchanges, the dearest first, at most `limit`.
	*/
	sessions(sinceMs: number, limit: number): readonly SessionTotals[];
	/**
	The limits that answers have told of, each as it was told last.
	*/
	limits(): readonly LimitRow[];
	/**
	How much of a log of an older version has its sums by now, 0 to 1; undefined where all of it has.
	*/
	upkeep(): number | undefined;
	close(): void;
}>;
