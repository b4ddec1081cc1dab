import {expect, test} from 'vitest';
import {retryAfterMs} from '../../source/wire/retry-after.js';

const now = Date.parse('2026-11-22T12:00:00Z');

test.each([
	[['Retry-After', '27'], 27_000],
	[['retry-after', '1.5'], 1500],
	[['retry-after', ' 0 '], 0],
	[['retry-after', '2', 'Retry-After-Ms', '1220'], 1220],
	[['retry-after', '2', 'retry-after-ms', 'soon'], 2000],
	[['retry-after', 'Sun, 22 Nov 2026 12:00:30 GMT'], 30_000],
	[['retry-after', 'Sun, 22 Nov 2026 11:00:00 GMT'], 0],
	[['retry-after', '2026-11-22T12:01:00Z'], 60_000],
	[['retry-after', '-5'], undefined],
	[['retry-after', 'later'], undefined],
	[['retry-after', ''], undefined],
	[[], undefined],
])('%j asks for %s ms', (headers, expected) => {
	expect(retryAfterMs(headers, now)).toBe(expected);
});

test('without a clock a date is counted from the date of the answer', () => {
	const headers = ['Retry-After', 'Sun, 22 Nov 2026 12:00:30 GMT'];
	expect(
		retryAfterMs(
			[...headers, 'Date', 'Sun, 22 Nov 2026 12:00:20 GMT'],
			undefined,
		),
	).toBe(10_000);
	expect(retryAfterMs(headers, undefined)).toBeUndefined();
});
