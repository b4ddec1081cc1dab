import type {Price, Rates} from '../exchange/price.js';
import type {WireFormatName} from '../exchange/usage.js';
import {costOf, type Exact} from './cost.js';
import type {PriceBook} from './price-book.js';
import {multipliersFor} from './price-exchange.js';

/**
Tokens that a request may use at most; see policy/bound.
*/
type BoundTokens = Readonly<{fresh: number; cached: number; output: number}>;

/**
What the price of a bound depends on, all as it is asked for.
*/
export type BoundFor = Readonly<{
	/**
	The model that will answer, where that is known to have another name, and the one that is asked for.
	*/
	names: readonly [served: string | undefined, sent: string | undefined];
	speed: string | undefined;
	inferenceGeo: string | undefined;
	format?: WireFormatName | undefined;
	serviceTier?: string | undefined;
}>;

/**
The most that tokens within a bound can cost, in whole nano-dollars, rounded up. What is not in a cache is
written to one for five minutes, or is plain input where that is dearer. Null where the model, or its
fast mode, has no price. Not in it: writes for an hour, web searches, calls of other models.
*/
export function boundCost(
	{fresh, cached, output}: BoundTokens,
	{names, speed, inferenceGeo, format, serviceTier}: BoundFor,
	book: PriceBook,
): number | null {
	const found = book.find(...names);
	const multipliers =
		found && multipliersFor(found, {format, speed, inferenceGeo, serviceTier});
	if (found === undefined || multipliers === undefined) {
		return null;
	}

	const cost = costOf(
		{
			input: fresh,
			cacheRead: cached,
			output,
			cacheWrite5m: 0,
			cacheWrite1h: 0,
			webSearch: 0,
		},
		dearest(found.price, fresh + cached),
		[
			// That it is served at a discount, as it was asked for, is not certain.
			...multipliers.filter(([over, under]) => over > under),
			...book.multipliers,
		],
	);
	return cost === undefined ? null : roundedUp(cost);
}

/**
The dearest rates of all prompts up to this length: a shorter one may be in another tier.
*/
function dearest(price: Price, promptTokens: number): Rates {
	const reachable = [
		price,
		...(price.tiers ?? []).filter(({above}) => promptTokens > above),
	];
	const most = (rateOf: (rates: Rates) => number) =>
		Math.max(...reachable.map((rates) => rateOf(rates)));
	return {
		input: most(({input, cacheRead, cacheWrite5m}) =>
			Math.max(input, cacheRead ?? 0, cacheWrite5m ?? 0),
		),
		cacheRead: most(({input, cacheRead}) => cacheRead ?? input),
		output: most(({output}) => output),
	};
}

/**
A sum that no number can hold exactly is above every cap all the same.
*/
const roundedUp = ({over, under}: Exact): number =>
	Math.min(Number((over + under - 1n) / under), Number.MAX_SAFE_INTEGER);
