import {aliasShown} from '../../exchange/as-asked.js';
import {showCount, showMoney} from '../../exchange/show.js';
import {soonInForce} from '../asked.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import type {Rewrite} from '../rewrite.js';
import type {SwitchRisks} from '../switch-risks.js';
import type {Switched} from '../switching.js';
import type {Glyphs} from '../theme.js';
import {steady, widthOf} from './fit-text.js';
import {clip, type Line} from './line.js';

/**
What a switch made just now costs, and that it can be undone. Undefined a few seconds later.
*/
export function switchLine(
	model: Model,
	{width, glyphs}: {width: number; glyphs: Glyphs},
): Line | undefined {
	const {switched, nowMs} = model;
	if (
		!switched ||
		switched.untilMs <= nowMs ||
		soonInForce(model, 'active')?.alias !== switched.to
	) {
		return undefined;
	}

	const [from, to] = [switched.from.alias, switched.to].map((alias) =>
		steady(aliasShown(alias ?? null), glyphs),
	);
	const road = `${from} ${glyphs.arrow} ${to}`;
	const texts = switchTexts(road, switched, glyphs);
	const key = keyName(model, 'undo');
	const undo = `, ${key} undoes`;
	const text =
		texts.find((one) => widthOf(one) + widthOf(undo) <= width) ??
		`${glyphs.arrow} ${to}`;
	return clip(
		[
			[text, 'warn'],
			[', ', 'dim'],
			[key, 'bold'],
			[' undoes', 'dim'],
		],
		width,
		glyphs.cut,
	);
}

/**
What may go wrong is worth more than what it costs.
*/
function switchTexts(
	road: string,
	{rewrite, risks}: Switched,
	glyphs: Glyphs,
): readonly string[] {
	const costs =
		rewrite && rewrite.tokens > 0
			? [
					`, cache to rewrite ${rewriteText(rewrite, glyphs)}`,
					`, rewrites ${rewriteText(rewrite, glyphs)}`,
					` ${shortRewriteText(rewrite, glyphs)}`,
				]
			: [];
	const dangers = dangerTexts(risks);
	const both = dangers.flatMap((danger) =>
		costs.map((cost) => `${road}${cost}: ${danger}`),
	);
	return dangers.length > 0
		? [
				...both,
				...dangers.map((danger) => `${road}: ${danger}`),
				dangers.at(-1)!,
			]
		: [...costs.map((cost) => road + cost), road];
}

/**
The fullest first; none where nothing is to be feared.
*/
function dangerTexts({
	context,
	isThinkingForeign,
}: SwitchRisks): readonly string[] {
	const isLong = context?.kind === 'too long';
	const long = isLong
		? `${showCount(context.tokens)} tokens are too long for it`
		: '';
	const thinking = isThinkingForeign ? 'signed thinking may be refused' : '';
	return [
		[long, thinking].filter(Boolean).join(', '),
		...(isLong
			? ['context too long', 'too long']
			: isThinkingForeign
				? ['thinking may fail']
				: []),
	].filter(Boolean);
}

/**
`180k ≈ $0.68`, the figure left out where the price is not known.
*/
export const rewriteText = (
	{tokens, nanodollars}: Rewrite,
	glyphs: Glyphs,
): string =>
	nanodollars === undefined
		? showCount(tokens)
		: `${showCount(tokens)} ${glyphs.about} ${showMoney(nanodollars)}`;

/**
`≈ $0.68`, or the tokens where the price is not known.
*/
export const shortRewriteText = (
	{tokens, nanodollars}: Rewrite,
	glyphs: Glyphs,
): string =>
	nanodollars === undefined
		? `${showCount(tokens)} tok`
		: `${glyphs.about} ${showMoney(nanodollars)}`;
