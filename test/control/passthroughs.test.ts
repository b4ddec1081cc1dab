import {expect, test} from 'vitest';
import type {PassthroughRow} from '../../source/control/passthrough-row.js';
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
