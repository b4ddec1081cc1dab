import {showCount, showShare} from '../../exchange/show.js';
import {isFresh} from '../connection.js';
import type {Model} from '../model.js';
import {
	limitRate,
	limitSeries,
	outputPerSecond,
	outputSeries,
	type LimitRate,
} from '../rates.js';
import type {Glyphs, Tone} from '../theme.js';
import {pad, widthOf} from './fit-text.js';
import {clip, type Line, type Piece} from './line.js';

const minuteMs = 60_000;

/**
Output tokens each second: the last minutes, and a figure for the last one.
*/
export function outputLine(model: Model, width: number, glyphs: Glyphs): Line {
	const rate = isFresh(model) ? outputPerSecond(model) : undefined;
	const figure = (rate === undefined ? '-' : showCount(rate)).padStart(4);
	return labelledLine('tok/s', [[figure, 'bold']], {
		width,
		glyphs,
		tone: 'info',
		values: (cells) => outputSeries(model, {cells, bucketMs: 2000}),
	});
}

/**
Answers of 429: the last hour as far as it fits, and the share of attempts over 1, 5 and 60 minutes.
*/
export function limitLine(model: Model, width: number, glyphs: Glyphs): Line {
	const roomy = width >= 58;
	const gap = roomy ? '  ' : ' ';
	const figures = spans.flatMap(([label, spanMs], index): Piece[] => {
		const rate = limitRate(model, spanMs);
		return [
			[`${index === 0 ? '' : gap}${label} `, 'dim'],
			[
				showShare(rate.limited, rate.attempts).padStart(roomy ? 4 : 0),
				toneOfRate(rate),
			],
		];
	});
	return labelledLine('429', figures, {
		width,
		glyphs,
		tone: 'warn',
		values(cells) {
			const bucketMs = limitBucketMs(cells);
			return limitSeries(model, {
				cells: Math.min(cells, (60 * minuteMs) / bucketMs),
				bucketMs,
			});
		},
	});
}

const spans = [
	['1m', minuteMs],
	['5m', 5 * minuteMs],
	['1h', 60 * minuteMs],
] as const;

const toneOfRate = ({limited}: LimitRate): Tone =>
	limited > 0 ? 'warn' : 'plain';

/**
The longest whole span with which an hour fills `cells`.
*/
const limitBucketMs = (cells: number): number =>
	[60_000, 30_000, 20_000].find((ms) => (60 * minuteMs) / ms >= cells) ??
	15_000;

/**
A cell for each value, scaled to the highest among them; where there was nothing it is dim.
*/
export function spark(
	values: readonly number[],
	tone: Tone,
	glyphs: Glyphs,
): Line {
	const top = Math.max(...values, 1);
	const highest = glyphs.sparks.length - 1;
	const pieces: Array<[string, Tone]> = [];
	for (const value of values) {
		const level =
			value > 0 ? Math.max(1, Math.ceil((value / top) * highest)) : 0;
		const here = level === 0 ? 'dim' : tone;
		const last = pieces.at(-1);
		if (last?.[1] === here) {
			last[0] += glyphs.sparks[level]!;
		} else {
			pieces.push([glyphs.sparks[level]!, here]);
		}
	}

	return pieces;
}

const labelWidth = 6;
const fewestCells = 5;

const labelledLine = (
	label: string,
	figures: Line,
	{
		width,
		glyphs,
		tone,
		values,
	}: {
		width: number;
		glyphs: Glyphs;
		tone: Tone;
		values: (cells: number) => readonly number[];
	},
): Line => {
	const taken = figures.reduce((sum, [text]) => sum + widthOf(text), 0);
	const cells = width - labelWidth - taken - 1;
	const name: Piece = [pad(label, labelWidth, {cut: glyphs.cut}), 'dim'];
	if (cells < fewestCells) {
		return clip([name, ...figures], width, glyphs.cut);
	}

	const shown = values(cells);
	return [
		name,
		...spark(shown, tone, glyphs),
		[' '.repeat(cells - shown.length + 1)],
		...figures,
	];
};
