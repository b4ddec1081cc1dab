import {capQuestionOf} from '../cap-answers.js';
import {keyGroups, keysShown, type KeyGroup} from '../key-name.js';
import {keys, keysOf} from '../keys.js';
import type {Model} from '../model.js';
import {closed} from '../overlay.js';
import {rowStates, toneOf} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import {fold, pad, widthOf} from './fit-text.js';
import {clip, lineWidth, type Line, type Piece} from './line.js';

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
	const narrow = [...first, ...rest].flatMap((group) =>
		foldedKey(keyLine(group, closed(model), glyphs), width),
	);
	const legend = rowStates.map((state): Line => [
		[glyphs[state], toneOf[state]],
		[` ${state}`],
	]);
	return [
		...(width < wide ? narrow : inColumns(all, Math.floor(width / 2))),
		[],
		...(width < leastBeside ? legend : inColumns(legend, keyWidth)),
		[],
		...marks(glyphs).flatMap((mark) => foldedMark(mark, width)),
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

/**
What it does goes on below itself where it has no room beside its key.
*/
function foldedKey(line: Line, width: number): readonly Line[] {
	const [[key, tone], [says = '', saysTone] = []] = line as [Piece, Piece?];
	if (lineWidth(line) <= width) {
		return [line];
	}

	if (width < leastBeside) {
		return [[[key.trimEnd(), tone]], ...indented([says, saysTone], 2, width)];
	}

	const [first = [], ...rest] = indented([says, saysTone], widthOf(key), width);
	return [[[key, tone], ...first.slice(1)], ...rest];
}

const indented = (
	[text, tone]: Piece,
	inset: number,
	width: number,
): readonly Line[] =>
	fold(text, Math.max(1, width - inset)).map((part) => [
		[' '.repeat(inset)],
		[part, tone],
	]);

const foldedMark = (line: Line, width: number): readonly Line[] => {
	const [[glyph, tone], [says = ''] = []] = line as [Piece, Piece?];
	return fold(says.trim(), Math.max(1, width - 2)).map((part, index) => [
		index === 0 ? [glyph, tone] : [' '],
		[` ${part}`],
	]);
};

/**
In fewer cells what a key does stands below it.
*/
const leastBeside = 30;

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
