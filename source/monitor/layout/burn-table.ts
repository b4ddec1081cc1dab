import {showCount, showShare} from '../../exchange/show.js';
import type {ModelTotals} from '../../usage-log/news.js';
import {isFresh} from '../connection.js';
import type {Model} from '../model.js';
import {tokensPerMinute} from '../rates.js';
import type {Glyphs, Tone} from '../theme.js';
import {fitColumns, type Column} from './columns.js';
import {sumText, tokenSumText} from './cost-text.js';
import {shortModel, steady, type Alignment} from './fit-text.js';
import {promptOf} from './today.js';

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

type BurnRow = ModelTotals & Readonly<{perMinute: number}>;

/**
The models that burned most today, `atMost` of them.
*/
export function burnTable(
	model: Model,
	{width, atMost, glyphs}: {width: number; atMost: number; glyphs: Glyphs},
): BurnTable {
	const rates = tokensPerMinute(model);
	const rows = model.totals
		.map((totals) => ({...totals, perMinute: rates.get(totals.model) ?? 0}))
		.toSorted((one, other) => burned(other) - burned(one))
		.slice(0, atMost);
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

const burned = (totals: ModelTotals) => promptOf(totals) + totals.outputTokens;

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

		case '429': {
			return text === '0' ? 'dim' : 'warn';
		}

		default: {
			return title === 'CACHED' ? 'dim' : 'plain';
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
	figure('REQ', 5, ({requests}) => showCount(requests)),
	{...figure('429', 4, ({limited}) => showCount(limited)), width: 4},
	figure('IN', 6, (row) =>
		promptOf(row) === 0 && row.unproven > 0 ? '?' : showCount(promptOf(row)),
	),
	figure('CACHED', 7, (row) => showShare(row.cacheReadTokens, promptOf(row))),
	figure('OUT', 3, (row) => tokenSumText(row.outputTokens, row, glyphs)),
];
