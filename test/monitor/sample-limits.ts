import type {LimitRow} from '../../source/usage-log/limits.js';
import {sampleNowMs} from './sample-rows.js';

/**
What an endpoint told of one limit five seconds ago.
*/
export const limitRow = (
	name: string,
	given: Partial<LimitRow> = {},
): LimitRow => ({
	endpoint: 'anthropic',
	credential: '',
	name,
	limit: undefined,
	remaining: undefined,
	utilization: undefined,
	status: undefined,
	resetAt: undefined,
	seenAt: sampleNowMs - 5000,
	exchange: 1,
	...given,
});

const minute = 60_000;

/**
A plan's two windows, and a limit per minute that is nearly used up.
*/
export const sampleLimits: readonly LimitRow[] = [
	limitRow('unified', {status: 'allowed', resetAt: sampleNowMs + 90 * minute}),
	limitRow('unified-7d', {
		utilization: 0.31,
		status: 'allowed',
		resetAt: sampleNowMs + 96 * 60 * minute,
	}),
	limitRow('unified-5h', {
		utilization: 0.42,
		status: 'allowed',
		resetAt: sampleNowMs + 130 * minute,
	}),
	limitRow('unified-overage', {status: 'rejected'}),
	limitRow('input-tokens', {
		limit: 100_000,
		remaining: 21_000,
		resetAt: sampleNowMs + 30_000,
	}),
	limitRow('requests', {
		limit: 4000,
		remaining: 3400,
		resetAt: sampleNowMs + 30_000,
	}),
];
