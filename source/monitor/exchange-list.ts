import type {Exchange, Live} from '../exchange/exchange.js';
import {asOfMs} from './connection.js';
import type {Model} from './model.js';
import {fallbacksOf} from './fallbacks.js';
import {oncePerModel} from './once-per-model.js';
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
export const listedEntries = oncePerModel((model: Model): readonly Entry[] => {
	const nowMs = asOfMs(model);
	return Array.from(model.exchanges.values(), (exchange) => {
		const entry = entryOf(model, exchange, nowMs);
		const group = groupOf(exchange, entry.state, nowMs);
		return {...entry, group, order: orderIn(group, exchange)};
	}).toSorted(
		(one, other) =>
			one.group - other.group ||
			one.order - other.order ||
			other.exchange.id - one.exchange.id,
	);
});

export function entryOf(
	model: Model,
	exchange: Exchange,
	nowMs = asOfMs(model),
): Entry {
	const live = model.live.get(exchange.id);
	return {
		exchange,
		live,
		state: rowStateOf(exchange, live, nowMs),
		fallbacks: fallbacksOf(exchange, live, model.attempts),
	};
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
The selected one, else the first that is shown; undefined where none is.
*/
export const selectedEntry = (
	model: Model,
	entries: readonly Entry[],
	shown: readonly Entry[],
): Entry | undefined =>
	entries.find(({exchange}) => exchange.id === model.selected) ?? shown[0];

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
