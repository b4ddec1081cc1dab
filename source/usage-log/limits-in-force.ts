import type {LimitRow} from './limits.js';

/**
The limits that hold now: one that has reset since it was told says nothing any more. Of those that do not say
when they reset, only the ones told in the last day.
*/
export const limitsInForce = (
	rows: readonly LimitRow[],
	nowMs: number,
): readonly LimitRow[] =>
	rows.filter(({resetAt, seenAt}) => (resetAt ?? seenAt + dayMs) > nowMs);

const dayMs = 86_400_000;
