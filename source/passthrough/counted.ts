import type {End} from './end-facts.js';
import type {Most} from './most.js';

export type Unproven = Readonly<{
	/**
	It ends with an answer of ours, or with none.
	*/
	isEndedByUs: boolean;
	/**
	What tries that got no answer may have come to; undefined where there were none.
	*/
	before: Readonly<{nanodollars: number; tokens: number}> | undefined;
}>;

/**
Says in a final row what it counts for where that is more than is proven: what may have been used without
proof counts as what it may have come to, which `mostOf` tells.
*/
export function countUnproven(
	end: End,
	{isEndedByUs, before}: Unproven,
	mostOf: () => Most,
): void {
	const isUnproven =
		!isEndedByUs &&
		(end.usageStatus === 'partial' || end.usageStatus === 'missing') &&
		// An error is free; what costs nothing so far may yet have cost something.
		!(end.costNanodollars === 0 && end.priceSource === null);
	if (!isUnproven && before === undefined) {
		if (end.extraUsage) {
			end.countedTokens = tokensOf(end);
		}

		return;
	}

	const most = mostOf();
	const earlier = before ?? {nanodollars: 0, tokens: 0};
	if (most.nanodollars !== null || earlier.nanodollars > 0) {
		end.countedNanodollars =
			earlier.nanodollars +
			Math.max(
				end.countedNanodollars ?? 0,
				isUnproven ? (most.nanodollars ?? 0) : 0,
			);
	}

	end.countedTokens =
		earlier.tokens + Math.max(tokensOf(end), isUnproven ? most.tokens : 0);
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
