import {nothingAsked} from './asked.js';
import {filterCleared} from './filter-input.js';
import {following, isFollowing} from './frozen.js';
import {keyName} from './key-name.js';
import {endOfOverlay} from './layout/frame.js';
import type {Model} from './model.js';
import {closed} from './overlay.js';
import {shownEntries} from './shown-entries.js';
import {warningsLeft} from './steering-of.js';
import {pickMoved} from './switching.js';

/**
Moves the mark of the list, or of the picker above it. `half` is half a page.
*/
export function moved(model: Model, by: number | 'half' | '-half'): Model {
	const steps =
		by === 'half' ? halfPage(model) : by === '-half' ? -halfPage(model) : by;
	if (model.overlay === 'picker') {
		return pickMoved(model, steps);
	}

	// A long detail is read on by pages; the rest goes from one to the next.
	const isPage = model.overlay === 'detail' && steps !== by;
	return isListed(model) && !isPage
		? {...selected(model, steps), overlayAt: 0}
		: scrolled(model, steps);
}

/**
Whether keys that move move the mark of the list.
*/
const isListed = ({overlay}: Model): boolean =>
	overlay === 'none' || overlay === 'detail';

const scrolled = (model: Model, by: number): Model => ({
	...model,
	overlayAt: Math.max(0, Math.min(model.overlayAt + by, endOfOverlay(model))),
});

export function nothingListed(model: Model): string | undefined {
	if (!isListed(model) || shownEntries(model).length > 0) {
		return undefined;
	}

	return model.exchanges.size === 0
		? 'Nothing to select yet.'
		: `Nothing matches; ${keyName(model, 'back')} clears the filter.`;
}

export const idsListed = (model: Model): readonly number[] =>
	shownEntries(model).map(({exchange}) => exchange.id);

const selected = (model: Model, by: number): Model => {
	const ids = idsListed(model);
	const at = model.selected === undefined ? -1 : ids.indexOf(model.selected);
	// The first movement takes the place where the list stands.
	const next = at === -1 ? (by > 1 ? by : 0) : at + by;
	return {
		...model,
		selected: ids[Math.max(0, Math.min(next, ids.length - 1))],
	};
};

const halfPage = ({rows}: Model) => Math.max(1, Math.floor(rows / 3));

/**
Closes what is open, then lists everything, then lets the list follow again, then hides what is told.
*/
export function oneStepBack(model: Model): Model {
	if (model.overlay !== 'none') {
		return closed(model);
	}

	if (model.filter !== '') {
		return filterCleared(model);
	}

	return isFollowing(model)
		? {
				...model,
				notices: [],
				asked: nothingAsked,
				answers: [],
				orders: [],
				hiddenWarnings: [
					...model.hiddenWarnings,
					...warningsLeft(model).slice(0, 1),
				],
			}
		: following(model);
}
