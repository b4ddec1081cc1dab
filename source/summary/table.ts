import {pad, widthOf, type Line, type Tone} from './line.js';
import type {Look} from './look.js';

export type Cell = readonly [text: string, tone?: Tone];
export type Column<Row> = Readonly<{
	title: string;
	/**
	The highest goes first where the screen is narrow; 0 stays for ever.
	*/
	rank: number;
	align: 'left' | 'right';
	/**
	As wide as its texts, but never narrower than this.
	*/
	atLeast: number;
	/**
	May be cut down to this.
	*/
	cutTo?: number;
	cell(row: Row): Cell;
}>;

/**
The columns that fit on a screen, and how wide they are. Tables that share one stand in line.
*/
export type Layout<Row> = ReadonlyArray<
	Readonly<{column: Column<Row>; width: number}>
>;

export function layOut<Row>(
	rows: Iterable<Row>,
	columns: ReadonlyArray<Column<Row>>,
	look: Look,
): Layout<Row> {
	const widths = widest(rows, columns);
	let kept: Layout<Row> = columns.map((column, index) => ({
		column,
		width: widths[index]!,
	}));
	const smallest = () =>
		kept.map(({column, width}) => ({column, width: column.cutTo ?? width}));
	while (kept.length > 1 && layoutWidth(smallest(), look) > look.width) {
		const worst = Math.max(...kept.map(({column}) => column.rank));
		kept = kept.filter(({column}) => column.rank !== worst);
	}

	const over = Math.max(0, layoutWidth(kept, look) - look.width);
	return kept.map(({column, width}) => ({
		column,
		width:
			column.cutTo === undefined
				? width
				: Math.max(Math.min(width, column.cutTo), width - over),
	}));
}

function widest<Row>(
	rows: Iterable<Row>,
	columns: ReadonlyArray<Column<Row>>,
): readonly number[] {
	const widths = columns.map(({atLeast}) => atLeast);
	for (const row of rows) {
		for (const [index, {cell}] of columns.entries()) {
			widths[index] = Math.max(widths[index]!, widthOf(cell(row)[0]));
		}
	}

	return widths;
}

export const layoutWidth = <Row>(layout: Layout<Row>, {gap}: Look): number =>
	layout.reduce((sum, {width}) => sum + width + gap, -gap);

/**
Cells one after the other, each as wide as its column.
*/
export const cellsLine = (
	cells: ReadonlyArray<
		Readonly<{cell: Cell; width: number; align: 'left' | 'right'}>
	>,
	{gap, glyphs}: Look,
): Line =>
	cells.flatMap(({cell, width, align}, index): Line => [
		...(index === 0 ? [] : ([[' '.repeat(gap)]] as const)),
		[pad(cell[0], width, {align, cut: glyphs.cut}), cell[1]],
	]);

const fewestBarCells = 4;
const mostBarCells = 30;

/**
A heading and a line for each row. Behind it, where there is room, the share of each as a bar.

@yields The heading first.
*/
export function* table<Row>(
	rows: Iterable<Row>,
	{
		layout,
		title,
		shareOf,
	}: Readonly<{
		layout: Layout<Row>;
		/**
		Of the first column.
		*/
		title: string;
		shareOf: (row: Row) => number;
	}>,
	look: Look,
): Generator<Line> {
	const lineOf = (cellOf: (column: Column<Row>) => Cell): Line =>
		cellsLine(
			layout.map(({column, width}) => ({
				cell: cellOf(column),
				width,
				align: column.align,
			})),
			look,
		);
	const room = look.width - layoutWidth(layout, look) - look.gap;
	const barOf = (row: Row): Line => {
		const share = shareOf(row);
		const cells = Math.round(share * Math.min(room, mostBarCells));
		return room < fewestBarCells
			? []
			: [[' '.repeat(look.gap)], [look.glyphs.bar.repeat(cells), 'info']];
	};

	yield lineOf((column) => [
		column === layout[0]!.column ? title : column.title,
		'dim',
	]);
	for (const row of rows) {
		yield [...lineOf(({cell}) => cell(row)), ...barOf(row)];
	}
}
