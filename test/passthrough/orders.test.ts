import {expect, test} from 'vitest';
import {type Decision, readDecisions} from '../../source/control/decisions.js';
import type {By} from '../../source/control/control-rows.js';
import {openControl} from '../../source/control/wish.js';
import {Orders} from '../../source/passthrough/orders.js';
import {begin, logPlace} from '../helpers/log.js';

const home = '/home/a';
const by = {setBy: 'monitor', setAt: 1000, reason: null} as const;

const decided = (
	...all: ReadonlyArray<readonly [number, Decision, Partial<By>?]>
): ReadonlyMap<number, Decision & By> =>
	new Map(
		all.map(([id, decision, given]) => [id, {...decision, ...by, ...given}]),
	);

/**
Two requests under way in a real log, and what was ordered of them, in turn.
*/
async function underWay() {
	const place = logPlace();
	const recorder = place.record();
	const followed: string[] = [];
	const open = [];
	for (const id of [1, 2]) {
		const {recording, recorded} = begin(recorder);

		await recorded;
		open.push({
			recording,
			cancel() {
				followed.push(`cancel ${id}`);
			},
			resume() {
				followed.push(`resume ${id}`);
			},
		});
	}

	return {
		place,
		recorder,
		open,
		followed,
		generation: open[0]!.recording.generation,
		[Symbol.dispose]() {
			place[Symbol.dispose]();
		},
	};
}

test('each order is followed once, answers to a question about a cap are not orders', async () => {
	using there = await underWay();
	const orders = new Orders({...there, home, open: new Set(there.open)});
	orders.take(
		decided([1, {kind: 'resume'}], [2, {kind: 'once'}], [3, {kind: 'cancel'}]),
		there.generation,
	);
	expect(there.followed).toEqual(['resume 1']);
});

test('numbers of another log are those of other requests', async () => {
	using there = await underWay();
	const orders = new Orders({...there, home, open: new Set(there.open)});
	orders.take(decided([1, {kind: 'cancel'}]), there.generation + 1);
	expect(there.followed).toEqual([]);
});

test('what cannot be forgotten yet is not followed again, and forgotten later; what comes after it is followed', async () => {
	using there = await underWay();
	let isBusy = true;
	const orders = new Orders({
		home,
		open: new Set(there.open),
		recorder: {
			progress: (lines, also) =>
				!isBusy && there.recorder.progress(lines, also),
		},
	});
	using control = openControl(there.place.path);
	const look = () => {
		orders.take(readDecisions(there.place.connect(), home), there.generation);
	};

	control.decide(home, 1, {kind: 'resume'}, by);
	look();
	look();
	expect(there.followed).toEqual(['resume 1']);
	control.decide(home, 1, {kind: 'resume'}, {...by, setAt: 2000});
	look();
	control.decide(home, 1, {kind: 'cancel'}, {...by, setAt: 2000});
	look();
	expect(there.followed).toEqual(['resume 1', 'resume 1', 'cancel 1']);
	expect(orders.isIdle).toBe(false);
	isBusy = false;
	look();
	expect(readDecisions(there.place.connect(), home).size).toBe(0);
	expect(there.followed).toHaveLength(3);
});

test('with nothing under way and nothing to forget there is nothing to look for', async () => {
	using there = await underWay();
	const open = new Set(there.open);
	const orders = new Orders({...there, home, open});
	expect(orders.isIdle).toBe(false);
	open.clear();
	expect(orders.isIdle).toBe(true);
});
