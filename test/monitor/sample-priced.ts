import type {PublishedConfig} from '../../source/control/passthrough-row.js';
import type {Exchange} from '../../source/exchange/exchange.js';
import {arithmeticOf} from '../../source/monitor/arithmetic.js';
import type {Model} from '../../source/monitor/model.js';
import {update} from '../../source/monitor/update.js';
import {PriceBook} from '../../source/pricing/price-book.js';
import {priceExchange} from '../../source/pricing/price-exchange.js';
import {sampleModel} from './sample-model.js';
import {
	attemptRow,
	endedRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';

export const dollar = 1e9;

/**
Three endpoints: one at list prices, one dearer, one with prices in its list.
*/
export const pricedConfig: PublishedConfig = {
	...sampleRow().config,
	endpoint: 'anthropic',
	endpoints: [
		{name: 'anthropic', multiplier: 1, prices: 'catalogue'} as const,
		{name: 'dear', multiplier: 1.25, prices: 'catalogue'} as const,
		{name: 'listing', multiplier: 1, prices: 'models'} as const,
	].map(({multiplier, ...endpoint}) => ({
		...endpoint,
		url: `https://${endpoint.name}.example/v1`,
		formats: ['anthropic-messages'],
		priceMultiplier: multiplier,
	})),
	prices: [
		{
			model: 'mine',
			price: {input: 0.25 * dollar, output: 2 * dollar, cacheRead: 33_333},
		},
	],
};

/**
An exchange with the cost that the passthrough would write.
*/
export function pricedRow(id: number, given: Partial<Exchange> = {}): Exchange {
	const row = endedRow(id, {
		askedModel: 'claude-sonnet-4-6',
		agoMs: 1000,
		tookMs: 60_000,
		inputTokens: 66_012,
		cacheReadTokens: 210_400,
		cacheWrite5mTokens: 1200,
		cacheWrite1hTokens: 90,
		outputTokens: 1210,
		webSearches: 2,
		...given,
	});
	const endpoint = pricedConfig.endpoints.find(
		({name}) => name === row.endpoint,
	)!;
	const {costNanodollars, priceSource} = priceExchange(
		{
			kind: 'generate',
			status: 200,
			format: row.format ?? undefined,
			sentModel: row.sentModel ?? undefined,
			servedModel: row.servedModel ?? undefined,
			usage: {
				input: row.inputTokens!,
				output: row.outputTokens!,
				cacheRead: row.cacheReadTokens!,
				cacheWrite5m: row.cacheWrite5mTokens!,
				cacheWrite1h: row.cacheWrite1hTokens!,
				reasoning: undefined,
				webSearch: row.webSearches!,
			},
			extraUsage: row.extraUsage ?? [],
			speed: row.speed ?? undefined,
			inferenceGeo: row.inferenceGeo ?? undefined,
			serviceTier: row.serviceTier ?? undefined,
			reportedCostUsd: undefined,
		},
		new PriceBook({
			user: new Map(
				pricedConfig.prices!.map(({model, price}) => [model, price]),
			),
			host: new URL(endpoint.url).hostname,
			multiplier: endpoint.priceMultiplier!,
			takesListed: false,
		}),
	);
	return {...row, costNanodollars, priceSource, ...given};
}

/**
Request 360: held, turned away once, then answered.
*/
const tries = [
	attemptRow(990, 360, {
		number: 1,
		startedAt: sampleNowMs - 41_000,
		endedAt: sampleNowMs - 40_600,
		httpStatus: 429,
		outcome: 'error',
		errorClass: 'rate_limit',
		sentModel: 'claude-sonnet-4-6',
	}),
	attemptRow(991, 360, {
		number: 2,
		startedAt: sampleNowMs - 37_000,
		endedAt: sampleNowMs - 1000,
		sentModel: 'claude-sonnet-4-6',
	}),
];

export const triedRow = (given: Partial<Exchange> = {}): Exchange =>
	pricedRow(360, {
		heldMs: 20_000,
		holdReason: 'paused',
		attempts: 2,
		attemptStartedAt: sampleNowMs - 37_000,
		firstByteAt: sampleNowMs - 34_000,
		firstTokenAt: sampleNowMs - 33_500,
		inferenceGeo: 'us',
		requestId: 'req_01',
		messageId: 'msg_01',
		...given,
	});

/**
A busy log with request 360 and `exchanges`, at prices that are known.
*/
export function pricedModel(
	given: Parameters<typeof sampleModel>[0] = {},
	exchanges: readonly Exchange[] = [triedRow()],
): Model {
	const row = {...sampleRow(), config: pricedConfig, heartbeatAt: sampleNowMs};
	const identity = sampleIdentity({config: pricedConfig});
	let model = sampleModel(given);
	for (const message of [
		{
			kind: 'supervisor',
			nowMs: sampleNowMs,
			state: {kind: 'joined', identity},
		} as const,
		{kind: 'passthrough', row} as const,
		{kind: 'arithmetic', arithmetic: arithmeticOf} as const,
		{kind: 'news', news: {revision: 99, exchanges, attempts: tries}} as const,
	]) {
		model = update(model, message);
	}

	return model;
}
