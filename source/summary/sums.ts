import {measureNames, type Measure, type Sums} from '../exchange/measures.js';

export const noSums: Sums = Object.fromEntries(
	measureNames.map((name) => [name, 0]),
) as Record<Measure, number>;

export function addSums(rows: readonly Sums[]): Sums {
	const total: Record<Measure, number> = {...noSums};
	for (const row of rows) {
		for (const name of measureNames) {
			total[name] += row[name];
		}
	}

	return total;
}

/**
Rows with one name become one, in the order in which the names first come.
*/
export function foldBy<Row extends Sums>(
	rows: readonly Row[],
	nameOf: (row: Row) => string,
): ReadonlyArray<readonly [name: string, sums: Sums]> {
	const groups = Map.groupBy(rows, (row) => nameOf(row));
	return [...groups].map(([name, group]) => [name, addSums(group)]);
}

export const writtenOf = (sums: Sums): number =>
	sums.cacheWrite5mTokens + sums.cacheWrite1hTokens;

/**
The full prompt, cached or not.
*/
export const promptOf = (sums: Sums): number =>
	sums.inputTokens + sums.cacheReadTokens + writtenOf(sums);

export const tokensOf = (sums: Sums): number =>
	promptOf(sums) + sums.outputTokens;

/**
Something in it has no price or no full count: what is known of its cost is the least it can be.
*/
export const isLowerBound = (sums: Sums): boolean =>
	sums.unpriced + sums.partial + sums.missing > 0;

/**
Nothing of the cost is known, and something was to be paid.
*/
export const isCostUnknown = (sums: Sums): boolean =>
	isLowerBound(sums) && sums.costNanodollars === 0;

export const areTokensUnknown = (sums: Sums): boolean =>
	sums.partial + sums.missing > 0 && tokensOf(sums) === 0;
