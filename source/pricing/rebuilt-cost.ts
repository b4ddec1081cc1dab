import type {Usage} from '../exchange/usage.js';
import {priceExchange, type Billed} from './price-exchange.js';
import type {PriceBook} from './price-book.js';

/**
What it cost, in whole nano-dollars, that so many of an answer's prompt tokens were written to a cache
and not read from it. Undefined where the price is not known. By the prices of the book, also where the
gateway told its own cost: of the parts it tells nothing.
*/
export function rebuiltCost(
	billed: Billed & Readonly<{usage: Usage}>,
	tokens: number,
	book: PriceBook,
): number | undefined {
	const asItWas: Billed = {
		...billed,
		extraUsage: [],
		reportedCostUsd: undefined,
	};
	const was = priceExchange(asItWas, book).costNanodollars;
	const read = {...asItWas, usage: asRead(billed.usage, tokens)};
	const could = priceExchange(read, book).costNanodollars;
	return was === null || could === null ? undefined : Math.max(0, was - could);
}

/**
The cheaper writes are taken first, so that what comes of it is no guess upwards.
*/
function asRead(usage: Usage, tokens: number): Usage {
	const of5m = Math.min(usage.cacheWrite5m, tokens);
	const of1h = Math.min(usage.cacheWrite1h, tokens - of5m);
	return {
		...usage,
		cacheRead: usage.cacheRead + of5m + of1h,
		cacheWrite5m: usage.cacheWrite5m - of5m,
		cacheWrite1h: usage.cacheWrite1h - of1h,
	};
}
