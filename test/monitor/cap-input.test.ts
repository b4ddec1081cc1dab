import {describe, expect, test} from 'vitest';
import {capAfter} from '../../source/monitor/cap-change.js';
import {figureOf} from '../../source/monitor/cap-input.js';
import {footer} from '../../source/monitor/layout/footer.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {keyStanding, steeredModel} from './sample-steering.js';

const press = (model: Model, ...keys: readonly string[]): Model => {
	let now = model;
	for (const key of keys) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const capped = (
	...given: ReadonlyArray<Parameters<typeof keyStanding>[1]>
): Model =>
	steeredModel({}, [], {
		steering: {
			keys: given.map((one, index) =>
				keyStanding(['default', 'ci'][index], one),
			),
		},
	});

const banner = (model: Model): string =>
	lineText(frameOf(model).top[1]!).trimEnd();

test('c asks for a figure and enter sets it for today', () => {
	const typing = press(capped({}), 'c', '2', '5');
	expect(banner(typing)).toBe(" today's cap of default, $20 now: $25_");
	expect(lineText(footer(typing, 60, glyphsFor(false)))).toBe(
		'enter sets  esc back',
	);
	const set = press(typing, 'enter');
	expect(set.capInput).toBeUndefined();
	expect(set.asked.caps?.value).toEqual({
		key: 'default',
		from: keyStanding().from,
		of: 'nanodollars',
		kind: 'set',
		amount: 25e9,
		usual: 20e9,
	});
});

test('keys are characters of the figure while it is typed', () => {
	const model = press(capped({}), 'c', '1', 'p', 'q', 'j', '.', '5');
	expect(model.capInput?.text).toBe('1.5');
	expect(model).toMatchObject({leaving: undefined, selected: undefined});
	expect(model.asked.pause).toBeUndefined();
});

test('backspace takes the last character back, esc leaves the cap as it is', () => {
	const model = press(capped({}), 'c', '2', '5', 'backspace');
	expect(model.capInput?.text).toBe('2');
	const left = press(model, 'esc');
	expect(left.capInput).toBeUndefined();
	expect(left.asked.caps).toBeUndefined();
});

test('ctrl-c leaves from there too', () => {
	expect(press(capped({}), 'c', 'ctrl-c').leaving).toBe('quit');
});

test('what is wrong is said, and typing goes on', () => {
	const model = press(capped({}), 'c', '+', 'enter');
	expect(banner(model)).toBe(' $+_  a figure is missing');
	expect(model.asked.caps).toBeUndefined();
	expect(press(model, '5').capInput).toEqual({
		key: 'default',
		of: 'nanodollars',
		text: '+5',
		problem: undefined,
	});
});

test('a key without a cap gets one, but nothing is added to none', () => {
	const model = capped({capNanodollars: null, usualNanodollars: null});
	expect(banner(press(model, 'c'))).toBe(
		" today's cap of default, none now: $_",
	);
	expect(press(model, 'c', '5', 'enter').asked.caps?.value.amount).toBe(5e9);
	expect(press(model, 'c', '+', '5', 'enter').capInput?.problem).toBe(
		'there is no cap to add to',
	);
});

test('tokens are set in tokens', () => {
	const model = press(
		capped({capNanodollars: null, capTokens: 5e6}),
		...'c7.5M'.split(''),
	);
	expect(banner(model)).toBe(" today's cap of default, 5M tok now: 7.5M_ tok");
	expect(press(model, 'enter').asked.caps?.value).toMatchObject({
		of: 'tokens',
		amount: 7_500_000,
	});
});

test('without any key in the config it says what to write', () => {
	expect(press(capped(), 'c').remark?.text).toBe(
		'No cap yet: daily_cap below [keys.default] in config.toml',
	);
});

describe('a figure', () => {
	test.each([
		['25', {kind: 'set', amount: 25e9}],
		['7.50', {kind: 'set', amount: 7.5e9}],
		['7.5', {kind: 'set', amount: 7.5e9}],
		['.5', {kind: 'set', amount: 0.5e9}],
		['5.', {kind: 'set', amount: 5e9}],
		['$5', {kind: 'set', amount: 5e9}],
		['+5', {kind: 'add', amount: 5e9}],
		['+0.01', {kind: 'add', amount: 1e7}],
		['', 'a figure is missing'],
		['+', 'a figure is missing'],
		['1.2.3', '"1.2.3" is no figure'],
		['5+', '"5+" is no figure'],
		['++5', '"++5" is no figure'],
		['.', '"." is no figure'],
		['1.005', 'cents are the smallest'],
		['0', 'it must be more than 0'],
		['+0.00', 'it must be more than 0'],
	])('of dollars %j is read as %j', (text, expected) => {
		expect(figureOf({text, of: 'nanodollars'})).toEqual(expected);
	});

	test.each([
		['500000', 500_000],
		['1.5M', 1_500_000],
		['1.5m', 1_500_000],
		['40k', 40_000],
	])('of tokens %j is read as %i', (text, amount) => {
		expect(figureOf({text, of: 'tokens'})).toEqual({kind: 'set', amount});
	});

	test('beyond all counting is refused', () => {
		const model = press(capped({}), 'c', ...'99999999999'.split(''), 'enter');
		expect(model.capInput?.problem).toBe('so much cannot be counted');
	});
});

describe('what is written', () => {
	const change = {
		key: 'default',
		from: 100,
		of: 'nanodollars',
		kind: 'add',
		amount: 5e9,
		usual: 20e9,
	} as const;
	test.each([
		['nothing', undefined, {from: 100, nanodollars: 25e9, tokens: null}],
		[
			'a change of today',
			{from: 100, nanodollars: 25e9, tokens: 7},
			{from: 100, nanodollars: 30e9, tokens: 7},
		],
		[
			'one of tokens alone',
			{from: 100, nanodollars: null, tokens: 7},
			{from: 100, nanodollars: 25e9, tokens: 7},
		],
		[
			'one of yesterday',
			{from: 4, nanodollars: 90e9, tokens: 7},
			{from: 100, nanodollars: 25e9, tokens: null},
		],
	])('adds to %s', (_what, before, expected) => {
		expect(capAfter(before, change)).toEqual(expected);
	});

	test('sets whatever was there', () => {
		expect(
			capAfter(
				{from: 100, nanodollars: 90e9, tokens: null},
				{...change, kind: 'set'},
			).nanodollars,
		).toBe(5e9);
	});
});
