import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {errorClasses, type ErrorClass} from '../../source/exchange/usage.js';
import {
	afterAttempt,
	mayBeHidden,
	type AttemptEnd,
	type RetryFacts,
	type Verdict,
} from '../../source/policy/retry.js';

type Refused = Extract<AttemptEnd, {kind: 'refused'}>;

const refused = (
	status: number,
	errorClass?: ErrorClass,
	more: Partial<Refused> = {},
): Refused => ({
	kind: 'refused',
	status,
	class: errorClass,
	retryable: [408, 409, 429].includes(status) || status >= 500,
	retryAfterMs: undefined,
	...more,
});
const facts = (
	end: AttemptEnd,
	more: Partial<RetryFacts> = {},
): RetryFacts => ({
	end,
	triesHere: 1,
	attempts: 2,
	isDear: false,
	hasNext: false,
	isFallback: false,
	leftMs: 240_000,
	random: 0.5,
	...more,
});

const again = (waitMs: number): Verdict => ({kind: 'again', waitMs});
const next: Verdict = {kind: 'next'};
const show: Verdict = {kind: 'show'};
const showPrevious: Verdict = {kind: 'show-previous'};

const unreachable: AttemptEnd = {kind: 'unreachable'};
const maybeBilled: AttemptEnd = {kind: 'maybe-billed'};
const never = {retryable: false};
const spent = {triesHere: 2};
const dear = {isDear: true};
const fallback = {isFallback: true};
const hasNext = {hasNext: true};

type Row = readonly [string, AttemptEnd, Partial<RetryFacts>, Verdict];

describe('without an answer', () => {
	test.each<Row>([
		['who cannot be reached is left', unreachable, hasNext, next],
		['where there is nobody else, that is said', unreachable, {}, show],
		[
			'a dear prompt does not go elsewhere for it',
			unreachable,
			{...dear, ...hasNext},
			show,
		],
		[
			'what may have been billed is sent again after a while',
			maybeBilled,
			hasNext,
			again(250),
		],
		['as often as may be', maybeBilled, {...spent, ...hasNext}, next],
		['and then no more', maybeBilled, spent, show],
		['a dear one is not sent again', maybeBilled, {...dear, ...hasNext}, show],
		[
			'nor one that has failed before',
			maybeBilled,
			{attempts: 1, ...hasNext},
			next,
		],
	])('%s', (_, end, more, verdict) => {
		expect(afterAttempt(facts(end, more))).toEqual(verdict);
	});
});

describe('after an answer that passes', () => {
	test.each<Row>([
		['a 408 is tried again', refused(408, 'timeout'), hasNext, again(250)],
		['a 409', refused(409, 'conflict'), hasNext, again(250)],
		['a 429', refused(429, 'rate_limit'), hasNext, again(250)],
		['a 500', refused(500, 'server'), hasNext, again(250)],
		['a 529', refused(529, 'overloaded'), hasNext, again(250)],
		['one that nobody understood', refused(502), hasNext, again(250)],
		[
			'when the tries are spent, the next target has its turn',
			refused(500, 'server'),
			{...spent, ...hasNext},
			next,
		],
		[
			'without a next one, the answer is shown',
			refused(500, 'server'),
			spent,
			show,
		],
		[
			'a body that has failed before has one try',
			refused(500, 'server'),
			{attempts: 1, ...hasNext},
			next,
		],
		[
			'who is told not to come again goes on',
			refused(500, 'server', never),
			hasNext,
			next,
		],
		[
			'and shows it where there is nowhere to go',
			refused(429, 'rate_limit', never),
			{},
			show,
		],
		[
			'a fallback is tried again like any other',
			refused(503, 'server'),
			fallback,
			again(250),
		],
		[
			'a fallback that fails so is shown at the end',
			refused(503, 'server'),
			{...fallback, ...spent},
			show,
		],
	])('%s', (_, end, more, verdict) => {
		expect(afterAttempt(facts(end, more))).toEqual(verdict);
	});
});

