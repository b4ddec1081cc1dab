import {expect, test} from 'vitest';
import type {PassthroughRow} from '../../source/control/passthrough-row.js';
import type {Steering} from '../../source/control/steering.js';
import {switchTo} from '../../source/control/switch-to.js';
import {
	buryTheDead,
	preparePassthroughs,
	publish,
	readPassthroughs,
} from '../../source/control/passthroughs.js';
import {begin, logPlace, type LogPlace} from '../helpers/log.js';

const now = 1_000_000_000;
const ours: PassthroughRow = {
	instance: 'ours',
	home: '/home/a',
	pid: 1,
	version: '1.0.0',
	url: 'http://127.0.0.1:4141',
	startedAt: now - 500,
	heartbeatAt: now,
	state: 'serving',
	config: {endpoints: [], aliases: [], endpoint: 'main'},
	steering: null,
};
const theirs: PassthroughRow = {
	...ours,
	instance: 'theirs',
	home: '/home/b',
	pid: 2,
	startedAt: now - 1000,
};

function published(place: LogPlace, rows: readonly PassthroughRow[]) {
	const db = place.connect();
	preparePassthroughs(db);
	for (const row of rows) {
		publish(db, row);
	}

	return db;
}

test('what a passthrough says of itself can be read, and is refreshed', () => {
	using place = logPlace();
	place.record();
	const db = published(place, [theirs, ours]);
	expect(readPassthroughs(db)).toEqual([ours, theirs]);
	const later = {...theirs, heartbeatAt: now + 5, state: 'draining'} as const;
	publish(db, later);
	expect(readPassthroughs(db)).toEqual([ours, later]);
});

const steering: Steering = {
	change: 7,
	active: {
		change: 7,
		value: switchTo('coding-deep', undefined, {until: now, requestsLeft: 3}),
		setBy: 'monitor',
		setAt: now,
		reason: null,
	},
	pause: {
		change: 2,
		value: {mode: 'off', until: null},
		setBy: 'strikes',
		setAt: now,
		reason: 'three failed in a row',
	},
	endpoints: [
		{
			name: 'main',
			slots: 4,
			maxSlots: 8,
			inUse: 2,
			queued: 1,
			breakers: [{model: 'claude-opus-4-6', state: 'open', until: now}],
		},
	],
	configProblem: null,
	needsRestart: [],
	configReadAt: now,
};

test('how it steers is part of what it says', () => {
	using place = logPlace();
	place.record();
	const db = published(place, [ours]);
	publish(db, {...ours, steering});
	expect(readPassthroughs(place.connect())).toEqual([{...ours, steering}]);
});

test.each([
	['nothing', null],
	['no JSON', 'steering'],
	['half of it', JSON.stringify({change: 7})],
	[
		'an endpoint without slots',
		JSON.stringify({...steering, endpoints: [{name: 'main'}]}),
	],
	[
		'a target that is neither open nor probing',
		JSON.stringify({
			...steering,
			endpoints: [{...steering.endpoints[0], breakers: [{state: 'ajar'}]}],
		}),
	],
	[
		'an endpoint with control characters',
		JSON.stringify({
			...steering,
			endpoints: [{...steering.endpoints[0], name: '\u{1B}[2J'}],
		}),
	],
])('one that says %s of how it steers says nothing of it', (_what, said) => {
	using place = logPlace();
	place.record();
	const db = published(place, [{...ours, steering}]);
	db.prepare('UPDATE passthroughs SET steering = ?').run(said);
	expect(readPassthroughs(db)).toEqual([ours]);
});

test('one that does not say what waits for a restart says the rest all the same', () => {
	using place = logPlace();
	place.record();
	const db = published(place, [ours]);
	const {needsRestart, ...less} = steering;
	publish(db, {...ours, steering: less as Steering});
	expect(readPassthroughs(db)[0]!.steering).toEqual({...less, needsRestart});
});

test('what it says to people is one line that no terminal obeys', () => {
	using place = logPlace();
	place.record();
	const db = published(place, [
		{...ours, steering: {...steering, configProblem: 'line 7:\n\u{1B}[2J'}},
	]);
	expect(readPassthroughs(db)[0]!.steering?.configProblem).toBe('line 7: [2J');
});

test('a log of an older version gains what it lacks, and keeps its rows', () => {
	using place = logPlace();
	place.record();
	const db = published(place, [theirs]);
	db.exec('ALTER TABLE passthroughs DROP COLUMN steering');
	expect(readPassthroughs(place.connect())).toEqual([theirs]);
	preparePassthroughs(db);
	publish(db, {...ours, steering});
	expect(readPassthroughs(place.connect())).toEqual([
		{...ours, steering},
		theirs,
	]);
});

test('a log without such rows has none', () => {
	using place = logPlace();
	place.record();
	expect(readPassthroughs(place.connect())).toEqual([]);
});

const old = now - 10_001;
test.each([
	['of another home, silent and gone', {heartbeatAt: old}, false, true],
	['of another home, silent and still there', {heartbeatAt: old}, true, false],
	[
		'of another home, gone a moment ago',
		{heartbeatAt: now - 9000},
		false,
		false,
	],
	['of this home, whatever it last said', {home: '/home/a'}, true, true],
	[
		'that left of its own will',
		{state: 'stopped', heartbeatAt: old},
		false,
		false,
	],
] as const)('one %s', async (_what, more, isRunning, isBuried) => {
	using place = logPlace();
	const recorder = place.record({owner: 'theirs'});
	await begin(recorder).recorded;
	const db = published(place, [{...theirs, ...more}, ours]);
	const lost = buryTheDead(db, {
		now,
		instance: 'ours',
		home: '/home/a',
		isRunning: (pid) => pid === 2 && isRunning,
	});
	expect(lost).toBe(isBuried ? 1 : 0);
	expect(place.read().since(0).exchanges).toMatchObject([
		{outcome: isBuried ? 'lost' : 'open'},
	]);
	expect(readPassthroughs(db).map((row) => row.instance)).toEqual([
		'ours',
		'theirs',
	]);
	expect(readPassthroughs(db)[0]!.state).toBe('serving');
});

test('those who left a day ago are forgotten', () => {
	using place = logPlace();
	place.record();
	const gone = {
		...theirs,
		state: 'stopped',
		heartbeatAt: now - 86_400_001,
	} as const;
	const db = published(place, [gone, ours]);
	buryTheDead(db, {
		now,
		instance: 'ours',
		home: '/home/a',
		isRunning: () => false,
	});
	expect(readPassthroughs(db)).toEqual([ours]);
});
