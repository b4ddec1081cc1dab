import {expect, test} from 'vitest';
import {durationMs} from '../../source/wire/limit-values.js';
import {readRateLimits} from '../../source/wire/rate-limits.js';

test.each([
	['120ms', 120],
	['6m1.22s', 361_220],
	['1h2m3s', 3_723_000],
	['1.5h', 5_400_000],
	['999µs', 1],
	['0s', 0],
	['60', 60_000],
	['1795366800', undefined],
	['6m1', undefined],
	['', undefined],
	['soon', undefined],
	['1'.repeat(500), undefined],
])('%s is %s ms', (text, expected) => {
	expect(durationMs(text)).toBe(expected);
});

test('the middle of an Anthropic name may be anything', () => {
	expect(
		readRateLimits([
			'Anthropic-Fast-Input-Tokens-Limit',
			'1000',
			'anthropic-fast-input-tokens-reset',
			'2026-11-22T12:00:27Z',
			'anthropic-priority-output-tokens-remaining',
			'7',
			'anthropic-ratelimit-tokens-remaining',
			'0',
			'anthropic-organization-id',
			'o',
			'anthropic-version',
			'v',
		]),
	).toEqual({
		windows: {
			'fast-input-tokens': {limit: 1000, reset: '2026-11-22T12:00:27Z'},
			'priority-output-tokens': {remaining: 7},
			tokens: {remaining: 0},
		},
	});
});

test('what is negative or no number is absent', () => {
	expect(
		readRateLimits([
			'x-ratelimit-limit-requests',
			'-1',
			'x-ratelimit-remaining-requests',
			'many',
			'x-ratelimit-reset-requests',
			'-1',
			'x-ratelimit-remaining-tokens',
			'5',
		]),
	).toEqual({windows: {tokens: {remaining: 5}}});
});

test('a reset is kept as it was sent, and reckoned where it is a duration', () => {
	expect(
		readRateLimits([
			'x-ratelimit-reset-tokens',
			'6m1.22s',
			'x-ratelimit-reset-requests',
			'tomorrow',
		]),
	).toEqual({
		windows: {
			tokens: {reset: '6m1.22s', resetMs: 361_220},
			requests: {reset: 'tomorrow'},
		},
	});
});

test('a subscription may have windows of any name', () => {
	const prefix = 'anthropic-ratelimit-unified-';
	expect(
		readRateLimits([
			`${prefix}7d-opus-utilization`,
			'1.25',
			`${prefix}7d-opus-status`,
			'rejected',
			`${prefix}overage-in-use`,
			'true',
			`${prefix}overage-reset`,
			'1795366800',
			`${prefix}something-new`,
			'x',
		]),
	).toEqual({
		unified: {
			overageInUse: true,
			overageReset: 1_795_366_800,
			windows: {'7d-opus': {utilization: 1.25, status: 'rejected'}},
		},
	});
});

test('overage accounts may send resets alone', () => {
	expect(
		readRateLimits(['anthropic-ratelimit-unified-reset', '1795366800']),
	).toEqual({unified: {reset: 1_795_366_800, windows: {}}});
});

test('no limits are no object', () => {
	expect(
		readRateLimits(['content-type', 'text/plain', 'x-ratelimit-', '1']),
	).toBeUndefined();
});

test('names and numbers of windows cannot do harm', () => {
	const headers = Array.from({length: 500}, (_, index) => [
		`x-ratelimit-limit-w${index}`,
		'1',
	]).flat();
	const limits = readRateLimits([
		'x-ratelimit-limit-__proto__',
		'1',
		'anthropic-ratelimit-unified-constructor-status',
		'ok\u{1B}[2J',
		...headers,
	]);
	expect(Object.keys(limits?.windows ?? {})).toHaveLength(32);
	expect(Object.keys(limits?.windows ?? {})).toContain('__proto__');
	expect(limits?.unified?.windows).toEqual({constructor: {status: 'ok[2J'}});
});
