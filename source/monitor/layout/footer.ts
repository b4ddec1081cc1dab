import {keyName} from '../key-name.js';
import {keysOf} from '../keys.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {widthOf} from './fit-text.js';
import {clip, lineWidth, type Line, type Piece} from './line.js';
import {switchLine} from './switch-line.js';

type Hint = readonly [key: string, what: string];

/**
Hints that go whole, from the right; the first and the last stay. A remark takes their place, or what is to say of a switch.
*/
export function footer(model: Model, width: number, glyphs: Glyphs): Line {
	if (model.remark) {
		return clip([[remarkText(model.remark, width), 'warn']], width, glyphs.cut);
	}

	const line =
		model.question === undefined &&
		model.capInput === undefined &&
		model.filterInput === undefined
			? switchLine(model, {width, glyphs})
			: undefined;
	if (line) {
		return line;
	}

	let hints = hintsOf(model);
	while (hints.length > 2 && lineWidth(hintLine(hints)) > width) {
		hints = hints.toSpliced(-2, 1);
	}

	return clip(hintLine(hints), width, glyphs.cut);
}

const remarkText = (
	{text, short}: NonNullable<Model['remark']>,
	width: number,
): string => (widthOf(text) > width ? (short ?? text) : text);

const hintsOf = (model: Model): readonly Hint[] => {
	if (model.question !== undefined) {
		return yesOrNo;
	}

	if (model.capInput === undefined && model.filterInput !== undefined) {
		return filtering;
	}

	return model.capInput === undefined
		? keysOf(model).flatMap(({name, hint}) => {
				const what = hint?.(model);
				const press = keyName(model, name);
				return what === undefined ? [] : [[press, what] as const];
			})
		: typing;
};

const yesOrNo: readonly Hint[] = [
	['y', 'yes'],
	['n', 'no'],
];
const typing: readonly Hint[] = [
	['enter', 'sets'],
	['esc', 'back'],
];
const filtering: readonly Hint[] = [
	['enter', 'keeps'],
	['ctrl-u', 'clears'],
	['esc', 'back'],
];

const hintLine = (hints: readonly Hint[]): Line =>
	hints.flatMap(([key, what], index): Piece[] => [
		[key, 'bold'],
		[` ${what}${index < hints.length - 1 ? '  ' : ''}`, 'dim'],
	]);
