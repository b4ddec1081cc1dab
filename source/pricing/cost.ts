import type {Price, Rates} from '../exchange/price.js';
import type {Usage} from '../exchange/usage.js';
import type {Ratio} from './multipliers.js';

/**
A sum of money that is still exact: `over / under` nano-dollars.
*/
export type Exact = Readonly<{over: bigint; under: bigint}>;

/**
Nano-dollars for a million tokens of each class.
*/
export type AllRates = Readonly<Record<keyof Rates, number>>;

/**
What one call cost. Tokens are multiplied, web searches are not. Undefined where there were searches
and their price is not known.
*/
export function costOf(
	usage: Omit<Usage, 'reasoning'>,
	price: Price,
	multipliers: readonly Ratio[],
): Exact | undefined {
	if (usage.webSearch > 0 && price.webSearchPer1k === undefined) {
		return undefined;
	}

	let over = tokenCost(usage, ratesFor(usage, price));
	// Rates are for a million tokens.
	let under = 1_000_000n;
	for (const [times, by] of multipliers) {
		over *= BigInt(times);
		under *= BigInt(by);
	}

	const tokens = {over, under};
	return usage.webSearch === 0
		? tokens
		: plus(tokens, {
				over: BigInt(usage.webSearch) * BigInt(price.webSearchPer1k!),
				under: 1000n,
			});
}

export const plus = (a: Exact, b: Exact): Exact =>
	a.under === b.under
		? {over: a.over + b.over, under: a.under}
		: {over: a.over * b.under + b.over * a.under, under: a.under * b.under};

/**
Whole nano-dollars, half a one rounded up. This is the only rounding there is. Undefined for a sum that
no number can hold exactly: nobody was billed that.
*/
export function rounded({over, under}: Exact): number | undefined {
	const whole = Number((2n * over + under) / (2n * under));
	return Number.isSafeInteger(whole) ? whole : undefined;
}

/**
The rates of the highest tier that the whole prompt is above, for every class of tokens; those that the
price leaves out stand there as what they count for.
*/
export function ratesFor(
	{input, cacheRead, cacheWrite5m, cacheWrite1h}: Omit<Usage, 'reasoning'>,
	price: Price,
): AllRates {
	const prompt = input + cacheRead + cacheWrite5m + cacheWrite1h;
	let found: Rates & {readonly above?: number} = price;
	for (const tier of price.tiers ?? []) {
		if (prompt > tier.above && tier.above >= (found.above ?? 0)) {
			found = tier;
		}
	}

	return {
		input: found.input,
		output: found.output,
		cacheRead: found.cacheRead ?? found.input,
		cacheWrite5m: found.cacheWrite5m ?? found.input,
		cacheWrite1h:
			found.cacheWrite1h ??
			(found.cacheWrite5m === undefined ? found.input : 2 * found.input),
	};
}

const tokenCost = (
	usage: Omit<Usage, 'reasoning'>,
	{input, output, cacheRead, cacheWrite5m, cacheWrite1h}: AllRates,
): bigint =>
	product(usage.input, input) +
	product(usage.output, output) +
	product(usage.cacheRead, cacheRead) +
	product(usage.cacheWrite5m, cacheWrite5m) +
	product(usage.cacheWrite1h, cacheWrite1h);

/**
Small products are exact as numbers too, and much cheaper to make.
*/
function product(count: number, rate: number): bigint {
	const quick = count * rate;
	return quick <= Number.MAX_SAFE_INTEGER
		? BigInt(quick)
		: BigInt(count) * BigInt(rate);
}
