import {describe, expect, test} from 'vitest';
import type {Key} from 'ink';
import {monitorKeys} from '../../source/config/monitor-keys.js';
import {keyFor, keys} from '../../source/monitor/keys.js';
import type {Model} from '../../source/monitor/model.js';
import {pressesOf} from '../../source/monitor/press-name.js';
import {update} from '../../source/monitor/update.js';
import {sampleModel} from './sample-model.js';
import {endedRow, sampleNowMs} from './sample-rows.js';

const press = (model: Model, ...pressed: readonly string[]): Model => {
	let now = model;
	for (const key of pressed) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

/**
The order of the sample: 349 348 347 run, 345 346 wait, 344 failed, then what ended.
*/
describe('moving', () => {
	test.each([
		[['j'], 349],
		[['k'], 349],
		[['down'], 349],
		[['j', 'j'], 348],
		[['j', 'j', 'k'], 349],
		[['j', 'k', 'k'], 349],
		[['j', 'up'], 349],
		[['j', 'j', 'j', 'j'], 345],
		[['G'], 282],
		[['end', 'j'], 282],
		[['G', 'g'], 349],
		[['G', 'home'], 349],
		[['j', 'ctrl-d'], 338],
		[['j', 'pgdn', 'pgup'], 349],
		[['j', 'ctrl-d', 'ctrl-u'], 349],
	])('by %j selects request %i', (pressed, id) => {
		expect(press(sampleModel(), ...pressed).selected).toBe(id);
	});

	test('stays with a request while newer ones come', () => {
		const selected = press(sampleModel(), 'j', 'j');
		const later = update(selected, {
			kind: 'news',
			news: {
				revision: 11,
				exchanges: [endedRow(350, {agoMs: 0})],
				attempts: [],
			},
		});
		expect(later.selected).toBe(348);
	});

	test('says why when there is nothing to select', () => {
		const model = press(sampleModel({quiet: true}), 'j');
		expect(model.selected).toBeUndefined();
		expect(model.remark?.text).toBe('Nothing to select yet.');
	});
});

test('a remark goes away by itself', () => {
	const model = press(sampleModel({quiet: true}), 'j');
	expect(model.remark?.text).toBe('Nothing to select yet.');
	const at = (ms: number) =>
		update(model, {kind: 'tick', nowMs: sampleNowMs + ms}).remark;
	expect(at(3000)).toBeDefined();
	expect(at(4000)).toBeUndefined();
});

describe('esc goes one step back', () => {
	test('from the help', () => {
		expect(press(sampleModel(), '?', 'esc').overlay).toBe('none');
	});

	test('from a detail to the list, then from the selection to following', () => {
		const detail = press(sampleModel(), 'j', 'j', 'enter');
		expect(detail).toMatchObject({overlay: 'detail', selected: 348});
		expect(press(detail, 'esc')).toMatchObject({
			overlay: 'none',
			selected: 348,
		});
		expect(press(detail, 'esc', 'esc').selected).toBeUndefined();
	});

	test('from a notice', () => {
		const model = sampleModel({notices: ['The log was damaged.']});
		expect(press(model, 'esc').notices).toEqual([]);
	});
});

test('enter opens the newest when none is selected, and keeps it while newer ones come', () => {
	expect(press(sampleModel(), 'enter')).toMatchObject({
		overlay: 'detail',
		selected: 349,
	});
});

test('f follows the newest again', () => {
	expect(press(sampleModel(), 'j', 'f').selected).toBeUndefined();
});

describe('leaving', () => {
	test('q leaves, and closes an overlay first', () => {
		expect(press(sampleModel(), 'q', 'q').leaving).toBe('quit');
		expect(press(sampleModel(), '?', 'q')).toMatchObject({
			overlay: 'none',
			leaving: undefined,
		});
	});

	test('ctrl-c leaves from anywhere', () => {
		expect(press(sampleModel(), '?', 'ctrl-c').leaving).toBe('quit');
		expect(press(sampleModel(), 'Q', 'ctrl-c').leaving).toBe('quit');
	});

	test('Q asks while requests run; y does it, anything else does not', () => {
		const asking = press(sampleModel(), 'Q');
		expect(asking).toMatchObject({
			question: {text: '5 requests run. Stop the passthrough? y/n'},
			leaving: undefined,
		});
		expect(press(asking, 'y')).toMatchObject({
			leaving: 'quit-and-stop',
			stopping: true,
		});
		for (const key of ['n', 'q', 'esc', 'enter', 'Q']) {
			expect(press(asking, key)).toMatchObject({
				question: undefined,
				leaving: undefined,
			});
		}
	});

	test('Q stops at once when nothing runs', () => {
		expect(press(sampleModel({quiet: true}), 'Q').leaving).toBe(
			'quit-and-stop',
		);
	});

	test('Q says why it cannot', () => {
		expect(press(sampleModel({readOnly: true}), 'Q').remark?.text).toContain(
			'Read only',
		);
		const down = sampleModel({}, [
			{kind: 'supervisor', state: {kind: 'stopped'}, nowMs: sampleNowMs},
		]);
		expect(press(down, 'Q').remark?.text).toContain(
			'No passthrough is running',
		);
	});

	test('a stop that failed is told of, and the monitor stays', () => {
		const model = update(press(sampleModel({quiet: true}), 'Q'), {
			kind: 'stopFailed',
			reason: 'It does not answer.',
		});
		expect(model).toMatchObject({
			leaving: undefined,
			stopping: false,
			notices: ['It does not answer.'],
		});
	});
});

describe('the key table', () => {
	test('has each key once', () => {
		const all = keys.flatMap(({name}) => monitorKeys[name]);
		expect(new Set(all).size).toBe(all.length);
	});

	test('ignores a key it does not have', () => {
		const model = sampleModel();
		expect(press(model, 'z')).toBe(model);
	});

	test('gives redrawing and suspending to the owner of the terminal', () => {
		expect(keyFor(sampleModel(), 'ctrl-l')?.effect).toBe('redraw');
		expect(keyFor(sampleModel(), 'ctrl-z')?.effect).toBe('suspend');
	});
});

const noKey: Key = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	super: false,
	hyper: false,
	capsLock: false,
	numLock: false,
};

describe('what is typed', () => {
	const nothing: Partial<Key> = {};
	test.each([
		['j', nothing, ['j']],
		['Q', {shift: true}, ['Q']],
		['?', nothing, ['?']],
		['', {downArrow: true}, ['down']],
		['', {upArrow: true}, ['up']],
		['', {escape: true, meta: true}, ['esc']],
		['\r', {return: true}, ['enter']],
		['', {pageDown: true}, ['pgdn']],
		['', {pageUp: true}, ['pgup']],
		['', {home: true}, ['home']],
		['', {end: true}, ['end']],
		['c', {ctrl: true}, ['ctrl-c']],
		['d', {ctrl: true}, ['ctrl-d']],
		['jjj', nothing, ['j', 'j', 'j']],
		['jk', nothing, ['j', 'k']],
		['quit', nothing, []],
		['jq', nothing, []],
		['qq', nothing, []],
		['日本', nothing, []],
		['j', {meta: true}, []],
		['', {tab: true}, ['tab']],
	])('%j %o means %j', (input, key, expected) => {
		expect(pressesOf(input, {...noKey, ...key}, sampleModel())).toEqual(
			expected,
		);
	});
});
