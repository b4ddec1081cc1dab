import type {Glyphs, Tone} from '../theme.js';
import {pad, truncate, widthOf} from './fit-text.js';

export type Piece = readonly [text: string, tone?: Tone];
/**
One screen line: styled pieces whose widths add up to at most the pane's.
*/
export type Line = readonly Piece[];

export const lineWidth = (line: Line): number =>
	line.reduce((sum, [text]) => sum + widthOf(text), 0);

/**
`left` and `right` at the two ends of a line; what does not fit of `left` is cut.
*/
export function spread(
	left: Line,
	right: Line,
	{width, cut}: {width: number; cut: string},
): Line {
	const room = Math.max(0, width - lineWidth(right));
	const fitted = clip(left, right.length > 0 ? room - 1 : room, cut);
	const gap = ' '.repeat(Math.max(0, room - lineWidth(fitted)));
	return clip([...fitted, [gap], ...right], width, cut);
}

/**
No more of `line` than fits into `width` cells.
*/
export function clip(line: Line, width: number, cut: string): Line {
	if (lineWidth(line) <= width) {
		return line;
	}

	const kept: Piece[] = [];
	let room = Math.max(0, width);
	for (const [text, tone] of line) {
		if (room === 0) {
			break;
		}

		const shown = truncate(text, room, cut);
		kept.push([shown, tone]);
		// A piece that was cut is the last one.
		room = shown === text ? room - widthOf(shown) : 0;
	}

	return kept;
}

/**
As many pieces as fit, each whole: what has figures in it is not cut.
*/
export function wholePieces(line: Line, width: number): Line {
	let count = line.length;
	while (count > 0 && lineWidth(line.slice(0, count)) > width) {
		count--;
	}

	return line.slice(0, count);
}

/**
Every piece in one tone: for what is no longer true.
*/
export const toned = (line: Line, tone: Tone): Line =>
	line.map(([text]) => [text, tone]);

/**
A whole line in one tone, to its last cell.
*/
export const bar = (
	text: string,
	tone: Tone,
	{width, cut}: {width: number; cut: string},
): Line => [[pad(text, width, {cut}), tone]];

/**
A line that begins a part of the screen: `─ title ───── right `.
*/
export function rule(
	title: string,
	right: Line,
	{width, glyphs}: {width: number; glyphs: Glyphs},
): Line {
	const head = `${glyphs.rule} ${title} `;
	const tail: Line = right.length === 0 ? [] : [[' '], ...right, [' ']];
	const room = width - widthOf(head) - lineWidth(tail);
	return room < 0
		? clip([[head, 'dim'], ...right], width, glyphs.cut)
		: [[head, 'dim'], [glyphs.rule.repeat(room), 'dim'], ...tail];
}
