import type {Glyphs} from '../theme.js';
import {clip, lineWidth, type Line} from './line.js';

/**
Two runs of lines beside each other, a wall between them: the left one in `leftWidth` cells, the right one in
what is left of `width`.
*/
export function beside(
	left: readonly Line[],
	right: readonly Line[],
	{
		leftWidth,
		width,
		glyphs,
	}: Readonly<{leftWidth: number; width: number; glyphs: Glyphs}>,
): readonly Line[] {
	const height = Math.max(left.length, right.length);
	const wall = ` ${glyphs.wall} `;
	return Array.from({length: height}, (_, index): Line => {
		const line = clip(left[index] ?? [], leftWidth, glyphs.cut);
		return [
			...line,
			[' '.repeat(Math.max(0, leftWidth - lineWidth(line)))],
			[wall, 'dim'],
			...clip(right[index] ?? [], width - leftWidth - wall.length, glyphs.cut),
		];
	});
}
