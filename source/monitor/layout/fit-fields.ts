import type {Tone} from '../theme.js';
import {widthOf} from './fit-text.js';
import type {Line, Piece} from './line.js';

/**
One thing to say on a crowded line.
*/
export type Field = Readonly<{
	/**
	The fullest wording first.
	*/
	texts: readonly string[];
	tone?: Tone | undefined;
	/**
	The highest gets shorter first, and then goes; 0 goes last.
	*/
	rank: number;
}>;

/**
Fields that fit into `width` cells, with a gap between them, in the order in which they are given. They are
shortened in the order of their ranks, and go whole: nothing is ever cut. Empty where not even the last one fits.
*/
export function fitFields(
	fields: readonly Field[],
	width: number,
	gap = ' ',
): Line {
	let kept = fields
		.filter(({texts}) => (texts[0] ?? '') !== '')
		.map((field) => ({...field, at: 0}));
	const widthNow = () =>
		kept.reduce(
			(sum, {texts, at}, index) =>
				sum + widthOf(texts[at]!) + (index === 0 ? 0 : gap.length),
			0,
		);
	while (kept.length > 0 && widthNow() > width) {
		const rank = Math.max(...kept.map((field) => field.rank));
		const worst = kept.findLast((field) => field.rank === rank)!;
		if (worst.at < worst.texts.length - 1) {
			worst.at++;
		} else {
			kept = kept.filter((field) => field !== worst);
		}
	}

	return kept.flatMap(({texts, at, tone}, index): Piece[] => [
		...(index === 0 ? [] : ([[gap]] satisfies Piece[])),
		[texts[at]!, tone],
	]);
}
