import type {Exchange} from '../../exchange/exchange.js';
import {showCount, showMoney} from '../../exchange/show.js';
import {gapOf, priceHint} from '../../pricing/price-hint.js';
import type {ModelTotals} from '../../usage-log/news.js';
import {isOpen} from '../row-state.js';
import type {Glyphs} from '../theme.js';

export type CostSum = Pick<
	ModelTotals,
	'costNanodollars' | 'unpriced' | 'unproven'
>;

/**
What was spent: `≥` before it where part of it is not known, and never 0 for what is not known at all.
*/
export function sumText(
	{costNanodollars, unpriced, unproven}: CostSum,
	glyphs: Glyphs,
): string {
	if (costNanodollars > 0) {
		const mark = unpriced + unproven > 0 ? glyphs.atLeast : '';
		return mark + showMoney(costNanodollars);
	}

	return unpriced > 0 ? 'unpriced' : unproven > 0 ? '?' : showMoney(0);
}

/**
A sum of tokens: `?` where nothing was told, `≥` where a part was not.
*/
export function tokenSumText(
	tokens: number,
	{unproven}: Pick<ModelTotals, 'unproven'>,
	glyphs: Glyphs,
): string {
	const mark = unproven > 0 ? glyphs.atLeast : '';
	return tokens === 0 && unproven > 0 ? '?' : mark + showCount(tokens);
}

/**
The cost of one exchange, the longest wording that fits into `width` cells; with a mark where a part of it went into
a cache that had been there before. A figure is never cut: cents go first.
*/
export function costText(
	exchange: Exchange,
	width: number,
	glyphs: Glyphs,
): string {
	const {costNanodollars: cost, priceSource, usageStatus} = exchange;
	if (isOpen(exchange)) {
		return '-';
	}

	if (priceSource === 'unpriced') {
		return width >= 8 ? 'unpriced' : '?';
	}

	if (cost === null) {
		return usageStatus === 'missing' ? '?' : '-';
	}

	const least = isAtLeast(exchange) ? glyphs.atLeast : '';
	const mark = isRebuilt(exchange) ? glyphs.rebuilt : '';
	const money = showMoney(cost);
	const texts = [mark + least + money, least + money, least + whole(cost)];
	return texts.find((text) => text.length <= width) ?? '?';
}

const whole = (nanodollars: number): string =>
	`$${Math.round(nanodollars / 1e9)}`;

/**
Whether it wrote to a cache what had been in it before.
*/
export const isRebuilt = ({rebuiltTokens}: Exchange): boolean =>
	(rebuiltTokens ?? 0) > 0;

/**
Of a broken stream no more is known than what it said until then; a gateway's own word is whole.
*/
const isAtLeast = ({usageStatus, priceSource}: Exchange): boolean =>
	usageStatus === 'partial' && priceSource !== 'endpoint';

const sources: Readonly<Record<NonNullable<Exchange['priceSource']>, string>> =
	{
		endpoint: 'as the endpoint reported it',
		user: 'at your own price',
		models: "at the endpoint's listed price",
		catalogue: 'at the list price',
		unpriced: '',
	};

/**
The cost to a hundredth of a cent, where its price came from, and whether it is a bill at all.
*/
export function costInFull(exchange: Exchange, glyphs: Glyphs): string {
	const {costNanodollars: cost, priceSource, billing} = exchange;
	if (isOpen(exchange) || cost === null) {
		return exchange.priceSource === 'unpriced'
			? `unpriced: ${priceHint(gapOf(exchange)).why}`
			: exchange.usageStatus === 'missing'
				? 'not known, usage was not sent'
				: '';
	}

	return [
		`${isAtLeast(exchange) ? glyphs.atLeast : ''}${finely(cost)}`,
		priceSource === null ? '' : sources[priceSource],
		isByContract(exchange) ? 'priority tier, priced by contract' : '',
		billing === 'plan' ? 'no bill: a plan pays' : '',
	]
		.filter(Boolean)
		.join('  ');
}

const finely = (nanodollars: number): string =>
	nanodollars > 0 && nanodollars < 1e5
		? '<$0.0001'
		: `$${(Math.round(nanodollars / 1e5) / 1e4).toFixed(4)}`;

const isByContract = ({format, serviceTier, priceSource}: Exchange): boolean =>
	format === 'anthropic-messages' &&
	serviceTier === 'priority' &&
	priceSource === 'catalogue';
