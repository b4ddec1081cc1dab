import {roundedInUnits} from '../exchange/price.js';
import type {priceSources} from '../exchange/exchange.js';
import type {ExtraUsage, Usage} from '../exchange/usage.js';
import {costOf, plus, rounded, type Exact} from './cost.js';
import {multipliersOf, type Served} from './multipliers.js';
import type {PriceBook} from './price-book.js';

/**
What the price of one exchange depends on.
*/
export type Billed = Served &
	Readonly<{
		kind: 'generate' | 'count_tokens' | 'models' | 'other';
		/**
		Of the endpoint's answer; 0 where none came.
		*/
		status: number;
		/**
		The model as it was asked for at the endpoint.
		*/
		sentModel: string | undefined;
		servedModel: string | undefined;
		usage: Usage | undefined;
		extraUsage: readonly ExtraUsage[];
		/**
		US dollars, as the gateway itself reported them.
		*/
		reportedCostUsd: number | undefined;
	}>;

/**
What is proven of a cost. `costNanodollars` is null where it is not known, and a lower bound where the
usage is; `countedNanodollars` is what is known of it at least.
*/
export type Cost = Readonly<{
	costNanodollars: number | null;
	countedNanodollars: number | null;
	priceSource: (typeof priceSources)[number] | null;
}>;

/**
Known to have cost nothing: no request was sent, or the answer was an error.
*/
export const free: Cost = {
	costNanodollars: 0,
	countedNanodollars: 0,
	priceSource: null,
};

/**
Nothing is known of what was used.
*/
export const unknown: Cost = {
	costNanodollars: null,
	countedNanodollars: null,
	priceSource: null,
};

/**
What an exchange cost, in whole nano-dollars. The gateway's own word comes first, then the prices of the
book. An exchange of several calls has a price only where each of them has one.
*/
export function priceExchange(billed: Billed, book: PriceBook): Cost {
	const reported = reportedBy(billed);
	if (reported !== undefined) {
		return {
			costNanodollars: reported,
			countedNanodollars: reported,
			priceSource: 'endpoint',
		};
	}

	if (isFree(billed)) {
		return free;
	}

	return billed.usage === undefined
		? unknown
		: priced(billed, billed.usage, book);
}

const reportedBy = ({reportedCostUsd}: Billed): number | undefined =>
	reportedCostUsd === undefined
		? undefined
		: roundedInUnits(reportedCostUsd, 9);

/**
Errors are not billed, nor are lists and counts. What we do not read may have cost something.
*/
const isFree = ({status, kind}: Billed): boolean =>
	status >= 400 ||
	(status >= 200 && (kind === 'models' || kind === 'count_tokens'));

function priced(billed: Billed, usage: Usage, book: PriceBook): Cost {
	const {servedModel, sentModel, extraUsage} = billed;
	const found = book.find(servedModel, sentModel);
	let known = callCost({usage, found, served: billed}, book);
	let isWhole = known !== undefined;
	for (const extra of extraUsage) {
		const part = extraCost(extra, billed, book);
		isWhole &&= part !== undefined;
		known = known && part ? plus(known, part) : (known ?? part);
	}

	const sum = known && rounded(known);
	return found !== undefined && sum !== undefined && isWhole
		? {
				costNanodollars: sum,
				countedNanodollars: sum,
				priceSource: found.source,
			}
		: {
				costNanodollars: null,
				countedNanodollars: sum ?? null,
				priceSource: 'unpriced',
			};
}

/**
A compaction is a call of the message's model, served as it was. An advisor is another model: whether
that was served fast is not told of it.
*/
function extraCost(
	extra: ExtraUsage,
	billed: Billed,
	book: PriceBook,
): Exact | undefined {
	const isAdvisor = extra.kind === 'advisor';
	return callCost(
		{
			usage: extra,
			found: isAdvisor
				? book.find(extra.model, undefined)
				: book.find(extra.model ?? billed.servedModel, billed.sentModel),
			served: isAdvisor ? {...billed, speed: undefined} : billed,
		},
		book,
	);
}

function callCost(
	{
		usage,
		found,
		served,
	}: Readonly<{
		usage: Usage;
		found: ReturnType<PriceBook['find']>;
		served: Served;
	}>,
	book: PriceBook,
): Exact | undefined {
	if (found === undefined) {
		return undefined;
	}

	// The user's word for a model holds in a fast mode too whose price nobody else knows.
	const multipliers =
		multipliersOf(found.model, served) ??
		(found.source === 'user'
			? multipliersOf(found.model, {...served, speed: undefined})
			: undefined);
	return (
		multipliers &&
		costOf(usage, found.price, [...multipliers, ...book.multipliers])
	);
}
