import {describe, expect, test} from 'vitest';
import {
	CachedPrompts,
	continuedBy,
	rebuiltTokens,
	type CachedPrompt,
	type Conversation,
} from '../../source/policy/cached-prompts.js';

type Sizes = Readonly<{read: number; written: number}>;

const one: Conversation = {
	session: 's',
	agent: null,
	endpoint: 'e',
	model: 'm',
};

/**
What these prompts of one conversation, one after the other, wrote again.
*/
const rebuiltBy = (prompts: readonly Sizes[]): number[] => {
	const cached = new CachedPrompts();
	return prompts.map((sizes, index) => {
		const continued = continuedBy(cached.before(one, index), sizes);
		const tokens = sizes.read + sizes.written;
		cached.note(one, {tokens, since: index}, [continued]);
		return rebuiltTokens(continued, sizes);
	});
};

const sizes = (read: number, written: number): Sizes => ({read, written});

test.each<readonly [string, readonly Sizes[], readonly number[]]>([
	['the first of a conversation', [sizes(0, 5000)], [0]],
	[
		'a cache that is still there',
		[sizes(0, 5000), sizes(5000, 300), sizes(5300, 0)],
		[0, 0, 0],
	],
	['one that expired', [sizes(0, 5000), sizes(0, 5300)], [0, 5000]],
	[
		'one that expired behind its beginning',
		[sizes(0, 5000), sizes(2000, 3300)],
		[0, 3000],
	],
	[
		'one that expired, and not a token more is asked',
		[sizes(0, 5000), sizes(0, 5000)],
		[0, 5000],
	],
	[
		'a conversation after it was compacted',
		[sizes(140_000, 10_000), sizes(15_000, 10_000), sizes(25_000, 1000)],
		[0, 0, 0],
	],
	[
		'one that grew past its old size since, and expired',
		[
			sizes(20_000, 10_000),
			sizes(15_000, 10_000),
			sizes(25_000, 10_000),
			sizes(15_000, 21_000),
		],
		[0, 0, 0, 20_000],
	],
	[
		'a smaller prompt of another kind',
		[sizes(0, 8000), sizes(0, 5000)],
		[0, 0],
	],
	[
		'two that take turns',
		[
			sizes(90_000, 10_000),
			sizes(0, 20_000),
			sizes(100_000, 2000),
			sizes(20_000, 3000),
			sizes(102_000, 1000),
		],
		[0, 0, 0, 0, 0],
	],
	[
		'the smaller of two that take turns, with much that is new',
		[sizes(90_000, 10_000), sizes(0, 20_000), sizes(20_000, 90_000)],
		[0, 0, 0],
	],
	[
		'the larger of two that take turns, expired',
		[sizes(90_000, 10_000), sizes(0, 20_000), sizes(15_000, 87_000)],
		[0, 0, 85_000],
	],
])('%s', (_, prompts, expected) => {
	expect(rebuiltBy(prompts)).toEqual(expected);
});

describe('of the prompts that were cached', () => {
	const prompt = (tokens: number, since = 0): CachedPrompt => ({tokens, since});

	test('each agent, endpoint and model has its own', () => {
		const prompts = new CachedPrompts();
		prompts.note(one, prompt(100));
		expect(prompts.before(one, 0)).toEqual([prompt(100)]);
		for (const other of [
			{...one, session: 't'},
			{...one, agent: 'a'},
			{...one, endpoint: 'f'},
			{...one, model: 'n'},
		]) {
			expect(prompts.before(other, 0)).toEqual([]);
		}
	});

	test('a request knows none that came to its end later than it began', () => {
		const prompts = new CachedPrompts();
		prompts.note(one, prompt(100, 10));
		prompts.note(one, prompt(200, 20));
		expect(prompts.before(one, 19)).toEqual([prompt(100, 10)]);
	});

	test('the last four are kept, without those that were continued', () => {
		const prompts = new CachedPrompts();
		const first = prompt(1);
		prompts.note(one, first);
		prompts.note(one, prompt(2), [first, undefined]);
		for (const tokens of [3, 4, 5]) {
			prompts.note(one, prompt(tokens));
		}

		expect(prompts.before(one, 0).map(({tokens}) => tokens)).toEqual([
			2, 3, 4, 5,
		]);
		prompts.note(one, prompt(6));
		expect(prompts.before(one, 0).map(({tokens}) => tokens)).toEqual([
			3, 4, 5, 6,
		]);
	});
});
