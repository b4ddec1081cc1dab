import {expect, test} from 'vitest';
import {forGood, switchTo} from '../../source/control/switch-to.js';

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
