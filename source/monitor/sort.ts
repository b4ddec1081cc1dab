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
