import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {factsOf} from '../../source/monitor/layout/exchange-facts.js';
import {reasonTexts} from '../../source/monitor/layout/reason.js';
import {rowStateOf} from '../../source/monitor/row-state.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {sampleModel} from './sample-model.js';
import {endedRow, sampleNowMs} from './sample-rows.js';

const entryOf = (given: Partial<Exchange>) => {
	const exchange = endedRow(400, {outcome: 'error', agoMs: 3000, ...given});
	return {
		exchange,
		live: undefined,
		fallbacks: 0,
		state: rowStateOf(exchange, undefined, sampleNowMs),
	};
};

const detailOf = (given: Partial<Exchange>) =>
	new Map(
		factsOf(sampleModel(), entryOf(given), glyphsFor(false)).map(
			([label, text]) => [label, text],
		),
	);

describe('the list', () => {
	test.each<readonly [Partial<Exchange>, readonly string[]]>([
		[
			{
				httpStatus: 429,
				errorClass: 'rate_limit',
				rateLimits: {
					windows: {requests: {limit: 50, remaining: 0, resetMs: 30_000}},
				},
			},
			[
				'429 per-minute limit: resets in 27s',
				'429 resets 27s',
				'429 limit',
				'limit',
				'429',
			],
		],
		[
			{httpStatus: 529, errorClass: 'overloaded'},
			['529 overloaded', 'overloaded', '529'],
		],
		[
			{outcome: 'refused', httpStatus: 503, reason: 'draining'},
			['passthrough was stopping', 'stopping'],
		],
		[{outcome: 'aborted', errorClass: 'aborted'}, ['agent left', 'left']],
		[{outcome: 'ok', stopReason: 'refusal'}, []],
	])('says of %j why, at any length', (given, texts) => {
		const facts = {attempts: new Map(), nowMs: sampleNowMs};
		expect(reasonTexts(entryOf(given), facts)).toEqual(texts);
	});
});

describe('the detail', () => {
	test('tells cause and remedy', () => {
		const detail = detailOf({httpStatus: 401, errorClass: 'auth'});
		expect(detail.get('cause')).toBe(
			'The endpoint anthropic did not accept the key.',
		);
		expect(detail.get('remedy')).toContain('[endpoints.anthropic]');
	});

	test('names the model that was meant, of those that have answered', () => {
		const detail = detailOf({
			httpStatus: 404,
			errorClass: 'model_not_found',
			askedModel: 'claude-sonet-4-6',
			sentModel: 'claude-sonet-4-6',
			servedModel: null,
		});
		expect(detail.get('remedy')).toBe('Did you mean claude-sonnet-4-6?');
	});

	test('tells of a refusal, though all went well', () => {
		const detail = detailOf({outcome: 'ok', stopReason: 'refusal'});
		expect(detail.get('cause')).toContain('refused to answer');
	});

	test('tells what is repeated, and what was in the cache before', () => {
		const detail = detailOf({
			outcome: 'ok',
			retryOf: 344,
			waitedMs: 4000,
			side: true,
			rebuiltTokens: 840,
		});
		expect(detail.get('repeats')).toBe('request 344 after 4.0s');
		expect(detail.get('side')).toContain('side request');
		expect(
			factsOf(
				sampleModel(),
				entryOf({rebuiltTokens: 840, rebuiltNanodollars: 4e7}),
				glyphsFor(false),
			),
		).toContainEqual([
			'',
			'The prompt cache was broken: 840 written anew, $0.04 more than reading them.',
			'warn',
		]);
		expect(detail.get('cause')).toBe('');
	});

	test('lists the limits of all kinds', () => {
		const detail = detailOf({
			outcome: 'ok',
			rateLimits: {
				windows: {requests: {limit: 4000, remaining: 120}},
				unified: {
					windows: {'5h': {utilization: 0.92, status: 'allowed_warning'}},
				},
			},
		});
		expect(detail.get('limits')).toBe(
			'requests 120 of 4.0k left, unified-5h 92% used allowed warning',
		);
	});
});
