import {frozenFiltered} from './frozen.js';
import type {Model} from './model.js';
import {closed} from './overlay.js';

/**
Opens the line that a filter is typed in, with what is in force.
*/
export const filterOpened = (model: Model): Model => ({
	...closed(model),
	filterInput: model.filter,
});

const longest = 120;

/**
Takes what is typed, and the list follows; `enter` keeps it, `esc` goes back to the filter that was.
*/
export function filterTyped(model: Model, press: string): Model {
	const {filterInput = ''} = model;
	const typed = (text: string): Model =>
		frozenFiltered({...model, filterInput: text});
	switch (press) {
		case 'esc': {
			return frozenFiltered({...model, filterInput: undefined});
		}

		case 'enter': {
			return {
				...model,
				filter: filterInput.trim().replaceAll(/\s+/gv, ' '),
				filterInput: undefined,
			};
		}

		case 'backspace': {
			return typed([...filterInput].slice(0, -1).join(''));
		}

		case 'ctrl-w': {
			return typed(
				filterInput.slice(0, filterInput.trimEnd().lastIndexOf(' ') + 1),
			);
		}

		case 'ctrl-u': {
			return typed('');
		}

		default: {
			return isCharacter(press) && filterInput.length < longest
				? typed(filterInput + press)
				: model;
		}
	}
}

const isCharacter = (press: string): boolean =>
	[...press].length === 1 && !/\p{Control}/v.test(press);

/**
Everything is listed again.
*/
export const filterCleared = (model: Model): Model =>
	frozenFiltered({...model, filter: '', filterInput: undefined});
