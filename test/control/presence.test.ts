import {expect, test} from 'vitest';
import {
	isDecided,
	readMonitors,
	type MonitorRow,
} from '../../source/control/presence.js';
import {openControl} from '../../source/control/wish.js';
import {logPlace} from '../helpers/log.js';

const home = '/home/a';
const now = 1_000_000;
const monitor: MonitorRow = {
	id: 'm1',
	home,
	pid: 7,
	heartbeatAt: now,
	mayDecide: true,
};

test('monitors are there from their first word until they leave', () => {
	using place = logPlace();
	place.record();
	const db = place.connect();
	expect(readMonitors(db, home)).toEqual([]);
	using control = openControl(place.path);
	control.leave('m1');
	const other = {...monitor, id: 'm2', mayDecide: false};
	control.announce(monitor);
	control.announce(other);
	control.announce({...monitor, id: 'm3', home: '/home/b'});
	expect(readMonitors(db, home)).toEqual([monitor, other]);
	const later = {...monitor, heartbeatAt: now + 5000};
	control.announce(later);
	control.leave('m2');
	expect(readMonitors(db, home)).toEqual([later]);
});

test('one that died without a word is forgotten after minutes', () => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path);
	control.announce(monitor);
	control.announce({...monitor, id: 'm2', heartbeatAt: now + 299_000});
	const db = place.connect();
	expect(readMonitors(db, home).map(({id}) => id)).toEqual(['m1', 'm2']);
	control.announce({...monitor, id: 'm2', heartbeatAt: now + 301_000});
	expect(readMonitors(db, home).map(({id}) => id)).toEqual(['m2']);
});

test.each<[string, Partial<MonitorRow>, boolean]>([
	['one that has just spoken', {}, true],
	['one that spoke a moment ago', {heartbeatAt: now - 14_999}, true],
	['one that has been silent', {heartbeatAt: now - 15_000}, false],
	['one whose clock is ahead', {heartbeatAt: now + 15_000}, false],
	['one that only looks', {mayDecide: false}, false],
])('somebody may decide where there is %s', (_what, row, isOne) => {
	expect(isDecided([{...monitor, ...row}], now)).toBe(isOne);
	expect(
		isDecided(
			[
				{...monitor, mayDecide: false},
				{...monitor, ...row},
			],
			now,
		),
	).toBe(isOne);
});

test('nobody decides where no monitor is', () => {
	expect(isDecided([], now)).toBe(false);
});

test.each([
	['a heartbeat that is none', {heartbeatAt: 'noon'}],
	['a process that is none', {pid: -1}],
	['a name that a terminal would obey', {id: '\u{1B}c'}],
])('a row that holds %s is passed over', (_what, row) => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path);
	control.announce(monitor);
	control.announce({...monitor, id: 'm2'});
	const db = place.connect();
	const [[column, value]] = Object.entries(row) as [[string, unknown]];
	db.prepare(`UPDATE monitors SET ${column} = ? WHERE id = 'm1'`).run(value);
	expect(readMonitors(db, home).map(({id}) => id)).toEqual(['m2']);
});
