import {limitWindows, type LimitWindow} from '../../exchange/limit-windows.js';
import {showCount, showShare} from '../../exchange/show.js';
import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';

/**
Whether the endpoint tells its rate limits, and how much of them is left.
*/
export async function limits(chart: Chart): Promise<Outcome> {
	const told = chart.tasted
		?.map(({facts}) => facts.rateLimits)
		.find((one) => one !== undefined);
	if (chart.tasted === undefined) {
		return {findings: [], chart};
	}

	const windows = told === undefined ? [] : limitWindows(told, Date.now());
	const finding: Finding =
		windows.length === 0
			? {
					check: 'limits',
					standing: 'ok',
					said: 'No rate limits are told in the headers, so the monitor cannot show them.',
				}
			: {
					check: 'limits',
					standing: windows.some((one) => isNearlyFull(one)) ? 'warn' : 'ok',
					said: `Rate limits are told: ${windows
						.slice(0, 3)
						.map((one) => inWords(one))
						.join('; ')}.`,
					...(windows.some((one) => isNearlyFull(one)) && {
						fix: 'Wait until the limit resets, or run fewer agents at once.',
					}),
				};
	return {findings: [finding], chart};
}

const isNearlyFull = ({
	limit = 0,
	remaining,
	utilization = 0,
}: LimitWindow): boolean =>
	utilization >= 0.9 || (remaining !== undefined && remaining < limit / 20);

const inWords = ({name, limit, remaining, utilization, status}: LimitWindow) =>
	utilization === undefined
		? `${name.replaceAll('-', ' ')} ${remaining === undefined ? (status ?? '?') : showCount(remaining)}${limit === undefined ? '' : ` of ${showCount(limit)}`} left`
		: `${name.replaceAll('-', ' ')} ${showShare(utilization, 1)} used`;
