import {lineWidth, type Line, type Piece} from './line.js';

/**
Figures beside each other, on as many lines as they need; those after the first are set in by `inset` cells.
*/
export function flow(
	figures: readonly Line[],
	width: number,
	inset = 0,
): readonly Line[] {
	const lines: Piece[][] = [];
	for (const figure of figures) {
		const last = lines.at(-1);
		if (last && lineWidth(last) + 2 + lineWidth(figure) <= width) {
			last.push(['  '], ...figure);
		} else {
			lines.push([...(last && inset > 0 ? [gap(inset)] : []), ...figure]);
		}
	}

	return lines;
}

const gap = (cells: number): Piece => [' '.repeat(cells)];
