import {describe, expect, test} from 'vitest';
import {
	Guard,
	type GuardedEnd,
	type GuardedRequest,
	type GuardLimits,
	type Tripped,
} from '../../source/policy/guard.js';

const dollar = 1e9;
const second = 1000;
const minute = 60 * second;
const start = Date.UTC(2026, 10, 22);

const usual: GuardLimits = {
	enabled: true,
	dollarsPerMinuteFactor: 5,
	sameBody: 6,
	errorsInRow: 10,
};
const request = (given: Partial<GuardedRequest> = {}): GuardedRequest => ({
	key: 'desktop',
	session: 's',
	isSide: false,
	bodyHash: 'one',
	at: start,
	...given,
});
const end = (given: Partial<GuardedEnd> = {}): GuardedEnd => ({
	key: 'desktop',
	model: 'claude-opus',
	outcome: 'ok',
	httpStatus: 200,
	nanodollars: 0,
	at: start,
	usualPerMinute: undefined,
	...given,
});

/**
What the guard says to each of them, in order.
*/
const toEnds = (
	ends: ReadonlyArray<Partial<GuardedEnd>>,
	limits: Partial<GuardLimits> = {},
	guard = new Guard(),
): ReadonlyArray<Tripped['what'] | undefined> =>
	ends.map((one) => guard.ended(end(one), {...usual, ...limits})?.what);
const toRequests = (
	requests: ReadonlyArray<Partial<GuardedRequest>>,
	limits: Partial<GuardLimits> = {},
	guard = new Guard(),
): ReadonlyArray<Tripped['what'] | undefined> =>
	requests.map((one) => guard.asked(request(one), {...usual, ...limits})?.what);
const lastOfEnds = (...given: Parameters<typeof toEnds>) =>
	toEnds(...given).at(-1);
const lastOfRequests = (...given: Parameters<typeof toRequests>) =>
	toRequests(...given).at(-1);

const times = <One>(count: number, one: One | ((index: number) => One)) =>
	Array.from({length: count}, (_, index) =>
		typeof one === 'function' ? (one as (index: number) => One)(index) : one,
	);

describe('dollars a minute', () => {
	const spent = (
		dollars: number,
		given: Partial<GuardedEnd> = {},
	): Partial<GuardedEnd> => ({
		nanodollars: dollars * dollar,
		usualPerMinute: 0.2 * dollar,
		...given,
	});

	test.each<
		readonly [
			string,
			ReadonlyArray<Partial<GuardedEnd>>,
			Partial<GuardLimits>,
			boolean,
		]
	>([
		['five times what is usual is not too much', [spent(1)], {}, false],
		['more is', [spent(1.01)], {}, true],
		['in one sum or in many', times(11, spent(0.1)), {}, true],
		[
			'within a minute',
			[spent(0.9), spent(0.2, {at: start + minute - 1})],
			{},
			true,
		],
		[
			'not in more than a minute',
			[spent(0.9), spent(0.2, {at: start + minute})],
			{},
			false,
		],
		[
			'counted again from there',
			[
				spent(0.9),
				spent(0.2, {at: start + minute}),
				spent(0.9, {at: start + minute + 1}),
			],
			{},
			true,
		],
		['by another factor', [spent(0.8)], {dollarsPerMinuteFactor: 3}, true],
		[
			'by a factor that is no whole number',
			[spent(0.7)],
			{dollarsPerMinuteFactor: 3.6},
			false,
		],
		['of one key', [spent(0.9), spent(0.9, {key: 'ci'})], {}, false],
		[
			'whatever came of it',
			[
				spent(0.9, {outcome: 'aborted', httpStatus: null}),
				spent(0.2, {outcome: 'truncated'}),
			],
			{},
			true,
		],
		[
			'never less than half a dollar',
			[spent(0.5, {usualPerMinute: 1})],
			{},
			false,
		],
		['but more than that', [spent(0.51, {usualPerMinute: 1})], {}, true],
		[
			'not where nobody knows what is usual',
			[spent(1000, {usualPerMinute: undefined})],
			{},
			false,
		],
		['not where nothing is', [spent(1000, {usualPerMinute: 0})], {}, false],
		[
			'not when switched off',
			[spent(1000)],
			{dollarsPerMinuteFactor: 0},
			false,
		],
		['nor when all is', [spent(1000)], {enabled: false}, false],
		[
			'a clock that was set back ends the minute',
			[spent(0.9, {at: start + 60 * minute}), spent(0.9)],
			{},
			false,
		],
	])('%s', (...[, ends, limits, trips]) => {
		expect(lastOfEnds(ends, limits)).toBe(trips ? 'rate' : undefined);
	});

	test('once told they are counted anew', () => {
		expect(toEnds([spent(1.5), spent(0.9), spent(0.2)])).toEqual([
			'rate',
			undefined,
			'rate',
		]);
	});

	test('are known where so many end that they cannot all be kept apart', () => {
		const ends = times(5000, (index) =>
			spent(0.0002, {at: start + index, model: `m${index}`}),
		);
		expect(toEnds(ends).filter(Boolean)).toEqual([]);
		expect(lastOfEnds([...ends, spent(0.0002, {at: start + 5000})])).toBe(
			'rate',
		);
	});
});

