import {parse} from 'smol-toml';
import {expect, test} from 'vitest';
import {priceHint} from '../../source/pricing/price-hint.js';

test('the hint is what to write, but for the figures', () => {
	expect(priceHint('my-gateway/gpt-5.4')).toEqual([
		'[prices."my-gateway/gpt-5.4"]  # US dollars for a million tokens',
		'input = …',
		'output = …',
	]);
});

test.each([
	'plain',
	'a.b/c d',
	'with "quotes"',
	String.raw`back\slash`,
	'\u{7F}',
])('%j is a key that TOML reads as it is', (model) => {
	const toml = priceHint(model).join('\n').replaceAll('…', '1');
	expect(Object.keys(parse(toml)['prices'] as object)).toEqual([model]);
});
