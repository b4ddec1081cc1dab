import type {Exchange, Live} from '../exchange/exchange.js';
import {bucketsUntil} from './buckets.js';
import type {Model} from './model.js';
import {oncePerModel} from './once-per-model.js';
import {outputFlow, outputFlows, partSince} from './output-flows.js';
import {isOpen} from './row-state.js';
import {modelOf, tokensOf} from './tokens-of.js';

const minuteMs = 60_000;

/**
Output tokens in each of the last `cells` spans of `bucketMs`, oldest first.
*/
export function outputSeries(
	model: Model,
	{cells, bucketMs}: {cells: number; bucketMs: number},
): readonly number[] {
	const series = bucketsUntil(model.nowMs, {cells, bucketMs});
	for (const flow of outputFlows(model)) {
		if (flow.untilMs > series.beginMs) {
			series.spread(flow);
		}
	}

	return series.values;
}

/**
Output tokens each second over the last minute; undefined when nothing came.
*/
export const outputPerSecond = oncePerModel(
	(model: Model): number | undefined => {
		const from = model.nowMs - minuteMs;
		let sum = 0;
		for (const flow of outputFlows(model)) {
			sum += partSince(flow, from);
		}

		return sum > 0 ? sum / 60 : undefined;
	},
);

/**
Tokens in and out over the last minute, by model as in the totals.
*/
export const tokensPerMinute = oncePerModel(
	(model: Model): ReadonlyMap<string, number> => {
		const from = model.nowMs - minuteMs;
		const rates = new Map<string, number>();
		for (const exchange of model.exchanges.values()) {
			if (!isOpen(exchange) && (exchange.endedAt ?? 0) <= from) {
				continue;
			}

			const live = model.live.get(exchange.id);
			const burned = burnedSince(from, exchange, live);
			const name = modelOf(exchange, live);
			rates.set(name, (rates.get(name) ?? 0) + burned);
		}

		return rates;
	},
);

const burnedSince = (
	fromMs: number,
	exchange: Exchange,
	live: Live | undefined,
): number => {
	const flow = outputFlow(exchange, live);
	const sentAt = exchange.firstByteAt ?? live?.firstByteAt ?? 0;
	const {prompt = 0} = tokensOf(exchange, live);
	return (sentAt > fromMs ? prompt : 0) + (flow ? partSince(flow, fromMs) : 0);
};
