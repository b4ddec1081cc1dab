import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {frameSource} from '../../source/monitor/hooks/use-frame.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {startModel} from '../../source/monitor/model.js';
import {createStore, type Store} from '../../source/monitor/store.js';
import {sampleIdentity, sampleNowMs, sampleRow} from './sample-rows.js';

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});

afterEach(() => {
	vi.useRealTimers();
});

const minuteStartMs = Math.ceil(sampleNowMs / 60_000) * 60_000;

function idleStore(): Store {
	const store = createStore(
		startModel({
			nowMs: minuteStartMs,
			columns: 60,
			rows: 20,
			ascii: false,
			readOnly: false,
			notices: [],
		}),
	);
	store.send({kind: 'logState', log: {kind: 'following'}});
	beat(store, 0);
	return store;
}

/** What comes every second, from a passthrough that has nothing to do. */
function beat(store: Store, afterMs: number): void {
	const nowMs = minuteStartMs + afterMs;
	store.sendSoon({kind: 'tick', nowMs});
	store.sendSoon({
		kind: 'supervisor',
		state: {kind: 'joined', identity: sampleIdentity()},
		nowMs,
	});
	store.sendSoon({kind: 'passthrough', row: sampleRow({heartbeatAt: nowMs})});
	vi.advanceTimersByTime(1000);
}

test('a monitor with nothing to do makes one frame a minute', () => {
	const store = idleStore();
	const make = vi.fn(frameOf);
	const current = frameSource(store, make);
	const first = current();
	make.mockClear();
	for (let second = 1; second < 60; second++) {
		beat(store, second * 1000);
		expect(current()).toBe(first);
	}

	expect(make).toHaveBeenCalledTimes(0);
	beat(store, 60_000);
	expect(current()).not.toBe(first);
	expect(make).toHaveBeenCalledTimes(1);
});

test('a key pressed meanwhile is drawn at once', () => {
	const store = idleStore();
	const current = frameSource(store);
	const first = current();
	store.send({kind: 'pressed', key: '?'});
	expect(current()).not.toBe(first);
});

test('silence of the passthrough is drawn within the minute', () => {
	const store = idleStore();
	const current = frameSource(store);
	const first = current();
	store.send({kind: 'tick', nowMs: minuteStartMs + 8000});
	expect(current()).not.toBe(first);
	expect(JSON.stringify(current())).toContain('STALE');
});

test('what happens by itself is drawn four times a second, a key at once', () => {
	const store = idleStore();
	vi.advanceTimersByTime(1000);
	const draw = vi.fn<() => void>();
	store.subscribe(() => {
		draw();
	});
	for (let passed = 0; passed < 2000; passed += 20) {
		store.sendSoon({kind: 'upkeep', share: passed / 4000});
		vi.advanceTimersByTime(20);
	}

	// The first at once, then four a second.
	expect(draw.mock.calls.length).toBeLessThanOrEqual(9);
	expect(draw.mock.calls.length).toBeGreaterThan(6);
	draw.mockClear();
	store.send({kind: 'pressed', key: '?'});
	expect(draw).toHaveBeenCalledTimes(1);
});

test('nobody is told of what draws the same picture', () => {
	const store = idleStore();
	const draw = vi.fn<() => void>();
	store.subscribe(() => {
		draw();
	});
	for (let second = 1; second < 60; second++) {
		beat(store, second * 1000);
	}

	expect(draw).not.toHaveBeenCalled();
	expect(store.model().nowMs).toBe(minuteStartMs + 59_000);
	beat(store, 60_000);
	expect(draw).toHaveBeenCalled();
});
