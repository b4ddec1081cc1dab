import {describe, expect, test} from 'vitest';
import {
	afterRequest,
	atTime,
	pauseAtTime,
} from '../../source/policy/switches.js';

type Active = Parameters<typeof afterRequest>[0];
type Pause = Parameters<typeof pauseAtTime>[0];

// As the control rows have them.
const fastThen = (then: string): Active =>
	JSON.parse(
		`{"alias": "fast", "until": null, "requestsLeft": null, "then": ${then}}`,
	) as Active;
const stays = fastThen('"deep"');
const staysOrNone = fastThen('null');
const fallen: Active = {...staysOrNone, alias: 'deep'};

describe('a request that was steered', () => {
	test.each<readonly [string, Active, Active | undefined]>([
		['is not counted where nobody counts', stays, undefined],
		[
			'leaves one fewer',
			{...stays, requestsLeft: 5},
			{...stays, requestsLeft: 4},
		],
		[
			'keeps the time',
			{...stays, requestsLeft: 2, until: 9},
			{...stays, requestsLeft: 1, until: 9},
		],
		['was the last', {...stays, requestsLeft: 1}, fallen],
		[
			'was the last, whatever time is left',
			{...stays, requestsLeft: 1, until: 9},
			fallen,
		],
		['was one too many', {...stays, requestsLeft: 0}, fallen],
		[
			'was the last before the model is left alone',
			{...staysOrNone, requestsLeft: 1},
			{...fallen, alias: null},
		],
	])('%s', (_, active, expected) => {
		expect(afterRequest(active)).toEqual(
			expected && {value: expected, setBy: 'count'},
		);
	});
});

test.each<readonly [string, Active, number, Active | undefined]>([
	['an alias without a time stays', stays, 1e15, undefined],
	['one with a time stays until then', {...stays, until: 100}, 99, undefined],
	['and not longer', {...stays, until: 100}, 100, fallen],
	[
		'whatever requests are left',
		{...stays, until: 100, requestsLeft: 3},
		200,
		fallen,
	],
	[
		'and may leave the model alone',
		{...staysOrNone, until: 100},
		100,
		{...fallen, alias: null},
	],
])('%s', (...[, active, nowMs, expected]) => {
	expect(atTime(active, nowMs)).toEqual(
		expected && {value: expected, setBy: 'time'},
	);
});

test.each<readonly [string, Pause, number, boolean]>([
	['a pause without a time stays', {mode: 'hold', until: null}, 1e15, false],
	['one with a time stays until then', {mode: 'hold', until: 100}, 99, false],
	['and not longer', {mode: 'hold', until: 100}, 100, true],
	['nor does turning away', {mode: 'refuse', until: 100}, 200, true],
	['what is not paused does not end', {mode: 'off', until: 100}, 200, false],
])('%s', (...[, pause, nowMs, isOver]) => {
	expect(pauseAtTime(pause, nowMs)).toEqual(
		isOver ? {value: {mode: 'off', until: null}, setBy: 'time'} : undefined,
	);
});
