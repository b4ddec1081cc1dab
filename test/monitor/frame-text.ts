import {heightOf, type Block} from '../../source/monitor/layout/blocks.js';
import type {Frame} from '../../source/monitor/layout/frame.js';
import {pad} from '../../source/monitor/layout/fit-text.js';
import {lineWidth, type Line} from '../../source/monitor/layout/line.js';

export const lineText = (line: Line): string =>
	line.map(([text]) => text).join('');

/**
Rows a frame takes and the cells of its widest line, without drawing it.
*/
export function measure(frame: Frame): {rows: number; columns: number} {
	const left = frame.left.reduce((sum, block) => sum + heightOf(block), 0);
	const side = frame.right
		? Math.max(
				...frame.right.lines.map(
					(line) =>
						frame.right!.leftWidth + frame.right!.wall.length + lineWidth(line),
				),
			)
		: 0;
	return {
		rows:
			frame.top.length +
			Math.max(left, frame.right?.lines.length ?? 0) +
			frame.bottom.length,
		columns: Math.max(
			side,
			...[...frame.top, ...frame.bottom].map((line) => lineWidth(line)),
			...frame.left.map((block) => widestIn(block)),
		),
	};
}

const widestIn = (block: Block): number =>
	block.kind === 'lines'
		? Math.max(0, ...block.lines.map((line) => lineWidth(line)))
		: block.table.columns.reduce((sum, {width}) => sum + width + 1, -1);

/**
The lines of a frame as they stand on the screen, without their styles.
*/
export function screenText(frame: Frame): readonly string[] {
	const left = frame.left.flatMap((block) => textOf(block));
	const {right} = frame;
	const body = right
		? right.lines.map(
				(line, index) =>
					pad(left[index] ?? '', right.leftWidth, {cut: '…'}) +
					right.wall +
					lineText(line),
			)
		: left;
	return [
		...frame.top.map((line) => lineText(line)),
		...body,
		...frame.bottom.map((line) => lineText(line)),
	];
}

function textOf(block: Block): readonly string[] {
	if (block.kind === 'lines') {
		return block.lines.map((line) => lineText(line));
	}

	const {columns, rows, cut} = block.table;
	return [columns.map(({title}) => title), ...rows].map((cells) =>
		columns
			.map(({width, align}, at) => pad(cells[at]!, width, {align, cut}))
			.join(' '),
	);
}
