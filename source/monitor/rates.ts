import type {Exchange, Live} from '../exchange/exchange.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';
import {modelOf, tokensOf} from './tokens-of.js';

const minuteMs = 60_000;

/**
How many attempts of a span of time were answered 429.
*/
export type LimitRate = Readonly<{attempts: number; limited: number}>;

/**
Over the last `spanMs`, per attempt; those still without an answer do not count.
*/
export function limitRate(model: Model, spanMs: number): LimitRate {
	let [attempts, limited] = [0, 0];
	for (const attempt of model.attempts.values()) {
		if (!(
			attempt.startedAt !== null &&
			attempt.startedAt > model.nowMs - spanMs &&
			(attempt.endedAt !== null || attempt.httpStatus !== null)
		)) {
			continue;
		}

		attempts++;
		limited += Number(attempt.httpStatus === 429);
	}

	return {attempts, limited};
}

/**
Answers of 429 in each of the last `cells` spans of `bucketMs`, oldest first.
*/
export function limitSeries(
	model: Model,
	{cells, bucketMs}: {cells: number; bucketMs: number},
): readonly number[] {
	const series = bucketsUntil(model.nowMs, {cells, bucketMs});
	for (const {startedAt, httpStatus} of model.attempts.values()) {
		if (httpStatus === 429 && startedAt !== null) {
			series.add(startedAt, 1);
		}
	}

	return series.values;
}

/**
Output tokens in each of the last `cells` spans of `bucketMs`, oldest first.
*/
export function outputSeries(
	model: Model,
	{cells, bucketMs}: {cells: number; bucketMs: number},
): readonly number[] {
	const series = bucketsUntil(model.nowMs, {cells, bucketMs});
	for (const flow of outputFlows(model)) {
		series.spread(flow);
	}

	return series.values;
}

/**
Output tokens each second over the last minute; undefined when nothing came.
*/
export function outputPerSecond(model: Model): number | undefined {
	const from = model.nowMs - minuteMs;
	let sum = 0;
	for (const flow of outputFlows(model)) {
		sum += partSince(flow, from);
	}

	return sum > 0 ? sum / 60 : undefined;
}

/**
Tokens in and out over the last minute, by model as in the totals.
*/
export function tokensPerMinute(model: Model): ReadonlyMap<string, number> {
	const from = model.nowMs - minuteMs;
	const rates = new Map<string, number>();
	for (const exchange of model.exchanges.values()) {
		const live = model.live.get(exchange.id);
		const burned = burnedSince(from, exchange, live);
		const name = modelOf(exchange, live);
		rates.set(name, (rates.get(name) ?? 0) + burned);
	}

	return rates;
}

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

/**
Tokens that came evenly between two instants: what is known of a stream once it has ended.
*/
type Flow = Readonly<{tokens: number; fromMs: number; untilMs: number}>;

const outputFlows = (model: Model): readonly Flow[] =>
	Array.from(model.exchanges.values()).flatMap(
		(exchange) => outputFlow(exchange, model.live.get(exchange.id)) ?? [],
	);

const outputFlow = (
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

const partSince = ({tokens, fromMs, untilMs}: Flow, sinceMs: number): number =>
	(tokens * Math.max(0, untilMs - Math.max(fromMs, sinceMs))) /
	(untilMs - fromMs);

type Buckets = Readonly<{
	values: readonly number[];
	add(atMs: number, amount: number): void;
	spread(flow: Flow): void;
}>;

const bucketsUntil = (
	nowMs: number,
	{cells, bucketMs}: {cells: number; bucketMs: number},
): Buckets => {
	// Edges at whole multiples: the line moves a cell at a time instead of flickering.
	const endMs = (Math.floor(nowMs / bucketMs) + 1) * bucketMs;
	const beginMs = endMs - cells * bucketMs;
	const values = Array.from({length: cells}, () => 0);
	const add = (atMs: number, amount: number) => {
		const at = Math.floor((atMs - beginMs) / bucketMs);
		if (at >= 0 && at < cells) {
			values[at]! += amount;
		}
	};

	return {
		values,
		add,
		spread({tokens, fromMs, untilMs}) {
			const perMs = tokens / (untilMs - fromMs);
			let at = Math.max(fromMs, beginMs);
			while (at < Math.min(untilMs, endMs)) {
				const edge =
					beginMs + (Math.floor((at - beginMs) / bucketMs) + 1) * bucketMs;
				const next = Math.min(edge, untilMs);
				add(at, perMs * (next - at));
				at = next;
			}
		},
	};
};
