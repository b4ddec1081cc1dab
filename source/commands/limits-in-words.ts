import {showLimit} from '../exchange/show-limit.js';
import {showWait} from '../exchange/show.js';
import {limitsInForce} from '../usage-log/limits-in-force.js';
import type {LimitRow} from '../usage-log/limits.js';

/**
A line for each limit that holds now. One that has reset since it was told says nothing any more.
*/
export function limitsInWords(
	rows: readonly LimitRow[],
	nowMs: number,
): readonly string[] {
	return limitsInForce(rows, nowMs).map(
		(row) =>
			`limit        ${row.endpoint}: ${showLimit(row)}${row.resetAt === undefined ? '' : `, resets in ${showWait(row.resetAt - nowMs)}`}`,
	);
}
