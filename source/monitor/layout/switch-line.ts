import {aliasShown} from '../../exchange/as-asked.js';
import {showCount, showMoney} from '../../exchange/show.js';
import {soonInForce} from '../asked.js';
import type {Model} from '../model.js';
import type {Rewrite} from '../rewrite.js';
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
	const {rewrite} = switched;
	const texts = [
		...(rewrite && rewrite.tokens > 0
			? [
					`${road}, cache to rewrite ${rewriteText(rewrite, glyphs)}`,
					`${road}, rewrites ${rewriteText(rewrite, glyphs)}`,
					`${road} ${shortRewriteText(rewrite, glyphs)}`,
				]
			: []),
		road,
	];
	const undo = ', u undoes';
	const text =
		texts.find((one) => widthOf(one) + undo.length <= width) ??
		`${glyphs.arrow} ${to}`;
	return clip(
		[
			[text, 'warn'],
			[', ', 'dim'],
			['u', 'bold'],
			[' undoes', 'dim'],
		],
		width,
		glyphs.cut,
	);
}

/**
`180k ≈ $0.68`, the figure left out where the price is not known.
*/
const rewriteText = ({tokens, nanodollars}: Rewrite, glyphs: Glyphs): string =>
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
