import {showClock, showDuration} from '../../exchange/show.js';
import {pendingOf} from '../asked.js';
import {fullIn} from '../cap-burn.js';
import {capTo} from '../cap-change.js';
import {
	cappedKeys,
	capShown,
	isReached,
	shareOf,
	type CapMeasure,
} from '../caps.js';
import {capQuestionOf} from '../cap-answers.js';
import {isFresh} from '../connection.js';
import type {Model} from '../model.js';
import type {Glyphs, Tone} from '../theme.js';
import {capWords, spentFigure} from './cap-text.js';
import {steady, truncate, widthOf} from './fit-text.js';
import {clip, wholePieces, type Line, type Piece} from './line.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;
/**
Less than a full cell high, so that it does not melt with a coloured line above it.
*/
type Shape = Readonly<{isLow: boolean}>;

/**
How much of today's cap is gone, where it would be if the day's money were spent evenly, and what is
counted. Undefined where no key has a cap.
*/
export function capBar(
	model: Model,
	{width, glyphs, isLow}: Place & Shape,
): Line | undefined {
	const measure = capShown(model, capQuestionOf(model)?.key.name);
	if (!measure) {
		return undefined;
	}

	const name = labelOf(model, measure, {width, glyphs});
	const label = `${name} `;
	const most = width - widthOf(label);
	const tails = tailsOf(model, measure, {width, glyphs});
	const tail =
		tails.find((one) => most - widthOf(one) >= leastCells(width)) ??
		tails.at(-1)!;
	const tone = toneOf(measure);
	if (widthOf(label) + widthOf(tail) > width) {
		return wholePieces([[tail.trim(), tone]], width);
	}

	return clip(
		[
			[label, 'dim'],
			...barPieces(measure, model.nowMs, {
				width: Math.max(0, most - widthOf(tail)),
				glyphs,
				isLow,
			}),
			[tail, tone === 'good' ? 'plain' : tone],
		],
		width,
		glyphs.cut,
	);
}

/**
Cells that the bar keeps, whatever else there is to say.
*/
const leastCells = (width: number): number =>
	width >= 100 ? 20 : width >= 56 ? 18 : width >= 30 ? 10 : 4;

const labelOf = (
	model: Model,
	{key}: CapMeasure,
	{width, glyphs}: Place,
): string => {
	const several = cappedKeys(model).length > 1;
	const name = steady(key.name, glyphs);
	return several && width >= 40
		? width >= 60
			? `cap ${truncate(name, 16, glyphs.cut)}`
			: truncate(name, 8, glyphs.cut)
		: 'cap';
};

/**
Green, yellow from the last step of `warn_at`, red when it is reached.
*/
export function toneOf(measure: CapMeasure): Tone {
	const last = Math.max(...measure.key.warnAt.filter((step) => step < 1), 0);
	return isReached(measure)
		? 'bad'
		: shareOf(measure) >= (last > 0 ? last : usualStep)
			? 'warn'
			: 'good';
}

const usualStep = 0.8;

/**
The bar alone: what is spent, what requests under way have reserved, and the mark of the pace.
*/
export function barPieces(
	measure: CapMeasure,
	nowMs: number,
	{width, glyphs, isLow}: Place & Shape,
): Line {
	const {key, cap, spent, reserved} = measure;
	const cellsOf = (amount: number) =>
		cap > 0 ? Math.min(width, Math.round((amount / cap) * width)) : width;
	const filled = cellsOf(spent);
	const taken = Math.max(filled, cellsOf(spent + reserved));
	const passed = (nowMs - key.from) / Math.max(1, key.resetsAt - key.from);
	const mark = Math.min(width - 1, Math.max(0, Math.floor(passed * width)));
	const tone = toneOf(measure);
	const parts = [
		[isLow ? glyphs.lowFull : glyphs.full, 0, filled, tone],
		[isLow ? glyphs.lowReserved : glyphs.reserved, filled, taken, tone],
		[isLow ? glyphs.lowEmpty : glyphs.empty, taken, width, 'dim'],
	] as const;
	const run = (from: number, to: number): Line =>
		parts
			.map(([glyph, start, end, look]): Piece => {
				const cells = Math.min(end, to) - Math.max(start, from);
				return [glyph.repeat(Math.max(0, cells)), look];
			})
			.filter(([text]) => text !== '');
	return width <= 0
		? []
		: [...run(0, mark), [glyphs.pace, 'bold'], ...run(mark + 1, width)];
}

