import type {Usage} from '../exchange/usage.js';
import {plus, ratesFor, rounded, type AllRates, type Exact} from './cost.js';
import type {NamedRatio, Ratio} from './multipliers.js';
import type {Found, PriceBook} from './price-book.js';
import {
	callsOf,
	namedMultipliersFor,
	type Billed,
	type Call,
} from './price-exchange.js';

export const tokenClasses = [
	'input',
	'cacheRead',
	'cacheWrite5m',
	'cacheWrite1h',
	'output',
] as const satisfies ReadonlyArray<keyof AllRates>;

/**
So many of one class at one rate: nano-dollars for a million tokens, or for a thousand web searches.
*/
export type CostPart = Readonly<{
	of: (typeof tokenClasses)[number] | 'webSearch';
	count: number;
	rate: number;
	/**
	With the multipliers of its call. Those of all parts add up to the whole.
	*/
	nanodollars: number;
}>;

/**
One call of an exchange; the first is the answer's own.
*/
export type CallParts = Readonly<{
	kind: Call['kind'];
	model: string | undefined;
	parts: readonly CostPart[];
	/**
	What the rates of its tokens are multiplied by, never those of searches.
	*/
	multipliers: ReadonlyArray<
		Readonly<{ratio: Ratio; why: NamedRatio['why'] | 'endpoint'}>
	>;
}>;

export type CostParts = Readonly<{
	nanodollars: number;
	source: Found['source'];
	calls: readonly CallParts[];
}>;

type ExactPart = Omit<CostPart, 'nanodollars'> & Readonly<{exact: Exact}>;

/**
How a cost comes about, part by part, in whole nano-dollars that add up to it. Undefined where a part has no
price, or nothing was told of what was used. Not for what the gateway itself told the cost of.
*/
export function costParts(
	billed: Billed & Readonly<{usage: Usage}>,
	book: PriceBook,
): CostParts | undefined {
	const source = book.find(billed.servedModel, billed.sentModel)?.source;
	const all = callsOf(billed, billed.usage);
	const calls = all
		.map((call) => exactParts(call, book))
		.filter((call) => call !== undefined);
	if (source === undefined || calls.length < all.length) {
		return undefined;
	}

	const exact = calls.flatMap(({parts}) => parts.map((part) => part.exact));
	const sum = rounded(summed(exact));
	if (sum === undefined) {
		return undefined;
	}

	const shares = wholeShares(exact, sum);
	let at = 0;
	return {
		nanodollars: sum,
		source,
		calls: calls.map(({parts, ...call}) => ({
			...call,
			parts: parts.map(({exact: _exact, ...part}) => ({
				...part,
				nanodollars: shares[at++]!,
			})),
		})),
	};
}

const summed = (amounts: readonly Exact[]): Exact => {
	let sum: Exact = {over: 0n, under: 1n};
	for (const amount of amounts) {
		sum = plus(sum, amount);
	}

	return sum;
};

type ExactCall = Omit<CallParts, 'parts'> &
	Readonly<{parts: readonly ExactPart[]}>;

function exactParts(
	{kind, usage, names, served}: Call,
	book: PriceBook,
): ExactCall | undefined {
	const found = book.find(...names);
	const named = found && namedMultipliersFor(found, served);
	const search = found?.price.webSearchPer1k;
	if (!named || (usage.webSearch > 0 && search === undefined)) {
		return undefined;
	}

	const multipliers = [
		...named,
		...book.multipliers.map((ratio) => ({ratio, why: 'endpoint'}) as const),
	];
	const rates = ratesFor(usage, found.price);
	const tokens = tokenClasses.map((of): ExactPart => {
		const [count, rate] = [usage[of], rates[of]];
		let exact = {over: BigInt(count) * BigInt(rate), under: 1_000_000n};
		for (const {ratio} of multipliers) {
			const [times, by] = ratio;
			exact = {
				over: exact.over * BigInt(times),
				under: exact.under * BigInt(by),
			};
		}

		return {of, count, rate, exact};
	});
	const searches: ExactPart = {
		of: 'webSearch',
		count: usage.webSearch,
		rate: search ?? 0,
		exact: {
			over: BigInt(usage.webSearch) * BigInt(search ?? 0),
			under: 1000n,
		},
	};
	return {
		kind,
		model: names[0] ?? names[1],
		multipliers,
		parts: [...tokens, searches].filter(({count}) => count > 0),
	};
}

/**
Each as a whole number, so that they add up to `sum`: those that lose most by it get one more.
*/
function wholeShares(parts: readonly Exact[], sum: number): readonly number[] {
	const shares = parts.map(({over, under}) => Number(over / under));
	const missing = sum - shares.reduce((before, share) => before + share, 0);
	const byLoss = parts
		.map(({over, under}, index) => ({
			index,
			loss: Number(over % under) / Number(under),
		}))
		.filter(({loss}) => loss > 0)
		.toSorted((one, other) => other.loss - one.loss);
	for (const {index} of byLoss.slice(0, missing)) {
		shares[index]!++;
	}

	return shares;
}
