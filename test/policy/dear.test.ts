import {expect, test} from 'vitest';
import {isDear, promptTokensBound} from '../../source/policy/dear.js';

test.each([
	[0, 0],
	[1, 1],
	[3, 1],
	[4, 2],
	[180_000, 60_000],
])('%i bytes are at most %i tokens', (bytes, tokens) => {
	expect(promptTokensBound(bytes)).toBe(tokens);
});

test.each([
	['as many as may be are not dear', 180_000, 60_000, false],
	['one more is', 180_001, 60_000, true],
	['with none allowed all are', 1, 0, true],
	['but nothing', 0, 0, false],
])('%s', (_, bytes, most, dear) => {
	expect(isDear(bytes, most)).toBe(dear);
});
