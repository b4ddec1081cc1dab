import type {PublishedConfig} from '../control/passthrough-row.js';
import type {Exchange} from '../exchange/exchange.js';
import type {Usage} from '../exchange/usage.js';
import {costParts, type CostParts} from '../pricing/cost-parts.js';
import {PriceBook} from '../pricing/price-book.js';

/**
How the cost in the log comes about. Undefined where the prices of now do not give just that cost: they
have changed since, a gateway told it, or its list did, which only the passthrough has read.
*/
export function arithmeticOf(
	exchange: Exchange,
	config: PublishedConfig,
): CostParts | undefined {
	const {costNanodollars, priceSource} = exchange;
	const usage = usageOf(exchange);
	const book = bookOf(exchange.endpoint, config);
	if (
		costNanodollars === null ||
		priceSource === 'endpoint' ||
		usage === undefined ||
		book === undefined
	) {
		return undefined;
	}

	const parts = costParts({...billedOf(exchange), usage}, book);
	return parts?.nanodollars === costNanodollars && parts.source === priceSource
		? parts
		: undefined;
}

const billedOf = (exchange: Exchange) =>
	({
		kind: 'generate',
		status: exchange.httpStatus ?? 0,
		format: exchange.format ?? undefined,
		sentModel: exchange.sentModel ?? exchange.askedModel ?? undefined,
		servedModel: exchange.servedModel ?? undefined,
		extraUsage: exchange.extraUsage ?? [],
		speed: exchange.speed ?? undefined,
		inferenceGeo: exchange.inferenceGeo ?? undefined,
		serviceTier: exchange.serviceTier ?? undefined,
		reportedCostUsd: undefined,
	}) as const;

/**
Undefined where the endpoint told nothing of it.
*/
const usageOf = (exchange: Exchange): Usage | undefined =>
	exchange.inputTokens === null || exchange.outputTokens === null
		? undefined
		: {
				input: exchange.inputTokens,
				output: exchange.outputTokens,
				cacheRead: exchange.cacheReadTokens ?? 0,
				cacheWrite5m: exchange.cacheWrite5mTokens ?? 0,
				cacheWrite1h: exchange.cacheWrite1hTokens ?? 0,
				reasoning: exchange.reasoningTokens ?? undefined,
				webSearch: exchange.webSearches ?? 0,
			};

// One row of the passthrough is drawn several times.
const books = new WeakMap<
	PublishedConfig,
	Map<string | null, PriceBook | undefined>
>();

function bookOf(
	name: string | null,
	config: PublishedConfig,
): PriceBook | undefined {
	const known = books.get(config) ?? new Map<string | null, PriceBook>();
	books.set(config, known);
	if (!known.has(name)) {
		known.set(name, newBook(name, config));
	}

	return known.get(name);
}

function newBook(
	name: string | null,
	{endpoints, prices}: PublishedConfig,
): PriceBook | undefined {
	const endpoint = endpoints.find((one) => one.name === name);
	return endpoint && prices && URL.canParse(endpoint.url)
		? new PriceBook({
				user: new Map(prices.map(({model, price}) => [model, price])),
				host: new URL(endpoint.url).hostname,
				multiplier: endpoint.priceMultiplier ?? 1,
				takesListed: false,
			})
		: undefined;
}
