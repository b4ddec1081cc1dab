import type {Exchange} from '../exchange/exchange.js';
import {keyOf, type CapMeasure} from './caps.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';
import {tokensOf} from './tokens-of.js';

const quarterMs = 900_000;
const minuteMs = 60_000;
/**
So many ended ones are kept at least where there are more: what began before them is not known.
*/
const keptAtLeast = 500;

/**
When a cap is full if its key goes on as in the last quarter of an hour: milliseconds from now, or `never`
where that is not before the reset.
*/
export function fullIn(model: Model, measure: CapMeasure): number | 'never' {
	const {nowMs} = model;
	const ended = Array.from(model.exchanges.values()).filter(
		(exchange) => !isOpen(exchange) && exchange.endedAt !== null,
	);
	const known =
		ended.length < keptAtLeast
			? quarterMs
			: nowMs - Math.min(...ended.map(({endedAt}) => endedAt!));
	const spanMs = Math.min(quarterMs, Math.max(minuteMs, known));
	let burned = 0;
	for (const exchange of ended) {
		if (
			exchange.endedAt! > nowMs - spanMs &&
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

const counted = (exchange: Exchange, of: CapMeasure['of']): number => {
	if (of === 'nanodollars') {
		return exchange.countedNanodollars ?? exchange.costNanodollars ?? 0;
	}

	const {prompt = 0, output = 0} = tokensOf(exchange, undefined);
	return exchange.countedTokens ?? prompt + output;
};
