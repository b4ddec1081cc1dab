import {describe, expect, test} from 'vitest';
import {
	show,
	showCents,
	showClock,
	showCount,
	showDuration,
	showInstant,
	showMoney,
	showShare,
	showWait,
	showWhole,
} from '../../source/exchange/show.js';

describe('a count', () => {
	test.each([
		[0, '0'],
		[999, '999'],
		[999.6, '1.0k'],
		[1000, '1.0k'],
		[1204, '1.2k'],
		[9949, '9.9k'],
		[9950, '10k'],
		[340_400, '340k'],
		[999_499, '999k'],
		[999_500, '1.0M'],
		[1_240_000, '1.2M'],
		[3_900_000_000, '3.9G'],
	])('of %d reads %s', (value, text) => {
		expect(showCount(value)).toBe(text);
	});
});

describe('a duration', () => {
	test.each([
		[-5, '0.0s'],
		[0, '0.0s'],
		[740, '0.7s'],
		[9949, '9.9s'],
		[9950, '10s'],
		[59_499, '59s'],
		[59_500, '1m00'],
		[125_000, '2m05'],
		[599_400, '9m59'],
		[599_900, '9m59'],
		[600_000, '10m'],
		[3_599_000, '59m'],
		[3_600_000, '1h00'],
		[11_400_000, '3h10'],
		[36_000_000, '10h'],
		[93_600_000, '26h'],
		[1_036_800_000, '12d'],
	])('of %d ms reads %s', (ms, text) => {
		expect(showDuration(ms)).toBe(text);
	});

	test('and a count take four characters at most', () => {
		for (let value = 1; value < 8e10; value *= 1.37) {
			expect(showDuration(value).length).toBeLessThanOrEqual(4);
			expect(showCount(value).length).toBeLessThanOrEqual(4);
		}
	});
});

test.each([
	[0, '0s'],
	[3999, '3s'],
	[14_999, '14s'],
	[125_900, '2m05'],
])('a wait of %d ms counts whole seconds: %s', (ms, text) => {
	expect(showWait(ms)).toBe(text);
});

test.each([
	[0, 0, '-'],
	[0, 10, '0%'],
	[1, 10_000, '0.1%'],
	[34, 1000, '3.4%'],
	[1, 8, '13%'],
	[10, 10, '100%'],
])('%d of %d reads %s', (part, whole, text) => {
	expect(showShare(part, whole)).toBe(text);
});

test.each([
	[0, '$0.00'],
	[9_999_999, '<1c'],
	[10_000_000, '$0.01'],
	[12_200_000_000, '$12.20'],
	[240_400_000_000, '$240'],
])('%d nano-dollars read %s', (nanodollars, text) => {
	expect(showMoney(nanodollars)).toBe(text);
});

test('a time of day is local, with and without seconds', () => {
	const at = new Date(2026, 10, 22, 4, 2, 7).getTime();
	expect(showClock(at)).toBe('04:02');
	expect(showClock(at, {seconds: true})).toBe('04:02:07');
	expect(showInstant(at)).toBe('2026-11-22 04:02:07');
});

test.each([
	['name', 'glm-5.2', 'glm-5.2'],
	['facts', ['a'], '["a"]'],
	['flag', true, 'yes'],
	['flag', false, 'no'],
	['duration', 18_000, '18s'],
	['tokens', 48_100, '48k'],
	['count', 3, '3'],
	['money', 41_000_000, '$0.04'],
	['tokens', null, '-'],
	['name', undefined, '-'],
] as const)('a %s %j reads %s', (unit, value, text) => {
	expect(show(unit, value)).toBe(text);
});

test.each([
	[0, '$0.00'],
	[1, '<$0.01'],
	[9_999_999, '<$0.01'],
	[10_000_000, '$0.01'],
	[14_999_999, '$0.01'],
	[15_000_000, '$0.02'],
	[999_990_000_000, '$999.99'],
	[999_999_999_999, '$1,000.00'],
	[1_234_567_890_000_000, '$1,234,567.89'],
])('%d nano-dollars to the cent are %s', (nanodollars, text) => {
	expect(showCents(nanodollars)).toBe(text);
});

test.each([
	[0, '0'],
	[999, '999'],
	[1000, '1,000'],
	[1_234_567, '1,234,567'],
])('%d as a whole number is %s', (value, text) => {
	expect(showWhole(value)).toBe(text);
});
