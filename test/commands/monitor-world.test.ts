import {expect, test} from 'vitest';
import {ControlRows} from '../../source/commands/supervise/control-rows.js';
import {monitorWorld} from '../../source/commands/supervise/monitor-world.js';
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
