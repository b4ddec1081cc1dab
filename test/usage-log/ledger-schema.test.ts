import {expect, test} from 'vitest';
import {checkLog} from '../../source/usage-log/check.js';
import {fillCounted, readRecent} from '../../source/usage-log/ledger-fill.js';
import {readStanding} from '../../source/usage-log/ledger.js';
import {pruneSome} from '../../source/usage-log/prune.js';
import {begin, finish, logPlace} from '../helpers/log.js';
import {
	addedUp,
	countedIn,
	countsOf,
	dayMs,
	quarterMs,
	spend,
	spending,
	withoutLedger,
} from './ledger-samples.js';

const noon = Date.UTC(2026, 2, 1, 12);
const today = {key: 'ci', from: noon - dayMs / 2, to: noon + dayMs / 2};

test('a log that had no counters has those of its last three days', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording: open} = begin(recorder, {startedAt: noon, key: 'ci'});
	for (const days of [10, 4, 2.9, 1, 0]) {
		await spend(recorder, noon - days * dayMs);
	}

	recorder.close();
	withoutLedger(place);
	const again = place.record({owner: 'another'});
	const db = place.connect();
	const recent = place
		.read()
		.since(0)
		.exchanges.filter(({startedAt}) => startedAt! > noon - 3 * dayMs);
	expect(open.id).toBe(1);
	expect(recent.length).toBe(4);
	expect(countedIn(db)).toEqual(addedUp(recent.map((row) => countsOf(row))));
	await spend(again, noon);
	expect(readStanding(db, today).nanodollars).toBe(10_000);
	expect(checkLog(db).problems).toEqual([]);
});

test('of a long log the newest part is read, however many pieces that is', async () => {
	using place = logPlace();
	place.record().close();
	withoutLedger(place);
	const db = place.connect();
	// A quarter-hour between each and the next: three days are 288 of them. Then many at one time.
	db.prepare(
		`WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 7000)
		INSERT INTO exchanges (id, revision, startedAt, outcome, format, key, countedNanodollars)
		SELECT id, id, ? + min(id, 2000) * ${quarterMs}, 'ok', 'openai-chat', 'ci', 1 FROM n`,
	).run(noon - 2000 * quarterMs);
	place.record().close();
	const counted = countedIn(db);
	expect(counted.length).toBe(289);
	expect(counted.at(-1)).toMatchObject({
		quarter: noon / quarterMs,
		nanodollars: 5001,
	});
});

test('a clock that was ahead does not hide what is of now', async () => {
	using place = logPlace();
	const recorder = place.record();
	const now = Date.now();
	await spend(recorder, now);
	await spend(recorder, now + 400 * dayMs);
	recorder.close();
	withoutLedger(place);
	place.record().close();
	expect(countedIn(place.connect()).map(({quarter}) => quarter)).toContain(
		Math.floor(now / quarterMs),
	);
});

test('what others write while the last days are read is counted once', async () => {
	using place = logPlace();
	const recorder = place.record();
	const corrected = await spend(recorder, noon);
	await spend(recorder, noon);
	const {recording: ending, recorded} = begin(recorder, {
		startedAt: noon,
		format: 'openai-chat',
		key: 'ci',
	});
	await recorded;
	const db = place.connect();
	const recent = readRecent(db);
	await finish(recorder, corrected, {...spending, countedNanodollars: 1});
	await finish(recorder, ending, spending);
	await spend(recorder, noon);
	db.exec('DELETE FROM counted');
	fillCounted(db, recent);
	expect(readStanding(db, today)).toMatchObject({
		nanodollars: 15_001,
		tokens: 480,
	});
});

test.each([
	['a trigger', 'DROP TRIGGER ledger_ended'],
	['the table of reservations', 'DROP TABLE reservations'],
])(
	'where %s is missing it is made anew, and no counter falls',
	async (_what, drop) => {
		using place = logPlace();
		const recorder = place.record();
		await spend(recorder, noon - quarterMs);
		await spend(recorder, noon);
		const db = place.connect();
		pruneSome(db, {beforeMs: noon, after: 0, count: 10});
		recorder.close();
		const schema = () =>
			db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
		const before = [schema(), countedIn(db)];
		db.exec(drop);
		const again = place.record({owner: 'another'});
		expect([schema(), countedIn(db)]).toEqual(before);
		await spend(again, noon);
		expect(readStanding(db, today).nanodollars).toBe(15_000);
	},
);

test('what a later version keeps is let be', async () => {
	using place = logPlace();
	place.record().close();
	const db = place.connect();
	db.exec(`DROP TRIGGER ledger_ended;
		CREATE TRIGGER ledger_ended AFTER UPDATE OF outcome ON exchanges BEGIN
			INSERT INTO counted VALUES ('later', 0, 1, 1, 1); END`);
	await spend(place.record(), noon);
	expect(countedIn(db)).toMatchObject([{key: 'later'}]);
});

test('two who open an older log at once count it once', async () => {
	using place = logPlace();
	const recorder = place.record();
	await spend(recorder, noon);
	recorder.close();
	withoutLedger(place);
	place.record({owner: 'one'});
	place.record({owner: 'two'});
	expect(readStanding(place.connect(), today).nanodollars).toBe(5000);
});

test.each([
	['too much', 1],
	['too little', -1],
])('a check says where %s is counted, and mends nothing', async (_what, by) => {
	using place = logPlace();
	await spend(place.record(), noon);
	const db = place.connect();
	expect(checkLog(db).problems).toEqual([]);
	db.prepare('UPDATE counted SET tokens = tokens + ?').run(by);
	const problem = {
		kind: 'sum',
		table: 'counted',
		key: {key: 'ci', quarter: noon / quarterMs},
		measure: 'tokens',
		tooMuch: by,
	};
	expect(checkLog(db).problems).toEqual([problem]);
	expect(checkLog(db).problems).toEqual([problem]);
});

test('what was not counted is not taken back', async () => {
	using place = logPlace();
	const recorder = place.record();
	const recording = await spend(recorder, noon);
	await spend(recorder, noon);
	const db = place.connect();
	db.exec('UPDATE counted SET nanodollars = 5000, tokens = 0');
	await finish(recorder, recording, {outcome: 'error', usageStatus: 'none'});
	expect(readStanding(db, today)).toMatchObject({nanodollars: 0, tokens: 0});
});

test('a log that an older version left is checked for all else', async () => {
	using place = logPlace();
	const recorder = place.record();
	await spend(recorder, noon);
	recorder.close();
	withoutLedger(place);
	expect(checkLog(place.connect())).toMatchObject({exchanges: 1, problems: []});
});

test('a check asks nothing of days that were never counted, or were taken out', async () => {
	using place = logPlace();
	const recorder = place.record();
	const db = place.connect();
	await spend(recorder, noon - 5 * dayMs);
	db.exec('DELETE FROM counted');
	await spend(recorder, noon - quarterMs, {
		begins: {admittedAt: noon + quarterMs},
	});
	await spend(recorder, noon);
	expect(checkLog(db).problems).toEqual([]);
	pruneSome(db, {beforeMs: noon, after: 0, count: 10});
	expect(place.read().since(0).exchanges.length).toBe(1);
	expect(checkLog(db).problems).toEqual([]);
	// What is there still has to be counted.
	db.exec(
		`UPDATE counted SET nanodollars = 4999 WHERE quarter = ${noon / quarterMs}`,
	);
	expect(checkLog(db).problems).toMatchObject([
		{measure: 'nanodollars', tooMuch: -1},
	]);
});
