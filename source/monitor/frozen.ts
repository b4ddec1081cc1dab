import {listedEntries, type Entry} from './exchange-list.js';
import type {Model} from './model.js';
import {matchingEntries, orderedEntries} from './shown-entries.js';

/**
The list stands still: what comes now is not shown, what it shows still changes its state and figures.
*/
export const froze = (model: Model): Model =>
	frozenOf(model, orderedEntries(model, listedEntries(model)));

/**
The same entries in the same order, where the filter has changed; nothing where the list follows.
*/
export function frozenFiltered(model: Model): Model {
	const {frozen} = model;
	if (frozen === undefined) {
		return model;
	}

	const byId = new Map(
		listedEntries(model).map((entry) => [entry.exchange.id, entry]),
	);
	return frozenOf(
		model,
		frozen.all.flatMap((id) => byId.get(id) ?? []),
	);
}

/**
The same entries, where the order has changed; nothing where the list follows.
*/
export function frozenSorted(model: Model): Model {
	const {frozen} = model;
	if (frozen === undefined) {
		return model;
	}

	const old = new Set(frozen.all);
	const entries = listedEntries(model).filter(({exchange}) =>
		old.has(exchange.id),
	);
	return frozenOf(model, orderedEntries(model, entries));
}

/**
The list follows the newest, without a mark.
*/
export const following = (model: Model): Model => ({
	...model,
	selected: undefined,
	frozen: undefined,
});

export const isFollowing = ({
	selected,
	frozen,
}: Pick<Model, 'selected' | 'frozen'>): boolean =>
	selected === undefined && frozen === undefined;

const frozenOf = (model: Model, all: readonly Entry[]): Model => ({
	...model,
	frozen: {all: idsOf(all), shown: idsOf(matchingEntries(model, all))},
});

const idsOf = (entries: readonly Entry[]): readonly number[] =>
	entries.map(({exchange}) => exchange.id);
