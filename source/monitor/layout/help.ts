import {keysOf} from '../keys.js';
import type {Model} from '../model.js';
import {rowStates, toneOf} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import {pad} from './fit-text.js';
import {clip, type Line} from './line.js';

const keyWidth = 15;

/**
Every key and what it does, then what the glyphs of the list mean.
*/
export function helpLines(
	model: Model,
	width: number,
	glyphs: Glyphs,
): readonly Line[] {
	const shownKeys = keysOf(model)
		.filter(
			({shown, refusesReadOnly}) =>
				shown !== '' && !(model.readOnly && refusesReadOnly),
		)
		.map(({shown, says}): Line => [
			[pad(shown, keyWidth, {cut: glyphs.cut}), 'bold'],
			[says],
		]);
	const legend = rowStates.map((state): Line => [
		[glyphs[state], toneOf[state]],
		[` ${state}`],
	]);
	const marks: readonly Line[] = [
		[['~', 'bold'], [' reckoned from the text so far']],
		[[glyphs.atLeast, 'bold'], [' at least: the end was not seen']],
		[['?', 'bold'], [' the endpoint sent no usage']],
	];
	return [...shownKeys, [], ...paired(legend, width), [], ...marks].map(
		(line) => clip(line, width, glyphs.cut),
	);
}

/**
Two of the short lines beside each other, to save height.
*/
const paired = (lines: readonly Line[], width: number): readonly Line[] => {
	const half = Math.ceil(lines.length / 2);
	return width < 24
		? lines
		: lines.slice(0, half).map((line, index) => {
				const name = line[1]?.[0] ?? '';
				const other = lines[half + index];
				return other ? [line[0]!, [name.padEnd(keyWidth - 1)], ...other] : line;
			});
};