describe('the wait', () => {
	const limited = (retryAfterMs?: number) =>
		refused(429, 'rate_limit', {retryAfterMs});
	test.each<Row>([
		['is by chance', limited(), {random: 0}, again(0)],
		['up to half a second', limited(), {random: 0.999}, again(500)],
		[
			'then twice that',
			limited(),
			{triesHere: 2, attempts: 9, random: 0.999},
			again(999),
		],
		[
			'and twice that',
			limited(),
			{triesHere: 3, attempts: 9, random: 0.999},
			again(1998),
		],
		[
			'to eight seconds at most',
			limited(),
			{triesHere: 8, attempts: 9, random: 0.999},
			again(7992),
		],
		[
			'is never shorter than was asked for',
			limited(3000),
			{random: 0},
			again(3000),
		],
		['and a little longer', limited(3000), {}, again(3250)],
		[
			'is not shortened by what was asked for',
			limited(100),
			{triesHere: 4, attempts: 9},
			again(2000),
		],
		['of nothing spreads too', limited(0), {}, again(250)],
		[
			'that does not fit is none: the next target has its turn',
			limited(20_000),
			{leftMs: 20_000, ...hasNext},
			next,
		],
		[
			'that does not fit is none: the answer is shown',
			limited(20_000),
			{leftMs: 20_000},
			show,
		],
		['that fits is waited', limited(20_000), {leftMs: 20_251}, again(20_250)],
		[
			'is none when nothing is left, and nobody else is asked',
			limited(),
			{leftMs: 0, random: 0, ...hasNext},
			show,
		],
		[
			'has time when comments have begun',
			limited(280_000),
			{leftMs: Infinity, ...hasNext},
			again(280_250),
		],
		[
			'of hours is nobody’s, comments or not',
			limited(5 * 3_600_000),
			{leftMs: Infinity, ...hasNext},
			next,
		],
	])('%s', (_, end, more, verdict) => {
		expect(afterAttempt(facts(end, more))).toEqual(verdict);
	});
});

describe('what no try would change', () => {
	test.each<readonly [number, ErrorClass]>([
		[429, 'quota'],
		[400, 'quota'],
		[401, 'auth'],
		[402, 'billing'],
		[403, 'permission'],
		[400, 'invalid_request'],
		[422, 'invalid_request'],
		[400, 'context_length'],
		[413, 'too_large'],
		[404, 'not_found'],
		[404, 'model_not_found'],
		[503, 'model_not_found'],
		[404, 'route_not_found'],
	])('%i %s is shown at once, whatever the endpoint says', (status, is) => {
		for (const retryable of [true, false]) {
			const end = refused(status, is, {retryable});
			expect(afterAttempt(facts(end, hasNext))).toEqual(show);
			expect(afterAttempt(facts(end, {...hasNext, ...dear}))).toEqual(show);
		}
	});
});

describe('after the answer of a fallback', () => {
	test.each<Row>([
		...[400, 401, 403, 404, 422].flatMap((status): Row[] => [
			[`${status} counts as none`, refused(status), fallback, showPrevious],
			[
				`${status} leaves it to the next`,
				refused(status),
				{...fallback, ...hasNext},
				next,
			],
		]),
		[
			'a model it does not have counts as none, in a 503 too',
			refused(503, 'model_not_found'),
			fallback,
			showPrevious,
		],
		[
			'a prompt too long for it counts as none',
			refused(400, 'context_length'),
			fallback,
			showPrevious,
		],
		['402 is shown', refused(402, 'billing'), fallback, show],
		['413 is shown', refused(413, 'too_large'), fallback, show],
		[
			'a quota that is used up is shown',
			refused(429, 'quota', never),
			{...fallback, ...hasNext},
			show,
		],
		[
			'a dear prompt goes no further',
			refused(400, 'invalid_request'),
			{...fallback, ...hasNext, ...dear},
			showPrevious,
		],
	])('%s', (_, end, more, verdict) => {
		expect(afterAttempt(facts(end, more))).toEqual(verdict);
	});
});

