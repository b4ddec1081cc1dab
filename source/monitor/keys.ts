import {answeredAtCap} from './cap-keys.js';
import {capTyped} from './cap-input.js';
import {filterTyped} from './filter-input.js';
import {actKeys} from './keys/acts.js';
import {copyKey} from './keys/copy.js';
import type {KeyEntry} from './keys/entry.js';
import {leavingKeys} from './keys/leaving.js';
import {listKeys} from './keys/list.js';
import {screenKeys} from './keys/screen.js';
import {steeringKeys} from './keys/steering.js';
import {helpKey, viewKeys} from './keys/views.js';
import type {Model} from './model.js';
import {answered} from './question.js';
import {remarked} from './switching.js';

/**
Every key, in the order of the help.
*/
export const keys: readonly KeyEntry[] = [
	helpKey,
	...steeringKeys,
	...listKeys,
	...screenKeys,
	...actKeys,
	...viewKeys,
	copyKey,
	...leavingKeys,
];

/**
Those of a monitor that may do what they do.
*/
export const keysOf = ({readOnly}: Model): readonly KeyEntry[] =>
	keys.filter(({steers}) => !(readOnly && steers));

export const keyFor = (
	{bindings}: Pick<Model, 'bindings'>,
	press: string,
): KeyEntry | undefined =>
	keys.find(({name}) => bindings[name].includes(press));

/**
What becomes of the model when `key` is pressed. A key that cannot act says why.
*/
export function pressed(model: Model, key: string): Model {
	const open = key === 'ctrl-c' ? undefined : pressedWhileAsked(model, key);
	if (open) {
		return open;
	}

	const entry = keyFor(model, key);
	if (!entry || !keysOf(model).includes(entry)) {
		return model;
	}

	const why = entry.missing?.(model);
	return why === undefined
		? entry.means({...model, remark: undefined}, key)
		: remarked(model, why);
}

/**
What a key means to whatever the screen asks; undefined for those that mean what they always do.
*/
function pressedWhileAsked(model: Model, key: string): Model | undefined {
	if (model.question !== undefined) {
		return answered(model, key);
	}

	if (model.capInput !== undefined) {
		return capTyped(model, key);
	}

	return model.filterInput === undefined
		? answeredAtCap(model, key)
		: filterTyped(model, key);
}
