import type {DayRule, Span} from '../calendar/day.js';
import type {Sums} from '../exchange/measures.js';
import type {Gap} from '../pricing/price-exchange.js';

export const groupings = [
	'model',
	'alias',
	'key',
	'endpoint',
	'session',
	'hour',
	'day',
] as const;
export type Grouping = (typeof groupings)[number];

/**
What was summed under one name; the empty text where the fact is not known.
*/
export type Group = Readonly<{name: string; sums: Sums}>;

/**
A piece of the time that is drawn as one bar.
*/
export type Slice = Span & Readonly<{name: string; sums: Sums}>;
export type Slices = Readonly<{
	unit: 'hour' | 'day' | 'month' | 'year';
	slices: readonly Slice[];
}>;

/**
What a day like this one costs: the median of the days before on which anything was asked.
*/
export type Usual = Readonly<{
	nanodollars: number;
	days: number;
	/**
	Of each day only as much as has passed of this one.
	*/
	soFar: boolean;
}>;

/**
Answers of one model at one endpoint that lack the same price.
*/
export type Unpriced = Readonly<{
	model: string;
	endpoint: string;
	gap: Gap;
	answers: number;
}>;

/**
Exchanges of one model at one endpoint whose usage is not known, or not all of it.
*/
export type Doubt = Readonly<{model: string; endpoint: string; sums: Sums}>;

/**
All that is told of a stretch of time.
*/
export type Summary = Readonly<{
	rule: DayRule;
	span: Span;
	nowMs: number;
	by: Grouping;
	total: Sums;
	/**
	May be very many: read when they are gone through, within the transaction of the summary, and again
	each time.
	*/
	groups: Iterable<Group>;
	/**
	The dearest few.
	*/
	sessions: readonly Group[];
	time: Slices | undefined;
	usual: Usual | undefined;
	unpriced: readonly Unpriced[];
	partial: readonly Doubt[];
}>;
