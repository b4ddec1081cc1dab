import type {Exchange, Live} from '../exchange/exchange.js';
import {asOfMs} from './connection.js';
import type {Model} from './model.js';
import {fallbacksOf} from './fallbacks.js';
import {rowStateOf, type RowState} from './row-state.js';

/**
One exchange with what is known of its progress.
*/
export type Entry = Readonly<{
	exchange: Exchange;
	live: Live | undefined;
	state: RowState;
	/**
	Targets that it has left behind.
	*/
	fallbacks: number;
}>;

/**
A failure stands above what has ended well for this long. What is not measured has no such claim: an
agent asks at its start whether anybody is there, and does not mind a 404.
*/
const failureStandsMs = 60_000;

/**
What runs, newest first; what waits, longest first; what failed just now; then what has ended,
newest first.
*/
export function listedEntries(model: Model): readonly Entry[] {
	const nowMs = asOfMs(model);
	return Array.from(model.exchanges.values(), (exchange) => {
		const live = model.live.get(exchange.id);
		const state = rowStateOf(exchange, live, nowMs);
		const group = groupOf(exchange, state, nowMs);
		const fallbacks = fallbacksOf(exchange, live, model.attempts);
		const order = orderIn(group, exchange);
		return {exchange, live, state, fallbacks, group, order};
	}).toSorted(
		(one, other) =>
			one.group - other.group ||
			one.order - other.order ||
			other.exchange.id - one.exchange.id,
	);
}

/**
How many run, are tried again, and have not been sent.
*/
export function countOpen(entries: readonly Entry[]): {
	running: number;
	retrying: number;
	held: number;
} {
	let [running, retrying, held] = [0, 0, 0];
	for (const {state} of entries) {
		running += Number(openGroups[state] === 1);
		retrying += Number(state === 'retrying');
		held += Number(state === 'held');
	}

	return {running, retrying, held};
}

/**
Undefined where nothing is listed.
*/
export const selectedEntry = (
	model: Model,
	entries: readonly Entry[],
): Entry | undefined =>
	entries.find(({exchange}) => exchange.id === model.selected) ?? entries[0];

const openGroups: Readonly<Partial<Record<RowState, number>>> = {
	streaming: 1,
	stalled: 1,
	waiting: 1,
	held: 2,
	retrying: 2,
};

const groupOf = (exchange: Exchange, state: RowState, nowMs: number): number =>
	openGroups[state] ??
	(state === 'failed' &&
	exchange.format !== null &&
	nowMs - endOf(exchange) < failureStandsMs
		? 3
		: 4);

const endOf = ({endedAt, startedAt}: Exchange) => endedAt ?? startedAt ?? 0;

const orderIn = (group: number, exchange: Exchange): number => {
	switch (group) {
		case 1: {
			return -(exchange.startedAt ?? 0);
		}

		case 2: {
			return exchange.startedAt ?? 0;
		}

		default: {
			return -endOf(exchange);
		}
	}
};
