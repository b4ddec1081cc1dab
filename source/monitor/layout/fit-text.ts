import stringWidth from 'string-width';
import {QuickSegmenter} from '../quick-segmenter.js';
import {oneCellGlyphs, type Glyphs} from '../theme.js';

const printableAscii = /^[\u{20}-\u{7E}]*$/u;
// ASCII and our own glyphs: measuring anything else costs a hundred times as much.
const oneCellEach = new RegExp(
	String.raw`^[\u{20}-\u{7E}${oneCellGlyphs}]*$`,
	'u',
);
// Controls, and what terminals disagree on how wide to draw: joiners, variation selectors, skin
// tones, direction marks and other invisible characters.
const unsteady =
	/[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Control}\p{Format}\p{Surrogate}\u{2028}\u{2029}]/gu;
const flagHalves = /\p{Regional_Indicator}/gu;
const segmenter = new QuickSegmenter();

/**
Cells that a terminal gives to `text`.
*/
export const widthOf = (text: string): number =>
	oneCellEach.test(text) ? text.length : foreignWidth(text);

const knownWidths = new Map<string, number>();
const mostKnown = 2000;

/**
The same few names are drawn again and again.
*/
const foreignWidth = (text: string): number => {
	const known = knownWidths.get(text);
	if (known !== undefined) {
		return known;
	}

	if (knownWidths.size >= mostKnown) {
		knownWidths.clear();
	}

	const width = stringWidth(text);
	knownWidths.set(text, width);
	return width;
};

/**
Foreign text as it can stand in a cell: every character as wide as we count it.
*/
export function steady(text: string, glyphs: Glyphs): string {
	if (printableAscii.test(text)) {
		return text;
	}

	const clean = text.replaceAll(unsteady, '').replaceAll(flagHalves, '?');
	// Where our own glyphs are ASCII, the terminal can draw nothing else.
	return printableAscii.test(glyphs.arrow)
		? clean.replaceAll(/[^\u{20}-\u{7E}]/gu, '?')
		: clean;
}

/**
The beginning of `text` that fits into `width` cells; the cut mark is its last character then.
*/
export function truncate(text: string, width: number, cut: string): string {
	if (width <= 0) {
		return '';
	}

	if (widthOf(text) <= width) {
		return text;
	}

	if (printableAscii.test(text)) {
		return text.slice(0, width - 1) + cut;
	}

	let kept = '';
	let used = 0;
	for (const {segment} of segmenter.segment(text)) {
		const next = widthOf(segment);
		if (used + next > width - 1) {
			break;
		}

		kept += segment;
		used += next;
	}

	return kept + cut;
}

/**
Long text over several lines, broken between words. A single word may still be too long for one.
*/
export function fold(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
			lines.push(line);
			line = word;
		} else {
			line = line === '' ? word : `${line} ${word}`;
		}
	}

	return [...lines, line];
}

/**
As `truncate`, but between words, for sentences: a word alone that is too long is cut all the same.
*/
export function cutWords(text: string, width: number, cut: string): string {
	if (widthOf(text) <= width) {
		return text;
	}

	const [first = ''] = fold(text, width - widthOf(cut));
	const kept = first.replace(/ ?[\(,\-:;]$/v, '');
	const isMost = widthOf(kept) * 2 >= width && widthOf(kept) < width;
	return isMost ? kept + cut : truncate(text, width, cut);
}

export type Alignment = 'left' | 'right';

/**
`text` in exactly `width` cells.
*/
export function pad(
	text: string,
	width: number,
	{align = 'left', cut}: {align?: Alignment; cut: string},
): string {
	const kept = truncate(text, width, cut);
	const space = ' '.repeat(Math.max(0, width - widthOf(kept)));
	return align === 'left' ? kept + space : space + kept;
}

/**
A model id in `width` cells, its telling part first: a date at its end goes, then a path before it,
then what all models of a family have in common.
*/
export function shortModel(name: string, width: number, cut: string): string {
	if (widthOf(name) <= width && width >= roomyModel) {
		return name;
	}

	const undated = name.replace(/[-@](?:\d{8}|\d{4}-\d{2}-\d{2})$/, '');
	if (width >= roomyModel) {
		return truncate(undated, width, cut);
	}

	const bare = undated.slice(undated.lastIndexOf('/') + 1);
	return truncate(
		widthOf(bare) <= width ? bare : bare.replace(/^claude-/, ''),
		width,
		cut,
	);
}

const roomyModel = 20;
