import {quarterMs} from '../exchange/measures.js';
import {showCount, showMoney} from '../exchange/show.js';
import type {ModelTotals} from '../usage-log/news.js';
import type {DayHour} from './day-hours.js';
import type {Model} from './model.js';

/**
Sums over exchanges, whichever model they asked.
*/
export type DaySums = Omit<ModelTotals, 'model'>;
export type HourSums = DayHour & Readonly<{sums: DaySums}>;

const nothing: DaySums = {
	requests: 0,
	attempts: 0,
	limited: 0,
	inputTokens: 0,
	outputTokens: 0,
	cacheReadTokens: 0,
	cacheWriteTokens: 0,
	unproven: 0,
	costNanodollars: 0,
	planNanodollars: 0,
	unpriced: 0,
	rebuiltTokens: 0,
	rebuiltNanodollars: 0,
};
const names = Object.keys(nothing) as ReadonlyArray<keyof DaySums>;

export function addSums(rows: readonly DaySums[]): DaySums {
	const total: Record<keyof DaySums, number> = {...nothing};
	for (const row of rows) {
		for (const name of names) {
			total[name] += row[name];
		}
	}

	return total;
}

/**
Today by the hours of its zone, those to come with nothing in them.
*/
export const hourSums = ({hours, quarters}: Model): readonly HourSums[] =>
	hours.map((hour) => ({
		...hour,
		sums: addSums(
			quarters.filter(
				({quarter}) =>
					quarter * quarterMs >= hour.fromMs && quarter * quarterMs < hour.toMs,
			),
		),
	}));

/**
The full prompt, cached or not.
*/
export const promptIn = (sums: DaySums): number =>
	sums.inputTokens + sums.cacheReadTokens + sums.cacheWriteTokens;

const tokensIn = (sums: DaySums): number => promptIn(sums) + sums.outputTokens;

/**
What parts of a day are compared by.
*/
export type Weight = Readonly<{
	unit: 'cost' | 'tokens' | 'requests';
	weigh: (sums: DaySums) => number;
	/**
	A few characters, for a scale.
	*/
	short: (value: number) => string;
	words: (value: number) => string;
}>;

/**
By cost; where nothing has a price, by tokens, and by requests where those are not known either.
*/
export function weightOf(total: DaySums): Weight {
	if (total.costNanodollars > 0) {
		return {
			unit: 'cost',
			weigh: ({costNanodollars}) => costNanodollars,
			short: showMoney,
			words: showMoney,
		};
	}

	return tokensIn(total) > 0
		? {
				unit: 'tokens',
				weigh: tokensIn,
				short: showCount,
				words: (value) => `${showCount(value)} tokens`,
			}
		: {
				unit: 'requests',
				weigh: ({requests}) => requests,
				short: showCount,
				words: (value) => `${showCount(value)} requests`,
			};
}
