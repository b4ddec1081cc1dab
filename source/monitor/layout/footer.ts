import type {KeyName} from '../../config/monitor-keys.js';
import {keyName} from '../key-name.js';
import {keysOf} from '../keys.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {widthOf} from './fit-text.js';
import {clip, lineWidth, type Line, type Piece} from './line.js';
import {switchLine} from './switch-line.js';

type Hint = readonly [key: string, what: string, mode?: 'way-out'];

/**
Hints that go whole, from the right; the first and the last stay, in a very narrow pane the last alone. A remark takes their place, or what is to say of a switch.
*/
export function footer(model: Model, width: number, glyphs: Glyphs): Line {
	const note = footnote(model, width, glyphs);
	if (note) {
		return note;
	}

	let hints = hintsOf(model);
	while (hints.length > 2 && lineWidth(hintLine(hints)) > width) {
		hints = hints.toSpliced(leastOf(hints), 1);
	}

	const fitting = lineWidth(hintLine(hints)) > width ? hints.slice(-1) : hints;
	return clip(hintLine(fitting), width, glyphs.cut);
}

/**
What is said for a while about the last key: where a pane has no room for a footer, it stands elsewhere.
*/
export function footnote(
	model: Model,
	width: number,
	glyphs: Glyphs,
): Line | undefined {
	if (model.remark) {
		return clip([[remarkText(model.remark, width), 'warn']], width, glyphs.cut);
	}

	return model.question === undefined &&
		model.capInput === undefined &&
		model.filterInput === undefined
		? switchLine(model, {width, glyphs})
		: undefined;
}

/**
The last one between the first and the last; the way out of what hides requests, or holds them still, goes after
the others.
*/
function leastOf(hints: readonly Hint[]): number {
	const between = hints.slice(1, -1);
	const at = between.findLastIndex((hint) => hint[2] === undefined);
	return 1 + (at === -1 ? between.length - 1 : at);
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
		? keysOf(model).flatMap(({name, hint}): readonly Hint[] => {
				const what = hint?.(model);
				const press = keyName(model, name);
				return what === undefined
					? []
					: [[press, what, isWayOut(model, name) ? 'way-out' : undefined]];
			})
		: typing;
};

const isWayOut = ({overlay, filter, frozen}: Model, name: KeyName): boolean =>
	overlay === 'none' &&
	((name === 'back' && filter !== '') ||
		(name === 'follow' && frozen !== undefined));

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
