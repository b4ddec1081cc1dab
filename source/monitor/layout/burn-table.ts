import {showCount, showMoney, showShare} from '../../exchange/show.js';
import type {ModelTotals} from '../../usage-log/news.js';
import {dollarsPerHour} from '../cap-burn.js';
import {isFresh} from '../connection.js';
import {promptIn} from '../day-sums.js';
import type {Model} from '../model.js';
import {tokensPerMinute} from '../rates.js';
import type {Glyphs, Tone} from '../theme.js';
import {fitColumns, type Column} from './columns.js';
import {sumText, tokenSumText} from './cost-text.js';
import {pad, shortModel, steady, type Alignment} from './fit-text.js';
import type {Line, Piece} from './line.js';

/**
Tokens per served model as cells; drawn by ink-table.
*/
export type BurnTable = Readonly<{
	columns: ReadonlyArray<
		Readonly<{title: string; width: number; align: Alignment}>
	>;
	rows: ReadonlyArray<readonly string[]>;
	cut: string;
	/**
	All figures are old.
	*/
	faded: boolean;
}>;

/**
A cell as it stands on the screen, with the gap to the next. The table measures characters; a terminal measures
cells, so every cell is fitted here.
*/
export function burnCell(
	{columns, cut}: BurnTable,
	at: number,
	text: string,
): string {
	const {width = text.length, align} = columns[at] ?? {};
	const gap = at < columns.length - 1 ? ' ' : '';
	return pad(text, width, {align, cut}) + gap;
}

/**
The table in lines, its head first.
*/
export const burnLines = (table: BurnTable): readonly Line[] => [
	table.columns.map(({title}, at) => [burnCell(table, at, title), 'dim']),
	...table.rows.map((row) =>
		table.columns.map(({title}, at): Piece => [
			burnCell(table, at, row[at] ?? ''),
			table.faded ? 'dim' : burnTone(title, row[at] ?? ''),
		]),
	),
];

type BurnRow = ModelTotals &
	Readonly<{
		perMinute: number;
		/**
		Nano-dollars an hour.
		*/
		perHour: number;
		/**
		Of all that was spent today, 0 to 1.
		*/
		share: number;
	}>;

/**
The models that burned most today, in `atMost` rows; where there are more, the last row is the sum of the rest.
*/
export function burnTable(
	model: Model,
	{width, atMost, glyphs}: {width: number; atMost: number; glyphs: Glyphs},
): BurnTable {
	const rows = grouped(burnRows(model), atMost);
	const columns = fitColumns(columnsOf(isFresh(model), glyphs), width);
	return {
		columns: columns.map(({title, width: cells, align = 'left'}) => ({
			title,
			width: cells,
			align,
		})),
		rows: rows.map((row) =>
			columns.map((column) => column.cell(row, column.width)),
		),
		cut: glyphs.cut,
		faded: !isFresh(model),
	};
}

/**
Every model of today, the one that burned most first.
*/
export function burnRows(model: Model): readonly BurnRow[] {
	const rates = tokensPerMinute(model);
	const costs = dollarsPerHour(model);
	const spent = model.totals.reduce((sum, one) => sum + one.costNanodollars, 0);
	return model.totals
		.map((totals) => ({
			...totals,
			perMinute: rates.get(totals.model) ?? 0,
			perHour: costs.get(totals.model) ?? 0,
			share: spent > 0 ? totals.costNanodollars / spent : 0,
		}))
		.toSorted((one, other) => burned(other) - burned(one));
}

const burned = (totals: ModelTotals) => promptIn(totals) + totals.outputTokens;

const grouped = (
	rows: readonly BurnRow[],
	atMost: number,
): readonly BurnRow[] => {
	if (rows.length <= atMost || atMost < 2) {
		return rows.slice(0, atMost);
	}

	const rest = rows.slice(atMost - 1);
	return [...rows.slice(0, atMost - 1), othersOf(rest)];
};

/**
One row for several models.
*/
function othersOf(rows: readonly BurnRow[]): BurnRow {
	const sums: Record<string, number> = {};
	for (const {model: _model, ...figures} of rows) {
		for (const [name, value] of Object.entries(figures)) {
			sums[name] = (sums[name] ?? 0) + value;
		}
	}

	return {...(sums as Omit<BurnRow, 'model'>), model: `${rows.length} others`};
}

/**
How a figure looks; by its text alone, as ink-table tells a cell no more.
*/
export function burnTone(title: string, text: string): Tone {
	switch (title) {
		case 'TOK/M': {
			return text === '0' || text === '-' ? 'dim' : 'info';
		}

		case 'COST': {
			return text === 'unpriced' ? 'warn' : 'plain';
		}

		case '$/H': {
			return text === '-' || text === showMoney(0) ? 'dim' : 'plain';
		}

		case '429': {
			return text === '0' ? 'dim' : 'warn';
		}

		default: {
			return title === 'CACHED' || title === 'WRITTEN' ? 'dim' : 'plain';
		}
	}
}

const figure = (
	title: string,
	rank: number,
	cell: (row: BurnRow) => string,
): Column<BurnRow> => ({
	title,
	rank,
	width: Math.max(5, title.length),
	align: 'right',
	cell,
});

const columnsOf = (
	fresh: boolean,
	glyphs: Glyphs,
): ReadonlyArray<Column<BurnRow>> => [
	{
		title: 'MODEL',
		width: 10,
		rank: 0,
		growsTo: Infinity,
		cell: ({model}, width) =>
			shortModel(steady(model || '-', glyphs), width, glyphs.cut),
	},
	figure('TOK/M', 1, ({perMinute}) => (fresh ? showCount(perMinute) : '-')),
	{...figure('COST', 2, (row) => sumText(row, glyphs)), width: 8},
	{...figure('$/H', 6, (row) => hourText(row, fresh)), width: 6},
	{
		title: 'SHARE',
		width: shareCells,
		rank: 5,
		cell: ({share}) => glyphs.lowFull.repeat(cellsOf(share)),
	},
	figure('REQ', 4, ({requests}) => showCount(requests)),
	{...figure('429', 3, ({limited}) => showCount(limited)), width: 4},
	figure('IN', 7, (row) =>
		promptIn(row) === 0 && row.unproven > 0 ? '?' : showCount(promptIn(row)),
	),
	figure('OUT', 8, (row) => tokenSumText(row.outputTokens, row, glyphs)),
	figure('CACHED', 9, (row) => showShare(row.cacheReadTokens, promptIn(row))),
	figure('WRITTEN', 10, ({cacheWriteTokens}) => showCount(cacheWriteTokens)),
];

const shareCells = 7;

/**
What is not nothing is seen.
*/
const cellsOf = (share: number): number =>
	share > 0 ? Math.max(1, Math.round(share * shareCells)) : 0;

const hourText = (
	{perHour, unpriced, costNanodollars}: BurnRow,
	fresh: boolean,
): string =>
	!fresh || (unpriced > 0 && costNanodollars === 0) ? '-' : showMoney(perHour);
