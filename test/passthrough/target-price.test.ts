import {expect, test} from 'vitest';
import {targetPrice} from '../../source/passthrough/target-price.js';
import {PriceBook} from '../../source/pricing/price-book.js';

const bookWith = (multiplier: number): PriceBook =>
	new PriceBook({
		user: new Map([['house', {input: 3e9, output: 15e9, cacheRead: 3e8}]]),
		host: 'relay.example',
		multiplier,
		takesListed: false,
	});

test.each([
	[1, [3e9, 15e9, 3e9, 3e8]],
	[0.8, [24e8, 12e9, 24e8, 24e7]],
	[1.25, [375e7, 1875e7, 375e7, 375e6]],
] as const)(
	'what an alias costs is multiplied by %d, as its requests are',
	(multiplier, [input, output, cacheWrite5m, cacheRead]) => {
		expect(targetPrice(bookWith(multiplier), 'house')).toEqual({
			input,
			output,
			cacheWrite5m,
			cacheRead,
			context: undefined,
		});
	},
);

test('what is not known is no price', () => {
	expect(targetPrice(bookWith(2), 'nobodys-model')).toBeNull();
});
