import {inUnits} from '../exchange/price.js';
import {good, otherThan, wrong, type Kind} from './kinds.js';

/**
`models`: the endpoint's own list of models tells its prices.
*/
export const priceLists = ['catalogue', 'models'] as const;

const dearest = 100_000;
const mostDecimals = 9;

/**
US dollars, read as whole nano-dollars.
*/
export const rate: Kind<number> = {
	allowed: `US dollars, a number from 0 to ${dearest}, like 0.25`,
	read(found) {
		const units = decimalOf(found, dearest);
		return typeof units === 'number'
			? good(units)
			: (units ?? otherThan(found));
	},
};

export const multiplier: Kind<number> = {
	allowed: 'a number from 0 to 1000, like 0.8',
	read(found) {
		const units = decimalOf(found, 1000);
		return typeof units === 'number'
			? good(Number(found))
			: (units ?? otherThan(found));
	},
};

/**
In billionths; undefined where it is no such number.
*/
export function decimalOf(found: unknown, most: number) {
	return typeof found === 'number' && found >= 0 && found <= most
		? (inUnits(found, mostDecimals) ??
				wrong(
					`is ${found}, which has too many decimals`,
					`Write ${mostDecimals} decimals at most.`,
				))
		: undefined;
}
