import {createRequire} from 'node:module';
import {styleText} from 'node:util';
import {mapped} from './lazily.js';
import {oneCellGlyphs, type Look} from './look.js';

const styles = {
	plain: [],
	dim: ['dim'],
	bold: ['bold'],
	info: ['cyan'],
	warn: ['yellow'],
} as const;
export type Tone = keyof typeof styles;
export type Piece = readonly [text: string, tone?: Tone];
export type Line = readonly Piece[];

// ASCII and our own glyphs: the first look at anything else takes longer than all the rest.
const oneCellEach = new RegExp(
	String.raw`^[\u{20}-\u{7E}${oneCellGlyphs}]*$`,
	'u',
);

/**
Cells that a terminal gives to a text.
*/
export const widthOf = (text: string): number =>
	oneCellEach.test(text) ? text.length : cellsOf(text);

let cellsOf = (text: string): number => {
	// Loaded for the first text that needs it: that takes as long as a whole report.
	const require = createRequire(import.meta.url);
	({default: cellsOf} = require('string-width') as {default: typeof cellsOf});
	return cellsOf(text);
};

export const lineWidth = (line: Line): number =>
	line.reduce((sum, [text]) => sum + widthOf(text), 0);

/**
The beginning of a text that fits; the cut mark is its last character then.
*/
export function fit(text: string, width: number, cut: string): string {
	if (widthOf(text) <= width) {
		return text;
	}

	if (oneCellEach.test(text)) {
		return width > 0 ? text.slice(0, width - 1) + cut : '';
	}

	let kept = '';
	const segmenter = new Intl.Segmenter();
	for (const {segment} of segmenter.segment(text)) {
		if (widthOf(kept + segment) > width - 1) {
			break;
		}

		kept += segment;
	}

	return width > 0 ? kept + cut : '';
}

/**
A text in exactly so many cells.
*/
export function pad(
	text: string,
	width: number,
	{align = 'left', cut}: {align?: 'left' | 'right'; cut: string},
): string {
	const kept = fit(text, width, cut);
	const space = ' '.repeat(Math.max(0, width - widthOf(kept)));
	return align === 'left' ? kept + space : space + kept;
}

/**
A line that begins a part of the screen: `─ title ────── right ─`. What stands right is left out where
it does not fit.
*/
export function rule(title: string, right: string, look: Look): Line {
	const {rule: dash} = look.glyphs;
	const head = `${dash} ${title} `;
	const tail = right === '' ? '' : ` ${right} ${dash}`;
	const room = look.width - widthOf(head);
	const shown = widthOf(tail) + 2 > room ? '' : tail;
	const line = dash.repeat(Math.max(0, room - widthOf(shown)));
	return [[head + line + shown, 'dim']];
}

/**
Figures one after the other, and on as many lines as they need.
*/
export function flow(figures: readonly Line[], width: number): readonly Line[] {
	const lines: Line[] = [];
	for (const figure of figures) {
		const last = lines.at(-1);
		if (last && lineWidth(last) + 2 + lineWidth(figure) <= width) {
			lines[lines.length - 1] = [...last, ['  '], ...figure];
		} else {
			lines.push(figure);
		}
	}

	return lines;
}

/**
A sentence on as many lines as it needs; those after the first are set in.
*/
export function fold(
	text: string,
	{width, glyphs}: Look,
	tone: Tone = 'plain',
): readonly Line[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) {
			lines[lines.length - 1] = `${last} ${word}`;
		} else {
			const inset = lines.length === 0 ? '' : '  ';
			lines.push(fit(inset + word, width, glyphs.cut));
		}
	}

	return lines.map((line) => [[line, tone]]);
}

/**
Lines as text, in colour or without; no spaces at their ends.
*/
export const paint = (lines: Iterable<Line>, isColoured: boolean): string =>
	[...paintEach(lines, isColoured)].join('');

/**
The same, line by line.
*/
export const paintEach = (
	lines: Iterable<Line>,
	isColoured: boolean,
): Iterable<string> =>
	mapped(lines, (line) => `${painted(line, isColoured)}\n`);

export const textOf = (line: Line): string => painted(line, false);

function painted(line: Line, isColoured: boolean): string {
	const kept = trimmed(line);
	return kept
		.map(([text, tone = 'plain']) =>
			isColoured && tone !== 'plain' && text.trim() !== ''
				? styleText([...styles[tone]], text, {validateStream: false})
				: text,
		)
		.join('');
}

function trimmed(line: Line): Line {
	const last = line.at(-1);
	if (last === undefined) {
		return line;
	}

	const text = last[0].trimEnd();
	return text === ''
		? trimmed(line.slice(0, -1))
		: [...line.slice(0, -1), [text, last[1]]];
}
