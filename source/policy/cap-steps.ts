import type {Cap, Used} from './admission.js';

/**
How much of its cap a key has spent, 1 for all of it: of dollars or tokens, whichever is further. What is
reserved is not in it. 0 without a cap; a cap of 0 is spent from the beginning.
*/
export const spentShare = (
	{nanodollars, tokens}: Pick<Used, 'nanodollars' | 'tokens'>,
	cap: Cap,
): number =>
	Math.max(shareOf(nanodollars, cap.nanodollars), shareOf(tokens, cap.tokens));

const shareOf = (spent: number, cap: number | null): number =>
	cap === null ? 0 : cap <= 0 ? 1 : spent / cap;

/**
The shares at which a step is passed, ascending: those that warn, and the whole cap.
*/
export function stepsOf(warnAt: readonly number[]): readonly number[] {
	const warning = warnAt.filter((share) => share > 0 && share < 1);
	return [...new Set([...warning, 1])].toSorted((a, b) => a - b);
}

/**
Which step a spent share has passed: 0 for none, 1 for the first that warns, and so on. The last is the
whole cap: as many as there are in `stepsOf`.
*/
export const stepOf = (share: number, warnAt: readonly number[]): number =>
	stepsOf(warnAt).filter((step) => share >= step).length;
