import {asOfMs} from './connection.js';
import {entryOf, listedEntries, type Entry} from './exchange-list.js';
import {filterInForce, matches, parseFilter} from './filter.js';
import type {Model} from './model.js';
import {sortedEntries} from './sorted-entries.js';

/**
What the list shows and its mark moves through: of all entries those that match the filter, in the order that
was chosen; while the list stands still, those of that moment.
*/
export function shownEntries(
	model: Model,
	entries: readonly Entry[] = listedEntries(model),
): readonly Entry[] {
	if (model.frozen === undefined) {
		return orderedEntries(model, matchingEntries(model, entries));
	}

	const byId = new Map(entries.map((entry) => [entry.exchange.id, entry]));
	return model.frozen.shown.flatMap((id) => byId.get(id) ?? []);
}

/**
Those that match the filter in force, in the order in which they are given.
*/
export function matchingEntries(
	model: Pick<Model, 'filter' | 'filterInput'>,
	entries: readonly Entry[],
): readonly Entry[] {
	const filter = parseFilter(filterInForce(model));
	return filter.length === 0
		? entries
		: entries.filter((entry) => matches(filter, entry));
}

export const orderedEntries = (
	model: Model,
	entries: readonly Entry[],
): readonly Entry[] => sortedEntries(entries, model.sort, asOfMs(model));

/**
Entries in the usual order, of which the list shows none: they came after it stood still.
*/
export function newerEntries(
	model: Model,
	entries: readonly Entry[],
): readonly Entry[] {
	if (model.frozen === undefined) {
		return [];
	}

	const old = new Set(model.frozen.all);
	return matchingEntries(
		model,
		entries.filter(({exchange}) => !old.has(exchange.id)),
	);
}

/**
Ends a selection that the list does not show: not while its detail is read, nor while the filter is typed.
*/
export function selectionShown(model: Model): Model {
	const {selected, frozen, overlay, filterInput} = model;
	if (
		selected === undefined ||
		overlay === 'detail' ||
		filterInput !== undefined
	) {
		return model;
	}

	const isShown = frozen
		? frozen.shown.includes(selected)
		: isMatching(model, selected);
	return isShown ? model : {...model, selected: undefined};
}

const isMatching = (model: Model, id: number): boolean => {
	const filter = parseFilter(model.filter);
	const exchange = model.exchanges.get(id);
	return (
		filter.length === 0 ||
		(exchange !== undefined && matches(filter, entryOf(model, exchange)))
	);
};
