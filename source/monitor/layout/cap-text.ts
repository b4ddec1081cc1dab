import {showCount, showMoney} from '../../exchange/show.js';
import {keyStandings, type CapMeasure} from '../caps.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {steady, truncate, widthOf} from './fit-text.js';

/**
An amount that somebody chose: `$20`, `$7.50`, `5M tok`.
*/
export const capWords = (of: CapMeasure['of'], amount: number): string =>
	of === 'tokens' ? `${round(showCount(amount))} tok` : roundMoney(amount);

/**
An amount that was spent: `$12.20`, `1.2M`.
*/
export const spentFigure = (of: CapMeasure['of'], amount: number): string =>
	of === 'tokens' ? round(showCount(amount)) : showMoney(amount);

const round = (text: string): string => text.replace(/\.0(?=[GMk]?$)/v, '');

const roundMoney = (nanodollars: number): string =>
	nanodollars % 1e9 === 0
		? `$${nanodollars / 1e9}`
		: `$${(nanodollars / 1e9).toFixed(2)}`;

/**
`$20.03 of $20`, `1.2M of 5M tok`.
*/
export const spentOfCap = ({of, spent, cap}: CapMeasure): string =>
	`${spentFigure(of, spent)} of ${capWords(of, cap)}`;

/**
Cells of a banner, and how many there may be.
*/
export type Room = Readonly<{width: number; atMost: number; glyphs: Glyphs}>;

/**
The fullest wording that fits, else the shortest.
*/
export const firstFitting = (texts: readonly string[], width: number): string =>
	texts.find((text) => widthOf(text) <= width) ?? texts.at(-1)!;

/**
Whose cap it is, where there are several keys: ` (ci)`.
*/
export const whoseCap = (
	model: Model,
	{key}: CapMeasure,
	glyphs: Glyphs,
): string =>
	keyStandings(model).length > 1
		? ` (${truncate(steady(key.name, glyphs), 24, glyphs.cut)})`
		: '';
