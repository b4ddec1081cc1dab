import {expect, test} from 'vitest';
import {delays} from '../../source/policy/stagger.js';

test.each([
	[0, []],
	[1, [0]],
	[4, [0, 75, 150, 225]],
])('%i leave after %j ms', (count, expected) => {
	expect(delays(count)).toEqual(expected);
});

test.each([68, 101, 1000])('%i have all left after five seconds', (count) => {
	const all = delays(count);
	expect(all).toHaveLength(count);
	expect(all.at(-1)).toBe(5000);
	expect(all).toEqual(all.toSorted((one, other) => one - other));
	const gaps = all.slice(1).map((ms, index) => ms - all[index]!);
	expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
});
