import {expect, test} from 'vitest';
import {spentShare, stepOf, stepsOf} from '../../source/policy/cap-steps.js';

const usual = [0.5, 0.8];

test.each<readonly [number, readonly number[], number]>([
	[0, usual, 0],
	[0.4999, usual, 0],
	[0.5, usual, 1],
	[0.79, usual, 1],
	[0.8, usual, 2],
	[0.9999, usual, 2],
	[1, usual, 3],
	[1.7, usual, 3],
	[0.8, [0.8, 0.5], 2],
	[0.6, [0.5, 0.5], 1],
	[0.99, [], 0],
	[1, [], 1],
	[0, [0], 0],
	[1, [1], 1],
	[1, [1.5], 1],
	[2, [1.5], 1],
])('%d of a cap that warns at %j has passed step %i', (share, warnAt, step) => {
	expect(stepOf(share, warnAt)).toBe(step);
});

test.each<readonly [readonly number[], readonly number[]]>([
	[usual, [0.5, 0.8, 1]],
	[
		[0.9, 0.1, 0.9],
		[0.1, 0.9, 1],
	],
	[[], [1]],
	[[0, 1, 2, -1], [1]],
])('the steps of a cap that warns at %j are %j', (warnAt, steps) => {
	expect(stepsOf(warnAt)).toEqual(steps);
});

test.each<
	readonly [
		string,
		readonly [nanodollars: number, tokens: number],
		readonly [nanodollars: number | null, tokens: number | null],
		number,
	]
>([
	['nothing without a cap', [5, 5], [null, null], 0],
	['that of the dollars', [5, 5], [10, null], 0.5],
	['that of the tokens', [5, 5], [null, 20], 0.25],
	['the larger of two', [5, 15], [10, 20], 0.75],
	['more than all above the cap', [15, 0], [10, null], 1.5],
	['all of a cap of nothing', [0, 0], [0, null], 1],
])('the spent share is %s', (_, [nanodollars, tokens], cap, share) => {
	expect(
		spentShare({nanodollars, tokens}, {nanodollars: cap[0], tokens: cap[1]}),
	).toBe(share);
});
