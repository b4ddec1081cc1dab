import type {Exchange, Live} from '../exchange/exchange.js';
import {isOpen} from './row-state.js';

/**
Billed and shown tokens of one exchange so far.
*/
export type TokensOf = Readonly<{
	/**
	The full prompt, cached or not; undefined where it is not known.
	*/
	prompt: number | undefined;
	cached: number;
	output: number | undefined;
	/**
	How far `output` is proven: reckoned from text, a lower bound, never sent.
	*/
	proof: 'exact' | 'estimate' | 'atLeast' | 'missing';
}>;

export function tokensOf(exchange: Exchange, live: Live | undefined): TokensOf {
	if (isOpen(exchange)) {
		return {
			prompt: promptOf(live ?? exchange),
			cached: live?.cacheReadTokens ?? 0,
			output: live?.estimatedOutputTokens ?? undefined,
			proof: 'estimate',
		};
	}

	return {
		prompt: promptOf(exchange),
		cached: exchange.cacheReadTokens ?? 0,
		output: exchange.outputTokens ?? undefined,
		proof:
			exchange.usageStatus === 'missing'
				? 'missing'
				: exchange.usageStatus === 'partial'
					? 'atLeast'
					: 'exact',
	};
}

/**
The model that answered, else the one it was sent for; the path of what asks no model.
*/
export const modelOf = (exchange: Exchange, live: Live | undefined): string =>
	summedUnder(exchange, live) || (exchange.path ?? '-');

/**
Whether the sums of the log have it once it has ended: what is passed on unmeasured and counts of tokens are no
request of the agent's work.
*/
export const isSummed = ({format, path}: Exchange): boolean =>
	format !== null && !(path ?? '').includes('count_tokens');

/**
The model that the sums of the log have it under; the empty text where none is known.
*/
export const summedUnder = (
	exchange: Exchange,
	live: Live | undefined,
): string =>
	exchange.servedModel ??
	live?.servedModel ??
	exchange.sentModel ??
	exchange.askedModel ??
	'';

type Prompt = Pick<
	Exchange,
	| 'inputTokens'
	| 'cacheReadTokens'
	| 'cacheWrite5mTokens'
	| 'cacheWrite1hTokens'
>;

const promptOf = (exchange: Prompt): number | undefined => {
	const parts = [
		exchange.inputTokens,
		exchange.cacheReadTokens,
		exchange.cacheWrite5mTokens,
		exchange.cacheWrite1hTokens,
	].filter((part) => part !== null);
	return parts.length === 0
		? undefined
		: parts.reduce((sum, part) => sum + part, 0);
};

/**
Output tokens each second since the first one; undefined where that says nothing.
*/
export function outputRate(
	exchange: Exchange,
	live: Live | undefined,
	nowMs: number,
): number | undefined {
	const {output} = tokensOf(exchange, live);
	const firstAt = live?.firstTokenAt ?? exchange.firstTokenAt;
	const untilAt = isOpen(exchange) ? nowMs : exchange.endedAt;
	if (output === undefined || firstAt === null || untilAt === null) {
		return undefined;
	}

	// An answer that came all at once has no speed.
	return untilAt - firstAt < shortestMs
		? undefined
		: (output / (untilAt - firstAt)) * 1000;
}

const shortestMs = 200;
