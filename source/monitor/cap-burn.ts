import type {Exchange} from '../exchange/exchange.js';
import {quarterMs} from '../exchange/measures.js';
import {keyOf, type CapMeasure} from './caps.js';
import type {Model} from './model.js';
import {knownSpan} from './known-since.js';
import {oncePerModel} from './once-per-model.js';
import {isOpen} from './row-state.js';
import {summedUnder, tokensOf} from './tokens-of.js';

/**
When a cap is full if its key goes on as in the last quarter of an hour: milliseconds from now, or `never`
where that is not before the reset.
*/
export function fullIn(model: Model, measure: CapMeasure): number | 'never' {
	const {nowMs} = model;
	const {fromMs, spanMs} = knownSpan(model, quarterMs);
	let burned = 0;
	for (const exchange of model.exchanges.values()) {
		if (
			exchange.endedAt !== null &&
			exchange.endedAt > fromMs &&
			!isOpen(exchange) &&
			keyOf(exchange) === measure.key.name
		) {
			burned += counted(exchange, measure.of);
		}
	}

	const leftMs = ((measure.cap - measure.spent) / burned) * spanMs;
	return burned > 0 && nowMs + leftMs < measure.key.resetsAt
		? Math.max(0, leftMs)
		: 'never';
}

/**
Nano-dollars an hour, by model as in the totals, as in the last quarter of an hour: the proven cost.
*/
export const dollarsPerHour = oncePerModel(
	(model: Model): ReadonlyMap<string, number> => {
		const {fromMs, spanMs} = knownSpan(model, quarterMs);
		const rates = new Map<string, number>();
		for (const exchange of model.exchanges.values()) {
			const {endedAt, costNanodollars: cost} = exchange;
			if (endedAt === null || endedAt <= fromMs || cost === null) {
				continue;
			}

			const name = summedUnder(exchange, undefined);
			const hourly = (cost / spanMs) * 3_600_000;
			rates.set(name, (rates.get(name) ?? 0) + hourly);
		}

		return rates;
	},
);

const counted = (exchange: Exchange, of: CapMeasure['of']): number => {
	if (of === 'nanodollars') {
		return exchange.countedNanodollars ?? exchange.costNanodollars ?? 0;
	}

	const {prompt = 0, output = 0} = tokensOf(exchange, undefined);
	return exchange.countedTokens ?? prompt + output;
};
