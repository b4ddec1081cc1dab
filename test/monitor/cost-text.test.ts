import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {
	costInFull,
	costText,
	sumText,
	tokenSumText,
} from '../../source/monitor/layout/cost-text.js';
import {factsOf} from '../../source/monitor/layout/exchange-facts.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {sampleModel} from './sample-model.js';
import {endedRow, exchangeRow} from './sample-rows.js';

const glyphs = glyphsFor(false);
const cents = 1e7;

describe('the cost of a request', () => {
	test.each<[string, string, Partial<Exchange>]>([
		['$0.04', '$0.0410  at the list price', {}],
		[
			'<1c',
			'$0.0003  at your own price',
			{costNanodollars: 300_000, priceSource: 'user'},
		],
		[
			'<1c',
			'<$0.0001  as the endpoint reported it',
			{costNanodollars: 6750, priceSource: 'endpoint'},
		],
		['$0.00', '$0.0000', {costNanodollars: 0, priceSource: null}],
		['≥$0.04', '≥$0.0410  at the list price', {usageStatus: 'partial'}],
		[
			'$0.04',
			'$0.0410  as the endpoint reported it',
			{usageStatus: 'partial', priceSource: 'endpoint'},
		],
		[
			'unpriced',
			'unpriced: what web searches cost is not known',
			{
				costNanodollars: null,
				priceSource: 'unpriced',
				unpricedModel: 'mine',
				unpricedFor: 'web_search',
			},
		],
		[
			'?',
			'not known, usage was not sent',
			{costNanodollars: null, priceSource: null, usageStatus: 'missing'},
		],
		['-', '', {costNanodollars: null, priceSource: null, usageStatus: 'none'}],
		[
			'$0.04',
			'$0.0410  at the list price  no bill: a plan pays',
			{billing: 'plan'},
		],
	])('is %j, in full %j', (short, full, given) => {
		const row = endedRow(1, given);
		expect(costText(row, 8, glyphs)).toBe(short);
		expect(costInFull(row, glyphs)).toBe(full);
	});
});

describe('the cost of many', () => {
	test.each([
		['$12.20', {costNanodollars: 1220 * cents, unpriced: 0, unproven: 0}],
		['≥$12.20', {costNanodollars: 1220 * cents, unpriced: 1, unproven: 0}],
		['≥$12.20', {costNanodollars: 1220 * cents, unpriced: 0, unproven: 1}],
		['unpriced', {costNanodollars: 0, unpriced: 3, unproven: 0}],
		['?', {costNanodollars: 0, unpriced: 0, unproven: 2}],
		['$0.00', {costNanodollars: 0, unpriced: 0, unproven: 0}],
	])('is %j', (text, sum) => {
		expect(sumText(sum, glyphs)).toBe(text);
	});
});

describe('what to do about an unpriced request is', () => {
	const adviceOf = (given: Parameters<typeof endedRow>[1]) => {
		const facts = factsOf(
			sampleModel(),
			{
				exchange: endedRow(1, {priceSource: 'unpriced', ...given}),
				live: undefined,
				fallbacks: 0,
				state: 'done',
			},
			glyphs,
		);
		const from = facts.findIndex(([label]) => label === 'to price');
		return from === -1
			? []
			: facts
					.slice(from)
					.filter(([label], index) => label === (index === 0 ? 'to price' : ''))
					.map(([, text]) => text);
	};

	test("to price the advisor's model, where that is what is missing", () => {
		expect(
			adviceOf({unpricedModel: 'adviser-9', unpricedFor: 'model'}),
		).toEqual([
			'Give it one in config.toml:',
			'[prices."adviser-9"]  # US dollars for a million tokens',
			'input = …',
			'output = …',
		]);
	});

	test('no line of config for fast mode', () => {
		expect(adviceOf({unpricedModel: 'm', unpricedFor: 'fast'})).toEqual([
			'A price of your own would hold for all its requests, fast or not.',
		]);
	});

	test('nothing where no model was named', () => {
		const nameless = {servedModel: null, sentModel: null, askedModel: null};
		expect(adviceOf(nameless)).toEqual([]);
	});
});

test('a request that runs has no cost yet', () => {
	expect(costText(exchangeRow(1), 8, glyphs)).toBe('-');
	expect(costInFull(exchangeRow(1), glyphs)).toBe('');
});

test.each([
	['1.2k', 1200, 0],
	['≥1.2k', 1200, 2],
	['?', 0, 1],
	['0', 0, 0],
])('a sum of tokens looks like %s', (text, tokens, unproven) => {
	expect(tokenSumText(tokens, {unproven}, glyphs)).toBe(text);
});
