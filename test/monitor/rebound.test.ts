import {describe, expect, test} from 'vitest';
import {monitorKeys, type Bindings} from '../../source/config/monitor-keys.js';
import {keyGroups, keyName, keysShown} from '../../source/monitor/key-name.js';
import {keys} from '../../source/monitor/keys.js';
import {footer} from '../../source/monitor/layout/footer.js';
import {helpLines} from '../../source/monitor/layout/help.js';
import type {Model} from '../../source/monitor/model.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {sampleModel} from './sample-model.js';
import {steeredModel, steerings} from './sample-steering.js';

const glyphs = glyphsFor(false);
const bound = (given: Partial<Bindings>, model = steeredModel()): Model => ({
	...model,
	bindings: {...monitorKeys, ...given},
});

const press = (model: Model, ...pressed: readonly string[]): Model => {
	let so = model;
	for (const key of pressed) {
		so = update(so, {kind: 'pressed', key});
	}

	return so;
};

const help = (model: Model, width = 60): readonly string[] =>
	helpLines(model, width, glyphs).map((line) => lineText(line));

describe('a key that the config binds to another press', () => {
	test('does what it does by the new press, and no more by the old one', () => {
		const model = bound({pause: ['z']});
		expect(press(model, 'z').asked.pause).toBeDefined();
		expect(press(model, 'p').asked.pause).toBeUndefined();
		expect(press(model, ' ').asked.pause).toBeUndefined();
	});

	test('is named so in the footer and in the help', () => {
		const model = bound({pause: [' ', 'z'], help: ['ctrl-h']});
		expect(lineText(footer(model, 100, glyphs))).toMatch(
			/^ctrl-h help {2}space pause /v,
		);
		expect(help(model)).toContainEqual(
			expect.stringMatching(/^space z +pause/v),
		);
	});

	test('still answers a question at a cap that its usual press answers', () => {
		const model = bound(
			{raise: ['=']},
			steeredModel({}, [], {steering: steerings.capped}),
		);
		expect(press(model, '=').question?.text).toMatch(/^Raise today's cap/v);
		expect(keyName(model, 'raise')).toBe('=');
	});
});

test.each<[string, Partial<Bindings>, string]>([
	['down', {}, 'j k up down'],
	['down', {down: ['n']}, 'n k up'],
	['down', {down: ['n'], up: ['e']}, 'n e'],
	['raise', {raise: ['=']}, '= 1 f n'],
	['quit', {quit: ['ctrl-q']}, 'ctrl-q ctrl-c'],
	['switch', {pause: ['z']}, '1-9'],
])('the help shows %s with %o as %j', (name, given, shown) => {
	const group = keyGroups(keys).find(([entry]) => entry.name === name)!;
	expect(keysShown(bound(given), group)).toBe(shown);
});

describe('the help', () => {
	test('has every key once, in one column or in two', () => {
		const all = keys.map(({says}) => says).filter(Boolean);
		for (const width of [60, 100, 200]) {
			const text = help(sampleModel(), width).join('\n');
			expect(all.filter((says) => text.split(says).length !== 2)).toEqual([]);
		}

		expect(help(sampleModel(), 100).length).toBeLessThan(
			help(sampleModel(), 60).length - 8,
		);
	});

	test('draws dim what cannot be done now', () => {
		const line = (model: Model) =>
			helpLines(model, 60, glyphs).find((one) =>
				lineText(one).includes('pause'),
			)!;
		expect(line(steeredModel()).map(([, tone]) => tone)).toContain('bold');
		// Nothing there that could be steered.
		expect(line(sampleModel()).every(([, tone]) => tone === 'dim')).toBe(true);
	});
});

test('q says once that requests are held, and leaves when it is pressed again', () => {
	const told = press(sampleModel(), 'q');
	expect(told.leaving).toBeUndefined();
	expect(told.remark?.text).toBe('1 held: q again leaves it held.');
	expect(press(told, 'q').leaving).toBe('quit');
	expect(press(sampleModel(), 'ctrl-c').leaving).toBe('quit');
	const rebound = press(bound({quit: ['z']}, sampleModel()), 'z');
	expect(rebound.remark?.text).toBe('1 held: z again leaves it held.');
});

test('q leaves at once a monitor that only looks, and one whose passthrough is down', () => {
	expect(press(sampleModel({readOnly: true}), 'q').leaving).toBe('quit');
	const down = update(sampleModel(), {
		kind: 'supervisor',
		state: {kind: 'down', reason: 'gone', retryAtMs: undefined},
		nowMs: sampleModel().nowMs,
	});
	expect(press(down, 'q').leaving).toBe('quit');
	// What ends with the monitor is not left behind.
	const shown = {...sampleModel(), isLeavingTold: true};
	expect(press(shown, 'q').leaving).toBe('quit');
});
