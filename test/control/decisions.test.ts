import {expect, test} from 'vitest';
import {
	forgetDecisions,
	readDecisions,
	type Decision,
} from '../../source/control/decisions.js';
import {openControl} from '../../source/control/wish.js';
import type {Recording} from '../../source/usage-log/recording.js';
import {begin, finish, logPlace} from '../helpers/log.js';

const home = '/home/a';
const by = {setBy: 'monitor', setAt: 1000, reason: null} as const;
const once: Decision = {kind: 'once'};

/**
A log with so many open exchanges, from 1 on.
*/
async function held(count: number) {
	const place = logPlace();
	const recorder = place.record();
	const recordings: Recording[] = [];
	for (let index = 0; index < count; index++) {
		const {recording, recorded} = begin(recorder);
		await recorded;
		recordings.push(recording);
	}

	return {
		place,
		control: openControl(place.path),
		end: async (index: number) => finish(recorder, recordings[index]!),
		[Symbol.dispose]() {
			this.control[Symbol.dispose]();
			place[Symbol.dispose]();
		},
	};
}

test('what is decided about held requests is there for the passthrough of the home, with who did', async () => {
	using log = await held(6);
	const decisions: ReadonlyArray<Decision & {reason?: string}> = [
		once,
		{kind: 'alias', alias: 'coding-fast'},
		{kind: 'refuse'},
		{kind: 'resume'},
		{kind: 'cancel'},
	];
	for (const [index, decision] of decisions.entries()) {
		expect(log.control.decide(home, index + 1, decision, by)).toBe(true);
	}

	log.control.decide('/home/b', 6, once, {...by, reason: 'a\u{1B}[2J test'});
	const db = log.place.connect();
	expect([...readDecisions(db, home)]).toEqual(
		decisions.map((decision, index) => [index + 1, {...decision, ...by}]),
	);
	expect([...readDecisions(db, '/home/b').values()]).toEqual([
		{...once, ...by, reason: 'a[2J test'},
	]);
});

test('a log without decisions has none, and can forget what was never there', async () => {
	using log = await held(1);
	const db = log.place.connect();
	forgetDecisions(db, home, [[1, {...once, ...by}]]);
	expect(readDecisions(db, home).size).toBe(0);
});

test('of two decisions about one request the later one stands', async () => {
	using log = await held(1);
	log.control.decide(home, 1, {kind: 'alias', alias: 'fast'}, by);
	log.control.decide(home, 1, {kind: 'refuse'}, {...by, setAt: 2000});
	expect([...readDecisions(log.place.connect(), home)]).toEqual([
		[1, {kind: 'refuse', ...by, setAt: 2000}],
	]);
});

test('nothing is decided about a request that has ended, or was never there', async () => {
	using log = await held(1);
	await log.end(0);
	expect(log.control.decide(home, 1, once, by)).toBe(false);
	expect(log.control.decide(home, 99, once, by)).toBe(false);
	expect(readDecisions(log.place.connect(), home).size).toBe(0);
});

test('what was decided about requests that have ended goes with the next decision', async () => {
	using log = await held(2);
	log.control.decide(home, 1, once, by);
	await log.end(0);
	log.control.decide(home, 2, once, by);
	expect([...readDecisions(log.place.connect(), home).keys()]).toEqual([2]);
});

test('a decision that is done is forgotten, the others stay', async () => {
	using log = await held(3);
	for (const id of [1, 2, 3]) {
		log.control.decide(home, id, once, by);
	}

	const db = log.place.connect();
	const done = {...once, ...by};
	forgetDecisions(db, '/home/b', [[2, done]]);
	forgetDecisions(db, home, [
		[1, done],
		[3, done],
	]);
	expect([...readDecisions(db, home).keys()]).toEqual([2]);
});

test.each([
	['another', {kind: 'cancel'}, {}],
	['the same again', {kind: 'resume'}, {setAt: 2000}],
] as const)(
	'what was decided since one was followed stays: %s',
	async (_what, decision, later) => {
		using log = await held(1);
		const db = log.place.connect();
		log.control.decide(home, 1, {kind: 'resume'}, by);
		const followed = readDecisions(db, home);
		log.control.decide(home, 1, decision, {...by, ...later});
		forgetDecisions(db, home, followed);
		expect([...readDecisions(db, home).values()]).toMatchObject([decision]);
	},
);

test.each([
	['what nobody can decide', {decision: 'maybe'}],
	['an alias without a name', {decision: 'alias', alias: null}],
	['a name that a terminal would obey', {decision: 'alias', alias: '\u{1B}c'}],
	['a setter nobody knows', {setBy: 'moon'}],
	['a time that is none', {setAt: 'noon'}],
])('a row that holds %s is passed over', async (_what, row) => {
	using log = await held(2);
	log.control.decide(home, 1, once, by);
	log.control.decide(home, 2, once, by);
	const db = log.place.connect();
	for (const [column, value] of Object.entries(row)) {
		db.prepare(`UPDATE decisions SET ${column} = ? WHERE exchange = 1`).run(
			value,
		);
	}

	expect([...readDecisions(db, home).keys()]).toEqual([2]);
});
