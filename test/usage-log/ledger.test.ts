import {expect, test} from 'vitest';
import {
	keysSeen,
	outputsOf,
	readStanding,
	release,
	reserve,
} from '../../source/usage-log/ledger.js';
import {markLost} from '../../source/usage-log/lost.js';
import {pruneSome} from '../../source/usage-log/prune.js';
import {begin, finish, logPlace, streaming} from '../helpers/log.js';
import {
	countedIn,
	dayMs,
	quarterMs,
	spend,
	spending,
	withoutLedger,
} from './ledger-samples.js';

const from = Date.UTC(2026, 2, 1);
const day = {key: 'ci', from, to: from + dayMs};
const bound = {
	key: 'ci',
	admittedAt: from,
	nanodollars: 900,
	tokens: 90,
	owner: 'ours',
};
const nothing = {
	nanodollars: 0,
	tokens: 0,
	unpriced: 0,
	reservedNanodollars: 0,
	reservedTokens: 0,
	underWay: 0,
};

async function opened(
	place: ReturnType<typeof logPlace>,
	facts: Readonly<Record<string, unknown>> = {},
	owner = 'ours',
) {
	const recorder = place.record({owner});
	const {recording, recorded} = begin(recorder, {
		startedAt: from,
		format: 'anthropic-messages',
		key: 'ci',
		...facts,
	});
	await recorded;
	return {recorder, recording, id: recording.id!};
}

test('a key stands as its exchanges of the day have ended, to the quarter-hour', async () => {
	using place = logPlace();
	const recorder = place.record();
	const db = place.connect();
	for (const [at, key] of [
		[from - 1, 'ci'],
		[from, 'ci'],
		[from + dayMs - 1, 'ci'],
		[from + dayMs, 'ci'],
		[from, 'desktop'],
	] as const) {
		await spend(recorder, at, {begins: {key}});
	}

	expect(readStanding(db, day)).toEqual({
		...nothing,
		nanodollars: 10_000,
		tokens: 240,
	});
	expect(readStanding(db, {...day, key: 'nobody'})).toEqual(nothing);
	expect(readStanding(db, {...day, from: from + quarterMs}).nanodollars).toBe(
		5000,
	);
});

test('what was held over midnight counts for the day it was let through', async () => {
	using place = logPlace();
	const {recorder, recording} = await opened(place, {startedAt: from - 1});
	await new Promise((resolve) => {
		recorder.move(
			recording,
			{
				next: {
					alias: null,
					endpoint: 'main',
					sentModel: 'm1',
					billing: null,
					attemptStartedAt: from + 5,
					admittedAt: from + 5,
				},
			},
			resolve,
		);
	});
	await finish(recorder, recording, spending);
	expect(readStanding(place.connect(), day).nanodollars).toBe(5000);
	const {exchanges} = place.read().since(0);
	expect(exchanges[0]).toMatchObject({
		startedAt: from - 1,
		admittedAt: from + 5,
	});
});

test.each([
	[
		'no money and no tokens',
		{countedNanodollars: null, usageStatus: 'none'},
		{},
	],
	[
		'what is written to caches, and read',
		{cacheReadTokens: 1, cacheWrite5mTokens: 2, cacheWrite1hTokens: 4},
		{nanodollars: 5000, tokens: 127},
	],
	[
		'tokens that were said for want of proof',
		{countedTokens: 7000, usageStatus: 'missing', inputTokens: null},
		{nanodollars: 5000, tokens: 7000},
	],
	['tokens said to be none', {countedTokens: 0}, {nanodollars: 5000}],
	[
		'no price',
		{countedNanodollars: null, priceSource: 'unpriced'},
		{tokens: 120, unpriced: 1},
	],
	[
		'an agent that left',
		{outcome: 'aborted', usageStatus: 'partial'},
		{nanodollars: 5000, tokens: 120},
	],
] as const)(
	'an end with %s counts as it should',
	async (_what, ends, counts) => {
		using place = logPlace();
		await spend(place.record(), from, {ends});
		expect(readStanding(place.connect(), day)).toEqual({...nothing, ...counts});
	},
);

test('an end that counts nothing leaves no row', async () => {
	using place = logPlace();
	const recorder = place.record();
	await spend(recorder, from, {
		ends: {countedNanodollars: null, usageStatus: 'none'},
	});
	await spend(recorder, from, {begins: {format: null}});
	const db = place.connect();
	expect(db.prepare('SELECT * FROM counted').all()).toEqual([]);
});

