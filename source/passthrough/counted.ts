import type {End} from './end-facts.js';
import type {Most} from './most.js';
import type {OpenExchange} from './open-exchange.js';

/**
Says in a final row what it counts for where that is more than is proven: what may have been used without
proof counts as what it may have come to, which `mostOf` tells.
*/
export function countUnproven(
	end: End,
	{
		possiblyBilled,
		isEndedByUs,
	}: Pick<OpenExchange, 'possiblyBilled' | 'isEndedByUs'>,
	mostOf: () => Most,
): void {
	const isUnproven =
		!isEndedByUs &&
		(end.usageStatus === 'partial' || end.usageStatus === 'missing') &&
		end.costNanodollars !== 0;
	if (!isUnproven && possiblyBilled === 0) {
		if (end.extraUsage) {
			end.countedTokens = tokensOf(end);
		}

		return;
	}

	// Each try that may have been billed counts as much as the one that was sent last.
	const most = mostOf();
	if (most.nanodollars !== null) {
		end.countedNanodollars =
			possiblyBilled * most.nanodollars +
			Math.max(end.countedNanodollars ?? 0, isUnproven ? most.nanodollars : 0);
	}

	end.countedTokens =
		possiblyBilled * most.tokens +
		Math.max(tokensOf(end), isUnproven ? most.tokens : 0);
}

/**
All tokens that an answer tells of, those of other models that it called included.
*/
const tokensOf = (end: End): number =>
	(end.inputTokens ?? 0) +
	(end.outputTokens ?? 0) +
	(end.cacheReadTokens ?? 0) +
	(end.cacheWrite5mTokens ?? 0) +
	(end.cacheWrite1hTokens ?? 0) +
	(end.extraUsage ?? []).reduce(
		(sum, {input, output, cacheRead, cacheWrite5m, cacheWrite1h}) =>
			sum + input + output + cacheRead + cacheWrite5m + cacheWrite1h,
		0,
	);
