import {isFresh} from '../connection.js';
import type {Model} from '../model.js';
import {burnTable, type BurnTable} from './burn-table.js';
import {keyLines} from './key-lines.js';
import {causeLine, isCauseRecent} from './limit-cause.js';
import {toned, type Line} from './line.js';
import type {Sheet} from './sheet.js';
import {causeFrom, limitLine, outputLine} from './sparkline.js';
import {todayLine} from './today.js';

/**
A run of lines, or the one table that ink-table draws (its head and rows are one line each).
*/
export type Block =
	| Readonly<{kind: 'lines'; lines: readonly Line[]}>
	| Readonly<{kind: 'table'; table: BurnTable}>;

/**
Lines that a block takes on the screen.
*/
export const heightOf = (block: Block): number =>
	block.kind === 'lines' ? block.lines.length : block.table.rows.length + 1;

export const lines = (
	all: readonly Line[],
): Extract<Block, {kind: 'lines'}> => ({
	kind: 'lines',
	lines: all,
});

/**
Exactly `height` lines.
*/
export const filled = (
	all: readonly Line[],
	height: number,
): Extract<Block, {kind: 'lines'}> =>
	lines(
		Array.from({length: Math.max(0, height)}, (_, index) => all[index] ?? []),
	);

/**
Figures that are old are dim.
*/
export const aged = (model: Model, line: Line): Line =>
	isFresh(model) ? line : toned(line, 'dim');

export const outputBlock = ({model, width, glyphs}: Sheet): Block =>
	lines([aged(model, outputLine(model, width, glyphs))]);

/**
With a line of its own for the cause of the last, where the first has no room for it.
*/
export const limitBlock = ({model, width, height, glyphs}: Sheet): Block => {
	const line = limitLine(model, width, glyphs);
	const cause =
		width < causeFrom && height >= 20 && isCauseRecent(model)
			? causeLine(model, {width: width - causeIndent.length, glyphs})
			: undefined;
	const all: readonly Line[] = cause
		? [line, [[causeIndent], ...cause]]
		: [line];
	return lines(all.map((one) => aged(model, one)));
};

const causeIndent = ' '.repeat(6);

export const todayBlocks = (
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
export const keyBlocks = ({
	model,
	width,
	height,
	glyphs,
}: Sheet): readonly Block[] => {
	const atMost = Math.min(8, height - 32);
	const all = keyLines(model, {width, atMost, glyphs});
	return all.length === 0 ? [] : [lines(all.map((line) => aged(model, line)))];
};
