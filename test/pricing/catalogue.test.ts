import {describe, expect, test} from 'vitest';
import {
	catalogueModels,
	catalogueProvenance,
	findModel,
} from '../../source/pricing/catalogue.js';

/**
From the makers' own price pages, in US dollars for a million tokens: input, output, cache read, cache
write for 5 minutes and for 1 hour.
*/
const checkedByHand = {
	'claude-fable-5-2': [8, 40, 0.2, 10, 16],
	'claude-fable-5-1': [10, 50, 0.25, 12.5, 20],
	'claude-opus-5-5': [4, 20, 0.2, 5, 8],
	'claude-sonnet-5-5': [2, 10, 0.1, 2.5, 4],
	'claude-haiku-5-5': [0.1, 0.5, 0.01, 0.125, 0.2],
	'claude-opus-4-5': [5, 25, 0.5, 6.25, 10],
	'claude-opus-4-6': [5, 25, 0.5, 6.25, 10],
	'claude-opus-4-8': [5, 25, 0.5, 6.25, 10],
	'claude-opus-5': [5, 25, 0.5, 6.25, 10],
	'claude-sonnet-4-5': [3, 15, 0.3, 3.75, 6],
	'claude-sonnet-4-6': [3, 15, 0.3, 3.75, 6],
	'claude-haiku-4-5': [1, 5, 0.1, 1.25, 2],
	'gpt-5.4': [2.5, 15, 0.25, undefined, undefined],
	'gpt-5.1': [1.25, 10, 0.125, undefined, undefined],
	'gpt-6-luna': [0.1, 0.5, 0.01, 0.125, undefined],
} as const;

const ratesOf = (
	rates: NonNullable<ReturnType<typeof findModel>>['price'] | undefined,
) =>
	rates && [
		rates.input,
		rates.output,
		rates.cacheRead,
		rates.cacheWrite5m,
		rates.cacheWrite1h,
	];

const inNano = (rates: ReadonlyArray<number | undefined>) =>
	rates.map((rate) =>
		rate === undefined ? undefined : Math.round(rate * 1e9),
	);

describe('the catalogue has the price that was checked by hand of', () => {
	test.each(Object.entries(checkedByHand))('%s', (id, rates) => {
		const price = findModel(id)?.price;
		expect(ratesOf(price)).toEqual(inNano(rates));
		expect(price?.webSearchPer1k).toBe(10e9);
	});
});

test('a prompt above a threshold has other rates, for all its tokens', () => {
	const [haiku] = findModel('claude-haiku-5-5')!.price.tiers!;
	expect(haiku).toEqual({
		above: 100_000,
		input: 0.5e9,
		output: 2.5e9,
		cacheRead: 0.05e9,
		cacheWrite5m: 0.625e9,
		cacheWrite1h: 1e9,
	});
	expect(findModel('gpt-5.4')!.price.tiers).toMatchObject([
		{above: 272_000, input: 5e9, output: 22.5e9, cacheRead: 0.5e9},
	]);
	expect(findModel('claude-sonnet-4-5')!.price.tiers).toEqual([]);
});

test('every row is a price: whole, above nothing, its tiers rising', () => {
	const models = catalogueModels();
	expect(models.length).toBeGreaterThan(500);
	for (const {id, price, context} of models) {
		const {tiers = [], ...base} = price;
		for (const rates of [base, ...tiers]) {
			const figures = Object.values(rates).filter((rate) => rate !== undefined);
			expect(figures, id).toSatisfy((all: number[]) =>
				all.every((rate) => Number.isSafeInteger(rate) && rate > 0),
			);
		}

		const steps = tiers.map(({above}) => above);
		expect(steps, id).toEqual(steps.toSorted((a, b) => a - b));
		expect(context ?? 1, id).toBeGreaterThan(0);
	}
});

test('the catalogue says when and from what it was made', () => {
	expect(catalogueProvenance.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
	expect(catalogueProvenance.sources).toHaveLength(2);
});
