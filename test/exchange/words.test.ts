import {describe, expect, test} from 'vitest';
import {
	holdReasons,
	outcomes,
	type Exchange,
} from '../../source/exchange/exchange.js';
import {ownReasons} from '../../source/exchange/own-reasons.js';
import {inFull} from '../../source/exchange/said.js';
import type {Told} from '../../source/exchange/told.js';
import {errorClasses} from '../../source/exchange/usage.js';
import {wordsFor} from '../../source/exchange/words.js';
import {unknown} from '../../source/pricing/price-exchange.js';
import {endOf} from '../../source/passthrough/end-facts.js';
import {measure, optionsOf, readFixtures} from '../wire/measured.js';

/**
When the recorded errors came.
*/
const recordedAt = Date.parse('2026-11-22T12:00:00Z');

const models = [
	'claude-sonnet-4-6',
	'claude-opus-4-6',
	'claude-haiku-4-5-20251001',
	'anthropic/claude-sonnet-4.6',
	'gpt-5.4',
];

const shortOf = (told: Told, nowMs?: number) =>
	wordsFor(told, {nowMs, models})?.short[0];

describe('the recorded errors', () => {
	const fixtures = readFixtures();

	const expected: Readonly<Record<string, string>> = {
		'e01-401-anthropic': '401 key not accepted',
		'e02-400-context': '400 prompt too long for the model',
		'e03-404-model':
			'404 no such model at this endpoint: did you mean claude-sonnet-4-6?',
		'e04-429-anthropic': '429 per-minute limit: resets in 27s',
		'e05-529': '529 overloaded',
		'e06-429-unified': '429 5 h window used up: resets in 5h00',
		'e07-413': '413 request too large',
		'e08-402-billing': '402 payment needed: waiting will not help',
		'e10-502-html': '502 error page of a gateway',
		'e11-404-double-v1': '404 /v1 twice in the base URL',
		'e12-401-openai': '401 key not accepted',
		'e13-429-openai-quota':
			'429 spend limit at the gateway: waiting will not help',
		'e14-429-openai-rate': '429 per-minute limit: resets in 6m01',
		'e16-504': '504 no answer in time',
		'e17-403': '403 not permitted',
		'a07-midstream-overloaded': 'overloaded',
		'a08-truncated': 'answer cut short',
		'a09-delta-repeats-input': 'cut at the output limit',
		'a20-refusal': 'model refused',
		'o10-error-in-200-stream': 'rate limit',
		'o13-truncated': 'answer cut short',
		'r03-responses-failed': 'error at the endpoint',
	};

	test.each(fixtures)('$id is told in words', async (fixture) => {
		const facts = await measure(optionsOf(fixture), [fixture.body]);
		const end = endOf(facts, {
			endedAt: recordedAt,
			status: fixture.response.status,
			cost: unknown,
		});
		const told: Told = {
			...end,
			endpoint: 'main',
			path: fixture.request.path,
			sentModel: 'claude-sonet-4-6',
		};

		const words = wordsFor(told, {nowMs: recordedAt, models});
		expect(words?.short[0]).toBe(expected[fixture.id]);
	});

	test('have none left out', () => {
		const errors = fixtures
			.filter(({wanted}) => wanted['outcome'] !== 'ok')
			.map(({id}) => id);
		expect(Object.keys(expected)).toEqual(expect.arrayContaining(errors));
	});
});

const told: readonly Told[] = [
	...errorClasses.map((errorClass): Told => ({outcome: 'error', errorClass})),
	...ownReasons.map((reason): Told => ({outcome: 'refused', reason})),
	...outcomes
		.filter((outcome) => outcome !== 'ok' && outcome !== 'open')
		.map((outcome): Told => ({outcome})),
	{outcome: 'error', errorType: 'something_new', errorMessage: 'It is new.'},
	{outcome: 'refused', reason: 'something_new'},
	{outcome: 'error', errorClass: 'network', errorType: 'SOMETHING_NEW'},
];

test.each(told)('%j has words that fit', (one) => {
	const {short, cause} = wordsFor(one)!;
	expect(cause).toMatch(/^[A-Z].*[!.?]$/);
	expect(short.at(-1)!.length).toBeLessThanOrEqual(15);
	expect(short.every((text) => text.trim() !== '')).toBe(true);
	const lengths = short.map(({length}) => length);
	expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
});

test.each<Told>([
	{outcome: 'ok', stopReason: 'end_turn'},
	{outcome: 'ok'},
	{outcome: 'open'},
	{},
])('%j needs no words', (one) => {
	expect(wordsFor(one)).toBeUndefined();
});

test('every reason to hold a request has words', () => {
	expect(ownReasons).toEqual(expect.arrayContaining([...holdReasons]));
});

