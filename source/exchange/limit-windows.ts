import type {RateLimits, RateLimitWindow} from './usage.js';

/**
One window of an endpoint's limits, whichever family of headers told of it.
*/
export type LimitWindow = Readonly<{
	/**
	As the headers call it: `requests`, `input-tokens`; of a plan `unified-5h`, `unified-7d`, and
	`unified` for the plan as a whole, `unified-overage` for what it may spend beyond.
	*/
	name: string;
	limit: number | undefined;
	remaining: number | undefined;
	/**
	The spent fraction: 0 to 1, or more.
	*/
	utilization: number | undefined;
	/**
	In the endpoint's words: `allowed`, `allowed_warning`, `rejected`.
	*/
	status: string | undefined;
	/**
	Epoch milliseconds.
	*/
	resetAt: number | undefined;
}>;

const planPrefix = 'unified-';

/**
The name that a plan's own window has among all the others.
*/
export const planWindow = (name: string): string => `${planPrefix}${name}`;

/**
`5h` of `unified-5h`; undefined for a window that is not a plan's.
*/
export const spanOfPlan = (name: string): string | undefined =>
	name.startsWith(planPrefix) ? name.slice(planPrefix.length) : undefined;

/**
All windows of one answer, with absolute resets. `seenAt` is when the answer came (epoch
milliseconds): some resets are told as durations.
*/
export function limitWindows(
	{windows = {}, unified}: RateLimits,
	seenAt: number,
): readonly LimitWindow[] {
	const all: LimitWindow[] = [];
	for (const [name, window] of Object.entries(windows)) {
		const {limit, remaining} = window;
		all.push({
			name,
			limit,
			remaining,
			utilization: undefined,
			status: undefined,
			resetAt: resetOf(window, seenAt),
		});
	}

	if (unified !== undefined) {
		const {status, reset, overageStatus, overageReset} = unified;
		for (const [name, window] of Object.entries(unified.windows)) {
			all.push(ofPlan(planWindow(name), window));
		}

		if (status !== undefined || reset !== undefined) {
			all.push(ofPlan('unified', {status, reset}));
		}

		if (overageStatus !== undefined || overageReset !== undefined) {
			all.push(
				ofPlan(planWindow('overage'), {
					status: overageStatus,
					reset: overageReset,
				}),
			);
		}
	}

	return all;
}

const ofPlan = (
	name: string,
	{
		status,
		reset,
		utilization,
	}: Readonly<{
		status?: string | undefined;
		reset?: number | undefined;
		utilization?: number | undefined;
	}>,
): LimitWindow => ({
	name,
	limit: undefined,
	remaining: undefined,
	utilization,
	status,
	resetAt: reset === undefined ? undefined : reset * 1000,
});

/**
A Go duration, an RFC 3339 instant, or epoch seconds or milliseconds.
*/
function resetOf(
	{reset, resetMs}: RateLimitWindow,
	seenAt: number,
): number | undefined {
	if (resetMs !== undefined) {
		return seenAt + resetMs;
	}

	if (reset === undefined) {
		return undefined;
	}

	const number = Number(reset);
	if (Number.isFinite(number)) {
		return number > 1e11 ? number : number * 1000;
	}

	const instant = Date.parse(reset);
	return Number.isNaN(instant) ? undefined : instant;
}
