import {isFresh} from '../connection.js';
import {listedEntries} from '../exchange-list.js';
import type {Model} from '../model.js';
import {glyphsFor, type Glyphs} from '../theme.js';
import {banners} from './banner.js';
import {capBar} from './cap-bar.js';
import {keyLines} from './key-lines.js';
import {burnTable, type BurnTable} from './burn-table.js';
import {exchangeLines, listTitle} from './exchange-lines.js';
import {footer} from './footer.js';
import {header} from './header.js';
import {toned, type Line} from './line.js';
import {detailBeside, overlayEnd, overlayLines} from './overlays.js';
import type {Sheet} from './sheet.js';
import {limitLine, outputLine} from './sparkline.js';
import {standingLine} from './standing.js';
import {todayLine} from './today.js';
import {welcomeLines} from './welcome.js';

/**
A run of lines, or the one table that ink-table draws (its head and rows are one line each).
*/
export type Block =
	| Readonly<{kind: 'lines'; lines: readonly Line[]}>
	| Readonly<{kind: 'table'; table: BurnTable}>;

/**
The whole screen: blocks below each other, in a wide pane with two columns between.
*/
export type Frame = Readonly<{
	columns: number;
	top: readonly Line[];
	left: readonly Block[];
	/**
	Beside `left` in a wide pane.
	*/
	right:
		| Readonly<{leftWidth: number; wall: string; lines: readonly Line[]}>
		| undefined;
	bottom: readonly Line[];
}>;

const twoPanesFrom = 140;
const leftWidth = 58;

/**
What stands on the screen: never more lines than the pane has rows, never a line wider than it.
*/
export function frameOf(model: Model): Frame {
	const {top, bottom, sheet} = partsOf(model);
	const {columns} = model;
	return isWide(sheet)
		? {columns, top, bottom, ...twoPanes(sheet)}
		: {columns, top, bottom, left: onePane(sheet), right: undefined};
}

/**
As far as what lies over the list can be moved in its pane: the last row that can be marked, or the last line
that can stand at the top.
*/
export function endOfOverlay(model: Model): number {
	const {sheet} = partsOf(model);
	return overlayEnd(isWide(sheet) ? mainPane(sheet) : sheet);
}

function partsOf(
	model: Model,
): Pick<Frame, 'top' | 'bottom'> & Readonly<{sheet: Sheet}> {
	const {columns, rows} = model;
	const glyphs = glyphsFor(model.ascii);
	const bottom = rows >= 3 ? [footer(model, columns, glyphs)] : [];
	const entries = listedEntries(model);
	const said = banners(model, entries, {
		width: columns,
		atMost: rows < 3 ? 0 : rows < 10 ? 1 : rows < 20 ? 3 : 4,
		glyphs,
	});
	const top = [
		header(model, columns, glyphs),
		...said,
		...capLines(model, {
			width: columns,
			glyphs,
			isLow: said.length > 0,
		}),
		...standing(model, columns, glyphs),
	].slice(0, Math.max(1, rows - bottom.length));
	const height = Math.max(0, rows - top.length - bottom.length);
	return {top, bottom, sheet: {model, entries, width: columns, height, glyphs}};
}

const isWide = ({width, height}: Sheet): boolean =>
	width >= twoPanesFrom && height >= 8;

const mainPane = (sheet: Sheet): Sheet => ({
	...sheet,
	width: sheet.width - leftWidth - 3,
});

const capLines = (
	model: Model,
	place: Parameters<typeof capBar>[1],
): readonly Line[] => {
	const line = capBar(model, place);
	return line ? [aged(model, line)] : [];
};

const standing = (
	model: Model,
	width: number,
	glyphs: Glyphs,
): readonly Line[] => {
	const line =
		width >= 60 && model.rows >= 10
			? standingLine(model, {width, glyphs})
			: undefined;
	return line ? [aged(model, line)] : [];
};

/**
Lines that a block takes on the screen.
*/
export const heightOf = (block: Block): number =>
	block.kind === 'lines' ? block.lines.length : block.table.rows.length + 1;

const onePane = (sheet: Sheet): readonly Block[] => {
	const overlay = overlayLines(sheet);
	if (overlay) {
		return [filled(overlay, sheet.height)];
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
	return blocks;
};

const twoPanes = (sheet: Sheet): Pick<Frame, 'left' | 'right'> => {
	const {glyphs, height} = sheet;
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
};

const lines = (all: readonly Line[]): Extract<Block, {kind: 'lines'}> => ({
	kind: 'lines',
	lines: all,
});

const filled = (
	all: readonly Line[],
	height: number,
): Extract<Block, {kind: 'lines'}> =>
	lines(
		Array.from({length: Math.max(0, height)}, (_, index) => all[index] ?? []),
	);

/**
Figures that are old are dim.
*/
const aged = (model: Model, line: Line): Line =>
	isFresh(model) ? line : toned(line, 'dim');

const outputBlock = ({model, width, glyphs}: Sheet): Block =>
	lines([aged(model, outputLine(model, width, glyphs))]);

const limitBlock = ({model, width, glyphs}: Sheet): Block =>
	lines([aged(model, limitLine(model, width, glyphs))]);

const todayBlocks = (
	{model, width, glyphs}: Sheet,
	atMost: number,
): readonly Block[] => {
	const title = todayLine(model.totals, {width, glyphs});
	const block = lines([aged(model, title)]);
	return atMost < 1 || model.totals.length === 0
		? [block]
		: [
				block,
				{kind: 'table', table: burnTable(model, {width, atMost, glyphs})},
			];
};

/**
Every key, where there are several and the detail below still has room.
*/
const keyBlocks = ({model, width, height, glyphs}: Sheet): readonly Block[] => {
	const atMost = Math.min(8, height - 32);
	const all = keyLines(model, {width, atMost, glyphs});
	return all.length === 0 ? [] : [lines(all.map((line) => aged(model, line)))];
};

const listLines = (sheet: Sheet): readonly Line[] => {
	const {entries, height, glyphs, width, model} = sheet;
	if (height <= 0) {
		return [];
	}

	const title = listTitle(entries, {width, glyphs});
	const place = {width, glyphs, height: height - 1};
	const body =
		entries.length === 0
			? welcomeLines(model, place)
			: exchangeLines(model, entries, place);
	return filled([aged(model, title), ...body], height).lines;
};
