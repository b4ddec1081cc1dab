import {good, listOf, otherThan, wrong, type Kind} from './kinds.js';
import {pressNames} from './monitor-keys.js';
import {nearest} from './nearest.js';
import {show} from './problem.js';

const allowedPress =
	'one character, "ctrl-" and a letter, or a name: space, enter, esc, tab, up, down, left, right, pgup, pgdn, home, end or backspace';

/**
A letter that is another key for every terminal with ctrl.
*/
const sameWithCtrl: Readonly<Record<string, string>> = {
	h: 'backspace',
	i: 'tab',
	j: 'enter',
	m: 'enter',
};

/**
One press of a key, by the name that the monitor knows it under.
*/
const press: Kind<string> = {
	allowed: allowedPress,
	read(found) {
		if (typeof found !== 'string') {
			return otherThan(found);
		}

		const name = found === 'space' ? ' ' : found;
		return isCharacter(name) || isPressName(name) ? good(name) : withCtrl(name);
	},
};

const names: readonly string[] = pressNames;
const isPressName = (text: string): boolean => names.includes(text);

/**
One that is seen where it is written, and the space bar.
*/
const isCharacter = (text: string): boolean =>
	text === ' ' || /^[^\p{Mark}\p{Other}\p{Separator}]$/v.test(text);

function withCtrl(found: string): ReturnType<typeof press.read> {
	const letter = /^ctrl-(?<letter>[a-z])$/v.exec(found)?.groups?.['letter'];
	if (letter === undefined) {
		const near = nearest(found, pressNames);
		return wrong(
			`is ${show(found)}`,
			near && `Did you mean "${near}"? It may be ${allowedPress}.`,
		);
	}

	if (letter === 'c') {
		return wrong('is "ctrl-c", which always leaves', 'Choose another key.');
	}

	const same = sameWithCtrl[letter];
	return same === undefined
		? good(found)
		: wrong(
				`is "${found}", which no terminal tells from ${same}`,
				'Choose another key.',
			);
}

const several = listOf(press, {filled: true});

/**
What a key of the monitor is pressed by: one press, or a list of them.
*/
export const presses: Kind<readonly string[]> = {
	allowed: 'a key such as "x", "ctrl-x", "space" or "pgdn", or a list of them',
	read(found) {
		if (Array.isArray(found)) {
			return several.read(found);
		}

		const reading = press.read(found);
		return reading.kind === 'read' ? good([reading.value]) : reading;
	},
};
