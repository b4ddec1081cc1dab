import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	admit,
	type Admission,
	type Admitting,
	type Bound,
	type Cap,
	type Used,
} from '../../source/policy/admission.js';

const nothing: Used = {
	nanodollars: 0,
	tokens: 0,
	reservedNanodollars: 0,
	reservedTokens: 0,
};
const go: Admission = {kind: 'go'};
const wait: Admission = {kind: 'wait'};
const reached = (why: 'spent' | 'bound', of: 'nanodollars' | 'tokens') =>
	({kind: 'reached', why, of}) as const;

const dollars = (
	spent: number,
	reserved: number,
	bound: number | null,
	cap: number | null,
): Admitting => ({
	standing: {...nothing, nanodollars: spent, reservedNanodollars: reserved},
	bound: {nanodollars: bound, tokens: 100},
	cap: {nanodollars: cap, tokens: null},
	unpriced: 'allow',
});
const tokens = (
	spent: number,
	reserved: number,
	bound: number,
	cap: number,
): Admitting => ({
	standing: {...nothing, tokens: spent, reservedTokens: reserved},
	bound: {nanodollars: 100, tokens: bound},
	cap: {nanodollars: null, tokens: cap},
	unpriced: 'allow',
});
const refusing = (admitting: Admitting): Admitting => ({
	...admitting,
	unpriced: 'refuse',
});
const both = (
	standing: Partial<Used>,
	{bound, cap}: Partial<Readonly<{bound: Bound; cap: Cap}>> = {},
): Admitting => ({
	standing: {...nothing, ...standing},
	bound: bound ?? {nanodollars: 10, tokens: 10},
	cap: cap ?? {nanodollars: 100, tokens: 100},
	unpriced: 'allow',
});
const unpricedTokens = both(
	{},
	{
		bound: {nanodollars: null, tokens: 9},
		cap: {nanodollars: null, tokens: 9},
	},
);

test.each<readonly [string, Admitting, Admission]>([
	['without a cap everything goes', dollars(1e15, 1e15, 1e15, null), go],
	['what fits goes', dollars(0, 0, 10, 100), go],
	['what just fits goes', dollars(80, 10, 10, 100), go],
	['what fits without the others waits', dollars(80, 11, 10, 100), wait],
	['what just fits without the others waits', dollars(90, 1, 10, 100), wait],
	[
		'what does not fit is turned down although others run',
		dollars(91, 5, 10, 100),
		reached('bound', 'nanodollars'),
	],
	[
		'what never fits is turned down on an empty day',
		dollars(0, 0, 101, 100),
		reached('bound', 'nanodollars'),
	],
	[
		'what is spent is spent',
		dollars(100, 0, 1, 100),
		reached('spent', 'nanodollars'),
	],
	[
		'above the cap as well',
		dollars(104, 3, 1, 100),
		reached('spent', 'nanodollars'),
	],
	[
		'then what costs nothing does not go either',
		dollars(100, 0, 0, 100),
		reached('spent', 'nanodollars'),
	],
	[
		'a cap of nothing is spent from the beginning',
		dollars(0, 0, 0, 0),
		reached('spent', 'nanodollars'),
	],
	['what costs nothing goes before that', dollars(99, 1, 0, 100), go],
	[
		'after the cap was lowered below what is reserved, all wait',
		dollars(10, 200, 1, 100),
		wait,
	],
	['tokens that just fit go', tokens(80, 10, 10, 100), go],
	['tokens wait for others', tokens(80, 11, 10, 100), wait],
	[
		'tokens that do not fit are turned down',
		tokens(80, 0, 21, 100),
		reached('bound', 'tokens'),
	],
	[
		'spent tokens are spent',
		tokens(100, 0, 1, 100),
		reached('spent', 'tokens'),
	],
	['a cap of tokens does not ask for a price', unpricedTokens, go],
	[
		'nor does it where requests without one are turned down',
		refusing(unpricedTokens),
		go,
	],
	[
		'without a price it goes where that is allowed',
		dollars(99, 1, null, 100),
		go,
	],
	[
		'and waits for what is reserved beyond the cap',
		dollars(99, 2, null, 100),
		wait,
	],
	[
		'but not when all is spent',
		dollars(100, 0, null, 100),
		reached('spent', 'nanodollars'),
	],
	[
		'without a price it is turned down where that is wanted',
		refusing(dollars(0, 0, null, 100)),
		{kind: 'unpriced'},
	],
	[
		'for this reason also when all is spent: more would not help',
		refusing(dollars(100, 0, null, 100)),
		{kind: 'unpriced'},
	],
	['with a price it goes there', refusing(dollars(0, 0, 1, 100)), go],
	['both caps that fit let it go', both({}), go],
	[
		'of both caps each can make it wait',
		both({tokens: 50, reservedTokens: 45}),
		wait,
	],
	[
		'of both caps each can be reached',
		both({tokens: 95}),
		reached('bound', 'tokens'),
	],
	[
		'of two that are spent the money is told of',
		both({tokens: 100, nanodollars: 100}),
		reached('spent', 'nanodollars'),
	],
	[
		'a spent one is told of before one that is too small',
		both({tokens: 100, nanodollars: 95}),
		reached('spent', 'tokens'),
	],
	[
		'one that is reached counts more than one to wait for',
		both({nanodollars: 50, reservedNanodollars: 45, tokens: 95}),
		reached('bound', 'tokens'),
	],
])('%s', (_, admitting, expected) => {
	expect(admit(admitting)).toEqual(expected);
});

