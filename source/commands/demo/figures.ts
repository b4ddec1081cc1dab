import {
	endings,
	type ModelCount,
	type TokenCount,
} from '../../simulated/count.js';

/**
One line of the comparison: what it counts, and how to find it in anybody's count.
*/
export type Figure = Readonly<{
	title: string;
	of(count: ModelCount): number;
}>;

const tokens = (
	title: string,
	from: 'tokens' | 'broken',
	of: (told: TokenCount) => number,
): Figure => ({title, of: (count) => of(count[from])});

const kinds = [
	['in', ({input}) => input],
	['cached', ({cacheRead}) => cacheRead],
	['written', written],
	['out', ({output}) => output],
] as const satisfies ReadonlyArray<
	readonly [string, (told: TokenCount) => number]
>;

const words: Readonly<Record<(typeof endings)[number], string>> = {
	complete: 'ok',
	refused: 'refused',
	failed: 'failed mid-stream',
	cut: 'cut',
	reset: 'no answer',
	aborted: 'aborted',
};

/**
All that is held side by side.
*/
export const figures: readonly Figure[] = [
	{title: 'requests', of: ({requests}) => requests},
	...endings.map((ending): Figure => ({
		title: words[ending],
		of: (count) => count[ending],
	})),
	{title: '429', of: limited},
	...kinds.map(([name, of]) => tokens(`tokens ${name}`, 'tokens', of)),
	...kinds.map(([name, of]) => tokens(`of broken ones ${name}`, 'broken', of)),
];

/**
The columns of the table per model.
*/
export const modelFigures: readonly Figure[] = [
	{title: 'req', of: ({requests}) => requests},
	{title: 'ok', of: ({complete}) => complete},
	{
		title: 'error',
		of: ({refused, failed, cut, reset}) => refused + failed + cut + reset,
	},
	{title: 'aborted', of: ({aborted}) => aborted},
	{title: '429', of: limited},
	...kinds.map(([title, of]): Figure => ({
		title,
		of: (count) => of(count.tokens) + of(count.broken),
	})),
];

function written({cacheWrite5m, cacheWrite1h}: TokenCount): number {
	return cacheWrite5m + cacheWrite1h;
}

function limited({statuses}: ModelCount): number {
	return statuses[429] ?? 0;
}