describe('the same body', () => {
	test.each<
		readonly [
			string,
			ReadonlyArray<Partial<GuardedRequest>>,
			Partial<GuardLimits>,
			boolean,
		]
	>([
		['five times is nothing', times(5, {}), {}, false],
		['the sixth time is too much', times(6, {}), {}, true],
		[
			'whatever else is asked for in between',
			[...times(5, {}), ...times(4, {bodyHash: 'two'}), {}],
			{},
			true,
		],
		[
			'another body is not meant',
			[...times(5, {}), {bodyHash: 'two'}],
			{},
			false,
		],
		['nor another session', [...times(5, {}), {session: 't'}], {}, false],
		['whichever key it comes with', [...times(5, {}), {key: 'ci'}], {}, true],
		[
			'within ten minutes',
			[...times(5, {}), {at: start + 10 * minute - 1}],
			{},
			true,
		],
		[
			'not in more than ten minutes',
			[...times(5, {}), {at: start + 10 * minute}],
			{},
			false,
		],
		[
			'in any ten minutes',
			[
				{},
				...times(4, {at: start + 9 * minute}),
				...times(2, {at: start + 10 * minute}),
			],
			{},
			true,
		],
		[
			'not where they are a little more apart',
			times(50, (index) => ({at: start + index * 2 * minute})),
			{},
			false,
		],
		[
			'not by a clock that was set back',
			[...times(5, {at: start + 60 * minute}), {}],
			{},
			false,
		],
		[
			'not of requests beside the conversation',
			times(9, {isSide: true}),
			{},
			false,
		],
		['not without a session', times(9, {session: null}), {}, false],
		['by another limit', times(2, {}), {sameBody: 2}, true],
		['not when switched off', times(50, {}), {sameBody: 0}, false],
		['nor when all is', times(50, {}), {enabled: false}, false],
	])('%s', (...[, requests, limits, trips]) => {
		expect(lastOfRequests(requests, limits)).toBe(
			trips ? 'same_body' : undefined,
		);
	});

	test('once told it is counted anew', () => {
		expect(toRequests(times(12, {}))).toEqual([
			...times(5, undefined),
			'same_body',
			...times(5, undefined),
			'same_body',
		]);
	});

	test('is forgotten where a thousand others came since', () => {
		const others = times(1000, (index) => ({bodyHash: `other ${index}`}));
		expect(lastOfRequests([...times(5, {}), ...others, {}])).toBeUndefined();
		expect(lastOfRequests([...times(5, {}), ...others.slice(1), {}])).toBe(
			'same_body',
		);
	});
});

describe('errors in a row', () => {
	const failed: Partial<GuardedEnd> = {outcome: 'error', httpStatus: 500};

	test.each<
		readonly [
			string,
			ReadonlyArray<Partial<GuardedEnd>>,
			Partial<GuardLimits>,
			boolean,
		]
	>([
		['nine are not too many', times(9, failed), {}, false],
		['ten are', times(10, failed), {}, true],
		[
			'of any kind',
			[
				...times(3, {...failed, httpStatus: 429}),
				...times(3, {...failed, httpStatus: 400}),
				...times(3, {outcome: 'truncated' as const, httpStatus: 200}),
				{...failed, httpStatus: null},
			],
			{},
			true,
		],
		['a success ends the row', [...times(9, failed), {}, failed], {}, false],
		[
			'and another begins',
			[...times(9, failed), {}, ...times(10, failed)],
			{},
			true,
		],
		[
			'what the agent left counts neither way',
			[...times(9, failed), {outcome: 'aborted' as const}, failed],
			{},
			true,
		],
		['it is no error', times(50, {outcome: 'aborted' as const}), {}, false],
		[
			'nor is what we turned down ourselves',
			times(50, {outcome: 'refused' as const, httpStatus: 402}),
			{},
			false,
		],
		[
			'each key has its own row',
			[...times(9, failed), {...failed, key: 'ci'}],
			{},
			false,
		],
		[
			'that another does not end',
			[...times(9, failed), {key: 'ci'}, failed],
			{},
			true,
		],
		[
			'however long it takes',
			times(10, (index) => ({...failed, at: start + index * 60 * minute})),
			{},
			true,
		],
		['by another limit', times(1, failed), {errorsInRow: 1}, true],
		['not when switched off', times(50, failed), {errorsInRow: 0}, false],
		['nor when all is', times(50, failed), {enabled: false}, false],
	])('%s', (...[, ends, limits, trips]) => {
		expect(lastOfEnds(ends, limits)).toBe(trips ? 'errors' : undefined);
	});

	test('once told they are counted anew', () => {
		expect(toEnds(times(20, failed)).filter(Boolean)).toEqual([
			'errors',
			'errors',
		]);
	});

	test('that are dear as well are told once', () => {
		const dear = {...failed, nanodollars: dollar, usualPerMinute: 1};
		expect(toEnds([dear, dear], {errorsInRow: 1})).toEqual([
			'errors',
			'errors',
		]);
	});
});

