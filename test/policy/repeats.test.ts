import {describe, expect, test} from 'vitest';
import {Recent} from '../../source/policy/recent.js';
import {
	Repeats,
	waitedMs,
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
	bodyBytes: 5000,
	startedAt: 10_000,
	...given,
});
const failed = (given: Partial<Failed> = {}): Failed => ({
	id: 7,
	endedAt: 6000,
	wasLeft: false,
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
		[
			'whose body is all but as long',
			'broken',
			{},
			{...whole, bodyBytes: 5064},
			true,
		],
		['not a longer one', 'broken', {}, {...whole, bodyBytes: 5065}, false],
		['nor a shorter one', 'broken', {}, {...whole, bodyBytes: 4935}, false],
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

test.each<readonly [string, Partial<Failed>, number | null]>([
	['after a failure the client waited', {}, 4000],
	['after it left of its own accord it did not', {wasLeft: true}, null],
	['a clock that went back makes no wait', {endedAt: 11_000}, 0],
])('%s', (_, given, waited) => {
	expect(waitedMs(failed(given), asking())).toBe(waited);
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
	expect(recent.size).toBe(2);
	recent.delete('c');
	expect(recent.get('c')).toBeUndefined();
	expect(recent.size).toBe(1);
});
