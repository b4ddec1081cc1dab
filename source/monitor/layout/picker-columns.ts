import {aliasShown} from '../../exchange/as-asked.js';
import {showCount} from '../../exchange/show.js';
import type {Model} from '../model.js';
import {targetParts} from '../steering-of.js';
import type {Glyphs} from '../theme.js';
import type {Column} from './columns.js';
import {shortModel, steady, widthOf} from './fit-text.js';
import {
	cachedPriceText,
	fitsText,
	priceText,
	roomyFits,
	switchText,
	type Choice,
} from './picker-choices.js';

export const priceTitle = '$/M IN/OUT';
export const cachedTitle = 'CACHED';
/**
The mark of thinking that another vendor has signed.
*/
export const hazardMark = '!';

export function pickerColumns(
	all: readonly Choice[],
	{model, width, glyphs}: {model: Model; width: number; glyphs: Glyphs},
): ReadonlyArray<Column<Choice>> {
	const nameOf = ({alias}: Choice) => steady(aliasShown(alias), glyphs);
	const longest = (texts: readonly string[]) =>
		Math.max(0, ...texts.map((text) => widthOf(text)));
	return [
		{
			title: '',
			width: 1,
			rank: 0,
			cell: ({alias}) => (alias === model.picked ? glyphs.cursor : ' '),
		},
		{title: '#', width: 1, rank: 1, cell: ({key}) => key, tone: () => 'bold'},
		{
			title: 'ALIAS',
			width: Math.min(
				longest(all.map((choice) => nameOf(choice))),
				width < 60 ? 10 : 24,
				Math.max(1, width - 4),
			),
			rank: 0,
			cell: nameOf,
			tone: ({isActive}) => (isActive ? 'good' : 'plain'),
		},
		{
			title: 'MODEL',
			width: width < 50 ? 8 : 20,
			rank: 2,
			growsTo: Math.max(
				20,
				longest(all.map((one) => modelText(one, 99, glyphs))),
			),
			cell: (choice, room) => modelText(choice, room, glyphs),
			tone: ({alias}) => (alias === null ? 'dim' : 'plain'),
		},
		{
			title: 'ENDPOINT',
			width: 12,
			rank: 8,
			cell: ({targets}) =>
				steady(targetParts(targets[0] ?? '').endpoint, glyphs),
			tone: () => 'dim',
		},
		{
			title: priceTitle,
			width: Math.max(
				priceTitle.length,
				longest(all.map((choice) => priceText(choice))),
			),
			rank: 5,
			align: 'right',
			cell: priceText,
		},
		...(all.some((choice) => cachedPriceText(choice) !== '-')
			? [
					{
						title: cachedTitle,
						width: Math.max(
							cachedTitle.length,
							longest(all.map((choice) => cachedPriceText(choice))),
						),
						rank: 7,
						align: 'right',
						cell: cachedPriceText,
						tone: () => 'dim',
					} satisfies Column<Choice>,
				]
			: []),
		switchColumn(width < roomyFrom, glyphs),
		...riskColumns(all, width),
	];
}

/**
Narrower ones have one column for what a switch costs and that it cannot go well.
*/
const roomyFrom = 60;

const isTooLong = ({risks}: Choice): boolean =>
	risks.context?.kind === 'too long';

const switchColumn = (
	saysTooLong: boolean,
	glyphs: Glyphs,
): Column<Choice> => ({
	title: 'SWITCH',
	width: 8,
	rank: 3,
	align: 'right',
	cell: (choice) =>
		saysTooLong && isTooLong(choice) ? 'too long' : switchText(choice, glyphs),
	tone: (choice) =>
		saysTooLong && isTooLong(choice)
			? 'bad'
			: choice.isActive
				? 'good'
				: ['-', 'cached'].includes(switchText(choice, glyphs))
					? 'dim'
					: 'warn',
});

/**
None where there is nothing to say.
*/
function riskColumns(
	all: readonly Choice[],
	width: number,
): ReadonlyArray<Column<Choice>> {
	const isKnown =
		width >= roomyFrom && all.some(({risks}) => risks.context !== undefined);
	return [
		...(isKnown
			? [
					{
						title: 'FITS',
						width: width >= 90 ? roomyFits : 8,
						// What cannot go well is worth more than a price.
						rank: all.some((choice) => isTooLong(choice)) ? 4 : 6,
						cell: (choice, room) => fitsText(choice, room, showCount),
						tone: (choice) =>
							isTooLong(choice)
								? 'bad'
								: choice.risks.context?.kind === 'tight'
									? 'warn'
									: 'dim',
					} satisfies Column<Choice>,
				]
			: []),
		...(all.some(({risks}) => risks.isThinkingForeign)
			? [
					{
						title: '',
						width: 1,
						rank: 1,
						cell: ({risks}) => (risks.isThinkingForeign ? hazardMark : ' '),
						tone: () => 'warn',
					} satisfies Column<Choice>,
				]
			: []),
	];
}

/**
Model of the first target, and how many more there are.
*/
function modelText(
	{targets, alias}: Choice,
	width: number,
	glyphs: Glyphs,
): string {
	if (alias === null) {
		return width >= 22 ? 'models are left alone' : 'left alone';
	}

	const name = steady(targetParts(targets[0] ?? '').model, glyphs);
	const fallbacks = Math.max(0, targets.length - 1);
	if (fallbacks === 0) {
		return shortModel(name, width, glyphs.cut);
	}

	const more = [
		` +${fallbacks} ${fallbacks === 1 ? 'fallback' : 'fallbacks'}`,
		` +${fallbacks}`,
	];
	const tail =
		more.find((text) => widthOf(name) + text.length <= width) ?? more[1]!;
	return shortModel(name, Math.max(1, width - tail.length), glyphs.cut) + tail;
}
