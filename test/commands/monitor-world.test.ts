import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {Worker} from 'node:worker_threads';
import Database from 'better-sqlite3';
import {expect, test} from 'vitest';
import {ControlRows} from '../../source/commands/supervise/control-rows.js';
import {monitorWorld} from '../../source/commands/supervise/monitor-world.js';
import {readDecisions} from '../../source/control/decisions.js';
import {readMonitors} from '../../source/control/presence.js';
import type {TodaysCap} from '../../source/control/steering.js';
import type {SupervisorState} from '../../source/monitor/supervisor-state.js';
import {sampleIdentity} from '../monitor/sample-rows.js';
import {homeWithLog, wishesIn} from './steered-home.js';

const worldOf = (log: string, home: string, state: SupervisorState) => {
	const rows = new ControlRows(() => log);
	const world = monitorWorld({
		home,
		log: () => log,
		rows,
		supervisor: {
			subscribe: () => () => undefined,
			current: () => state,
			stopPassthrough: async () => undefined,
		},
	});
	return {
		...world,
		[Symbol.dispose]() {
			rows.close();
		},
	};
};

const hold = {mode: 'hold', until: null} as const;

test('a wish of the monitor stands beside the log, under the number that it answers', () => {
	using home = homeWithLog();
	using world = worldOf(home.log, home.folder, {kind: 'starting'});
	const change = world.wish!('pause', hold, 'to look');
	expect(wishesIn(home)).toMatchObject({
		changes: {
			pause: {change, value: hold, setBy: 'monitor', reason: 'to look'},
		},
		newest: change,
	});
	expect(world.wish!('pause', {mode: 'off', until: null})).toBe(change + 1);
	expect(wishesIn(home).changes.pause).toMatchObject({reason: null});
});

test('it is wished for in the home of the passthrough that answers, by the name it gives it', () => {
	using home = homeWithLog();
	using world = worldOf(home.log, '/another/path/to/it', {
		kind: 'joined',
		identity: sampleIdentity({home: home.folder}),
	});
	const change = world.wish!('pause', hold);
	expect(wishesIn(home).changes.pause?.change).toBe(change);
});

test('a wish without a log to write it beside is an error in words', () => {
	using home = homeWithLog();
	using world = worldOf(`${home.log}-none`, home.folder, {kind: 'starting'});
	expect(() => world.wish!('pause', hold)).toThrow(/usage log/v);
});

test('a wish does not wait long for another writer, and says that it was busy', async () => {
	using home = homeWithLog();
	using world = worldOf(home.log, home.folder, {kind: 'starting'});
	const writer = new Worker(
		`const {parentPort, workerData} = require('node:worker_threads');
		const db = require('better-sqlite3')(workerData);
		db.exec('BEGIN IMMEDIATE');
		parentPort.postMessage('has it');
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
		db.exec('COMMIT');
		db.close();`,
		{eval: true, workerData: home.log},
	);
	await once(writer, 'message');
	// It is let go again sooner than somebody patient would give up.
	const error = errorOf(() => world.wish!('pause', hold));
	expect(error?.cause).toMatchObject({code: 'SQLITE_BUSY'});
	await once(writer, 'exit');
});

function errorOf(act: () => unknown): Error | undefined {
	try {
		act();
		return undefined;
	} catch (error) {
		return error as Error;
	}
}

test('caps, decisions and presence stand beside the log, in the home of the passthrough', () => {
	using home = homeWithLog();
	using world = worldOf(home.log, '/another/path/to/it', {
		kind: 'joined',
		identity: sampleIdentity({home: home.folder}),
	});
	const raise = (before: TodaysCap | undefined): TodaysCap => ({
		from: 900_000,
		nanodollars: (before?.nanodollars ?? 20e9) + 5e9,
		tokens: null,
	});
	world.changeCap!('desktop', raise);
	const change = world.changeCap!('desktop', raise);
	expect(wishesIn(home).changes.caps).toMatchObject({
		change,
		setBy: 'monitor',
		value: {desktop: {nanodollars: 30e9}},
	});
	world.announce!({id: 'a', heartbeatAt: 5, mayDecide: true});
	const db = new Database(home.log);
	db.prepare(
		"INSERT INTO exchanges (id, revision, outcome) VALUES (7, 1, 'open')",
	).run();
	world.decide!(7, {kind: 'alias', alias: 'coding-fast'});
	expect(readDecisions(db, home.folder).get(7)).toMatchObject({
		kind: 'alias',
		alias: 'coding-fast',
		setBy: 'monitor',
	});
	expect(readMonitors(db, home.folder)).toEqual([
		{
			id: 'a',
			home: home.folder,
			pid: process.pid,
			heartbeatAt: 5,
			mayDecide: true,
		},
	]);
	world.leave!('a');
	expect(readMonitors(db, home.folder)).toEqual([]);
	db.close();
});

test('that a monitor is there stands in the log that counts now, also when another file has taken its place', () => {
	using home = homeWithLog();
	using other = homeWithLog();
	using world = worldOf(home.log, home.folder, {kind: 'starting'});
	const beat = (heartbeatAt: number) => {
		world.announce!({id: 'one', heartbeatAt, mayDecide: true});
	};

	const seen = () => {
		const db = new Database(home.log, {readonly: true});
		try {
			return readMonitors(db, home.folder).map(({heartbeatAt}) => heartbeatAt);
		} finally {
			db.close();
		}
	};

	beat(1);
	beat(2);
	expect(seen()).toEqual([2]);
	for (const suffix of ['', '-wal', '-shm']) {
		fs.rmSync(home.log + suffix, {force: true});
	}

	expect(() => {
		beat(3);
	}).toThrow(/usage log/v);
	fs.copyFileSync(other.log, home.log);
	beat(4);
	expect(seen()).toEqual([4]);
	world.leave!('one');
	expect(seen()).toEqual([]);
});
