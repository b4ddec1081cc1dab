import {keys} from '../keys.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {clip, lineWidth, type Line, type Piece} from './line.js';

type Hint = readonly [key: string, what: string];

/**
Hints that go whole, from the right; the first and the last stay. A remark takes their place.
*/
export function footer(model: Model, width: number, glyphs: Glyphs): Line {
	if (model.remark) {
		return clip([[model.remark.text, 'warn']], width, glyphs.cut);
	}

	let hints = hintsOf(model);
	while (hints.length > 2 && lineWidth(hintLine(hints)) > width) {
		hints = hints.toSpliced(-2, 1);
	}

	return clip(hintLine(hints), width, glyphs.cut);
}

const hintsOf = (model: Model): readonly Hint[] =>
	model.question === undefined
		? keys.flatMap(({press, hint}) => {
				const what = hint?.(model);
				return what === undefined ? [] : [[press[0]!, what] as const];
			})
		: [
				['y', 'yes'],
				['n', 'no'],
			];

const hintLine = (hints: readonly Hint[]): Line =>
	hints.flatMap(([key, what], index): Piece[] => [
		[key, 'bold'],
		[` ${what}${index < hints.length - 1 ? '  ' : ''}`, 'dim'],
	]);
