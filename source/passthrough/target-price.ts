import type {TargetPrice} from '../config/published.js';
import type {PriceBook} from '../pricing/price-book.js';

/**
What a model costs at an endpoint, its multiplier included; null where that is not known.
*/
export function targetPrice(
	book: PriceBook,
	model: string,
): TargetPrice | null {
	const found = book.find(undefined, model);
	if (!found) {
		return null;
	}

	const charged = (rate: number): number =>
		Math.round(
			book.multipliers.reduce((so, [over, under]) => (so * over) / under, rate),
		);
	const {input, output, cacheWrite5m = input, cacheRead} = found.price;
	return {
		input: charged(input),
		output: charged(output),
		cacheWrite5m: charged(cacheWrite5m),
		cacheRead: cacheRead === undefined ? undefined : charged(cacheRead),
		context: found.model?.context,
	};
}
