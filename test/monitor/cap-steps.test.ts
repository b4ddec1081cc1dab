import {expect, test} from 'vitest';
import type {KeyStanding} from '../../source/control/steering.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {update, type Message} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {sampleNowMs} from './sample-rows.js';
import {keyStanding, steeredModel, steers} from './sample-steering.js';

const spent = (dollars: number, given: Partial<KeyStanding> = {}): Message =>
	steers({
		keys: [keyStanding('default', {spentNanodollars: dollars * 1e9, ...given})],
	});

const after = (...messages: readonly Message[]): Model => {
	let now = steeredModel();
	for (const message of messages) {
		now = update(now, message);
	}

	return now;
};

const bells = (...messages: readonly Message[]): number =>
	after(...messages).capSteps.bells;

const tomorrow = {
	from: keyStanding().resetsAt,
	resetsAt: keyStanding().resetsAt + 86_400_000,
};

test.each([
	['none that was passed before', [spent(17)], 0],
	['one that is passed', [spent(9), spent(10)], 1],
	['each once', [spent(9), spent(10), spent(11), spent(16), spent(17)], 2],
	['two at once', [spent(9), spent(17)], 1],
	['the cap itself', [spent(17), spent(20)], 1],
	[
		'a cap that nothing more fits below',
		[spent(17), spent(19), spent(19, {isReached: true})],
		1,
	],
	[
		'none again after a raise',
		[spent(15), spent(16), spent(16, {capNanodollars: 25e9}), spent(20.5)],
		2,
	],
	[
		'each day anew',
		[spent(9), spent(10), spent(0, tomorrow), spent(10, tomorrow)],
		2,
	],
	['none without steps', [spent(9, {warnAt: []}), spent(17, {warnAt: []})], 0],
])('the bell rings for %s', (_what, messages, expected) => {
	expect(bells(...messages)).toBe(expected);
});

test('each key has steps of its own', () => {
	const both = (first: number, second: number): Message =>
		steers({
			keys: [
				keyStanding('ci', {spentNanodollars: first * 1e9}),
				keyStanding('desktop', {spentNanodollars: second * 1e9}),
			],
		});
	expect(bells(both(9, 9), both(10, 9), both(10, 10))).toBe(2);
});

test.each([
	['reached', spent(20.03)],
	['raised', spent(16.5, {capNanodollars: 25e9})],
])('a step is told of no more once the cap is %s', (_what, message) => {
	const model = after(spent(15), spent(16.02));
	const lines = frameOf(update(model, message)).top.map((line) =>
		lineText(line),
	);
	expect(lines.join('\n')).not.toContain("OF TODAY'S CAP");
});

test('a step is told of for some seconds', () => {
	const model = after(spent(15), spent(16.02));
	const lines = (ms: number) =>
		frameOf(update(model, {kind: 'tick', nowMs: sampleNowMs + ms})).top.map(
			(line) => lineText(line).trimEnd(),
		);
	expect(lines(1000)).toContain(" 80% OF TODAY'S CAP: $16.02 of $20");
	expect(lines(10_000).join('\n')).not.toContain("OF TODAY'S CAP");
});
