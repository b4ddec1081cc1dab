import type {Sums} from '../exchange/measures.js';
import {showCents, showCount, showShare} from '../exchange/show.js';
import {costTitle, type Shown} from './group-table.js';
import {rule, type Line} from './line.js';
import type {Look} from './look.js';
import {cellsLine, layoutWidth, type Cell, type Layout} from './table.js';

type Loss = Readonly<{what: string; nanodollars: number; more: string}>;

/**
What was paid and brought nothing, its figures in line with the tables above. The kinds may overlap: a
failed try that the agent left counts in both.
*/
export function wasteLines(
	total: Sums,
	layout: Layout<Shown>,
	look: Look,
): readonly Line[] {
	const losses = lossesOf(total);
	const title = rule('waste', losses.length === 0 ? 'none was seen' : '', look);
	return [
		title,
		...losses.map((loss) => lossLine(loss, {total, layout}, look)),
	];
}

function lossLine(
	{what, nanodollars, more}: Loss,
	{total, layout}: Readonly<{total: Sums; layout: Layout<Shown>}>,
	look: Look,
): Line {
	const at = layout.findIndex(({column}) => column.title === costTitle);
	const [cost, share] = layout.slice(at);
	const percent = showShare(nanodollars, total.costNanodollars);
	const isRoomFor =
		layoutWidth(layout, look) + look.gap + more.length <= look.width;
	const left = (cell: Cell, width: number) =>
		({cell, width, align: 'left'}) as const;
	const right = (cell: Cell, width: number) =>
		({cell, width, align: 'right'}) as const;
	return cellsLine(
		[
			left([what], layoutWidth(layout.slice(0, at), look)),
			right([showCents(nanodollars), 'bold'], cost!.width),
			...(share ? [right([percent, 'dim'], share.width)] : []),
			...(isRoomFor ? [left([more, 'dim'], more.length)] : []),
		],
		look,
	);
}

/**
The kinds of waste there were, the dearest first.
*/
export const lossesOf = (total: Sums): readonly Loss[] =>
	kindsOf(total)
		.filter(({nanodollars}) => nanodollars > 0)
		.toSorted((a, b) => b.nanodollars - a.nanodollars);

const kindsOf = (total: Sums): readonly Loss[] => [
	{
		what: 'cache written again',
		nanodollars: total.rebuiltNanodollars,
		more: `${showCount(total.rebuiltTokens)} tokens`,
	},
	{
		what: 'answers left half-way',
		nanodollars: total.abortedNanodollars,
		more: `${showCount(total.aborted)} aborted`,
	},
	{
		what: 'failed, then repeated',
		nanodollars: total.retriedNanodollars,
		more: '',
	},
	{
		what: 'refused by the model',
		nanodollars: total.refusedNanodollars,
		more: '',
	},
];