test('a late correction counts in place of what was said before', async () => {
	using place = logPlace();
	const recorder = place.record();
	const db = place.connect();
	const recording = await spend(recorder, from);
	await spend(recorder, from);
	await finish(recorder, recording, {...spending, countedNanodollars: 3000});
	expect(readStanding(db, day)).toMatchObject({
		nanodollars: 8000,
		tokens: 240,
	});
	await finish(recorder, recording, {outcome: 'error', usageStatus: 'none'});
	expect(readStanding(db, day)).toMatchObject({
		nanodollars: 5000,
		tokens: 120,
	});
});

test('what is taken out of the log stays counted', async () => {
	using place = logPlace();
	const recorder = place.record();
	const db = place.connect();
	await spend(recorder, from);
	await spend(recorder, from + dayMs);
	const before = countedIn(db);
	const {pruned} = pruneSome(db, {
		beforeMs: from + quarterMs,
		after: 0,
		count: 10,
	});
	expect(pruned).toBe(1);
	expect(countedIn(db)).toEqual(before);
});

test('what is reserved is seen by others and goes with the end of its exchange', async () => {
	using place = logPlace();
	const {recorder, recording, id} = await opened(place);
	const [writer, reader] = [place.connect(), place.connect()];
	expect(reserve(writer, {...bound, exchange: id})).toBe(true);
	expect(readStanding(reader, day)).toEqual({
		...nothing,
		reservedNanodollars: 900,
		reservedTokens: 90,
		underWay: 1,
	});
	await finish(recorder, recording, spending);
	expect(readStanding(reader, day)).toEqual({
		...nothing,
		nanodollars: 5000,
		tokens: 120,
	});
});

test('an end that was rolled back leaves what was reserved', async () => {
	using place = logPlace();
	const {id} = await opened(place);
	const db = place.connect();
	reserve(db, {...bound, exchange: id});
	db.exec('BEGIN IMMEDIATE');
	db.prepare("UPDATE exchanges SET outcome = 'ok' WHERE id = ?").run(id);
	expect(readStanding(db, day).underWay).toBe(0);
	db.exec('ROLLBACK');
	expect(readStanding(db, day).underWay).toBe(1);
});

test('what is reserved anew takes the place of what was', async () => {
	using place = logPlace();
	const {id} = await opened(place);
	const db = place.connect();
	reserve(db, {...bound, exchange: id});
	reserve(db, {...bound, exchange: id, nanodollars: 500, tokens: 50});
	expect(readStanding(db, day)).toMatchObject({
		reservedNanodollars: 500,
		reservedTokens: 50,
		underWay: 1,
	});
	release(db, id);
	expect(readStanding(db, day)).toEqual(nothing);
	release(db, id);
});

test('nothing is reserved for an exchange that has ended, or is not there', async () => {
	using place = logPlace();
	const {id} = await spend(place.record(), from);
	const db = place.connect();
	expect(reserve(db, {...bound, exchange: id!})).toBe(false);
	expect(reserve(db, {...bound, exchange: 999})).toBe(false);
	expect(readStanding(db, day).underWay).toBe(0);
});

test('what was reserved before midnight is no part of the day after', async () => {
	using place = logPlace();
	const {id} = await opened(place);
	const db = place.connect();
	reserve(db, {...bound, exchange: id, admittedAt: from - 1});
	expect(readStanding(db, day).underWay).toBe(0);
	reserve(db, {...bound, exchange: id, admittedAt: day.to});
	expect(readStanding(db, day).underWay).toBe(0);
	expect(
		readStanding(db, {...day, from: day.to, to: day.to + dayMs}).underWay,
	).toBe(1);
});

