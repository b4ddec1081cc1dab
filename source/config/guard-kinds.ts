import {good, otherThan, type Kind} from './kinds.js';
import {decimalOf} from './price-kinds.js';

/**
How many times the usual.
*/
export const timesUsual: Kind<number> = {
	allowed: 'a number from 1 to 1000, like 5',
	read(found) {
		const units = decimalOf(found, 1000);
		if (typeof units === 'object') {
			return units;
		}

		return units === undefined || Number(found) < 1
			? otherThan(found)
			: good(Number(found));
	},
};
