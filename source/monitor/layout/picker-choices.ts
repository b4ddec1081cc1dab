import {showShare} from '../../exchange/show.js';
import {inForce} from '../asked.js';
import type {Model} from '../model.js';
import {rewriteFor, type Rewrite} from '../rewrite.js';
import {aliasNamed, choices, type Alias} from '../steering-of.js';
import {risksOf, type SwitchRisks} from '../switch-risks.js';
import type {Glyphs} from '../theme.js';
import {shortRewriteText} from './switch-line.js';

/**
An alias as the picker shows it; null: as asked.
*/
export type Choice = Readonly<{
	alias: string | null;
	/**
	The key that switches to it at once; empty for those after the ninth.
	*/
	key: string;
	targets: readonly string[];
	price: Alias['price'];
	/**
	Undefined for the active one, and where nobody works.
	*/
	rewrite: Rewrite | undefined;
	risks: SwitchRisks;
	isActive: boolean;
}>;

export function choicesOf(model: Model): readonly Choice[] {
	const active = inForce(model, 'active')?.value.alias;
	return choices(model).map((alias, index) => {
		const found = aliasNamed(model, alias);
		const isActive = alias === active;
		const risks = risksOf(model, alias);
		return {
			alias,
			key: alias === null ? '0' : index < 9 ? String(index + 1) : '',
			targets: found?.targets ?? [],
			price: found?.price,
			rewrite: isActive ? undefined : rewriteFor(model, alias),
			// What runs there goes on as it does.
			risks: isActive ? {...risks, isThinkingForeign: false} : risks,
			isActive,
		};
	});
}

/**
What a million tokens cost, in and out: `$3/$15`.
*/
export const priceText = ({price}: Choice): string =>
	price ? `${dollars(price.input)}/${dollars(price.output)}` : '-';

/**
What a million tokens cost that are read from a cache.
*/
export const cachedPriceText = ({price}: Choice): string =>
	price?.cacheRead === undefined ? '-' : dollars(price.cacheRead);

/**
Dollars a million tokens, from nano-dollars: `$3`, `$0.80`.
*/
function dollars(nanodollars: number): string {
	const text = (nanodollars / 1e9).toFixed(2);
	return `$${nanodollars > 0 && text === '0.00' ? (nanodollars / 1e9).toPrecision(1) : text.replace(/\.00$/, '')}`;
}

export const switchText = (
	{isActive, rewrite}: Choice,
	glyphs: Glyphs,
): string =>
	isActive
		? 'active'
		: rewrite === undefined
			? '-'
			: rewrite.tokens === 0
				? 'cached'
				: shortRewriteText(rewrite, glyphs);

/**
Whether the longest live conversation fits, in `width` cells.
*/
export function fitsText(
	{risks: {context}}: Choice,
	width: number,
	toCount: (tokens: number) => string,
): string {
	if (context === undefined) {
		return '-';
	}

	const share = `${showShare(context.tokens, context.context)} of ${toCount(context.context)}`;
	return context.kind === 'fits' && width >= roomyFits ? share : context.kind;
}

export const roomyFits = 12;
