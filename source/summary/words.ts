import {showCents, showCount} from '../exchange/show.js';
import type {Sums} from '../exchange/measures.js';
import type {Glyphs} from './look.js';
import type {Grouping} from './summary.js';
import {areTokensUnknown, isCostUnknown, isLowerBound} from './sums.js';

/**
The cost of what was summed, as far as it is proven: `$8.41`, `≥$8.41`, and where nothing is proven
`unpriced` or `?`, never 0.
*/
export function costText(
	sums: Sums,
	{atLeast}: Pick<Glyphs, 'atLeast'>,
): string {
	if (isCostUnknown(sums)) {
		return sums.unpriced > 0 ? unknownPrice : unknown;
	}

	const mark = isLowerBound(sums) ? atLeast : '';
	return `${mark}${showCents(sums.costNanodollars)}`;
}

/**
The same in a sentence.
*/
export const costInWords = (sums: Sums): string =>
	isCostUnknown(sums)
		? 'cost not known'
		: `${isLowerBound(sums) ? 'at least ' : ''}${showCents(sums.costNanodollars)}`;

export const unknown = '?';
export const unknownPrice = 'unpriced';

/**
Tokens of what was summed; where no answer told of any and one should have, they are not known.
*/
export const tokensText = (tokens: number, sums: Sums): string =>
	areTokensUnknown(sums) ? unknown : showCount(tokens);

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
