import {describe, expect, test} from 'vitest';
import {LogFollower} from '../../source/monitor/log-follower.js';
import {startModel} from '../../source/monitor/model.js';
import {createStore} from '../../source/monitor/store.js';
import {
	endedRow,
	exchangeRow,
	liveRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
	totalsRow,
} from './sample-rows.js';
import {
	standInLog,
	standInWorld,
	write,
	type StandInLog,
} from './stand-in-world.js';

const following = (log: StandInLog | Error) => {
	const clock = {nowMs: sampleNowMs};
	const world = standInWorld(log, {
		clock,
		identity: sampleIdentity(),
		rows: [sampleRow()],
	});
	const store = createStore(
		startModel({
			nowMs: sampleNowMs,
			columns: 60,
			rows: 30,
			ascii: false,
			readOnly: false,
			notices: [],
		}),
	);
	store.send({
		kind: 'supervisor',
		state: world.supervisor.current(),
		nowMs: sampleNowMs,
	});
	return {clock, world, store, follower: new LogFollower(world, store)};
};

test('reads what stands in the log, then only what is new', () => {
	const log = standInLog({exchanges: [endedRow(1)], totals: [totalsRow('a')]});
	const {store, follower} = following(log);
	follower.second();
	expect(Array.from(store.model().exchanges.keys())).toEqual([1]);
	expect(store.model().totals).toHaveLength(1);

	write(log, {exchanges: [exchangeRow(2)]});
	follower.poll();
	expect(Array.from(store.model().exchanges.keys())).toEqual([1, 2]);
	expect(log.reads).toMatchObject({attach: 1, since: 1});
});

test('asks for nothing while nothing was committed', () => {
	const log = standInLog({exchanges: [endedRow(1)]});
	const {store, follower} = following(log);
	follower.second();
	const before = store.model();
	for (let index = 0; index < 20; index++) {
		follower.poll();
	}

	expect(log.reads).toMatchObject({since: 0, live: 1, totals: 1});
	expect(store.model()).toBe(before);
});

test('a heartbeat alone changes nothing but the heartbeat', () => {
	const log = standInLog({exchanges: [endedRow(1)], live: [liveRow(1)]});
	const {store, follower, world} = following(log);
	follower.second();
	const before = store.model();
	log.version++;
	follower.poll();
	expect(store.model()).toBe(before);

	log.version++;
	world.rows[0] = sampleRow({heartbeatAt: sampleNowMs + 1000});
	follower.poll();
	expect(store.model()).toEqual({...before, passthrough: world.rows[0]});
});

describe('the totals of today', () => {
	test('are asked for once a second at most, and only when something changed', () => {
		const log = standInLog();
		const {follower} = following(log);
		follower.second();
		follower.second();
		expect(log.reads.totals).toBe(1);
		for (const id of [1, 2, 3]) {
			write(log, {exchanges: [endedRow(id)]});
			follower.poll();
		}

		expect(log.reads.totals).toBe(1);
		follower.second();
		follower.second();
		expect(log.reads.totals).toBe(2);
	});

	test('begin again at midnight', () => {
		const log = standInLog({totals: [totalsRow('a')]});
		const {follower, clock, store} = following(log);
		follower.second();
		log.totals = [];
		clock.nowMs = new Date(2026, 10, 23, 0, 0, 0).getTime();
		follower.second();
		expect(store.model().totals).toEqual([]);
	});
});

describe('a log that cannot be read', () => {
	test('is told of after three tries, and followed once it can be', () => {
		const log = standInLog({broken: new Error('file is not a database')});
		const {store, follower} = following(log);
		follower.second();
		follower.second();
		expect(store.model().log.kind).toBe('opening');
		follower.second();
		expect(store.model().log).toEqual({
			kind: 'unreadable',
			reason: 'file is not a database',
		});
		log.broken = undefined;
		log.exchanges = [endedRow(1)];
		follower.second();
		expect(store.model().log.kind).toBe('following');
		expect(store.model().exchanges.size).toBe(1);
	});

	test('is closed and opened again when it breaks while it is followed', () => {
		const log = standInLog({exchanges: [endedRow(1)]});
		const {store, follower} = following(log);
		follower.second();
		log.broken = new Error('disk I/O error');
		follower.poll();
		follower.poll();
		expect(log.reads.close).toBe(1);
		log.broken = undefined;
		log.exchanges.push(endedRow(2));
		follower.second();
		expect(store.model().exchanges.size).toBe(2);
	});

	test('need not be there at all', () => {
		const {store, follower} = following(new Error('no log yet'));
		follower.second();
		follower.poll();
		expect(store.model().passthrough?.instance).toBe('one');
	});
});

describe('a log that was moved aside under us', () => {
	const seconds = (
		{store, follower, clock, world}: ReturnType<typeof following>,
		each: (log: number) => void,
		recording = true,
	) => {
		for (let second = 1; second <= 8; second++) {
			clock.nowMs = sampleNowMs + second * 1000;
			world.rows[0] = sampleRow({heartbeatAt: clock.nowMs});
			store.send({
				kind: 'supervisor',
				state: {kind: 'joined', identity: sampleIdentity({recording})},
				nowMs: clock.nowMs,
			});
			each(second);
			follower.poll();
			follower.second();
		}
	};

	test('is left for the new one, as the passthrough lives and commits nothing here', () => {
		const log = standInLog();
		seconds(following(log), () => undefined);
		expect(log.reads.attach).toBe(2);
	});

	test.each([
		['it is committed to', true],
		['nothing can be recorded anyway', false],
	])('is not thought of while %s', (_name, recording) => {
		const log = standInLog();
		seconds(
			following(log),
			() => {
				log.version += Number(recording);
			},
			recording,
		);
		expect(log.reads.attach).toBe(1);
	});
});

test('the row of the passthrough that answers is ours, else the newest', () => {
	const {store, follower, world} = following(standInLog());
	world.rows.unshift(sampleRow({instance: 'newer', url: 'http://127.0.0.1:9'}));
	follower.second();
	expect(store.model().passthrough?.instance).toBe('one');
	world.set({kind: 'starting'});
	store.send({
		kind: 'supervisor',
		state: {kind: 'starting'},
		nowMs: sampleNowMs,
	});
	follower.second();
	expect(store.model().passthrough?.instance).toBe('newer');
});
