import {roundedInUnits} from '../exchange/price.js';
import type {PriceGap, priceSources} from '../exchange/exchange.js';
import type {ExtraUsage, Usage} from '../exchange/usage.js';
import {costOf, plus, rounded, type Exact} from './cost.js';
import {
	namedMultipliersOf,
	type NamedRatio,
	type Ratio,
	type Served,
} from './multipliers.js';
import type {Found, PriceBook} from './price-book.js';

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
	/**
	Why it is unpriced.
	*/
	gap?: Gap | undefined;
}>;

/**
What has no price. `model` is the name to price it by: of web searches, the one its other prices stand
under; null where none was told.
*/
export type Gap = Readonly<{model: string | null; lacks: PriceGap}>;

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
	const found = book.find(billed.servedModel, billed.sentModel);
	const calls = callsOf(billed, usage).map((call) => callCost(call, book));
	let known: Exact | undefined;
	for (const {cost} of calls) {
		known = known && cost ? plus(known, cost) : (known ?? cost);
	}

	const sum = known && rounded(known);
	const gap = calls.find((call) => call.gap !== undefined)?.gap;
	return found !== undefined && sum !== undefined && gap === undefined
		? {
				costNanodollars: sum,
				countedNanodollars: sum,
				priceSource: found.source,
			}
		: {
				costNanodollars: null,
				countedNanodollars: sum ?? null,
				priceSource: 'unpriced',
				gap,
			};
}

/**
What is known of the cost of one call, and what is missing of it.
*/
type CallCost = Readonly<{cost: Exact | undefined; gap: Gap | undefined}>;

/**
The answer's own call, then those inside it. A compaction is a call of the message's model, served as it
was. An advisor is another model: whether that was served fast is not told of it.
*/
export const callsOf = (billed: Billed, usage: Usage): readonly Call[] => [
	{
		kind: 'message',
		usage,
		names: [billed.servedModel, billed.sentModel],
		served: billed,
	},
	...billed.extraUsage.map((extra): Call => {
		const isAdvisor = extra.kind === 'advisor';
		return {
			kind: extra.kind,
			usage: extra,
			names: isAdvisor
				? [extra.model, undefined]
				: [extra.model ?? billed.servedModel, billed.sentModel],
			served: isAdvisor ? {...billed, speed: undefined} : billed,
		};
	}),
];

export type Call = Readonly<{
	kind: 'message' | ExtraUsage['kind'];
	usage: Usage;
	names: readonly [served: string | undefined, sent: string | undefined];
	served: Served;
}>;

function callCost({usage, names, served}: Call, book: PriceBook): CallCost {
	const found = book.find(...names);
	const name = names[0] ?? names[1] ?? '';
	const model = name === '' ? null : name;
	if (found === undefined) {
		return {cost: undefined, gap: {model, lacks: 'model'}};
	}

	const rates = multipliersFor(found, served);
	if (rates === undefined) {
		return {cost: undefined, gap: {model, lacks: 'fast'}};
	}

	const multipliers = [...rates, ...book.multipliers];
	const whole = costOf(usage, found.price, multipliers);
	return whole === undefined
		? {
				cost: costOf({...usage, webSearch: 0}, found.price, multipliers),
				gap: {
					model: found.source === 'user' ? found.id : model,
					lacks: 'web_search',
				},
			}
		: {cost: whole, gap: undefined};
}

/**
What the rates of a price are multiplied by, before the endpoint's own multiplier. The user's word for a
model holds in a fast mode too whose price nobody else knows; undefined where that is nobody's.
*/
export const namedMultipliersFor = (
	{model, source}: Found,
	served: Served,
): readonly NamedRatio[] | undefined =>
	namedMultipliersOf(model, served) ??
	(source === 'user'
		? namedMultipliersOf(model, {...served, speed: undefined})
		: undefined);

export const multipliersFor = (
	found: Found,
	served: Served,
): readonly Ratio[] | undefined =>
	namedMultipliersFor(found, served)?.map(({ratio}) => ratio);
