import {expect, test} from 'vitest';
import {limitsInWords} from '../../source/commands/limits-in-words.js';
import type {LimitRow} from '../../source/usage-log/limits.js';

const nowMs = Date.parse('2026-11-22T12:00:00Z');

const row = (given: Partial<LimitRow>): LimitRow => ({
	endpoint: 'main',
	credential: '',
	name: 'requests',
	limit: undefined,
	remaining: undefined,
	utilization: undefined,
	status: undefined,
	resetAt: undefined,
	seenAt: nowMs - 1000,
	exchange: 1,
	...given,
});

test.each<readonly [Partial<LimitRow>, string | undefined]>([
	[
		{limit: 4000, remaining: 120, resetAt: nowMs + 27_000},
		'main: requests 120 of 4.0k left, resets in 27s',
	],
	[
		{
			name: 'unified-5h',
			utilization: 0.92,
			status: 'allowed_warning',
			resetAt: nowMs + 7_800_000,
		},
		'main: unified-5h 92% used allowed warning, resets in 2h10',
	],
	[
		{name: 'unified-7d_opus', utilization: 1.2, status: 'allowed'},
		'main: unified-7d_opus 120% used',
	],
	[{remaining: 0, resetAt: nowMs}, undefined],
	[{remaining: 3, seenAt: nowMs - 86_400_000}, undefined],
])('%j', (given, line) => {
	expect(limitsInWords([row(given)], nowMs)).toEqual(
		line === undefined ? [] : [`limit        ${line}`],
	);
});
