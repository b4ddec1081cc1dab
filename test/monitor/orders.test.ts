import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {sendWishes} from '../../source/monitor/send-wishes.js';
import {createStore, type Store} from '../../source/monitor/store.js';
import {sampleIdentity, sampleNowMs, sampleRow} from './sample-rows.js';
import {pausedLive, steeredModel} from './sample-steering.js';
import {standInLog, standInWorld} from './stand-in-world.js';

const busy = new Error('the log is busy', {
	cause: Object.assign(new Error('database is locked'), {code: 'SQLITE_BUSY'}),
});

let store: Store;
beforeEach(() => {
	store = createStore({
		...steeredModel({}, [], {live: pausedLive()}),
		selected: 348,
	});
});
afterEach(() => {
	store.close();
});

const world = (refuseWish: () => void = () => undefined) => {
	const clock = {nowMs: sampleNowMs};
	return {
		clock,
		...standInWorld(standInLog(), {
			clock,
			identity: sampleIdentity(),
			rows: [sampleRow()],
			refuseWish,
		}),
	};
};

const press = (...keys: readonly string[]) => {
	for (const key of keys) {
		store.send({kind: 'pressed', key});
	}
};

test.each([
	['r', ['r'], {exchange: 348, kind: 'resume'}],
	['x, once y is pressed', ['x', 'y'], {exchange: 348, kind: 'cancel'}],
])('%s writes its order once', async (_what, keys, order) => {
	const there = world();
	const stop = sendWishes(store, there);
	press(...keys);
	await vi.waitFor(() => {
		expect(store.model().orders).toMatchObject([{isWritten: true}]);
	});
	press('j', 'k');
	stop();
	expect(there.decisions).toEqual([order]);
});

test('one to end that follows one to go on is written after it', async () => {
	const there = world();
	const stop = sendWishes(store, there);
	press('r');
	await vi.waitFor(() => {
		expect(there.decisions).toHaveLength(1);
	});
	press('x', 'y');
	await vi.waitFor(() => {
		expect(there.decisions).toMatchObject([{kind: 'resume'}, {kind: 'cancel'}]);
	});
	stop();
});

test('an order waits until another writer lets the log go', async () => {
	let tries = 0;
	const there = world(() => {
		if (++tries < 3) {
			throw busy;
		}
	});
	const stop = sendWishes(store, there);
	press('r');
	await vi.waitFor(() => {
		expect(there.decisions).toHaveLength(1);
	});
	expect(tries).toBe(3);
	stop();
});

test('an order that cannot be written says why, and is not asked again', async () => {
	let tries = 0;
	const there = world(() => {
		tries++;
		throw new Error('the disk is full');
	});
	const stop = sendWishes(store, there);
	press('r');
	await vi.waitFor(() => {
		expect(store.model().orders).toMatchObject([
			{isWritten: false, problem: 'the disk is full'},
		]);
	});
	press('j');
	stop();
	expect(tries).toBe(1);
});

test('an order is written before the monitor is left', () => {
	const there = world();
	const stop = sendWishes(store, there);
	press('r');
	stop();
	expect(there.decisions).toEqual([{exchange: 348, kind: 'resume'}]);
});
