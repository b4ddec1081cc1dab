import {
	filled,
	heightOf,
	keyBlocks,
	limitBlock,
	lines,
	outputBlock,
	todayBlocks,
	type Block,
} from './blocks.js';
import type {Line} from './line.js';
import {listLines} from './list-pane.js';
import {detailBeside, overlayLines} from './overlays.js';
import type {Sheet} from './sheet.js';

/**
What stands below the first lines: blocks below each other, in a wide pane with the list beside them.
*/
export type Panes = Readonly<{
	left: readonly Block[];
	/**
	Beside `left` in a wide pane.
	*/
	right:
		| Readonly<{leftWidth: number; wall: string; lines: readonly Line[]}>
		| undefined;
}>;

/**
In a very wide pane all columns of the figures fit, and the list still has its own.
*/
const leftWidthIn = (width: number): number => (width >= 196 ? 80 : 58);
const wallWidth = 3;

/**
One column: the figures above the list. What goes first as it gets lower: `tok/s`, the models, today, the 429 line.
*/
export function column(sheet: Sheet): Panes {
	const overlay = overlayLines(sheet);
	if (overlay) {
		return {left: [filled(overlay, sheet.height)], right: undefined};
	}

	let room = sheet.height;
	const blocks: Block[] = [];
	const put = (block: Block) => {
		blocks.push(block);
		room -= heightOf(block);
	};

	if (room >= 16) {
		put(outputBlock(sheet));
	}

	if (room >= 6) {
		put(limitBlock(sheet));
	}

	if (room >= 7) {
		const models = sheet.height >= 12 ? Math.floor((room - 9) / 2) + 1 : 0;
		for (const block of todayBlocks(sheet, Math.min(6, models))) {
			put(block);
		}
	}

	put(lines(listLines({...sheet, height: room})));
	return {left: blocks, right: undefined};
}

/**
Two columns: the figures and the detail of the selected one at the left, the list at the right.
*/
export function twoColumns(sheet: Sheet): Panes {
	const {glyphs, height} = sheet;
	const leftWidth = leftWidthIn(sheet.width);
	const side = {...sheet, width: leftWidth};
	const figures: readonly Block[] = [
		outputBlock(side),
		limitBlock(side),
		...todayBlocks(side, Math.min(8, Math.max(2, height - 16))),
		...keyBlocks(side),
	];
	const taken = figures.reduce((sum, block) => sum + heightOf(block), 0);
	const main = mainPane(sheet);
	return {
		left: [
			...figures,
			filled(detailBeside({...side, height: height - taken}), height - taken),
		],
		right: {
			leftWidth,
			wall: ` ${glyphs.wall} `,
			lines: filled(overlayLines(main) ?? listLines(main), height).lines,
		},
	};
}

/**
The part of a wide pane that the list is drawn in, or what lies over it.
*/
export const mainPane = (sheet: Sheet): Sheet => ({
	...sheet,
	width: sheet.width - leftWidthIn(sheet.width) - wallWidth,
});
