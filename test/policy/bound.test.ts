import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	boundTokens,
	learnedOutput,
	percentile99,
	sumOfBound,
	type Bounding,
} from '../../source/policy/bound.js';
import {
	LearnedOutputs,
	mostOutputs,
} from '../../source/policy/learned-outputs.js';

const upTo = (count: number): readonly number[] =>
	Array.from({length: count}, (_, index) => index + 1);

const bounding = (given: Partial<Bounding> = {}): Bounding => ({
	bodyBytes: 3000,
	maxOutputTokens: undefined,
	choices: 1,
	learned: [],
	cachedTokens: 0,
	...given,
});

test.each<readonly [readonly number[], number]>([
	[[7], 7],
	[[9, 1, 5], 9],
	[upTo(20), 20],
	[upTo(99), 99],
	[upTo(100), 99],
	[upTo(101), 100],
	[upTo(200), 198],
	[upTo(200).toReversed(), 198],
	[[...upTo(198), 1_000_000, 1_000_000], 198],
	[[...upTo(197), 500, 1_000_000, 1_000_000], 500],
])('the 99th percentile by nearest rank (case %#)', (values, expected) => {
	expect(percentile99(values)).toBe(expected);
});

test('at least 99 of 100 values are at or below the 99th percentile, and one is it', () => {
	fc.assert(
		fc.property(
			fc.array(fc.nat(), {minLength: 1, maxLength: 250}),
			(values) => {
				const percentile = percentile99(values);
				expect(values).toContain(percentile);
				const share = (isIn: (value: number) => boolean) =>
					values.filter((value) => isIn(value)).length * 100;
				expect(share((value) => value <= percentile)).toBeGreaterThanOrEqual(
					values.length * 99,
				);
				expect(share((value) => value < percentile)).toBeLessThan(
					values.length * 99,
				);
			},
		),
	);
});

test.each<readonly [string, readonly number[], number]>([
	['no answer is known', [], 16_384],
	['19 short ones are known', upTo(19), 16_384],
	['19 long ones are known', upTo(19).map(() => 100_000), 16_384],
	['20 short ones are known', upTo(20), 4096],
	['20 are known, one of them long', [...upTo(19), 30_000], 30_000],
	['2 of 200 are long', [...upTo(198), 30_000, 30_000], 4096],
	['3 of 200 are long', [...upTo(197), 30_000, 30_000, 30_000], 30_000],
])('the length that an answer may have when %s', (_, outputs, expected) => {
	expect(learnedOutput(outputs)).toBe(expected);
});

const many = upTo(200).map(() => 5000);

test.each<
	readonly [
		string,
		Partial<Bounding>,
		readonly [fresh: number, cached: number, output: number],
	]
>([
	['nothing is known', {}, [1000, 0, 16_384]],
	[
		'a third of the bytes is no whole number',
		{bodyBytes: 3001},
		[1001, 0, 16_384],
	],
	['the body is empty', {bodyBytes: 0}, [0, 0, 16_384]],
	['the body allows less', {maxOutputTokens: 200}, [1000, 0, 200]],
	['the body allows nothing', {maxOutputTokens: 0}, [1000, 0, 0]],
	['the body allows more', {maxOutputTokens: 64_000}, [1000, 0, 16_384]],
	[
		'answers are known',
		{learned: many, maxOutputTokens: 64_000},
		[1000, 0, 5000],
	],
	[
		'the body allows less than is known',
		{learned: many, maxOutputTokens: 1},
		[1000, 0, 1],
	],
	[
		'three answers are asked for',
		{choices: 3, maxOutputTokens: 200},
		[1000, 0, 600],
	],
	[
		'three unlimited answers are asked for',
		{choices: 3, learned: many},
		[1000, 0, 15_000],
	],
	['a part is cached', {cachedTokens: 400}, [600, 400, 16_384]],
	['all is cached', {cachedTokens: 1000}, [0, 1000, 16_384]],
	[
		'more was cached than it has now',
		{cachedTokens: 90_000},
		[0, 1000, 16_384],
	],
])('the bound when %s', (_, given, [fresh, cached, output]) => {
	const bound = boundTokens(bounding(given));
	expect(bound).toEqual({fresh, cached, output});
	expect(sumOfBound(bound)).toBe(fresh + cached + output);
});

test('a request for more answers than can be counted has a bound that can', () => {
	const bound = boundTokens(bounding({choices: 1e15}));
	expect(bound.output).toBe(Number.MAX_SAFE_INTEGER);
	expect(sumOfBound(bound)).toBe(Number.MAX_SAFE_INTEGER);
});

describe('the outputs of a model', () => {
	test('are those of the log, the oldest first, and then those that end', () => {
		const outputs = new LearnedOutputs();
		expect(outputs.has('m')).toBe(false);
		outputs.seed('m', [30, 20, 10]);
		outputs.note('m', 40);
		expect(outputs.has('m')).toBe(true);
		expect(outputs.of('m')).toEqual([10, 20, 30, 40]);
	});

	test('are known to be none once the log was asked', () => {
		const outputs = new LearnedOutputs();
		outputs.seed('m', []);
		expect(outputs.has('m')).toBe(true);
		expect(outputs.of('m')).toEqual([]);
	});

	test('are left to the log where it was not asked yet', () => {
		const outputs = new LearnedOutputs();
		outputs.note('m', 40);
		expect(outputs.has('m')).toBe(false);
		expect(outputs.of('m')).toEqual([]);
	});

	test('are the last 200', () => {
		const outputs = new LearnedOutputs();
		outputs.seed('m', upTo(mostOutputs + 5));
		expect(outputs.of('m')).toEqual(upTo(mostOutputs).toReversed());
		outputs.note('m', 7);
		expect(outputs.of('m')).toHaveLength(mostOutputs);
		expect(outputs.of('m').slice(-2)).toEqual([1, 7]);
	});

	test('are forgotten of models that nobody asks for any more', () => {
		const outputs = new LearnedOutputs();
		for (let count = 0; count < 1000; count++) {
			outputs.seed(`m${count}`, [1]);
			outputs.note('m0', 2);
		}

		expect(outputs.has('m0')).toBe(true);
		expect(outputs.has('m1')).toBe(false);
		expect(outputs.has('m999')).toBe(true);
	});
});