test.each([
	['nothing of it was seen', undefined, {nanodollars: 900, tokens: 90}],
	[
		'less was seen',
		{...streaming, cacheReadTokens: 0},
		{nanodollars: 900, tokens: 90},
	],
	['more was seen', streaming, {nanodollars: 900, tokens: 437}],
] as const)(
	'a dead owner leaves what was reserved as counted, where %s',
	async (_what, line, counts) => {
		using place = logPlace();
		const {recorder, recording, id} = await opened(place, {}, 'dead');
		const db = place.connect();
		reserve(db, {...bound, owner: 'dead', exchange: id});
		if (line !== undefined) {
			recorder.progress([[recording, line]]);
		}

		expect(db.transaction(() => markLost(db, 'dead')).immediate()).toBe(1);
		expect(readStanding(db, day)).toEqual({...nothing, ...counts});
		expect(place.read().since(0).exchanges[0]).toMatchObject({
			outcome: 'lost',
			countedNanodollars: counts.nanodollars,
			countedTokens: counts.tokens,
		});
	},
);

test('of a dead owner without a cap only what was seen counts, and of those alive nothing changes', async () => {
	using place = logPlace();
	const dead = await opened(place, {}, 'dead');
	dead.recorder.progress([[dead.recording, streaming]]);
	const alive = await opened(place, {}, 'alive');
	const db = place.connect();
	reserve(db, {...bound, owner: 'alive', exchange: alive.id});
	db.transaction(() => markLost(db, 'dead')).immediate();
	expect(readStanding(db, day)).toEqual({
		...nothing,
		tokens: 432,
		reservedNanodollars: 900,
		reservedTokens: 90,
		underWay: 1,
	});
});

test('an exchange that is removed by hand takes what it counts and reserves with it', async () => {
	using place = logPlace();
	const {id} = await opened(place);
	const db = place.connect();
	reserve(db, {...bound, exchange: id});
	await spend(place.record(), from);
	db.exec('DELETE FROM exchanges');
	expect(readStanding(db, day)).toEqual(nothing);
});

test('a log of a version without caps has nothing to say, and is not touched', async () => {
	using place = logPlace();
	await spend(place.record(), from);
	withoutLedger(place);
	const db = place.connect();
	expect(readStanding(db, day)).toEqual(nothing);
	expect(keysSeen(db)).toMatchObject([{key: 'ci', lastSeenAt: from}]);
});

test('the last outputs of a model that were told exactly are found, the newest first', async () => {
	using place = logPlace();
	const recorder = place.record();
	for (const [index, ends] of [
		{},
		{servedModel: 'other'},
		{usageStatus: 'partial'},
		{outputTokens: null},
		{},
		{},
	].entries()) {
		await spend(recorder, from, {
			ends: {
				servedModel: 'm1',
				outputTokens: index,
				...(ends as object),
			},
		});
	}

	const db = place.connect();
	expect(outputsOf(db, 'm1', 200)).toEqual([5, 4, 0]);
	expect(outputsOf(db, 'm1', 2)).toEqual([5, 4]);
	expect(outputsOf(db, 'unheard', 200)).toEqual([]);
});

test('answers of long ago are not looked for', async () => {
	using place = logPlace();
	const recorder = place.record();
	await spend(recorder, from, {ends: {servedModel: 'm1'}});
	const db = place.connect();
	db.exec('UPDATE exchanges SET id = 1');
	db.exec(
		"INSERT INTO exchanges (id, revision, outcome) VALUES (20000, 9, 'ok')",
	);
	expect(outputsOf(db, 'm1', 200)).toEqual([20]);
	db.exec(
		"INSERT INTO exchanges (id, revision, outcome) VALUES (20001, 10, 'ok')",
	);
	expect(outputsOf(db, 'm1', 200)).toEqual([]);
});

test('keys are found with when and by what they were used last, though it was long ago', async () => {
	using place = logPlace();
	const recorder = place.record();
	await spend(recorder, from, {begins: {key: 'old', client: 'sdk/1'}});
	await spend(recorder, from + 5000, {begins: {client: 'claude-cli/2'}});
	await spend(recorder, from + 1000, {begins: {client: 'sdk/1'}});
	await spend(recorder, from + 9000, {begins: {key: null}});
	const db = place.connect();
	const recent = [
		{key: 'default', lastSeenAt: from + 9000, client: null},
		{key: 'ci', lastSeenAt: from + 5000, client: 'claude-cli/2'},
	];
	expect(keysSeen(db)).toEqual([
		...recent,
		{key: 'old', lastSeenAt: from, client: 'sdk/1'},
	]);
	db.exec('UPDATE exchanges SET id = id + 30000 WHERE id > 1');
	expect(keysSeen(db)).toEqual([
		...recent,
		{key: 'old', lastSeenAt: from, client: null},
	]);
});
