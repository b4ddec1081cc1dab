import type {Exchange, Live} from '../exchange/exchange.js';
import {bucketsUntil} from './buckets.js';
import {knownSpan} from './known-since.js';
import type {Model} from './model.js';
import {oncePerModel} from './once-per-model.js';
import {outputFlow, outputFlows, partSince} from './output-flows.js';
import {isOpen} from './row-state.js';
import {summedUnder, tokensOf} from './tokens-of.js';

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
		const {fromMs, spanMs} = knownSpan(model, minuteMs);
		let sum = 0;
		for (const flow of outputFlows(model)) {
			sum += partSince(flow, fromMs);
		}

		return sum > 0 ? (sum / spanMs) * 1000 : undefined;
	},
);

/**
Tokens in and out each minute, by model as in the totals, as in the last one.
*/
export const tokensPerMinute = oncePerModel(
	(model: Model): ReadonlyMap<string, number> => {
		const {fromMs, spanMs} = knownSpan(model, minuteMs);
		const rates = new Map<string, number>();
		for (const exchange of model.exchanges.values()) {
			if (!isOpen(exchange) && (exchange.endedAt ?? 0) <= fromMs) {
				continue;
			}

			const live = model.live.get(exchange.id);
			const burned = burnedSince(fromMs, exchange, live);
			const name = summedUnder(exchange, live);
			rates.set(name, (rates.get(name) ?? 0) + (burned / spanMs) * minuteMs);
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
