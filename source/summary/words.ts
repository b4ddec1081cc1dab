import {showCents} from '../exchange/show.js';
import type {Sums} from '../exchange/measures.js';
import type {Glyphs} from './look.js';
import type {Grouping} from './summary.js';
import {isLowerBound} from './sums.js';

/**
The cost of what was summed, as far as it is proven: `$8.41`, `≥$8.41`, `unpriced`.
*/
export function costText(
	sums: Sums,
	{atLeast}: Pick<Glyphs, 'atLeast'>,
): string {
	if (sums.costNanodollars === 0 && sums.unpriced > 0) {
		return unknownPrice;
	}

	const mark = isLowerBound(sums) && sums.costNanodollars > 0 ? atLeast : '';
	return `${mark}${showCents(sums.costNanodollars)}`;
}

export const unknownPrice = 'unpriced';

/**
What stands for a name that is not known.
*/
const nameless: Readonly<Record<Grouping, string>> = {
	model: 'no model',
	alias: 'as asked',
	key: 'no key',
	endpoint: 'nowhere',
	session: 'no session',
	hour: '',
	day: '',
};

export const nameText = (by: Grouping, name: string): string =>
	name === '' ? nameless[by] : name;

export const count = (value: number, one: string, many = `${one}s`): string =>
	value === 1 ? one : many;
