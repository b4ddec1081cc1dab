import {showCount, showShare} from '../../exchange/show.js';
import {isFresh} from '../connection.js';
import {isOverloaded, limitRate, type LimitRate} from '../limit-rates.js';
import type {Model} from '../model.js';
import {outputPerSecond} from '../rates.js';
import {limitSpark, outputSpark, type Series} from '../spark-series.js';
import type {Glyphs, Tone} from '../theme.js';
import {widthOf} from './fit-text.js';
import {causeLine} from './limit-cause.js';
import {lineWidth, wholePieces, type Line, type Piece} from './line.js';

const minuteMs = 60_000;

/**
Output tokens each second: the span that was chosen, and a figure for the last minute.
*/
export function outputLine(model: Model, width: number, glyphs: Glyphs): Line {
	const rate = isFresh(model) ? outputPerSecond(model) : undefined;
	const figure = (rate === undefined ? '-' : showCount(rate)).padStart(4);
	return labelledLine(labelOf('tok/s', model, width), [[[figure, 'bold']]], {
		width,
		glyphs,
		tone: 'info',
		values: (cells) => outputSpark(model, cells),
	});
}

/**
Answers of 429 and 529: the span that was chosen, the share of attempts over 1, 5 and 60 minutes, and why the
last one was, where there is room.
*/
export function limitLine(model: Model, width: number, glyphs: Glyphs): Line {
	const gap = width >= 58 ? '  ' : ' ';
	const shares = sharesOf(model, width);
	const label = labelOf(isOverloaded(model) ? '429/529' : '429', model, width);
	const look = {
		width,
		glyphs,
		tone: 'warn',
		values: (cells: number) => limitSpark(model, cells),
	} as const;
	// The longest span goes last, and the shortest first.
	const figures = [shares, shares.slice(1), shares.slice(-1)].map(
		(some): Line =>
			some.flatMap((share, at) => (at === 0 ? share : [[gap], ...share])),
	);
	const roomForCause = Math.floor((width - lineWidth(figures[0]!)) / 2) - 8;
	const cause =
		width >= causeFrom
			? causeLine(model, {width: roomForCause, glyphs})
			: undefined;
	return labelledLine(
		label,
		cause ? [[...figures[0]!, [' '.repeat(3)], ...cause]] : figures,
		look,
	);
}

/**
From so many cells on there is room to say why.
*/
export const causeFrom = 90;

const spans = [
	['1m', minuteMs],
	['5m', 5 * minuteMs],
	['1h', 60 * minuteMs],
] as const;

const sharesOf = (model: Model, width: number): readonly Line[] =>
	spans.map(([label, spanMs]): Line => {
		const rate = limitRate(model, spanMs);
		return [
			[`${label} `, 'dim'],
			[
				showShare(rate.limited, rate.attempts).padStart(width >= 58 ? 4 : 0),
				toneOfRate(rate),
			],
		];
	});

const toneOfRate = ({limited}: LimitRate): Tone =>
	limited > 0 ? 'warn' : 'plain';

/**
A cell for each value, scaled to the highest among them; where there was nothing it is dim, and blank where
nothing is known.
*/
export function spark(values: Series, tone: Tone, glyphs: Glyphs): Line {
	const top = Math.max(1, ...values.map((value) => value ?? 0));
	const highest = glyphs.sparks.length - 1;
	const pieces: Array<[string, Tone]> = [];
	for (const value of values) {
		const level =
			value !== undefined && value > 0
				? Math.max(1, Math.ceil((value / top) * highest))
				: 0;
		const here = level === 0 ? 'dim' : tone;
		const cell = value === undefined ? ' ' : glyphs.sparks[level]!;
		const last = pieces.at(-1);
		if (last?.[1] === here) {
			last[0] += cell;
		} else {
			pieces.push([cell, here]);
		}
	}

	return pieces;
}

const labelWidth = 6;
const overloadedWidth = 8;
const fewestCells = 5;

/**
Where there is room, or where it is not the usual one, the label says the span.
*/
const labelOf = (name: string, model: Model, width: number): string => {
	const {span} = model;
	// One as wide as the other, so that what follows stands below each other.
	const cells = isOverloaded(model) ? overloadedWidth : labelWidth;
	const label = `${name} `.padEnd(cells);
	return span === '5m' && width < 58 ? label : `${label}${span} `;
};

/**
The first figures that leave room for a sparkline; without one where none do.
*/
const labelledLine = (
	label: string,
	figures: readonly Line[],
	{
		width,
		glyphs,
		tone,
		values,
	}: {
		width: number;
		glyphs: Glyphs;
		tone: Tone;
		values: (cells: number) => Series;
	},
): Line => {
	const name: Piece = [label, 'dim'];
	const cellsWith = (some: Line) =>
		width - widthOf(label) - lineWidth(some) - 1;
	const roomy = figures[0]!;
	if (cellsWith(roomy) < fewestCells) {
		const fitting =
			figures.find((some) => cellsWith(some) >= -1) ?? figures.at(-1)!;
		return lineWidth([name, ...fitting]) <= width
			? [name, ...fitting]
			: wholePieces([name], width);
	}

	const cells = cellsWith(roomy);
	const shown = values(cells);
	return [
		name,
		...spark(shown, tone, glyphs),
		[' '.repeat(Math.max(0, cells - shown.length) + 1)],
		...roomy,
	];
};