/**
What stands after the bar, the fullest first: the per cent stay to the end.
*/
function tailsOf(
	model: Model,
	measure: CapMeasure,
	{width, glyphs}: Place,
): readonly string[] {
	const percent = ` ${`${wholePercent(measure)}%`.padStart(3)}`;
	const end = endText(model, measure, glyphs);
	const spaced = (...parts: readonly string[]) =>
		parts.filter(Boolean).join('  ');
	const short = [
		spacedFigures(measure, glyphs),
		tightFigures(measure, glyphs, true),
		tightFigures(measure, glyphs, false),
	];
	const long = width >= 100 ? longFigures(measure) : [];
	// The full sentence says itself when it resets.
	const endsWhole = end.startsWith(resetText(measure)) ? '' : end;
	const wide = [
		...long.map((text) => spaced(percent, text, endsWhole)),
		...short.map((text) => spaced(percent, text, end)),
		...short.map((text) => spaced(percent, text)),
	];
	return [
		...(width >= 56 ? wide : []),
		...(width >= 30 ? [`${percent} ${short[2]!}`] : []),
		percent,
	];
}

export const wholePercent = (measure: CapMeasure): number =>
	Math.floor(shareOf(measure) * 100 + 1e-9);

/**
`$18.40 + $0.90 reserved of $20, resets 04:00, 3 unpriced not counted`, and shorter.
*/
const longFigures = (measure: CapMeasure): readonly string[] => {
	const {of, cap, spent, reserved} = measure;
	const counted = spentFigure(of, spent);
	const held = reserved > 0 ? ` + ${spentFigure(of, reserved)} reserved` : '';
	const whole = `${counted}${held} of ${capWords(of, cap)}`;
	const resets = `, ${resetText(measure)}`;
	const unpriced = unpricedCount(measure);
	return unpriced === 0
		? [whole + resets]
		: [
				`${whole}${resets}, ${unpriced} unpriced not counted`,
				`${whole}${resets}, ${unpriced} unpriced`,
				`${whole}, ${unpriced} unpriced`,
			];
};

/**
Requests that are in no sum, as their price is not known: they count in tokens all the same.
*/
const unpricedCount = ({of, key}: CapMeasure): number =>
	of === 'nanodollars' ? key.unpriced : 0;

const spacedFigures = (measure: CapMeasure, glyphs: Glyphs): string => {
	const {of, cap, spent, reserved} = measure;
	const held = reserved > 0 ? ` + ${spentFigure(of, reserved)}` : '';
	const whole =
		of === 'tokens' ? capWords(of, cap) : `$${(cap / 1e9).toFixed(2)}`;
	return `${markOf(measure, glyphs)}${spentFigure(of, spent)}${held} / ${whole}`;
};

const tightFigures = (
	measure: CapMeasure,
	glyphs: Glyphs,
	isWhole: boolean,
): string => {
	const {of, cap, spent, reserved} = measure;
	const held = isWhole && reserved > 0 ? `+${spentFigure(of, reserved)}` : '';
	const whole =
		of === 'tokens' ? capWords(of, cap) : capWords(of, cap).slice(1);
	return `${markOf(measure, glyphs)}${spentFigure(of, spent)}${held}/${whole}`;
};

const resetText = ({key}: CapMeasure): string =>
	`resets ${showClock(key.resetsAt)}`;

const markOf = (measure: CapMeasure, glyphs: Glyphs): string =>
	unpricedCount(measure) > 0 ? glyphs.atLeast : '';

/**
When it is full, or what it is about to become; nothing while the figures are old.
*/
function endText(model: Model, measure: CapMeasure, glyphs: Glyphs): string {
	const asked = pendingOf(model, 'caps');
	if (asked?.key === measure.key.name) {
		return `${glyphs.arrow} ${capWords(asked.of, capTo(asked, measure.cap))}${glyphs.soon}`;
	}

	if (isReached(measure)) {
		return resetText(measure);
	}

	if (!isFresh(model)) {
		return '';
	}

	const left = fullIn(model, measure);
	return left === 'never' ? 'not today' : `full in ${showDuration(left)}`;
}
