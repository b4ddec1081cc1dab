import type {Attempt, Exchange} from '../exchange/exchange.js';
import type {News} from '../usage-log/news.js';
import {keptEnded} from './known-since.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';

/**
The model with what is new in the log, and without what is too old to be held.
*/
export function followed(model: Model, news: News): Model {
	const exchanges = pruned(merged(model.exchanges, news.exchanges));
	const {selected} = model;
	return {
		...model,
		log: {kind: 'following'},
		exchanges,
		attempts: merged(
			model.attempts,
			news.attempts,
			({startedAt}) => (startedAt ?? 0) > model.nowMs - keptAttemptsMs,
		),
		selected:
			selected !== undefined && exchanges.has(selected) ? selected : undefined,
	};
}

const keptAttemptsMs = 3_600_000;

const merged = <Row extends Exchange | Attempt>(
	old: ReadonlyMap<number, Row>,
	news: readonly Row[],
	kept: (row: Row) => boolean = () => true,
): ReadonlyMap<number, Row> => {
	if (news.length === 0) {
		return old;
	}

	const all = new Map([...old].filter(([, row]) => kept(row)));
	for (const row of news) {
		all.set(row.id, row);
	}

	return all;
};

/**
By when they ended: one that ran for long is no older than those that came and went meanwhile.
*/
function pruned(
	exchanges: ReadonlyMap<number, Exchange>,
): ReadonlyMap<number, Exchange> {
	// Not at every row: it costs a sort.
	if (exchanges.size <= keptEnded * 1.2) {
		return exchanges;
	}

	const kept = new Set(
		Array.from(exchanges.values())
			.filter((row) => !isOpen(row))
			.toSorted(
				(one, other) =>
					(other.endedAt ?? 0) - (one.endedAt ?? 0) || other.id - one.id,
			)
			.slice(0, keptEnded),
	);
	return new Map(
		[...exchanges].filter(([, row]) => isOpen(row) || kept.has(row)),
	);
}