const amount = fc.nat(1000);
const limit = fc.option(fc.nat(1500));
const anything: fc.Arbitrary<Admitting> = fc.record({
	standing: fc.record({
		nanodollars: amount,
		tokens: amount,
		reservedNanodollars: amount,
		reservedTokens: amount,
	}),
	bound: fc.record({nanodollars: fc.option(amount), tokens: amount}),
	cap: fc.record({nanodollars: limit, tokens: limit}),
	unpriced: fc.constantFrom('allow', 'refuse'),
});

const alone = (admitting: Admitting): Admitting => ({
	...admitting,
	standing: {
		...admitting.standing,
		reservedNanodollars: 0,
		reservedTokens: 0,
	},
});

describe('whatever is spent, reserved and asked for', () => {
	test('nothing goes that would come above a cap', () => {
		fc.assert(
			fc.property(anything, (admitting) => {
				const {standing, bound, cap} = admitting;
				fc.pre(admit(admitting).kind === 'go');
				expect(
					standing.nanodollars +
						standing.reservedNanodollars +
						(bound.nanodollars ?? 0),
				).toBeLessThanOrEqual(cap.nanodollars ?? Infinity);
				expect(
					standing.tokens + standing.reservedTokens + bound.tokens,
				).toBeLessThanOrEqual(cap.tokens ?? Infinity);
			}),
		);
	});

	test('exactly those wait that would go with nothing reserved', () => {
		fc.assert(
			fc.property(anything, (admitting) => {
				const {kind} = admit(admitting);
				const without = admit(alone(admitting)).kind;
				expect(kind === 'wait').toBe(without === 'go' && kind !== 'go');
				expect(without).not.toBe('wait');
			}),
		);
	});

	test('what is reserved never decides whether a cap is reached', () => {
		fc.assert(
			fc.property(anything, (admitting) => {
				const verdict = admit(admitting);
				fc.pre(verdict.kind === 'reached' || verdict.kind === 'unpriced');
				expect(admit(alone(admitting))).toEqual(verdict);
			}),
		);
	});

	test('more spent, more asked for or a lower cap never lets more through', () => {
		const order = ['go', 'wait', 'reached', 'unpriced'];
		const strictness = (admitting: Admitting) =>
			order.indexOf(admit(admitting).kind);
		const less = (value: number | null, by: number) =>
			value === null ? null : Math.max(0, value - by);
		fc.assert(
			fc.property(anything, amount, amount, (admitting, more, other) => {
				const {standing, bound, cap} = admitting;
				for (const stricter of [
					{...standing, nanodollars: standing.nanodollars + more},
					{...standing, tokens: standing.tokens + more},
					{...standing, reservedTokens: standing.reservedTokens + more},
				]) {
					expect(
						strictness({...admitting, standing: stricter}),
					).toBeGreaterThanOrEqual(strictness(admitting));
				}

				for (const changed of [
					{
						bound: {
							nanodollars:
								bound.nanodollars === null ? null : bound.nanodollars + more,
							tokens: bound.tokens + other,
						},
					},
					{
						cap: {
							nanodollars: less(cap.nanodollars, more),
							tokens: less(cap.tokens, other),
						},
					},
				]) {
					expect(strictness({...admitting, ...changed})).toBeGreaterThanOrEqual(
						strictness(admitting),
					);
				}
			}),
		);
	});
});

test('a cap is passed at most by what those that run use beyond their bounds', () => {
	const cap = 1000;
	const asked = fc.record({
		bound: fc.integer({min: 0, max: 300}),
		used: fc.integer({min: 0, max: 400}),
		// How many of those that run end before it comes, the oldest first.
		ended: fc.nat(4),
	});
	fc.assert(
		fc.property(fc.array(asked, {minLength: 1, maxLength: 60}), (requests) => {
			let spent = 0;
			let running: ReadonlyArray<Readonly<{bound: number; used: number}>> = [];
			let beyond = 0;
			for (const {bound, used, ended} of requests) {
				spent += sum(running.slice(0, ended).map((one) => one.used));
				running = running.slice(ended);
				const reserved = sum(running.map((one) => one.bound));
				const {kind} = admit(dollars(spent, reserved, bound, cap));
				expect(kind === 'wait' && running.length === 0).toBe(false);
				if (kind !== 'go') {
					continue;
				}

				running = [...running, {bound, used}];
				beyond = sum(running.map((one) => Math.max(0, one.used - one.bound)));
			}

			spent += sum(running.map((one) => one.used));
			expect(spent).toBeLessThanOrEqual(cap + beyond);
		}),
	);
});

const sum = (values: readonly number[]): number =>
	values.reduce((all, value) => all + value, 0);