describe('a dear prompt', () => {
	test.each<Row>([
		...[429, 503, 529].map((status): Row => [
			`waits out ${status}, however often it has tried`,
			refused(status),
			{triesHere: 20, attempts: 1, ...hasNext},
			again(15_000),
		]),
		['begins small', refused(529), {}, again(250)],
		[
			'waits as long as it is told',
			refused(429, 'rate_limit', {retryAfterMs: 60_000}),
			hasNext,
			again(60_250),
		],
		[
			'goes nowhere else when the time is up',
			refused(529),
			{leftMs: 200, ...hasNext},
			show,
		],
		...[408, 409, 500, 502, 504].map((status): Row => [
			`gets ${status} back at once`,
			refused(status),
			hasNext,
			show,
		]),
		[
			'does not wait where it is told not to come again',
			refused(529, 'overloaded', never),
			hasNext,
			show,
		],
	])('%s', (_, end, more, verdict) => {
		expect(afterAttempt(facts(end, {...dear, ...more}))).toEqual(verdict);
	});
});

test.each([
	...[408, 409, 429, 500, 502, 503, 504, 529].map(
		(status) => [status, true, true] as const,
	),
	...[400, 401, 403, 404, 422].map((status) => [status, false, true] as const),
	...[200, 204, 304, 402, 410, 413].map(
		(status) => [status, false, false] as const,
	),
])('%i may be hidden: %s; from a fallback: %s', (status, first, fallen) => {
	expect(mayBeHidden(status, false)).toBe(first);
	expect(mayBeHidden(status, true)).toBe(fallen);
});

describe('whatever happens', () => {
	const ends: fc.Arbitrary<AttemptEnd> = fc.oneof(
		fc.constantFrom(unreachable, maybeBilled),
		fc.record({
			kind: fc.constant('refused' as const),
			status: fc.integer({min: 300, max: 599}),
			class: fc.constantFrom(undefined, ...errorClasses),
			retryable: fc.boolean(),
			retryAfterMs: fc.option(fc.nat(500_000), {nil: undefined}),
		}),
	);
	const anything: fc.Arbitrary<RetryFacts> = fc.record({
		end: ends,
		triesHere: fc.integer({min: 1, max: 40}),
		attempts: fc.integer({min: 1, max: 5}),
		isDear: fc.boolean(),
		hasNext: fc.boolean(),
		isFallback: fc.boolean(),
		leftMs: fc.oneof(fc.nat(300_000), fc.constant(Infinity)),
		random: fc.double({min: 0, max: 0.999, noNaN: true}),
	});

	test('an answer that goes out from its first byte on is shown', () => {
		fc.assert(
			fc.property(anything, (given) => {
				const {end, isFallback} = given;
				fc.pre(end.kind === 'refused' && !mayBeHidden(end.status, isFallback));
				// Where a gateway wraps a missing model, it does so in a status that passes.
				fc.pre(end.kind === 'refused' && end.class !== 'model_not_found');
				expect(afterAttempt(given)).toEqual(show);
			}),
		);
	});

	test('a wait is as long as was asked for, and fits', () => {
		const waits = fc.record({
			end: fc.record({
				kind: fc.constant('refused' as const),
				status: fc.constantFrom(429, 503, 529),
				class: fc.constantFrom(undefined, 'rate_limit', 'overloaded'),
				retryable: fc.constant(true),
				retryAfterMs: fc.option(fc.nat(500_000), {nil: undefined}),
			}),
			triesHere: fc.integer({min: 1, max: 4}),
			attempts: fc.constant(5),
			isDear: fc.boolean(),
			hasNext: fc.boolean(),
			isFallback: fc.constant(false),
			leftMs: fc.oneof(fc.nat(600_000), fc.constant(Infinity)),
			random: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
		});
		fc.assert(
			fc.property(waits, (given) => {
				const askedMs = given.end.retryAfterMs ?? 0;
				const verdict = afterAttempt(given);
				fc.pre(verdict.kind === 'again');
				expect(verdict.waitMs).toBeLessThan(given.leftMs);
				expect(verdict.waitMs).toBeGreaterThanOrEqual(askedMs);
			}),
		);
	});

	test('nothing goes on to a target that is not there, and no dear prompt to any', () => {
		fc.assert(
			fc.property(anything, (given) => {
				fc.pre(!given.hasNext || given.isDear);
				expect(afterAttempt(given).kind).not.toBe('next');
			}),
		);
	});

	test('only a dear prompt has more tries than there are', () => {
		fc.assert(
			fc.property(anything, (given) => {
				fc.pre(!given.isDear && given.triesHere >= given.attempts);
				expect(afterAttempt(given).kind).not.toBe('again');
			}),
		);
	});
});
