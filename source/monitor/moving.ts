import {nothingAsked} from './asked.js';
import {listedEntries} from './exchange-list.js';
import {endOfOverlay} from './layout/frame.js';
import type {Model} from './model.js';
import {closed} from './overlay.js';
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

	return isListed(model) ? selected(model, steps) : scrolled(model, steps);
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

export const nothingListed = (model: Model): string | undefined =>
	model.exchanges.size === 0 && isListed(model)
		? 'Nothing to select yet.'
		: undefined;

export const idsListed = (model: Model): readonly number[] =>
	listedEntries(model).map(({exchange}) => exchange.id);

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
Closes what is open, then hides what is told, then lets the list follow again.
*/
export function oneStepBack(model: Model): Model {
	if (model.overlay !== 'none') {
		return closed(model);
	}

	return model.selected === undefined
		? {
				...model,
				notices: [],
				asked: nothingAsked,
				answers: [],
				hiddenWarnings: [
					...model.hiddenWarnings,
					...warningsLeft(model).slice(0, 1),
				],
			}
		: {...model, selected: undefined};
}
