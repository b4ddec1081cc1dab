import {showCount, showShare} from '../../exchange/show.js';
import type {ModelTotals} from '../../usage-log/news.js';
import {addSums, promptIn, weightOf, type DaySums} from '../day-sums.js';
import type {Glyphs} from '../theme.js';
import {fitColumns, headingLine, rowLine, type Column} from './columns.js';
import {sumText, tokenSumText} from './cost-text.js';
import {pad, shortModel, steady, widthOf} from './fit-text.js';
import {flow} from './flow.js';
import type {Line} from './line.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;
type Row = ModelTotals & Readonly<{share: number}>;

const tableFrom = 72;

/**
What each model of today took, the heaviest first: a table where there is room for one, else a bar with the
figures below it.
*/
export function modelLines(
	totals: readonly ModelTotals[],
	place: Place,
): readonly Line[] {
	const {weigh} = weightOf(addSums(totals));
	const all = totals.reduce((sum, one) => sum + weigh(one), 0);
	const rows = totals
		.map((one): Row => ({...one, share: all > 0 ? weigh(one) / all : 0}))
		.toSorted(
			(one, other) =>
				other.share - one.share ||
				promptIn(other) + other.outputTokens - promptIn(one) - one.outputTokens,
		);
	return place.width >= tableFrom
		? tableLines(rows, place)
		: rows.flatMap((row) => barLines(row, place));
}

function tableLines(
	rows: readonly Row[],
	{width, glyphs}: Place,
): readonly Line[] {
	const columns = fitColumns(columnsOf(rows, glyphs), width);
	const {cut} = glyphs;
	return [
		headingLine(columns, cut),
		...rows.map((row) => rowLine(columns, row, {span: undefined, cut})),
	];
}

const longestBar = 40;

function columnsOf(
	rows: readonly Row[],
	glyphs: Glyphs,
): ReadonlyArray<Column<Row>> {
	const longest = Math.max(
		...rows.map(({model}) => widthOf(steady(model || '-', glyphs))),
	);
	const figure = (
		title: string,
		rank: number,
		cell: (row: Row) => string,
	): Column<Row> => ({
		title,
		rank,
		width: Math.max(5, title.length),
		align: 'right',
		cell,
	});
	return [
		{
			title: 'MODEL',
			width: 16,
			rank: 0,
			growsTo: Math.min(40, longest),
			cell: ({model}, width) =>
				shortModel(steady(model || '-', glyphs), width, glyphs.cut),
		},
		{
			...figure('COST', 0, (row) => sumText(row, glyphs)),
			width: 8,
			tone: ({unpriced, costNanodollars}) =>
				unpriced > 0 && costNanodollars === 0 ? 'warn' : 'bold',
		},
		{
			title: 'SHARE',
			width: 6,
			rank: 5,
			growsTo: longestBar,
			cell: ({share}, width) => barOf(share, width, glyphs),
		},
		figure('REQ', 1, ({requests}) => showCount(requests)),
		{
			...figure('429', 2, ({limited}) => showCount(limited)),
			width: 4,
			tone: ({limited}) => (limited > 0 ? 'warn' : 'dim'),
		},
		figure('IN', 3, (row) => promptText(row)),
		figure('CACHED', 4, ({cacheReadTokens}) => showCount(cacheReadTokens)),
		figure('WRITTEN', 6, ({cacheWriteTokens}) => showCount(cacheWriteTokens)),
		figure('OUT', 1, (row) => tokenSumText(row.outputTokens, row, glyphs)),
	];
}

const promptText = (sums: DaySums): string =>
	promptIn(sums) === 0 && sums.unproven > 0 ? '?' : showCount(promptIn(sums));

/**
A bar as long as its share; what there is at all has a cell.
*/
export const barOf = (share: number, width: number, glyphs: Glyphs): string =>
	glyphs.lowFull.repeat(share > 0 ? Math.max(1, Math.round(share * width)) : 0);

function barLines(row: Row, {width, glyphs}: Place): readonly Line[] {
	const cost = sumText(row, glyphs);
	const share = showShare(row.share, 1).padStart(4);
	const name = Math.max(8, Math.min(24, Math.floor(width / 2.5)));
	const tail = ` ${cost.padStart(6)} ${share}`;
	const room = Math.max(0, width - name - 1 - widthOf(tail));
	const model = shortModel(steady(row.model || '-', glyphs), name, glyphs.cut);
	const bar = barOf(row.share, room, glyphs);
	return [
		[
			[pad(model, name, {cut: glyphs.cut})],
			[` ${pad(bar, room, {cut: ''})}`, 'info'],
			[tail, row.unpriced > 0 && row.costNanodollars === 0 ? 'warn' : 'bold'],
		],
		...flow(modelFigures(row, glyphs), width - 2).map((line): Line => [
			['  '],
			...line,
		]),
	];
}

const modelFigures = (row: Row, glyphs: Glyphs): readonly Line[] => [
	[[`${showCount(row.requests)} req`, 'dim']],
	[[`${promptText(row)} in`, 'dim']],
	...(row.cacheReadTokens > 0
		? [[[`${showCount(row.cacheReadTokens)} cached`, 'dim']] satisfies Line]
		: []),
	...(row.cacheWriteTokens > 0
		? [[[`${showCount(row.cacheWriteTokens)} written`, 'dim']] satisfies Line]
		: []),
	[[`${tokenSumText(row.outputTokens, row, glyphs)} out`, 'dim']],
	...(row.limited > 0
		? [
				[
					[`${showCount(row.limited)} ${glyphs.times} 429`, 'warn'],
				] satisfies Line,
			]
		: []),
];
