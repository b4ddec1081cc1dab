import {expect, test} from 'vitest';
import {
	forGood,
	insteadOfGone,
	switchTo,
} from '../../source/control/switch-to.js';

const timed = {until: 5000, requestsLeft: null};
const counted = {until: null, requestsLeft: 5};
const normal = switchTo('normal', undefined);

test.each([
	['for good', normal, forGood, null],
	['for a while', normal, timed, 'normal'],
	['for some requests', normal, counted, 'normal'],
	['for a while, from as asked', switchTo(null, normal), timed, null],
	[
		'for a while, from one that holds for a while itself',
		switchTo('fast', normal, timed),
		counted,
		'normal',
	],
	[
		'for a while, from one that some requests hold',
		switchTo('fast', normal, counted),
		timed,
		'normal',
	],
	['for a while, where nothing was active yet', undefined, timed, null],
] as const)('a switch %s', (_what, before, lasting, then) => {
	const active = switchTo('deep', before, lasting);
	expect(active).toMatchObject({alias: 'deep', ...lasting});
	expect(active.then).toBe(then);
});

const isAlias = (name: string) => ['kept', 'first'].includes(name);
test.each([
	['what is there', switchTo('kept', undefined), undefined],
	['as asked', switchTo(null, undefined), undefined],
	['what is gone', switchTo('gone', undefined), 'first'],
	[
		'what is gone for a while',
		switchTo('gone', switchTo('kept', undefined), timed),
		'kept',
	],
	[
		'what would fall back to what is gone',
		switchTo('kept', switchTo('gone', undefined), timed),
		'kept',
	],
])('instead of %s', (_what, active, alias) => {
	expect(insteadOfGone(active, {first: 'first', isAlias})?.value).toEqual(
		alias && switchTo(alias, undefined),
	);
});

test('where nothing that is left is an alias, it is as asked, and it says why', () => {
	expect(
		insteadOfGone(switchTo('gone', undefined), {
			first: 'gone',
			isAlias: () => false,
		}),
	).toEqual({
		value: switchTo(null, undefined),
		setBy: 'config',
		reason: 'The alias gone is no longer in the config.',
	});
});
