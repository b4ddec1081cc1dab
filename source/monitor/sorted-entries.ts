import type {Entry} from './exchange-list.js';
import {isOpen} from './row-state.js';
import {isDescending, type Sort, type SortName} from './sort.js';
import {modelOf, outputRate, tokensOf} from './tokens-of.js';

/**
Entries in the order that was chosen. They are given in the usual order, which decides between equals. What is
not known stands last in both directions.
*/
export function sortedEntries(
	entries: readonly Entry[],
	sort: Sort,
	nowMs: number,
): readonly Entry[] {
	const {by, isReversed} = sort;
	if (by === 'state') {
		return isReversed ? entries.toReversed() : entries;
	}

	const valueIn = values[by];
	const direction = isDescending(sort) ? -1 : 1;
	return entries
		.map((entry) => ({entry, value: valueIn(entry, nowMs)}))
		.toSorted(({value: one}, {value: other}) =>
			one === undefined || other === undefined
				? Number(one === undefined) - Number(other === undefined)
				: direction * compared(one, other),
		)
		.map(({entry}) => entry);
}

type Value = string | number | undefined;

// Not by the rules of a language: they cost a hundred times as much.
const compared = (one: string | number, other: string | number): number =>
	one < other ? -1 : Number(one > other);

const values: Readonly<
	Record<Exclude<SortName, 'state'>, (entry: Entry, nowMs: number) => Value>
> = {
	time: ({exchange: {startedAt, endedAt}}, nowMs) =>
		startedAt === null ? undefined : (endedAt ?? nowMs) - startedAt,
	model: ({exchange, live}) => nameOf(modelOf(exchange, live)),
	in: ({exchange, live}) => tokensOf(exchange, live).prompt,
	out({exchange, live}) {
		const {output, proof} = tokensOf(exchange, live);
		return proof === 'missing' ? undefined : output;
	},
	cost: ({exchange}) =>
		isOpen(exchange) || exchange.priceSource === 'unpriced'
			? undefined
			: (exchange.costNanodollars ?? undefined),
	ttft({exchange, live}) {
		const firstAt = live?.firstTokenAt ?? exchange.firstTokenAt;
		return firstAt === null || exchange.startedAt === null
			? undefined
			: firstAt - exchange.startedAt;
	},
	rate: ({exchange, live}, nowMs) => outputRate(exchange, live, nowMs),
};

/**
As `-` stands for a model that is not known.
*/
const nameOf = (model: string): string | undefined =>
	model === '-' ? undefined : model.toLowerCase();
