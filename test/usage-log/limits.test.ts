import {describe, expect, test} from 'vitest';
import type {RateLimits} from '../../source/exchange/usage.js';
import {LimitsBook, readLimits} from '../../source/usage-log/limits.js';
import {begin, ended, finish, logPlace} from '../helpers/log.js';

const at = Date.parse('2026-11-22T12:00:00Z');

const apiKey = (remaining: number): RateLimits => ({
	windows: {
		requests: {limit: 50, remaining, reset: '2026-11-22T12:00:27Z'},
		'input-tokens': {
			limit: 30_000,
			remaining: 0,
			reset: '2026-11-22T12:00:05Z',
		},
	},
});

const plan: RateLimits = {
	unified: {
		status: 'allowed_warning',
		reset: 1_795_366_800,
		overageStatus: 'rejected',
		windows: {
			'5h': {
				status: 'allowed_warning',
				utilization: 0.92,
				reset: 1_795_366_800,
			},
			'7d': {status: 'allowed', utilization: 0.3, reset: 1_795_770_000},
			'7d_opus': {utilization: 1.2},
		},
	},
};

const openai: RateLimits = {
	windows: {
		requests: {limit: 500, remaining: 499, reset: '120ms', resetMs: 120},
		tokens: {limit: 30_000, remaining: 0, reset: '6m1.22s', resetMs: 361_220},
		days: {reset: '1795366800'},
		never: {limit: 3, reset: 'never'},
	},
};

describe('the limits that an answer tells of', () => {
	test.each<
		readonly [string, RateLimits, ReadonlyArray<Record<string, unknown>>]
	>([
		[
			'for an API key',
			apiKey(7),
			[
				{name: 'input-tokens', limit: 30_000, remaining: 0, resetAt: at + 5000},
				{name: 'requests', limit: 50, remaining: 7, resetAt: at + 27_000},
			],
		],
		[
			'for a plan',
			plan,
			[
				{
					name: 'unified',
					status: 'allowed_warning',
					resetAt: 1_795_366_800_000,
				},
				{name: 'unified-5h', utilization: 0.92, resetAt: 1_795_366_800_000},
				{name: 'unified-7d', utilization: 0.3, resetAt: 1_795_770_000_000},
				{name: 'unified-7d_opus', utilization: 1.2, resetAt: undefined},
				{name: 'unified-overage', status: 'rejected'},
			],
		],
		[
			'by OpenAI',
			openai,
			[
				{name: 'days', resetAt: 1_795_366_800_000, limit: undefined},
				{name: 'never', limit: 3, resetAt: undefined},
				{name: 'requests', limit: 500, remaining: 499, resetAt: at + 120},
				{name: 'tokens', limit: 30_000, remaining: 0, resetAt: at + 361_220},
			],
		],
	])('%s stand in rows of their own', async (_, rateLimits, rows) => {
		using place = logPlace();
		const recorder = place.record();
		const {recording} = begin(recorder);
		await finish(recorder, recording, {
			...ended,
			firstByteAt: at,
			endedAt: at + 9000,
			rateLimits,
		});

		expect(readLimits(place.connect())).toMatchObject(
			rows.map((row) => ({
				endpoint: 'main',
				credential: '',
				seenAt: at,
				exchange: recording.id,
				...row,
			})),
		);
	});
});

test('the last answer counts, for each endpoint and credential by itself', async () => {
	using place = logPlace();
	const recorder = place.record();
	for (const [credential, remaining, seenAt] of [
		['a', 9, at],
		['b', 8, at],
		['a', 7, at + 1000],
	] as const) {
		const {recording} = begin(recorder);
		recording.credential = credential;

		await finish(recorder, recording, {
			...ended,
			endedAt: seenAt,
			rateLimits: apiKey(remaining),
		});
	}

	expect(
		readLimits(place.connect())
			.filter(({name}) => name === 'requests')
			.map(({credential, remaining}) => [credential, remaining]),
	).toEqual([
		['a', 7],
		['b', 8],
	]);
});

test('answers without limits write none', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording} = begin(recorder);
	await finish(recorder, recording);
	expect(readLimits(place.connect())).toEqual([]);
});

test('what was kept back is written with the progress', async () => {
	using place = logPlace();
	const recorder = place.record();
	for (const remaining of [9, 8, 7]) {
		const {recording} = begin(recorder);

		await finish(recorder, recording, {
			...ended,
			endedAt: at,
			rateLimits: {windows: {requests: {limit: 50, remaining}}},
		});
	}

	const left = () => readLimits(place.connect())[0]?.remaining;
	expect(left()).toBe(9);
	recorder.progress([]);
	expect(left()).toBe(7);
});

describe('a write', () => {
	const told = (limits: RateLimits, seenAt: number) => ({
		endpoint: 'main',
		credential: '',
		limits,
		seenAt,
		exchange: {id: 1},
	});
	const names = (book: LimitsBook, limits: RateLimits, seenAt: number) =>
		book.changed(told(limits, seenAt), 1)?.windows.map(({name}) => name);

	test('is only of what has changed', () => {
		const book = new LimitsBook();
		expect(names(book, apiKey(9), at)).toEqual(['requests', 'input-tokens']);
		expect(names(book, apiKey(9), at + 1000)).toBeUndefined();
		expect(names(book, apiKey(8), at + 2000)).toEqual(['requests']);
	});

	test('waits a little where a limit only counts down', () => {
		const book = new LimitsBook();
		names(book, apiKey(9), at);
		expect(names(book, apiKey(8), at + 100)).toBeUndefined();
		expect(names(book, apiKey(7), at + 300)).toEqual(['requests']);
	});

	test('does not wait where a limit is used up', () => {
		const book = new LimitsBook();
		names(book, apiKey(9), at);
		expect(names(book, apiKey(0), at + 1)).toEqual(['requests']);
	});

	test('is of everything again where the log is a new one', () => {
		const book = new LimitsBook();
		names(book, apiKey(9), at);
		expect(book.changed(told(apiKey(9), at), 2)?.windows).toHaveLength(2);
	});
});

test('a log of before there were limits has none', () => {
	using place = logPlace();
	const db = place.connect();
	expect(readLimits(db)).toEqual([]);
});
