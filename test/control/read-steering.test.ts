import {expect, test} from 'vitest';
import {steeringIn} from '../../source/control/read-steering.js';
import type {KeyStanding, Steering} from '../../source/control/steering.js';
import {switchTo} from '../../source/control/switch-to.js';

const by = {change: 1, setBy: 'config', setAt: 1, reason: null} as const;
const steering: Steering = {
	change: 1,
	active: {...by, value: switchTo(null, undefined)},
	pause: {...by, value: {mode: 'off', until: null}},
	endpoints: [],
	configProblem: null,
	needsRestart: [],
	configReadAt: 1,
};
const desktop: KeyStanding = {
	name: 'desktop',
	capNanodollars: 20e9,
	capTokens: null,
	usualNanodollars: 15e9,
	usualTokens: null,
	from: 0,
	resetsAt: 86_400_000,
	spentNanodollars: 18.4e9,
	spentTokens: 1000,
	reservedNanodollars: 9e8,
	reservedTokens: 90,
	unpriced: 3,
	atCap: 'alias:coding-fast',
	warnAt: [0.5, 0.8],
	cheaper: 'coding-fast',
	isReached: false,
};
const uncapped: KeyStanding = {
	...desktop,
	capNanodollars: null,
	usualNanodollars: null,
	atCap: 'ask',
	warnAt: [],
	cheaper: null,
};

test('what a passthrough says of its keys is read as it was written', () => {
	const said = {...steering, keys: [desktop, uncapped], warnings: ['odd']};
	const written = JSON.stringify(said);
	expect(steeringIn(JSON.parse(written))).toEqual(said);
});

test('an older version says nothing of keys', () => {
	const read = steeringIn(steering);
	expect(read).toEqual(steering);
	expect(read).not.toHaveProperty('keys');
	expect(read).not.toHaveProperty('warnings');
});

test.each<[string, Readonly<Record<string, unknown>>]>([
	['no name', {name: ''}],
	['a name that a terminal would obey', {name: '\u{1B}c'}],
	['less than nothing spent', {spentNanodollars: -1}],
	['a part of a nano-dollar', {reservedNanodollars: 0.5}],
	['a cap in words', {capNanodollars: 'much'}],
	['no end of the day', {resetsAt: null}],
	['no known way at the cap', {atCap: 'shout'}],
	['an alias without a name', {atCap: 'alias:'}],
	['a warning at no number', {warnAt: ['half']}],
	['nothing of whether it is reached', {isReached: undefined}],
])('keys with %s are taken for not said, the rest is read', (_what, wrong) => {
	expect(
		steeringIn({...steering, keys: [uncapped, {...desktop, ...wrong}]}),
	).toEqual(steering);
});

test('warnings are read without what a terminal would obey', () => {
	expect(
		steeringIn({...steering, warnings: ['key ci:\n\u{1B}[2J odd']})?.warnings,
	).toEqual(['key ci: [2J odd']);
	expect(steeringIn({...steering, warnings: [7]})).toEqual(steering);
});
