import {expect, test} from 'vitest';
import {usualPerMinute} from '../../source/policy/usual-spend.js';

const quarters = (...spent: readonly number[]) =>
	spent.map((nanodollars) => ({nanodollars}));

test.each<readonly [string, readonly number[], number | undefined]>([
	['nothing is known', [], undefined],
	['it was in use too seldom', [150, 150, 150, 150, 150, 150, 150], undefined],
	[
		'it was in use for eight quarters',
		[150, 150, 150, 150, 150, 150, 150, 150],
		10,
	],
	['some were dearer', [30, 60, 90, 120, 150, 180, 210, 360], 10],
	[
		'in others nothing was spent',
		[0, 150, 150, 0, 150, 150, 150, 150, 150, 150, 0],
		10,
	],
	['nothing was spent in most', [0, 0, 0, 0, 0, 0, 0, 0, 150, 150], undefined],
])('what a key usually spends in a minute when %s', (_, spent, expected) => {
	expect(usualPerMinute(quarters(...spent))).toBe(expected);
});
