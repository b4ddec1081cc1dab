import {spanOfPlan} from '../exchange/limit-windows.js';
import {limitsInForce} from '../usage-log/limits-in-force.js';
import type {LimitRow} from '../usage-log/limits.js';
import type {Model} from './model.js';

/**
One window of an endpoint's limits as the screen tells of it.
*/
export type Quota = Readonly<{
	/**
	`5h`, `7d`, or as the headers call it.
	*/
	name: string;
	/**
	Undefined where one endpoint tells of all that is shown.
	*/
	endpoint: string | undefined;
	/**
	0 to 1, or more.
	*/
	used: number;
	isRejected: boolean;
	isPlan: boolean;
	resetAt: number | undefined;
	/**
	Nothing was heard of it for long.
	*/
	isOld: boolean;
}>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/**
What an answer said of a minute says nothing after some more.
*/
const minutesHoldMs = 10 * minuteMs;
/**
A limit per minute is told of from here on.
*/
const nearFrom = 0.5;
/**
And from here on where there is room for all that says something.
*/
const usedFrom = 0.1;

/**
The windows in force, of each name the tightest one: those of plans first, the shortest of them first; then those
per minute that are more than half used, with `all` more than a tenth.
*/
export function quotasOf(
	{limits, nowMs}: Model,
	{all}: Readonly<{all: boolean}>,
): readonly Quota[] {
	const told = limitsInForce(limits, nowMs).flatMap((row) => {
		const quota = quotaOf(row, nowMs);
		return quota === undefined ? [] : [{row, quota}];
	});
	const several = new Set(told.map(({row}) => row.endpoint)).size > 1;
	const tightest = new Map<string, Quota>();
	for (const {row, quota} of told) {
		const before = tightest.get(quota.name);
		if (before !== undefined && fullness(before) >= fullness(quota)) {
			continue;
		}

		const endpoint = several ? row.endpoint : undefined;
		tightest.set(quota.name, {...quota, endpoint});
	}

	return Array.from(tightest.values())
		.filter(
			(quota) => quota.isPlan || fullness(quota) > (all ? usedFrom : nearFrom),
		)
		.toSorted(
			(one, other) =>
				Number(other.isPlan) - Number(one.isPlan) ||
				(one.isPlan
					? spanMsOf(one.name) - spanMsOf(other.name)
					: fullness(other) - fullness(one)),
		);
}

const fullness = ({used, isRejected}: Quota): number =>
	isRejected ? Infinity : used;

function quotaOf(row: LimitRow, nowMs: number): Quota | undefined {
	const isWhole = row.name === 'unified';
	const plan = isWhole ? 'plan' : spanOfPlan(row.name);
	const isRejected = row.status === 'rejected';
	const used = usedOf(row) ?? (isRejected ? 1 : undefined);
	const age = nowMs - row.seenAt;
	// Most plans may spend nothing beyond: that is refused every day.
	const isBeyond = plan === 'overage';
	if (
		used === undefined ||
		isBeyond ||
		(plan === undefined && age > minutesHoldMs)
	) {
		return undefined;
	}

	return {
		name: plan ?? row.name,
		endpoint: undefined,
		used,
		isRejected,
		isPlan: plan !== undefined,
		resetAt: row.resetAt,
		isOld: age > hourMs,
	};
}

const usedOf = ({
	utilization,
	limit,
	remaining,
}: LimitRow): number | undefined =>
	utilization ??
	(limit !== undefined && limit > 0 && remaining !== undefined
		? Math.max(0, 1 - remaining / limit)
		: undefined);

const unitsMs: Readonly<Record<string, number>> = {
	m: minuteMs,
	h: hourMs,
	d: 24 * hourMs,
};

/**
`5h` in milliseconds; what is no span comes last.
*/
const spanMsOf = (name: string): number => {
	const ms = Number(name.slice(0, -1)) * (unitsMs[name.at(-1)!] ?? NaN);
	return Number.isNaN(ms) ? Infinity : ms;
};
