import {describe, expect, test} from 'vitest';
import {publishedConfig} from '../../source/config/published.js';
import {complaint, load} from './load.js';

const price = (lines: string) => `# ours\n[prices."my-model"]\n${lines}`;
const endpoint = (line: string) =>
	`[endpoints.a]\nurl = "https://a.example.com"\n${line}\n`;

test('a price is read to the nano-dollar, and what is left out stays out', () => {
	const {prices} = load(`
[prices."gpt-5.4/my model"]
input = 0.025
output = 6
cache_read = 0.1
cache_write_5m = 0.000000001
cache_write_1h = 99999.999999999
web_search_per_1k = 10.0

[prices.plain]
input = 1e-3
output = 0
`);
	expect(prices).toEqual([
		{
			model: 'gpt-5.4/my model',
			price: {
				input: 25_000_000,
				output: 6_000_000_000,
				cacheRead: 100_000_000,
				cacheWrite5m: 1,
				cacheWrite1h: 99_999_999_999_999,
				webSearchPer1k: 10_000_000_000,
			},
		},
		{
			model: 'plain',
			price: {input: 1_000_000, output: 0},
		},
	]);
});

test('an endpoint says what it charges, whose prices hold, and whether a plan pays', () => {
	const config = load(
		endpoint('price_multiplier = 0.8\nprices = "models"\nbilling = "plan"'),
	);
	const said = {priceMultiplier: 0.8, prices: 'models', billing: 'plan'};
	expect(config.endpoints).toMatchObject([said]);
	expect(publishedConfig(config).endpoints).toMatchObject([said]);
});

describe('a price that cannot be is refused, with what to write', () => {
	test.each([
		[
			price('input = 1'),
			'2: prices.my-model.output is missing. | Add output = … under [prices.my-model]: US dollars, a number from 0 to 100000, like 0.25.',
		],
		[
			price('input = "1"\noutput = 2'),
			'3: prices.my-model.input is "1". | Write US dollars, a number from 0 to 100000, like 0.25.',
		],
		[
			price('input = -1\noutput = 2'),
			'3: prices.my-model.input is -1. | Write US dollars, a number from 0 to 100000, like 0.25.',
		],
		[
			price('input = inf\noutput = 2'),
			'3: prices.my-model.input is Infinity. | Write US dollars, a number from 0 to 100000, like 0.25.',
		],
		[
			price('input = 0.0000000001\noutput = 2'),
			'3: prices.my-model.input is 1e-10, which has too many decimals. | Write 9 decimals at most.',
		],
		[
			price('input = 1\noutput = 2\ncached = 1'),
			'5: [prices.my-model] has no setting "cached". | It may hold input, output, cache_read, cache_write_5m, cache_write_1h or web_search_per_1k.',
		],
		[
			'[prices.gpt-5.4]\ninput = 1\noutput = 2',
			'1: [prices.gpt-5.4] has a dot outside of quotes, so it names no model. | Write [prices."gpt-5.4"].',
		],
		...['""', '" "'].map((id) => [
			`[prices.${id}]\ninput = 1\noutput = 2`,
			'1: [prices.""] names no model. | Write the id of a model between the quotes.',
		]),
		[
			'[prices]\ninput = 1',
			'2: prices.input is not a section. | Write [prices.NAME] on a line of its own, and its settings below.',
		],
		[
			endpoint('price_multiplier = "0.8"'),
			'3: endpoints.a.price_multiplier is "0.8". | Write a number from 0 to 1000, like 0.8.',
		],
		[
			endpoint('prices = "list"'),
			'3: endpoints.a.prices is "list". | Write "catalogue" or "models".',
		],
		[
			endpoint('billing = "plans"'),
			'3: endpoints.a.billing is "plans". | Did you mean "plan"? It may be "api" or "plan".',
		],
	])('%j', (toml, says) => {
		expect(complaint(toml)).toBe(says);
	});
});
