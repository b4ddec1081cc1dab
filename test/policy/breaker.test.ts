import {describe, expect, test} from 'vitest';
import {Breakers} from '../../source/policy/breaker.js';

type Step =
	| readonly [at: number, ask: 'admit', expected: 'go' | 'probe' | 'open']
	| readonly [
			at: number,
			note: 'ok' | 'failed' | 'busy' | 'dropped',
			admitted?: 'go' | 'probe',
	  ];

const five: readonly Step[] = Array.from({length: 5}, () => [0, 'failed']);
const four = five.slice(1);

function play(steps: readonly Step[]): Breakers {
	const breakers = new Breakers();
	for (const [at, what, more] of steps) {
		if (what === 'admit') {
			expect(breakers.admit('one/m', at), `at ${at}`).toBe(more);
		} else {
			breakers.note('one/m', what, at, more);
		}
	}

	return breakers;
}

const failedProbe = (at: number): Step[] => [
	[at, 'admit', 'probe'],
	[at, 'failed'],
];

test.each<readonly [string, readonly Step[]]>([
	['a target that is not known may be tried', [[0, 'admit', 'go']]],
	['four failures are borne', [...four, [0, 'admit', 'go']]],
	['at the fifth in a row it is let be', [...five, [0, 'admit', 'open']]],
	[
		'a success in between begins the row anew',
		[...four, [0, 'ok'], ...four, [0, 'admit', 'go']],
	],
	[
		'being busy is no success',
		[...four, [0, 'busy'], [0, 'failed'], [0, 'admit', 'open']],
	],
	['and no failure', [...four, [0, 'busy'], [0, 'busy'], [0, 'admit', 'go']]],
	[
		'a client that leaves is neither',
		[...four, [0, 'dropped'], [0, 'admit', 'go']],
	],
	[
		'after two seconds one request finds out',
		[
			...five,
			[1999, 'admit', 'open'],
			[2000, 'admit', 'probe'],
			[2000, 'admit', 'open'],
			[3999, 'admit', 'open'],
			[4000, 'admit', 'probe'],
		],
	],
	[
		'when it went well all may go',
		[...five, [2000, 'admit', 'probe'], [2500, 'ok'], [2500, 'admit', 'go']],
	],
	[
		'and the row begins anew',
		[
			...five,
			[2000, 'admit', 'probe'],
			[2500, 'ok'],
			...four,
			[2500, 'admit', 'go'],
		],
	],
	[
		'when it failed the time is doubled',
		[
			...five,
			...failedProbe(2000),
			[5999, 'admit', 'open'],
			[6000, 'admit', 'probe'],
		],
	],
	[
		'up to a minute',
		[
			...five,
			...failedProbe(2000),
			...failedProbe(6000),
			...failedProbe(14_000),
			...failedProbe(30_000),
			...failedProbe(62_000),
			[121_999, 'admit', 'open'],
			...failedProbe(122_000),
			[181_999, 'admit', 'open'],
			[182_000, 'admit', 'probe'],
		],
	],
	[
		'a probe whose client left is free for the next',
		[
			...five,
			[2000, 'admit', 'probe'],
			[2100, 'dropped'],
			[2100, 'admit', 'probe'],
			[2100, 'admit', 'open'],
		],
	],
	[
		'and has not doubled the time',
		[
			...five,
			[2000, 'admit', 'probe'],
			[2100, 'dropped'],
			...failedProbe(2100),
			[6100, 'admit', 'probe'],
		],
	],
	[
		'a target that is busy again is there again',
		[...five, [2000, 'admit', 'probe'], [2100, 'busy'], [2100, 'admit', 'go']],
	],
	[
		'but one failure is enough then, for the first time',
		[
			...five,
			...failedProbe(2000),
			[6000, 'admit', 'probe'],
			[6000, 'busy'],
			[6000, 'failed'],
			[7999, 'admit', 'open'],
			[8000, 'admit', 'probe'],
		],
	],
	[
		'what fails after it was let be changes nothing',
		[...five, [1000, 'failed'], [2000, 'admit', 'probe']],
	],
	[
		'what goes well after it was let be does',
		[...five, [1000, 'ok', 'go'], [1000, 'admit', 'go']],
	],
	...(['failed', 'dropped', 'busy'] as const).map(
		(result) =>
			[
				`what was on its way before and is ${result} does not end the probe`,
				[
					...five,
					[2000, 'admit', 'probe'],
					[2001, result, 'go'],
					[3999, 'admit', 'open'],
					[3999, 'dropped', 'probe'],
					[3999, 'admit', 'probe'],
				],
			] as const,
	),
])('%s', (_, steps) => {
	play(steps);
});

describe('how targets stand', () => {
	test.each<readonly [string, readonly Step[], number, unknown[]]>([
		['a few failures are nothing to show', four, 0, []],
		['what is let be is', five, 0, [['open', 2000]]],
		['also when its time is over', five, 2000, [['open', 2000]]],
		[
			'a probe is',
			[...five, [2000, 'admit', 'probe']],
			3000,
			[['probing', 4000]],
		],
		[
			'a probe that failed is',
			[...five, ...failedProbe(2000)],
			3000,
			[['open', 6000]],
		],
		['a target that is back is not', [...five, [0, 'ok']], 0, []],
		['nor one that nobody asked for any more', five, 602_001, []],
	])('%s', (...[, steps, at, expected]) => {
		const standing = play(steps).standing(at);
		expect(standing.map(({state, until}) => [state, until])).toEqual(expected);
		expect(standing.every(({target}) => target === 'one/m')).toBe(true);
	});

	test('what was forgotten to be shown is still probed', () => {
		play([
			...five,
			[9_000_000, 'admit', 'probe'],
			[9_000_000, 'admit', 'open'],
		]);
	});
});

test('each target stands for itself', () => {
	const breakers = play(five);
	expect(breakers.admit('one/n', 0)).toBe('go');
	expect(breakers.admit('one', 0)).toBe('go');
});

test('targets that are not there any more are forgotten', () => {
	const breakers = play(five);
	for (let failure = 0; failure < 5; failure++) {
		breakers.note('two', 'failed', 0);
	}

	breakers.keep((target) => ['two', 'three'].includes(target));
	expect(breakers.standing(0).map(({target}) => target)).toEqual(['two']);
	expect(breakers.admit('one/m', 0)).toBe('go');
});

test('no more than a thousand targets are remembered, the last ones', () => {
	const breakers = new Breakers();
	for (let index = 0; index < 1100; index++) {
		for (let failure = 0; failure < 5; failure++) {
			breakers.note(`one/${index}`, 'failed', 0);
		}
	}

	const standing = breakers.standing(0);
	expect(standing).toHaveLength(1000);
	expect(standing.at(-1)?.target).toBe('one/1099');
	expect(breakers.admit('one/0', 0)).toBe('go');
});