test('after a reset everything begins anew', () => {
	const guard = new Guard();
	const failed = {
		outcome: 'error' as const,
		nanodollars: 0.09 * dollar,
		usualPerMinute: 0.2 * dollar,
	};
	toEnds(times(9, failed), {}, guard);
	toRequests(times(5, {}), {}, guard);
	guard.reset();
	expect(toEnds(times(9, failed), {}, guard)).toEqual(times(9, undefined));
	expect(toRequests(times(5, {}), {}, guard)).toEqual(times(5, undefined));
	expect(lastOfEnds([failed], {}, guard)).toBe('errors');
	expect(lastOfRequests([{}], {}, guard)).toBe('same_body');
});

describe('it says', () => {
	const spent = (
		dollars: number,
		model: string | null = 'claude-opus',
		usualDollars = 0.2,
	): Partial<GuardedEnd> => ({
		nanodollars: dollars * dollar,
		model,
		usualPerMinute: usualDollars * dollar,
	});
	const saysOfEnds = (
		ends: ReadonlyArray<Partial<GuardedEnd>>,
		limits: Partial<GuardLimits> = {},
	) => {
		const guard = new Guard();
		return ends
			.map((one) => guard.ended(end(one), {...usual, ...limits})?.says)
			.at(-1);
	};

	test.each<readonly [ReadonlyArray<Partial<GuardedEnd>>, string]>([
		[
			[spent(4.1, 'claude-opus', 4.1 / 6)],
			'claude-opus spent $4.10 in the last minute, 6 times what is usual for desktop',
		],
		[
			[spent(0.9), spent(0.2)],
			'claude-opus spent $1.10 in the last minute, 5.5 times what is usual for desktop',
		],
		[
			[spent(0.4, 'claude-haiku'), spent(0.9)],
			'claude-opus and others spent $1.30 in the last minute, 6.5 times what is usual for desktop',
		],
		[
			[spent(0.3), spent(0.4, 'claude-haiku'), spent(0.4)],
			'claude-opus and others spent $1.10 in the last minute, 5.5 times what is usual for desktop',
		],
		[
			[spent(2.5, null)],
			'desktop spent $2.50 in the last minute, 13 times what is usual for desktop',
		],
		[
			[spent(900, 'claude-opus', 0.01)],
			'claude-opus spent $900 in the last minute, 90,000 times what is usual for desktop',
		],
	])('what was spent (case %#)', (ends, says) => {
		expect(saysOfEnds(ends)).toBe(says);
	});

	test.each<readonly [Partial<GuardedEnd>, string]>([
		[{outcome: 'error', httpStatus: 529}, 'with status 529'],
		[{outcome: 'error', httpStatus: null}, 'without an answer'],
		[{outcome: 'truncated', httpStatus: 200}, 'because its answer broke off'],
	])('how the last of a row failed (case %#)', (one, how) => {
		expect(saysOfEnds(times(2, one), {errorsInRow: 2})).toBe(
			`2 requests of desktop failed in a row, the last ${how}`,
		);
	});

	test.each([
		[0, 'a minute'],
		[20 * second, 'a minute'],
		[80 * second, 'a minute'],
		[4 * minute, '4 minutes'],
		[10 * minute - 1, '10 minutes'],
	])('how long the same was asked for: %d ms', (ms, within) => {
		const guard = new Guard();
		guard.asked(request(), {...usual, sameBody: 2});
		expect(
			guard.asked(request({at: start + ms}), {...usual, sameBody: 2}),
		).toEqual({
			what: 'same_body',
			says: `desktop asked for the same 2 times within ${within}`,
		});
	});
});
