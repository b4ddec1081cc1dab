import type {Sums} from '../exchange/measures.js';
import {showCount, showShare} from '../exchange/show.js';
import {mapped} from './lazily.js';
import type {Line} from './line.js';
import type {Look} from './look.js';
import type {Group, Grouping} from './summary.js';
import {tokensOf, writtenOf} from './sums.js';
import {layOut, table, type Column, type Layout} from './table.js';
import {
	costText,
	nameText,
	tokensText,
	unknown,
	unknownPrice,
} from './words.js';

/**
A group as it is shown: with as much of its name as tells it from others.
*/
export type Shown = Group;

export function shownGroups(
	groups: Iterable<Group>,
	by: Grouping,
	{width}: Look,
): Iterable<Shown> {
	return by === 'model' && width < roomyModels
		? narrowModels([...groups])
		: mapped(groups, ({name, sums}) => ({name: shortName(by, name), sums}));
}

function narrowModels(models: readonly Group[]): readonly Shown[] {
	const sameShort = Map.groupBy(models, ({name}) => familyName(name));
	return models.map(({name, sums}) => {
		const short = familyName(name);
		const isTelling = sameShort.get(short)!.length === 1;
		return {name: isTelling ? short : nameText('model', name), sums};
	});
}

const roomyModels = 72;

/**
The telling part of a model id: without its date, a path before it, and what all models of a family have
in common.
*/
const familyName = (model: string): string =>
	nameText('model', model)
		.replace(/[-@](?:\d{8}|\d{4}-\d{2}-\d{2})$/, '')
		.replace(/^.*\//, '')
		.replace(/^claude-/, '');

/**
Columns for groups of every kind, so that what is printed below each other stands in line.
*/
export const groupLayout = (
	groups: Iterable<Shown>,
	total: Sums,
	look: Look,
): Layout<Shown> => layOut(groups, columnsOf(total, look), look);

/**
Groups one below the other, with their share of the whole.
*/
export function groupTable(
	groups: Iterable<Shown>,
	{
		by,
		total,
		layout,
	}: Readonly<{by: Grouping; total: Sums; layout: Layout<Shown>}>,
	look: Look,
): Iterable<Line> {
	const weigh = weightIn(total);
	const whole = weigh(total);
	return table(
		groups,
		{
			layout,
			title: by.toUpperCase(),
			shareOf: ({sums}) => (whole > 0 ? weigh(sums) / whole : 0),
		},
		look,
	);
}

/**
What shares are of: cost, or tokens where nothing has a price.
*/
const weightIn = (total: Sums): ((sums: Sums) => number) =>
	total.costNanodollars > 0
		? ({costNanodollars}) => costNanodollars
		: (sums) => tokensOf(sums);

const shortestName = 12;

function columnsOf(total: Sums, look: Look): ReadonlyArray<Column<Shown>> {
	const weigh = weightIn(total);
	const whole = weigh(total);
	return [
		{
			title: '',
			rank: 0,
			align: 'left',
			atLeast: shortestName,
			cutTo: shortestName,
			cell: ({name}) => [name],
		},
		{
			title: 'REQ',
			rank: 4,
			align: 'right',
			atLeast: 4,
			cell: ({sums}) => [showCount(sums.requests)],
		},
		tokens('IN', 5, ({inputTokens}) => inputTokens),
		tokens('CACHED', 6, ({cacheReadTokens}) => cacheReadTokens),
		tokens('WRITTEN', 7, writtenOf),
		tokens('OUT', 3, ({outputTokens}) => outputTokens),
		{
			title: costTitle,
			rank: 0,
			align: 'right',
			atLeast: 8,
			cell({sums}) {
				const text = costText(sums, look.glyphs);
				const isKnown = text !== unknownPrice && text !== unknown;
				return [text, isKnown ? 'bold' : 'warn'];
			},
		},
		{
			title: 'SHARE',
			rank: 1,
			align: 'right',
			atLeast: 5,
			cell: ({sums}) => [
				weigh(sums) === 0 ? '-' : showShare(weigh(sums), whole),
				'dim',
			],
		},
		...(isMixed(total) ? [planColumn] : []),
	];
}

export const costTitle = 'COST';

/**
A part of the cost is no bill: which part of each row, where it is not all of them.
*/
const isMixed = ({planNanodollars, costNanodollars}: Sums): boolean =>
	planNanodollars > 0 && planNanodollars < costNanodollars;

const planColumn: Column<Shown> = {
	title: 'PLAN',
	rank: 2,
	align: 'right',
	atLeast: 4,
	cell: ({sums}) => [
		sums.planNanodollars === 0
			? '-'
			: showShare(sums.planNanodollars, sums.costNanodollars),
		'dim',
	],
};

const tokens = (
	title: string,
	rank: number,
	valueOf: (sums: Sums) => number,
): Column<Shown> => ({
	title,
	rank,
	align: 'right',
	atLeast: Math.max(4, title.length),
	cell({sums}) {
		const value = valueOf(sums);
		return [tokensText(value, sums), value === 0 ? 'dim' : 'plain'];
	},
});

const hourCharacters = 16;
const sessionCharacters = 8;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
`--json` has all of it.
*/
function shortName(by: Grouping, name: string): string {
	if (by === 'hour') {
		return name.slice(0, hourCharacters).replace('T', ' ');
	}

	return by === 'session' && uuid.test(name)
		? name.slice(0, sessionCharacters)
		: nameText(by, name);
}
