import type {Block} from './layout/blocks.js';
import {burnLines} from './layout/burn-table.js';
import type {Frame} from './layout/frame.js';
import {lineWidth, type Line} from './layout/line.js';
import type {Palette, TextStyle} from './theme.js';

/**
A frame as the terminal takes it, line by line from where the cursor stands: what Ink draws of it, without Ink.
*/
export const painted = (frame: Frame, palette: Palette): string =>
	linesOf(frame)
		.map((line) => paintedLine(line, palette))
		.join('\r\n');

function linesOf({top, left, right, bottom}: Frame): readonly Line[] {
	const column = left.flatMap((block) => linesIn(block));
	return [
		...top,
		...(right === undefined
			? column
			: right.lines.map((line, index): Line => {
					const beside = column[index] ?? [];
					const gap = Math.max(0, right.leftWidth - lineWidth(beside));
					return [...beside, [' '.repeat(gap)], [right.wall, 'dim'], ...line];
				})),
		...bottom,
	];
}

const linesIn = (block: Block): readonly Line[] =>
	block.kind === 'lines' ? block.lines : burnLines(block.table);

const paintedLine = (line: Line, palette: Palette): string =>
	line
		.map(([text, tone = 'plain']) => {
			const [open, close] = codesOf(palette[tone]);
			return open + text + close;
		})
		.join('');

function codesOf({
	color,
	bold,
	dimColor,
	inverse,
}: TextStyle): readonly [open: string, close: string] {
	const codes = [
		...(bold ? [1] : []),
		...(dimColor ? [2] : []),
		...(inverse ? [7] : []),
		...(color === undefined ? [] : [foreground[color]!]),
	];
	return codes.length === 0
		? ['', '']
		: [`\u{1B}[${codes.join(';')}m`, '\u{1B}[0m'];
}

const foreground: Readonly<Record<string, number>> = {
	red: 31,
	green: 32,
	yellow: 33,
	blue: 34,
	magenta: 35,
	cyan: 36,
};
