import type {Tone} from '../theme.js';
import {pad, widthOf, type Alignment} from './fit-text.js';
import type {Line, Piece} from './line.js';

export type Column<Row> = Readonly<{
	title: string;
	width: number;
	/**
	The highest goes first as the pane narrows; 0 stays for ever.
	*/
	rank: number;
	align?: Alignment;
	/**
	Takes what is left over, up to this width.
	*/
	growsTo?: number;
	cell: (row: Row, width: number) => string;
	tone?: (row: Row) => Tone;
}>;

/**
The columns that fit into `width` cells with one cell between them, with their widths.
*/
export function fitColumns<Row>(
	columns: ReadonlyArray<Column<Row>>,
	width: number,
): ReadonlyArray<Column<Row>> {
	let kept = [...columns];
	while (kept.length > 1 && neededBy(kept) > width) {
		const worst = Math.max(...kept.map((column) => column.rank));
		kept = kept.filter((column) => column.rank !== worst);
	}

	let spare = width - neededBy(kept);
	return kept.map((column) => {
		// Less than nothing is left where even the last column does not fit.
		const more = Math.min(
			spare,
			Math.max(0, (column.growsTo ?? 0) - column.width),
		);
		spare -= more;
		return {...column, width: Math.max(1, column.width + more)};
	});
}

const neededBy = <Row>(columns: ReadonlyArray<Column<Row>>) =>
	columns.reduce((sum, column) => sum + column.width + 1, -1);

/**
Neighbouring cells given to one text: the first text that fits is taken.
*/
export type Span = Readonly<{
	titles: readonly string[];
	texts: readonly string[];
	tone: Tone;
}>;

/**
The titles above their columns. That of the sorted one is bold, with its mark where there is room for it.
*/
export function headingLine<Row>(
	columns: ReadonlyArray<Column<Row>>,
	cut: string,
	sorted?: Readonly<{title: string; mark: string}>,
): Line {
	const at = columns.findIndex(({title}) => title === sorted?.title);
	const titles = columns.map(({title, width, align}, index) => {
		const marked =
			index === at && width > title.length ? title + sorted!.mark : title;
		return pad(marked, width, {align, cut});
	});
	const text = (from: number, to?: number) => titles.slice(from, to).join(' ');
	return at === -1
		? [[text(0), 'dim']]
		: (
				[
					[at === 0 ? '' : `${text(0, at)} `, 'dim'],
					[titles[at]!, 'bold'],
					[at === titles.length - 1 ? '' : ` ${text(at + 1)}`, 'dim'],
				] as const
			).filter(([piece]) => piece !== '');
}

/**
One row of a table as a line; every cell exactly as wide as its column.
*/
export function rowLine<Row>(
	columns: ReadonlyArray<Column<Row>>,
	row: Row,
	{span, cut}: {span: Span | undefined; cut: string},
): Line {
	const pieces: Piece[] = [];
	for (let at = 0; at < columns.length; at++) {
		const column = columns[at]!;
		const last = lastOfSpan(columns, at, span);
		if (span && last !== undefined) {
			const room = neededBy(columns.slice(at, last + 1));
			const text = span.texts.find((one) => widthOf(one) <= room);
			pieces.push([
				pad(text ?? span.texts.at(-1) ?? '', room, {cut}),
				span.tone,
			]);
			at = last;
		} else {
			const {width, align} = column;
			pieces.push([
				pad(column.cell(row, width), width, {align, cut}),
				column.tone?.(row),
			]);
		}

		if (at < columns.length - 1) {
			pieces.push([' ']);
		}
	}

	return pieces;
}

const lastOfSpan = <Row>(
	columns: ReadonlyArray<Column<Row>>,
	at: number,
	span: Span | undefined,
): number | undefined => {
	let last: number | undefined;
	for (let next = at; next < columns.length; next++) {
		if (!span?.titles.includes(columns[next]!.title)) {
			break;
		}

		last = next;
	}

	return last;
};
