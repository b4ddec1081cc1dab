export const sortNames = [
	'state',
	'time',
	'model',
	'in',
	'out',
	'cost',
	'ttft',
	'rate',
] as const;
export type SortName = (typeof sortNames)[number];

/**
How the list is ordered. `state` is the usual order: what runs, what waits, what failed, what is done.
*/
export type Sort = Readonly<{by: SortName; isReversed: boolean}>;

export const usualSort: Sort = {by: 'state', isReversed: false};

/**
The next column, in its own direction.
*/
export const nextSort = ({by}: Sort): Sort => ({
	by: sortNames[(sortNames.indexOf(by) + 1) % sortNames.length]!,
	isReversed: false,
});

export const reversedSort = ({by, isReversed}: Sort): Sort => ({
	by,
	isReversed: !isReversed,
});

export const isUsual = ({by, isReversed}: Sort): boolean =>
	by === 'state' && !isReversed;

/**
Whether the largest stands first. Names begin with the first of the alphabet, figures with the largest.
*/
export const isDescending = ({by, isReversed}: Sort): boolean =>
	(by === 'model') === isReversed;

/**
The heading of the column that a list is sorted by.
*/
export const sortHeadings: Readonly<Record<SortName, string>> = {
	state: 'STATE',
	time: 'TIME',
	model: 'MODEL',
	in: 'IN',
	out: 'OUT',
	cost: 'COST',
	ttft: 'TTFT',
	rate: 'T/S',
};
