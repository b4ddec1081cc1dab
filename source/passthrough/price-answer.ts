import {priceExchange, type Cost} from '../pricing/price-exchange.js';
import type {AnswerFacts} from '../wire/wire-format.js';
import type {Routed} from './stage.js';

/**
What an answer cost at the endpoint it came from. `status` is its HTTP status. A list of models that
passes by tells the prices of its endpoint, where they are to come from there.
*/
export function priceAnswer(
	answer: AnswerFacts,
	status: number,
	{endpoint, wanted, model, beginning}: Routed,
): Cost {
	if (answer.models !== undefined) {
		endpoint.prices.learn(answer.models.models);
	}

	return priceExchange(
		{
			kind: wanted.kind,
			status,
			format: wanted.format,
			sentModel: model ?? beginning.askedModel ?? undefined,
			servedModel: answer.servedModel,
			usage: answer.usage,
			extraUsage: answer.extraUsage,
			speed: answer.speed,
			inferenceGeo: answer.inferenceGeo,
			serviceTier: answer.serviceTier,
			reportedCostUsd: answer.reportedCostUsd,
		},
		endpoint.prices,
	);
}
