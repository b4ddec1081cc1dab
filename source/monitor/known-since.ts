import type {Exchange} from '../exchange/exchange.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';

/**
So many of those that have ended are kept at least where there are more: those that ended last.
*/
export const keptEnded = 500;

/**
They change far more seldom than the clock does.
*/
const known = new WeakMap<ReadonlyMap<number, Exchange>, number>();

/**
From when on every exchange that has ended is held, in epoch milliseconds; 0 where all are.
*/
export function knownSinceMs({exchanges}: Pick<Model, 'exchanges'>): number {
	const since = known.get(exchanges) ?? sinceOf(exchanges);
	known.set(exchanges, since);
	return since;
}

/**
A single one may have ended long before the others: a passthrough that died tells of it when it comes back.
*/
function sinceOf(exchanges: ReadonlyMap<number, Exchange>): number {
	const ends: number[] = [];
	for (const exchange of exchanges.values()) {
		if (!isOpen(exchange) && exchange.endedAt !== null) {
			ends.push(exchange.endedAt);
		}
	}

	return ends.length < keptEnded
		? 0
		: ends.toSorted((one, other) => other - one)[keptEnded - 1]!;
}

/**
A span of time until now: from when on, and how long, in milliseconds.
*/
export type Span = Readonly<{fromMs: number; spanMs: number}>;

/**
The last `mostMs`, or as much of them as is known: what a rate may be reckoned over.
*/
export function knownSpan(model: Model, mostMs: number): Span {
	const knownMs = model.nowMs - knownSinceMs(model);
	const spanMs = Math.min(mostMs, Math.max(leastMs, knownMs));
	return {fromMs: model.nowMs - spanMs, spanMs};
}

const leastMs = 1000;
