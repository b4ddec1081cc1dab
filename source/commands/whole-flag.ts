import {UserError} from '../user-error.js';

/**
A whole number given as a flag; undefined where it was not given.
*/
export function wholeFlag(
	value: unknown,
	{name, from, to}: {name: string; from: number; to: number},
): number | undefined {
	if (value === undefined) {
		return undefined;
	}

	if (
		Number.isSafeInteger(value) &&
		Number(value) >= from &&
		Number(value) <= to
	) {
		return Number(value);
	}

	throw new UserError(
		`--${name} takes a whole number from ${from} to ${to}.`,
		`Write --${name} ${Math.min(to, Math.max(from, 100))}.`,
		{exitCode: 2},
	);
}
