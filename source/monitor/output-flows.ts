import type {Exchange, Live} from '../exchange/exchange.js';
import type {Model} from './model.js';
import {oncePerModel} from './once-per-model.js';
import {isOpen} from './row-state.js';
import {tokensOf} from './tokens-of.js';

/**
Tokens that came evenly between two instants: what is known of a stream once it has ended.
*/
export type Flow = Readonly<{tokens: number; fromMs: number; untilMs: number}>;

/**
One for each exchange that has put out anything.
*/
export const outputFlows = oncePerModel((model: Model): readonly Flow[] => {
	const flows: Flow[] = [];
	for (const exchange of model.exchanges.values()) {
		const flow = outputFlow(exchange, model.live.get(exchange.id));
		if (flow) {
			flows.push(flow);
		}
	}

	return flows;
});

// A row that has ended never changes: what is reckoned of it is kept as long as the row.
const ended = new WeakMap<Exchange, Readonly<{flow: Flow | undefined}>>();

export function outputFlow(
	exchange: Exchange,
	live: Live | undefined,
): Flow | undefined {
	if (live !== undefined || isOpen(exchange)) {
		return flowOf(exchange, live);
	}

	const before = ended.get(exchange);
	if (before) {
		return before.flow;
	}

	const flow = flowOf(exchange, undefined);
	ended.set(exchange, {flow});
	return flow;
}

const flowOf = (
	exchange: Exchange,
	live: Live | undefined,
): Flow | undefined => {
	const {output = 0} = tokensOf(exchange, live);
	const untilMs = isOpen(exchange)
		? (live?.lastByteAt ?? null)
		: exchange.endedAt;
	const firstMs =
		live?.firstTokenAt ?? exchange.firstTokenAt ?? exchange.startedAt;
	if (output === 0 || untilMs === null || firstMs === null) {
		return undefined;
	}

	// Without a stream the tokens came while we waited for them.
	const fromMs =
		exchange.stream === true ? firstMs : (exchange.startedAt ?? firstMs);
	return {tokens: output, fromMs: Math.min(fromMs, untilMs - 1), untilMs};
};

/**
How many of its tokens came after an instant.
*/
export const partSince = (
	{tokens, fromMs, untilMs}: Flow,
	sinceMs: number,
): number =>
	untilMs <= sinceMs
		? 0
		: (tokens * (untilMs - Math.max(fromMs, sinceMs))) / (untilMs - fromMs);
