import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {arithmeticOf} from '../../source/monitor/arithmetic.js';
import {costLines, tokenLines} from '../../source/monitor/layout/cost-lines.js';
import {lineWidth} from '../../source/monitor/layout/line.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {lineText} from './frame-text.js';
import {pricedConfig, pricedRow} from './sample-priced.js';

const glyphs = glyphsFor(false);
const linesAt = (row: Exchange, width: number): readonly string[] =>
	costLines(arithmeticOf(row, pricedConfig)!, {
		width,
		labelWidth: 10,
		glyphs,
	}).map((line) => lineText(line));

describe('the arithmetic of a cost', () => {
	test('tells of every class of tokens what it cost, at which rate', () => {
		expect(linesAt(pricedRow(1), 60)).toEqual([
			' in        66,012 × $3/M                         $0.198036',
			' cached   210,400 × $0.30/M                      $0.063120',
			' write 5m   1,200 × $3.75/M                      $0.004500',
			' write 1h      90 × $6/M                         $0.000540',
			' out        1,210 × $15/M                        $0.018150',
			' searches       2 × $10/1k                       $0.020000',
			'                                               = $0.304346',
		]);
	});

	test('breaks a line in two rather than a figure', () => {
		const row = pricedRow(1, {inferenceGeo: 'us', webSearches: 0});
		expect(linesAt(row, 36).slice(0, 4)).toEqual([
			' in        66,012 × $3/M × 1.1',
			'                          $0.2178396',
			' cached   210,400 × $0.30/M × 1.1',
			'                          $0.0694320',
		]);
		expect(linesAt(row, 16)).toEqual([]);
	});

	test('says why rates are multiplied', () => {
		const row = pricedRow(1, {endpoint: 'dear', inferenceGeo: 'us'});
		const text = linesAt(row, 60).join('\n');
		expect(text).toContain('66,012 × $3/M × 1.1 × 1.25');
		expect(text).toContain('× 1.1: served in the US');
		expect(text).toContain('× 1.25: price_multiplier of the endpoint');
	});

	test('names the calls inside an answer', () => {
		const row = pricedRow(1, {
			extraUsage: [
				{
					kind: 'advisor',
					model: 'claude-opus-4-6',
					input: 1000,
					output: 10,
					cacheRead: 0,
					cacheWrite5m: 0,
					cacheWrite1h: 0,
					reasoning: undefined,
					webSearch: 0,
				},
			],
		});
		expect(linesAt(row, 60).join('\n')).toContain('advisor by claude-opus-4-6');
	});

	test.each<readonly [string, Partial<Exchange>, boolean]>([
		['at the list price', {}, true],
		['at a price of the user', {servedModel: 'mine', webSearches: 0}, true],
		['at an endpoint with a multiplier', {endpoint: 'dear'}, true],
		[
			'at another price than that of now',
			{costNanodollars: 304_346_001},
			false,
		],
		['as the gateway told it', {priceSource: 'endpoint'}, false],
		[
			'at the price of the list of an endpoint',
			{endpoint: 'listing', priceSource: 'models'},
			false,
		],
		['that the user priced then', {priceSource: 'user'}, false],
		[
			'without a price',
			{servedModel: 'nobody-knows', sentModel: 'nobody-knows'},
			false,
		],
		['of nothing told', {inputTokens: 0, outputTokens: null}, false],
	])(
		'of a cost %s is told only where it is what it came from',
		(_, given, isTold) => {
			const row = pricedRow(1, given);
			expect(arithmeticOf(row, pricedConfig) !== undefined).toBe(isTold);
		},
	);

	test('is not told by what an older passthrough publishes, or of an endpoint that is gone', () => {
		const {prices: _prices, ...older} = pricedConfig;
		expect(arithmeticOf(pricedRow(1), older)).toBeUndefined();
		const gone = {...pricedConfig, endpoints: []};
		expect(arithmeticOf(pricedRow(1), gone)).toBeUndefined();
	});
});

const figure = /\$(?<whole>\d+)(?:\.(?<rest>\d+))?$/;
const nanoIn = (text: string): bigint => {
	const {whole = '0', rest = ''} = figure.exec(text)!.groups!;
	return BigInt(whole + rest.padEnd(9, '0'));
};

const tokens = fc.oneof(fc.nat(100), fc.nat(3_000_000));

describe('what is shown of a cost', () => {
	test('adds up, digit by digit, at any width', () => {
		fc.assert(
			fc.property(
				fc.record({
					endpoint: fc.constantFrom('anthropic', 'dear'),
					servedModel: fc.constantFrom(
						'mine',
						'claude-sonnet-4-6',
						'claude-opus-4-6',
						'claude-haiku-4-5',
					),
					inputTokens: tokens,
					outputTokens: tokens,
					cacheReadTokens: tokens,
					cacheWrite5mTokens: tokens,
					cacheWrite1hTokens: tokens,
					webSearches: fc.constantFrom(0, 3),
					inferenceGeo: fc.constantFrom(null, 'us'),
					speed: fc.constantFrom(null, 'fast'),
					serviceTier: fc.constantFrom(null, 'batch'),
				}),
				fc.integer({min: 20, max: 130}),
				(given, width) => {
					const row = pricedRow(1, given);
					const cost = arithmeticOf(row, pricedConfig);
					if (cost === undefined) {
						expect(row.priceSource).toBe('unpriced');
						return;
					}

					const lines = costLines(cost, {width, labelWidth: 10, glyphs});
					for (const line of lines) {
						expect(lineWidth(line)).toBeLessThanOrEqual(width);
					}

					const texts = lines.map((line) => lineText(line));
					const amounts = texts.filter(
						(text) => figure.test(text) && !text.includes('='),
					);
					let sum = 0n;
					for (const text of amounts) {
						sum += nanoIn(text);
					}

					const total = texts.find((text) => text.includes('='));
					if (total !== undefined) {
						expect(nanoIn(total)).toBe(BigInt(row.costNanodollars!));
					}

					expect(sum).toBe(
						lines.length === 0 ? 0n : BigInt(row.costNanodollars!),
					);
				},
			),
			{numRuns: 300},
		);
	});

	test('is tokens alone where the cost cannot be told apart', () => {
		const place = {width: 60, labelWidth: 10, glyphs};
		expect(
			tokenLines(pricedRow(1), place).map((line) => lineText(line)),
		).toEqual([
			' in        66,012',
			' cached   210,400',
			' write 5m   1,200',
			' write 1h      90',
			' out        1,210',
			' searches       2',
		]);
		expect(tokenLines(pricedRow(1), {...place, width: 12})).toEqual([]);
	});
});
