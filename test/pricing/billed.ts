import type {Price} from '../../source/exchange/price.js';
import type {Usage} from '../../source/exchange/usage.js';
import {
	PriceBook,
	type PriceBookOptions,
} from '../../source/pricing/price-book.js';
import type {Billed} from '../../source/pricing/price-exchange.js';

export const noUsage: Usage = {
	input: 0,
	output: 0,
	cacheRead: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	reasoning: undefined,
	webSearch: 0,
};

/**
An answer with a million tokens of input, whose cost is so many dollars as the rate.
*/
export const billed = (changed: Partial<Billed> = {}): Billed => ({
	kind: 'generate',
	format: 'anthropic-messages',
	status: 200,
	sentModel: 'claude-sonnet-4-6',
	servedModel: 'claude-sonnet-4-6',
	usage: {...noUsage, input: 1_000_000},
	extraUsage: [],
	speed: undefined,
	inferenceGeo: undefined,
	serviceTier: undefined,
	reportedCostUsd: undefined,
	...changed,
});

export const bookWith = ({
	user = {},
	...changed
}: Partial<Omit<PriceBookOptions, 'user'>> & {
	readonly user?: Readonly<Record<string, Price>>;
} = {}): PriceBook =>
	new PriceBook({
		host: 'gateway.example',
		multiplier: 1,
		takesListed: false,
		...changed,
		user: new Map(Object.entries(user)),
	});

export const dollar = 1e9;
