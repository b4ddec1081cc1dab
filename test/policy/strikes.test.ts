import {describe, expect, test} from 'vitest';
import {
	onThirdStrike,
	Strikes,
	type StrikeAct,
} from '../../source/policy/strikes.js';

const body = {session: 's', bodyHash: 'one'};
const minutes = 60_000;

/** Strikes at those minutes. */
function struck(...at: readonly number[]): Strikes {
	const strikes = new Strikes();
	for (const minute of at) {
		strikes.note(body, minute * minutes);
	}

	return strikes;
}

describe('the strikes of a body', () => {
	test('are counted as they come', () => {
		const strikes = new Strikes();
		expect([1, 2, 3].map((at) => strikes.note(body, at))).toEqual([1, 2, 3]);
	});

	test.each<readonly [string, readonly number[], number, number]>([
		['none at first', [], 0, 0],
		['count for ten minutes', [0, 5], 9.99, 2],
		['counted from the first', [0, 5, 9], 10, 0],
		['then begin anew', [0, 9, 10], 10, 1],
		['with ten minutes of their own', [0, 9, 10], 19.99, 1],
		['count when the clock was put back a little', [1], 0.99, 1],
	])('%s', (...[, notes, at, count]) => {
		expect(struck(...notes).count(body, at * minutes)).toBe(count);
	});

	test.each([
		['another body', {session: 's', bodyHash: 'two'}],
		['another session', {session: 't', bodyHash: 'one'}],
		['no session', {session: null, bodyHash: 'one'}],
	])('are not those of %s', (_, other) => {
		const strikes = struck(0);
		expect(strikes.count(other, 0)).toBe(0);
		expect(strikes.note(other, 0)).toBe(1);
		expect(strikes.count(body, 0)).toBe(1);
	});

	test('end with a success', () => {
		const strikes = struck(0, 1);
		strikes.clear(body);
		expect(strikes.count(body, minutes)).toBe(0);
		expect(strikes.isEmpty).toBe(true);
		expect(strikes.note(body, 2 * minutes)).toBe(1);
		expect(strikes.untilOf(body, 2 * minutes)).toBe(12 * minutes);
	});

	test('a success of what never failed is nothing', () => {
		const strikes = struck(0);
		strikes.clear({session: 's', bodyHash: 'two'});
		expect(strikes.count(body, 0)).toBe(1);
	});

	test.each<readonly [string, readonly number[], number, number]>([
		['ten minutes after the first', [0, 5], 6, 10],
		['of the streak that lasts', [0, 11], 12, 21],
		['now where there is none', [], 3, 3],
		['now where it is over', [0], 11, 11],
	])('their time is over %s', (...[, notes, at, until]) => {
		expect(struck(...notes).untilOf(body, at * minutes)).toBe(until * minutes);
	});
});

describe('the targets that a body is not begun at', () => {
	test.each<
		readonly [string, (strikes: Strikes) => void, number, readonly string[]]
	>([
		['are none at first', () => undefined, 2, []],
		[
			'are those it struck out at',
			(strikes) => {
				strikes.skip(body, 'one/x', 2 * minutes);
				strikes.skip(body, 'two/y', 3 * minutes);
			},
			9.99,
			['one/x', 'two/y'],
		],
		[
			'until the time of its strikes is over',
			(strikes) => {
				strikes.skip(body, 'one/x', 2 * minutes);
			},
			10,
			[],
		],
		[
			'also after a success',
			(strikes) => {
				strikes.skip(body, 'one/x', 2 * minutes);
				strikes.clear(body);
			},
			9,
			['one/x'],
		],
		[
			'as long as was said, whatever fails later',
			(strikes) => {
				strikes.skip(body, 'one/x', 2 * minutes);
				strikes.clear(body);
				strikes.note(body, 9 * minutes);
			},
			10,
			[],
		],
		[
			'for ten minutes where no strike was noted',
			(strikes) => {
				strikes.clear(body);
				strikes.skip(body, 'one/x', 3 * minutes);
			},
			12.99,
			['one/x'],
		],
	])('%s', (...[, skip, at, expected]) => {
		const strikes = struck(0, 1, 2);
		skip(strikes);
		expect(strikes.skippedBy(body, at * minutes)).toEqual(expected);
		expect(strikes.skippedBy({...body, session: 't'}, at * minutes)).toEqual(
			[],
		);
	});

	test('do not change how many strikes there are', () => {
		const strikes = struck(0, 1, 2);
		strikes.skip(body, 'one/x', 2 * minutes);
		expect(strikes.note(body, 3 * minutes)).toBe(4);
		strikes.clear(body);
		expect(strikes.note(body, 4 * minutes)).toBe(1);
	});
});

describe('what is remembered', () => {
	test('is nothing at first, and nothing when all is over', () => {
		const strikes = new Strikes();
		expect(strikes.isEmpty).toBe(true);
		strikes.note(body, 0);
		strikes.note({session: null, bodyHash: 'two'}, 5 * minutes);
		expect(strikes.isEmpty).toBe(false);
		strikes.count(body, 14 * minutes);
		expect(strikes.isEmpty).toBe(false);
		strikes.count(body, 15 * minutes);
		expect(strikes.isEmpty).toBe(true);
	});

	test('are a thousand bodies, the last ones', () => {
		const strikes = struck(0);
		for (let index = 0; index < 1000; index++) {
			strikes.note({session: 's', bodyHash: `other ${index}`}, 1);
		}

		expect(strikes.count(body, 1)).toBe(0);
		expect(strikes.count({session: 's', bodyHash: 'other 0'}, 1)).toBe(1);
	});
});

test.each<
	readonly [
		title: string,
		onStrikes: 'next' | 'pause' | 'return',
		strikes: number,
		hasNext: boolean,
		act: StrikeAct,
	]
>([
	['no strike is none', 'pause', 0, true, 'none'],
	['one is borne', 'pause', 1, true, 'none'],
	['two are', 'pause', 2, true, 'none'],
	['the third pauses', 'pause', 3, true, 'pause'],
	['the fourth does not', 'pause', 4, true, 'none'],
	['the sixth does', 'pause', 6, true, 'pause'],
	['the third moves on', 'next', 3, true, 'next'],
	['the fifth does not', 'next', 5, true, 'none'],
	['the sixth does', 'next', 6, true, 'next'],
	['the ninth has nowhere to go', 'next', 9, false, 'pause'],
	['the third is returned', 'return', 3, true, 'return'],
	['the second goes its way', 'return', 2, true, 'none'],
])('%s (%s, strike %i)', (...[, onStrikes, strikes, hasNext, act]) => {
	expect(onThirdStrike({onStrikes, strikes, hasNext})).toBe(act);
});
