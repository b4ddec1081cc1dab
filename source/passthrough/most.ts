import {boundTokens, sumOfBound} from '../policy/bound.js';
import {boundCost} from '../pricing/bound-cost.js';
import type {Routed} from './stage.js';
import type {World} from './world.js';

/**
What one request may come to: whole nano-dollars, null where its model has no price, and tokens.
*/
export type Most = Readonly<{nanodollars: number | null; tokens: number}>;

/**
What a request may come to where it is sent, by what is known of its session and its model now.
*/
export function mostOf(
	routed: Routed,
	{caps, memory, now}: Pick<World, 'caps' | 'memory' | 'now'>,
): Most {
	const {plain, body, facts, wanted, endpoint} = routed;
	const model = modelOf(routed);
	const tokens = boundTokens({
		bodyBytes: (plain ?? body)?.length ?? 0,
		maxOutputTokens: facts?.maxOutputTokens,
		choices: facts?.choices ?? 1,
		learned: model === undefined ? [] : caps.learned(model),
		cachedTokens: memory.warm.tokensOf(conversationOf(routed), now()),
	});
	return {
		nanodollars: boundCost(
			tokens,
			{
				names: [undefined, model],
				speed: facts?.speed,
				inferenceGeo: facts?.inferenceGeo,
				serviceTier: facts?.serviceTier,
				format: wanted.format,
			},
			endpoint.prices,
		),
		tokens: sumOfBound(tokens),
	};
}

/**
The model that is asked for at the endpoint.
*/
export const modelOf = ({
	model,
	beginning,
}: Pick<Routed, 'model' | 'beginning'>): string | undefined =>
	model ?? beginning.askedModel ?? undefined;

/**
Where its prompt may be cached: one agent's requests to one model. Undefined: it tells no session.
*/
export const conversationOf = (routed: Routed): string | undefined => {
	const {beginning, endpoint} = routed;
	return beginning.session
		? [
				beginning.session,
				beginning.agentId ?? '',
				endpoint.config.name,
				modelOf(routed) ?? '',
			].join('\n')
		: undefined;
};
