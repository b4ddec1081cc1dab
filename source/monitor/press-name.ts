import type {Key} from 'ink';
import {keyFor} from './keys.js';
import type {Model} from './model.js';

const named: ReadonlyArray<readonly [keyof Key, string]> = [
	['escape', 'esc'],
	['return', 'enter'],
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['tab', 'tab'],
	['pageUp', 'pgup'],
	['pageDown', 'pgdn'],
	['home', 'home'],
	['end', 'end'],
	['backspace', 'backspace'],
	['delete', 'backspace'],
];

/**
The keys that one read of the terminal means, by the names in the key table. Several characters at
once are somebody typing into the wrong pane, unless each of them only moves, or a figure is typed.
*/
export function pressesOf(
	input: string,
	key: Key,
	model: Pick<Model, 'bindings' | 'capInput' | 'filterInput'>,
): readonly string[] {
	const name = named.find(([field]) => key[field])?.[1];
	if (name !== undefined) {
		return [name];
	}

	if (input === '' || key.meta) {
		return [];
	}

	if (key.ctrl) {
		return [`ctrl-${input}`];
	}

	const characters = [...input];
	const isTyping =
		model.capInput !== undefined || model.filterInput !== undefined;
	return isTyping ||
		characters.length === 1 ||
		characters.every((one) => keyFor(model, one)?.repeats)
		? characters
		: [];
}

/**
Pasted text was meant for another pane, unless a filter is typed: what stands in its first line then.
*/
export const pastedPresses = (
	text: string,
	{filterInput}: Pick<Model, 'filterInput'>,
): readonly string[] =>
	filterInput === undefined ? [] : [...(/\S.*/v.exec(text)?.[0] ?? '')];
