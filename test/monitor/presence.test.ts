import process from 'node:process';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {announcePresence} from '../../source/monitor/presence.js';
import {sampleIdentity} from './sample-rows.js';
import {standInLog, standInWorld} from './stand-in-world.js';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const world = () =>
	standInWorld(standInLog(), {
		clock: {now: Date.now},
		identity: sampleIdentity(),
		rows: [],
	});

test('a monitor says every five seconds that it is there, and in the end that it is gone', () => {
	const here = world();
	const leave = announcePresence(here, true);
	const began = Date.now();
	const [presence] = here.monitors.values();
	expect(presence).toEqual({heartbeatAt: began, mayDecide: true});
	vi.advanceTimersByTime(5000);
	expect([...here.monitors.values()]).toEqual([
		{heartbeatAt: began + 5000, mayDecide: true},
	]);
	leave();
	expect(here.monitors.size).toBe(0);
	vi.advanceTimersByTime(20_000);
	expect(here.monitors.size).toBe(0);
});

test('a process that ends by itself says that its monitor is gone', () => {
	const here = world();
	const before = process.listeners('exit');
	announcePresence(here, true);
	const added = process
		.listeners('exit')
		.filter((listener) => !before.includes(listener));
	expect(here.monitors.size).toBe(1);
	for (const listener of added) {
		listener.call(process, 0);
	}

	expect(here.monitors.size).toBe(0);
	expect(process.listeners('exit')).toEqual(before);
});

test('two monitors are two', () => {
	const here = world();
	const leave = announcePresence(here, true);
	const leaveToo = announcePresence(here, false);
	expect(
		Array.from(here.monitors.values(), ({mayDecide}) => mayDecide),
	).toEqual([true, false]);
	leave();
	expect(here.monitors.size).toBe(1);
	leaveToo();
});

test('one that cannot say it looks all the same, and tries again each second', () => {
	let tries = 0;
	const leave = announcePresence(
		{
			now: Date.now,
			announce() {
				if (++tries < 3) {
					throw new Error('the usage log is busy');
				}
			},
			leave() {
				throw new Error('the usage log is busy');
			},
		},
		true,
	);
	vi.advanceTimersByTime(2000);
	expect(tries).toBe(3);
	vi.advanceTimersByTime(4999);
	expect(tries).toBe(3);
	expect(leave).not.toThrow();
});
