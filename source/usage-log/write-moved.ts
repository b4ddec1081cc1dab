import {
	attemptColumns,
	movedColumns,
	pushValues,
	type AttemptFacts,
} from './columns.js';
import {attemptsPerExchange} from './numbers.js';
import type {Statements} from './recorder-statements.js';
import type {ExchangeFacts, Recording} from './recording.js';
import type {SqlValue} from './row.js';

/**
An attempt that is over: what it came to, its number, and what its exchange said while it was under way.
*/
export type Over = Readonly<{
	ended: AttemptFacts | undefined;
	number: number;
	before: ExchangeFacts;
	owner: string;
}>;

/**
Writes what an exchange says between its beginning and its end; an attempt that is over gets its own row.
*/
export function writeMoved(
	statements: Statements,
	{id, beginning}: Recording,
	over: Over,
): void {
	if (over.ended !== undefined) {
		writeEarlier(statements, id!, over.ended, over);
	}

	const values: SqlValue[] = [];
	pushValues(values, movedColumns, beginning);
	values.push(id!);
	statements.of('move').run(values);
}

function writeEarlier(
	statements: Statements,
	exchange: number,
	ended: AttemptFacts,
	{number, before, owner}: Over,
): void {
	const values: SqlValue[] = [exchange * attemptsPerExchange + number];
	pushValues(values, attemptColumns, {
		...ended,
		exchange,
		number,
		startedAt: before.attemptStartedAt ?? null,
		endpoint: before.endpoint ?? null,
		sentModel: before.sentModel ?? null,
		owner,
	});
	statements.of('earlierAttempt').run(values);
}
