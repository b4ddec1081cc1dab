import {expect, test} from 'vitest';
import {
	newestChange,
	prepareControl,
	readChanges,
	writeChange,
} from '../../source/control/control-rows.js';
import type {Pause} from '../../source/control/steering.js';
import {switchTo} from '../../source/control/switch-to.js';
import {logPlace} from '../helpers/log.js';

const home = '/home/a';
const by = {setBy: 'command', setAt: 1000, reason: null} as const;
const asked = switchTo(null, undefined);
const deep = switchTo('coding-deep', asked, {until: 5000, requestsLeft: null});
const held: Pause = {mode: 'hold', until: null};

/**
A log with control rows, and two connections to it.
*/
function controlled() {
	const place = logPlace();
	place.record();
	const [writer, reader] = [place.connect(), place.connect()];
	prepareControl(writer);
	return {
		writer,
		reader,
		[Symbol.dispose]() {
			place[Symbol.dispose]();
		},
	};
}

test('a log without control rows has no changes', () => {
	using place = logPlace();
	place.record();
	const db = place.connect();
	expect(readChanges(db, home)).toEqual({});
	expect(newestChange(db, home)).toBe(0);
});

test('what was wished for is there for others, with who wanted it and why', () => {
	using log = controlled();
	writeChange(log.writer, home, 'active', deep, by);
	writeChange(log.writer, home, 'pause', held, {
		setBy: 'strikes',
		setAt: 2000,
		reason: 'failed\u{1B}[2J three times',
	});
	expect(readChanges(log.reader, home)).toEqual({
		active: {change: 1, value: deep, ...by},
		pause: {
			change: 2,
			value: held,
			setBy: 'strikes',
			setAt: 2000,
			reason: 'failed[2J three times',
		},
	});
});

test('the numbers of changes grow, whichever row is replaced, and none comes twice', () => {
	using log = controlled();
	const numbers = [
		writeChange(log.writer, home, 'active', deep, by),
		writeChange(log.writer, home, 'pause', held, by),
		writeChange(log.writer, home, 'active', asked, by),
		writeChange(log.writer, home, 'active', deep, by),
		writeChange(log.writer, home, 'pause', held, by),
	];
	expect(numbers).toEqual([1, 2, 3, 4, 5]);
	expect(newestChange(log.reader, home)).toBe(5);
	expect(readChanges(log.reader, home)).toMatchObject({
		active: {change: 4},
		pause: {change: 5},
	});
});

test('homes that share a log do not meet', () => {
	using log = controlled();
	writeChange(log.writer, home, 'active', deep, by);
	expect(writeChange(log.writer, '/home/b', 'active', asked, by)).toBe(1);
	expect(readChanges(log.reader, home)).toMatchObject({active: {value: deep}});
	expect(readChanges(log.reader, '/home/b')).toMatchObject({
		active: {value: asked},
	});
	expect(newestChange(log.reader, '/home/c')).toBe(0);
});

test('a change that was rolled back never was', () => {
	using log = controlled();
	const failing = log.writer.transaction(() => {
		writeChange(log.writer, home, 'active', deep, by);
		throw new Error('no');
	});
	expect(failing).toThrow('no');
	expect(readChanges(log.reader, home)).toEqual({});
	expect(writeChange(log.writer, home, 'active', asked, by)).toBe(1);
});

test('others see in data_version that something was changed', () => {
	using log = controlled();
	const version = () => log.reader.pragma('data_version', {simple: true});
	const before = version();
	writeChange(log.writer, home, 'active', deep, by);
	expect(version()).not.toBe(before);
});

test.each([
	['no JSON', {value: 'deep'}],
	['a value of another kind', {value: '["coding-deep"]'}],
	['nothing', {value: 'null'}],
	['a time that is none', {value: JSON.stringify({...deep, until: 'noon'})}],
	['a count below 0', {value: JSON.stringify({...deep, requestsLeft: -1})}],
	['a name without letters', {value: JSON.stringify({...deep, alias: ''})}],
	[
		'a name with control characters',
		{value: JSON.stringify({...deep, alias: '\u{1B}[2J'})},
	],
	['a setter nobody knows', {setBy: 'moon'}],
	['a time of setting that is none', {setAt: 'noon'}],
])('a row that holds %s is passed over, the others are read', (_what, row) => {
	using log = controlled();
	writeChange(log.writer, home, 'active', deep, by);
	writeChange(log.writer, home, 'pause', held, by);
	const [[column, value]] = Object.entries(row) as [[string, string]];
	log.writer
		.prepare(`UPDATE control SET ${column} = ? WHERE name = 'active'`)
		.run(value);
	expect(readChanges(log.reader, home)).toEqual({
		pause: {change: 2, value: held, ...by},
	});
	// Its number is not given out again.
	expect(writeChange(log.writer, home, 'active', deep, by)).toBe(3);
});

test('a reason that a terminal would obey is read without what it would', () => {
	using log = controlled();
	writeChange(log.writer, home, 'pause', held, by);
	log.writer.prepare('UPDATE control SET reason = ?').run('too\u{1B}[2J much');
	expect(readChanges(log.reader, home).pause?.reason).toBe('too [2J much');
});

test('what a later version wishes for is passed over', () => {
	using log = controlled();
	log.writer
		.prepare(
			"INSERT INTO control VALUES (?, 'cap', 7, '5', 'command', 1, NULL)",
		)
		.run(home);
	expect(readChanges(log.reader, home)).toEqual({});
	expect(writeChange(log.writer, home, 'pause', held, by)).toBe(8);
});
