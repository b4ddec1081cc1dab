import {aliasShown} from '../../exchange/as-asked.js';
import {inForce} from '../asked.js';
import {configOf} from '../connection.js';
import type {Model} from '../model.js';
import {rewriteFor} from '../rewrite.js';
import {aliasNamed, choices, targetParts} from '../steering-of.js';
import type {Glyphs} from '../theme.js';
import {holdTexts} from './active-alias.js';
import {fitColumns, headingLine, rowLine, type Column} from './columns.js';
import {fold, shortModel, steady, widthOf} from './fit-text.js';
import {clip, lineWidth, type Line} from './line.js';
import {shortRewriteText} from './switch-line.js';

type Place = Readonly<{width: number; height: number; glyphs: Glyphs}>;

type Choice = Readonly<{
	alias: string | null;
	/**
	The key that switches to it at once; empty for those after the ninth.
	*/
	key: string;
	target: string;
	fallbacks: number;
	price: string;
	switchCost: string;
	isActive: boolean;
}>;

/**
The aliases to pick from: number, name, model, what they cost, and what switching would cost now.
*/
export function pickerLines(
	model: Model,
	{width, height, glyphs}: Place,
): readonly Line[] {
	const all = choicesOf(model, glyphs);
	const columns = fitColumns(
		columnsOf(all, {model, width, glyphs}),
		Math.max(1, width),
	);
	const at = Math.max(
		0,
		all.findIndex(({alias}) => alias === model.picked),
	);
	const notes = [
		...(columns.some(({title}) => title === priceTitle)
			? []
			: priceNotes(all[at])),
		...notesOf(model, {width, glyphs}),
	].slice(0, Math.max(0, height - all.length - 2));
	const room = Math.max(1, Math.min(all.length, height - 1));
	const first = Math.max(
		0,
		Math.min(at - Math.floor(room / 2), all.length - room),
	);
	const rows = all.slice(first, first + room).map((choice, index): Line => {
		const line = rowLine(columns, choice, {span: undefined, cut: glyphs.cut});
		return first + index === at
			? [
					[
						line.map(([text]) => text).join('') +
							' '.repeat(Math.max(0, width - lineWidth(line))),
						'inverse',
					],
				]
			: line;
	});
	return [headingLine(columns, glyphs.cut), ...rows, [], ...notes].map((line) =>
		clip(line, width, glyphs.cut),
	);
}

const priceTitle = '$/M IN/OUT';

/**
The price of the one that is picked, where there is no column for prices.
*/
const priceNotes = (choice: Choice | undefined): readonly Line[] =>
	choice === undefined || choice.price === '-'
		? []
		: [[[`${choice.price} a million tokens in/out`]]];

function choicesOf(model: Model, glyphs: Glyphs): readonly Choice[] {
	const active = inForce(model, 'active')?.value.alias;
	return choices(model).map((alias, index) => {
		const found = aliasNamed(model, alias);
		const isActive = alias === active;
		const rewrite = isActive ? undefined : rewriteFor(model, alias);
		return {
			alias,
			key: alias === null ? '0' : index < 9 ? String(index + 1) : '',
			target: found?.targets[0] ?? '',
			fallbacks: Math.max(0, (found?.targets.length ?? 0) - 1),
			price: found?.price
				? `${dollars(found.price.input)}/${dollars(found.price.output)}`
				: '-',
			switchCost: isActive
				? 'active'
				: rewrite === undefined
					? '-'
					: rewrite.tokens === 0
						? 'cached'
						: shortRewriteText(rewrite, glyphs),
			isActive,
		};
	});
}

/**
Dollars a million tokens, from nano-dollars: `$3`, `$0.80`.
*/
function dollars(nanodollars: number): string {
	const text = (nanodollars / 1e9).toFixed(2);
	return `$${nanodollars > 0 && text === '0.00' ? (nanodollars / 1e9).toPrecision(1) : text.replace(/\.00$/, '')}`;
}

function columnsOf(
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
			rank: 6,
			cell: ({target}) => steady(targetParts(target).endpoint, glyphs),
			tone: () => 'dim',
		},
		{
			title: priceTitle,
			width: Math.max(priceTitle.length, longest(all.map(({price}) => price))),
			rank: 4,
			align: 'right',
			cell: ({price}) => price,
		},
		{
			title: 'SWITCH',
			width: 8,
			rank: 3,
			align: 'right',
			cell: ({switchCost}) => switchCost,
			tone: ({isActive, switchCost}) =>
				isActive
					? 'good'
					: ['-', 'cached'].includes(switchCost)
						? 'dim'
						: 'warn',
		},
	];
}

/**
Model of the first target, and how many more there are.
*/
function modelText(
	{target, alias, fallbacks}: Choice,
	width: number,
	glyphs: Glyphs,
): string {
	if (alias === null) {
		return width >= 22 ? 'models are left alone' : 'left alone';
	}

	const {model} = targetParts(target);
	const name = steady(model, glyphs);
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

function notesOf(
	model: Model,
	{width, glyphs}: {width: number; glyphs: Glyphs},
): readonly Line[] {
	const active = inForce(model, 'active')?.value;
	const held = active && holdTexts(active, model.nowMs, glyphs)[0];
	const steer = configOf(model)?.steer ?? [];
	const name = active && steady(aliasShown(active.alias), glyphs);
	return [
		...(held ? [[[name!, 'good'], [`: ${held}`]] satisfies Line] : []),
		...[
			steer.length > 0 ? `It steers ${steady(steer.join(', '), glyphs)}.` : '',
			'New requests only; streams keep their model.',
		]
			.filter(Boolean)
			.flatMap((text) =>
				fold(text, width).map((part): Line => [[part, 'dim']]),
			),
	];
}