describe('a 429', () => {
	const limited = (given: Told): Told => ({
		outcome: 'error',
		errorClass: 'rate_limit',
		httpStatus: 429,
		endpoint: 'main',
		endedAt: recordedAt,
		...given,
	});
	const windows = (reset: string, remaining = 0): Exchange['rateLimits'] => ({
		windows: {
			requests: {limit: 50, remaining: 7, reset: '2026-11-22T12:01:00Z'},
			tokens: {limit: 30_000, remaining, reset},
		},
	});
	const plan = (
		more: NonNullable<NonNullable<Exchange['rateLimits']>['unified']>,
	): Told => limited({rateLimits: {unified: more}});
	const inSeconds = (seconds: number) => recordedAt / 1000 + seconds;

	test.each<readonly [string, Told, string]>([
		[
			'for want of long-context credit',
			limited({
				errorMessage: 'Extra usage is required for long context requests.',
			}),
			'429 long-context credit, not a rate limit',
		],
		[
			'for want of extra usage',
			limited({errorMessage: "You're out of extra usage. Add more."}),
			'429 extra usage is used up: waiting will not help',
		],
		[
			'that says when to come back',
			limited({retryAfterMs: 27_000}),
			'429 rate limit: again in 27s',
		],
		['that says nothing', limited({}), '429 rate limit'],
		[
			'for an account that grows too fast',
			limited({errorMessage: 'This exceeds the acceleration limit.'}),
			'429 usage rose too fast',
		],
		[
			'of a window that resets within the minute',
			limited({rateLimits: windows('2026-11-22T12:00:44Z')}),
			'429 per-minute limit: resets in 44s',
		],
		[
			'of a window that resets in hours',
			limited({rateLimits: windows('2026-11-22T15:10:00Z')}),
			'429 limit of tokens: resets in 3h10',
		],
		[
			'of which no window is used up',
			limited({
				rateLimits: windows('2026-11-22T12:00:44Z', 500),
				retryAfterMs: 3000,
			}),
			'429 rate limit: again in 3s',
		],
		[
			'of the plan for five hours',
			plan({
				status: 'rejected',
				representativeClaim: 'five_hour',
				windows: {
					'5h': {status: 'rejected', utilization: 1, reset: inSeconds(7800)},
					'7d': {status: 'allowed', utilization: 0.4, reset: inSeconds(90_000)},
				},
			}),
			'429 5 h window used up: resets in 2h10',
		],
		[
			'of the plan for a week, by its utilization alone',
			plan({
				windows: {
					'7d': {utilization: 1.02, reset: inSeconds(4 * 86_400 + 9)},
					'5h': {utilization: 0.3, reset: inSeconds(7800)},
				},
			}),
			'429 7 d window used up: resets in 96h',
		],
		[
			'of one model of the plan',
			plan({
				status: 'rejected',
				representativeClaim: 'seven_day_opus',
				windows: {
					'7d_opus': {status: 'rejected', reset: inSeconds(3600)},
					'5h': {status: 'rejected', reset: inSeconds(7800)},
				},
			}),
			'429 7 d_opus window used up: resets in 1h00',
		],
		[
			'of a plan that names no window',
			plan({status: 'rejected', reset: inSeconds(600), windows: {}}),
			"429 plan's window used up: resets in 10m",
		],
	])('%s', (_, one, short) => {
		expect(shortOf(one)).toBe(short);
		expect(shortOf(one, recordedAt)).toBe(short);
	});

	test('counts down while one looks, and stops when the limit has reset', () => {
		const one = limited({rateLimits: windows('2026-11-22T12:00:44Z')});
		expect(shortOf(one, recordedAt + 14_000)).toBe(
			'429 per-minute limit: resets in 30s',
		);
		expect(shortOf(one, recordedAt + 44_000)).toBe('429 per-minute limit');
		expect(wordsFor(one, {nowMs: recordedAt + 44_000})?.cause).toContain(
			'It reset at',
		);
	});
});

test.each<readonly [string, string]>([
	['ENOTFOUND', 'host name not found'],
	['EAI_AGAIN', 'host name not found'],
	['ECONNREFUSED', 'connection refused'],
	['ECONNRESET', 'connection broke'],
	['UND_ERR_SOCKET', 'connection broke'],
	['ENETUNREACH', 'no way there'],
	['CERT_HAS_EXPIRED', 'certificate expired'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate of another'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'certificate not trusted'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate not trusted'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate not trusted'],
	['EPROTO', 'TLS failed'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS failed'],
	['PROXY_407', 'proxy refused'],
	['HPE_INVALID_CONSTANT', 'answer is no HTTP'],
])('%s: %s', (errorType, short) => {
	const one: Told = {
		outcome: 'error',
		errorClass: 'network',
		errorType,
		httpStatus: 502,
		reason: 'unreachable',
	};
	expect(shortOf(one)).toBe(short);
});

test('a connection that broke after all was sent says that it may be billed', () => {
	const words = wordsFor({
		outcome: 'error',
		errorClass: 'network',
		errorType: 'ECONNRESET',
		possiblyBilled: true,
	});
	expect(inFull(words!)).toContain('may be billed');
});

test.each([
	['claude-sonnet-4.6', 'claude-sonnet-4-6 or anthropic/claude-sonnet-4.6'],
	['claude-sonnet-4-6[1m]', 'claude-sonnet-4-6'],
	['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
	['gpt5.4', 'gpt-5.4'],
	['gpt-5', 'gpt-5.4'],
])('who asks for %s is asked whether it is %s', (asked, meant) => {
	const words = wordsFor(
		{outcome: 'error', errorClass: 'model_not_found', askedModel: asked},
		{models},
	);
	expect(words?.remedy).toContain(`Did you mean ${meant}`);
});

test('nobody is asked whether a model is meant that is nothing like it', () => {
	const words = wordsFor(
		{outcome: 'error', errorClass: 'model_not_found', askedModel: 'llama-3'},
		{models},
	);
	expect(words?.remedy).toContain('list of models');
	expect(words?.short[0]).toBe('no such model at this endpoint');
});
