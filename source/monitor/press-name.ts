import type {Key} from 'ink';
import {keyFor} from './keys.js';

const named: ReadonlyArray<readonly [keyof Key, string]> = [
	['escape', 'esc'],
	['return', 'enter'],
	['upArrow', 'up'],
	['downArrow', 'down'],
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
	{isTyping = false}: {isTyping?: boolean} = {},
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
	return isTyping ||
		characters.length === 1 ||
		characters.every((one) => keyFor(one)?.repeats)
		? characters
		: [];
}
