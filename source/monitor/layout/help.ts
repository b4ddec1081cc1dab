import {capQuestionOf} from '../cap-answers.js';
import {keyGroups, keysShown, type KeyGroup} from '../key-name.js';
import {keys, keysOf} from '../keys.js';
import type {Model} from '../model.js';
import {closed} from '../overlay.js';
import {rowStates, toneOf} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import {pad, widthOf} from './fit-text.js';
import {clip, lineWidth, type Line} from './line.js';

const keyWidth = 15;
/**
Wide enough for two columns of keys.
*/
const wide = 100;

/**
Every key and what it does, those dim that cannot act now, then what the glyphs of the list mean. While the screen
asks what to do at a cap, the answers stand first.
*/
export function helpLines(
	model: Model,
	width: number,
	glyphs: Glyphs,
): readonly Line[] {
	const groups = keyGroups(keys).filter(([entry]) => isTold(entry, model));
	const isAsked = !model.readOnly && capQuestionOf(model) !== undefined;
	const [first, rest] = [
		groups.filter(([{name}]) => isAsked && name === 'raise'),
		groups.filter(([{name}]) => !(isAsked && name === 'raise')),
	];
	const all = [...first, ...rest].map((group) =>
		keyLine(group, closed(model), glyphs),
	);
	const legend = rowStates.map((state): Line => [
		[glyphs[state], toneOf[state]],
		[` ${state}`],
	]);
	return [
		...(width < wide ? all : inColumns(all, Math.floor(width / 2))),
		[],
		...(width < 24 ? legend : inColumns(legend, keyWidth)),
		[],
		...marks(glyphs),
	].map((line) => clip(line, width, glyphs.cut));
}

const isTold = (entry: KeyGroup[0], model: Model): boolean =>
	keysOf(model).includes(entry) && !(model.readOnly && entry.refusesReadOnly);

function keyLine(group: KeyGroup, model: Model, {cut}: Glyphs): Line {
	const [entry] = group;
	const shown = keysShown(model, group);
	const isDim = entry.missing?.(model) !== undefined;
	return [
		[
			// What is longer stands whole, a space before what it does.
			widthOf(shown) < keyWidth ? pad(shown, keyWidth, {cut}) : `${shown} `,
			isDim ? 'dim' : 'bold',
		],
		[entry.says, isDim ? 'dim' : 'plain'],
	];
}

const marks = (glyphs: Glyphs): readonly Line[] => [
	[['~', 'bold'], [' reckoned from the text so far']],
	[[glyphs.atLeast, 'bold'], [' at least: the end was not seen']],
	[['?', 'bold'], [' the endpoint sent no usage']],
	[
		[glyphs.rebuilt, 'bold'],
		[' its prompt cache was broken, and written again'],
	],
];

/**
The second half beside the first, to save height.
*/
function inColumns(
	lines: readonly Line[],
	columnWidth: number,
): readonly Line[] {
	const half = Math.ceil(lines.length / 2);
	return lines.slice(0, half).map((line, index) => {
		const other = lines[half + index];
		const gap = Math.max(1, columnWidth - lineWidth(line));
		return other ? [...line, [' '.repeat(gap)], ...other] : line;
	});
}
