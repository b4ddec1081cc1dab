import type {AttemptFields, ExchangeFields} from '../exchange/exchange.js';
import type {Cost} from '../pricing/price-exchange.js';
import type {AnswerFacts} from '../wire/wire-format.js';

/**
What a final row says. Made whole at once, for every request makes one.
*/
export type End = {
	-readonly [Key in keyof ExchangeFields]?: ExchangeFields[Key];
};

/**
What the log keeps of an answer: of its reading, its status, when it ended and what it cost.
*/
// eslint-disable-next-line complexity -- It is one list.
export function endOf(
	answer: AnswerFacts,
	{
		endedAt,
		status,
		cost,
	}: Readonly<{endedAt: number; status: number; cost: Cost}>,
): End {
	const {usage, error} = answer;
	return {
		firstByteAt: null,
		firstTokenAt: null,
		endedAt,
		outcome: answer.outcome,
		heldMs: null,
		fallbacks: null,
		holdReason: null,
		shownAttempt: null,
		httpStatus: status === 0 ? null : status,
		errorClass: error?.class ?? null,
		errorType: error?.type ?? null,
		errorMessage: error?.message ?? null,
		retryAfterMs: error?.retryAfterMs ?? null,
		servedModel: answer.servedModel ?? null,
		stopReason: answer.stopReason ?? null,
		usageStatus: answer.usageStatus,
		inputTokens: usage?.input ?? null,
		outputTokens: usage?.output ?? null,
		cacheReadTokens: usage?.cacheRead ?? null,
		cacheWrite5mTokens: usage?.cacheWrite5m ?? null,
		cacheWrite1hTokens: usage?.cacheWrite1h ?? null,
		reasoningTokens: usage?.reasoning ?? null,
		webSearches: usage?.webSearch ?? null,
		extraUsage: answer.extraUsage.length === 0 ? null : answer.extraUsage,
		serviceTier: answer.serviceTier ?? null,
		speed: answer.speed ?? null,
		inferenceGeo: answer.inferenceGeo ?? null,
		costNanodollars: cost.costNanodollars,
		countedNanodollars: cost.countedNanodollars,
		priceSource: cost.priceSource,
		unpricedModel: cost.gap?.model ?? null,
		unpricedFor: cost.gap?.lacks ?? null,
		requestId: answer.requestId ?? null,
		messageId: answer.messageId ?? null,
		rateLimits: answer.rateLimits ?? null,
		anomalies: answer.anomalies.length === 0 ? null : answer.anomalies,
		possiblyBilled: null,
		responseBytes: null,
		bodyHash: null,
	};
}

/**
The part of it that an attempt keeps too.
*/
export function attemptFieldsOf(
	answer: AnswerFacts,
): Readonly<Partial<AttemptFields>> {
	return {
		outcome: answer.outcome,
		errorClass: answer.error?.class ?? null,
		errorType: answer.error?.type ?? null,
		errorMessage: answer.error?.message ?? null,
		requestId: answer.requestId ?? null,
		retryAfterMs: answer.error?.retryAfterMs ?? null,
	};
}
