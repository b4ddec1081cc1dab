import {describe, expect, test} from 'vitest';
import {
	CachedPrompts,
	rebuiltTokens,
} from '../../source/policy/cached-prompts.js';
import {Recent} from '../../source/policy/recent.js';
import {
	Repeats,
	type Asking,
	type Ending,
	type Failed,
} from '../../source/policy/repeats.js';

const asking = (given: Partial<Asking> = {}): Asking => ({
	session: 's',
	agent: null,
	model: 'm',
	isStream: true,
	isSide: false,
	bodyHash: 'one',
	startedAt: 10_000,
	...given,
});
const failed = (given: Partial<Failed> = {}): Failed => ({
	id: 7,
	endedAt: 6000,
	nanodollars: 0,
	...given,
});
const whole: Partial<Asking> = {isStream: false, bodyHash: 'two'};
const minutes = 60_000;

describe('after a request that ended so', () => {
	test.each<
		readonly [string, Ending, Partial<Asking>, Partial<Asking>, boolean]
	>([
		['the same body is its repeat', 'failed', {}, {}, true],
		['another body is not', 'failed', {}, {bodyHash: 'two'}, false],
		['nor one of another session', 'failed', {}, {session: 't'}, false],
		[
			'nor is the same body later than anybody waits',
			'failed',
			{},
			{startedAt: 6001 + 10 * minutes},
			false,
		],
		[
			'without a session the body decides',
			'failed',
			{session: null},
			{session: null},
			true,
		],
		['what went well is not repeated', 'ok', {}, {}, false],
		['a broken stream is repeated whole', 'broken', {}, whole, true],
		['by its own agent', 'broken', {agent: 'a'}, {...whole, agent: 'b'}, false],
		['of the same model', 'broken', {}, {...whole, model: 'n'}, false],
		['soon', 'broken', {}, {...whole, startedAt: 6001 + 10 * minutes}, false],
		['not by a side request', 'broken', {}, {...whole, isSide: true}, false],
		['not by another stream', 'broken', {}, {...whole, isStream: true}, false],
		['a refused stream is not', 'failed', {}, whole, false],
		[
			'what was not a stream is not',
			'broken',
			{isStream: false, bodyHash: 'three'},
			whole,
			false,
		],
		[
			'without a session nobody knows',
			'broken',
			{session: null},
			{...whole, session: null},
			false,
		],
	])('%s', (...[, ending, before, after, isRepeat]) => {
		const repeats = new Repeats();
		repeats.note(asking(before), ending, failed());
		expect(repeats.repeatedBy(asking(after))?.id).toBe(
			isRepeat ? 7 : undefined,
		);
	});

	test('a success of the same agent in between ends it', () => {
		const repeats = new Repeats();
		repeats.note(asking(), 'broken', failed());
		repeats.note(asking({isSide: true, bodyHash: 'title'}), 'ok', failed());
		expect(repeats.repeatedBy(asking(whole))?.id).toBe(7);
		repeats.note(asking({bodyHash: 'next'}), 'ok', failed());
		expect(repeats.repeatedBy(asking(whole))).toBeUndefined();
	});

	test('the last of several failures is the one that is repeated', () => {
		const repeats = new Repeats();
		repeats.note(asking(), 'failed', failed({id: 1, endedAt: 1000}));
		repeats.note(asking(), 'failed', failed({id: 2, nanodollars: 50}));
		expect(repeats.repeatedBy(asking())).toMatchObject({
			id: 2,
			nanodollars: 50,
		});
		repeats.note(asking(), 'ok', failed({id: 3}));
		expect(repeats.repeatedBy(asking())).toBeUndefined();
	});
});

test('only what was set last is kept', () => {
	const recent = new Recent<number>(2);
	recent.set('a', 1);
	recent.set('b', 2);
	recent.set('a', 3);
	recent.set('c', 4);
	expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([
		3,
		undefined,
		4,
	]);
	recent.delete('c');
	expect(recent.get('c')).toBeUndefined();
});

test.each([
	['a cache that is still there', {before: 5000, read: 5000, written: 300}, 0],
	['one that expired', {before: 5000, read: 0, written: 5300}, 5000],
	[
		'one that was changed in the middle',
		{before: 5000, read: 2000, written: 3300},
		3000,
	],
	['one that was cut short', {before: 5000, read: 0, written: 800}, 800],
	['the first of a conversation', {before: 0, read: 0, written: 5000}, 0],
])('%s', (_, sizes, tokens) => {
	expect(rebuiltTokens(sizes)).toBe(tokens);
});

test('each agent, endpoint and model has a cache of its own', () => {
	const prompts = new CachedPrompts();
	const one = {session: 's', agent: null, endpoint: 'e', model: 'm'};
	prompts.note(one, 100);
	expect(prompts.last(one)).toBe(100);
	for (const other of [
		{...one, session: 't'},
		{...one, agent: 'a'},
		{...one, endpoint: 'f'},
		{...one, model: 'n'},
	]) {
		expect(prompts.last(other)).toBeUndefined();
	}
});
