import {parse} from 'smol-toml';
import {describe, expect, test} from 'vitest';
import {gapOf, priceHint} from '../../source/pricing/price-hint.js';

describe('what to write, but for the figures, where there is no price', () => {
	test('of a model', () => {
		expect(
			priceHint({model: 'my-gateway/gpt-5.4', lacks: 'model'}).write,
		).toEqual([
			'[prices."my-gateway/gpt-5.4"]  # US dollars for a million tokens',
			'input = …',
			'output = …',
		]);
	});

	test('of its web searches: what is missing, not what is there', () => {
		expect(priceHint({model: 'mine', lacks: 'web_search'}).write).toEqual([
			'[prices."mine"]  # beside input, output and the like',
			'web_search_per_1k = …',
		]);
	});

	test('of fast mode: nothing, as it would hold for every request', () => {
		expect(priceHint({model: 'mine', lacks: 'fast'})).toEqual({
			why: 'what mine costs in fast mode is not known',
			advice:
				'A price of your own would hold for all its requests, fast or not.',
			write: [],
		});
	});

	test.each([null, ''])('of a model called %j: nothing', (model) => {
		expect(priceHint({model, lacks: 'model'})).toEqual({
			why: 'no model was named',
			advice: '',
			write: [],
		});
	});
});

test.each([
	'plain',
	'a.b/c d',
	'with "quotes"',
	String.raw`back\slash`,
	'\u{7F}',
])('%j is a key that TOML reads as it is', (model) => {
	const {write} = priceHint({model, lacks: 'model'});
	const toml = write.join('\n').replaceAll('…', '1');
	expect(Object.keys(parse(toml)['prices'] as object)).toEqual([model]);
});

test('a row that does not say what it lacks is taken to lack the price of its model', () => {
	const row = {
		unpricedFor: null,
		unpricedModel: null,
		servedModel: null,
		sentModel: 'sent',
		askedModel: 'asked',
	};
	expect(gapOf(row)).toEqual({model: 'sent', lacks: 'model'});
	expect(gapOf({...row, unpricedFor: 'fast', unpricedModel: 'served'})).toEqual(
		{model: 'served', lacks: 'fast'},
	);
});
