import {showMoney} from '../exchange/show.js';
import {stepOf} from './cap-change.js';
import type {CapMeasure} from './caps.js';

/**
US dollars, exact enough for a single request: `$1.23`, `$0.0410`.
*/
export const costText = (nanodollars: number): string =>
	nanodollars >= 1e9 || nanodollars === 0
		? showMoney(nanodollars)
		: nanodollars < 1e5
			? '<$0.0001'
			: `$${(nanodollars / 1e9).toFixed(4)}`;

/**
The command that raises a cap by a step for today.
*/
export function raiseCommand({key, of, cap}: CapMeasure): string {
	const step = stepOf(of, cap);
	const amount = of === 'tokens' ? `+${step} tokens` : `+${step / 1e9}`;
	return `"tollgate cap ${key.name} ${amount}"`;
}

export const counted = (count: number, what: string): string =>
	`${count} ${what}${count === 1 ? '' : 's'}`;
