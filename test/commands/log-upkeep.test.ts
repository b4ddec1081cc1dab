import fs from 'node:fs';
import Database from 'better-sqlite3';
import {expect, test, vi} from 'vitest';
import {Recorder} from '../../source/usage-log/recorder.js';
import {readRollups} from '../../source/usage-log/rollups.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {asked, begin, ended, finish} from '../helpers/log.js';
import {
	configFor,
	run,
	startServe,
	testHome,
	type Said,
} from '../helpers/program.js';
import {playWhole} from '../helpers/stream.js';

const dayMs = 86_400_000;

/**
So many exchanges a day, from `days` ago until today.
*/
async function fill(log: string, {days, each}: {days: number; each: number}) {
	const recorder = new Recorder({path: log, owner: 'ours', now: Date.now});
	const path = `/${'long'.repeat(100)}`;
	for (let day = days; day >= 0; day--) {
		const startedAt = Date.now() - day * dayMs;
		const begun = Array.from({length: each}, () =>
			begin(recorder, {...asked, path, startedAt}),
		);

		await begun.at(-1)!.recorded;

		await Promise.all(
			begun.map(async ({recording}) => finish(recorder, recording, ended)),
		);
	}

	recorder.close();
}

function within<Result>(
	log: string,
	look: (db: Database.Database) => Result,
): Result {
	const db = new Database(log);
	try {
		return look(db);
	} finally {
		db.close();
	}
}

const countIn = (log: string, table = 'exchanges') =>
	within(log, (db) =>
		db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
	);
const totalsIn = (log: string) =>
	within(log, (db) =>
		readRollups(db, {fromQuarter: 0, toQuarter: 1e10, by: ['model']}),
	);

async function codeOf(running: Promise<Said>) {
	const {code} = await running;
	return code;
}

async function stdoutOf(running: Promise<Said>) {
	const {stdout} = await running;
	return stdout;
}

const prune = async (home: string, age: string, ...more: readonly string[]) =>
	run(['log', 'prune', '--older-than', age, ...more], {home});
const check = async (home: string, ...more: readonly string[]) =>
	run(['log', 'check', ...more], {home});

test('pruning takes old requests out, keeps their sums and makes the file smaller', async () => {
	using home = testHome();
	await fill(home.log, {days: 20, each: 200});
	const totals = totalsIn(home.log);
	const {size} = fs.statSync(home.log);
	const {code, stdout, stderr} = await prune(home.folder, '10d');
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	expect(stdout).toMatch(
		/^Took out 2,\d00 requests from before \d{4}-\d\d-\d\d .*; their sums stay\. The file is \d\.\d MB smaller: \d\.\d MB\.\n$/,
	);
	expect(countIn(home.log)).toBeLessThan(2201);
	expect(totalsIn(home.log)).toEqual(totals);
	expect(fs.statSync(home.log).size).toBeLessThan(size * 0.7);
	expect(await check(home.folder)).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(
			/^All is well: .* \d+ seals unbroken\.\n$/,
		) as string,
	});
	expect(
		JSON.parse(await stdoutOf(prune(home.folder, '10d', '--json'))),
	).toMatchObject({
		pruned: 0,
	});
});

test('while a passthrough serves, pruning and checking work beside it', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using home = testHome(configFor(endpoint.url));
	await fill(home.log, {days: 20, each: 50});
	await using serving = await startServe(home.folder);
	const pruning = prune(home.folder, '5d', '--json');
	for (let count = 0; count < 10; count++) {
		await ask(serving.url);
	}

	const {pruned} = JSON.parse(await stdoutOf(pruning)) as {pruned: number};
	expect(pruned).toBeGreaterThan(700);
	expect(await check(home.folder)).toMatchObject({code: 0, stderr: ''});
	expect(countIn(home.log)).toBe(21 * 50 - pruned + 10);
});

test('a file of an older version is written anew to shrink, once nobody else is there', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using home = testHome(configFor(endpoint.url));
	await fill(home.log, {days: 20, each: 100});
	within(home.log, (db) => {
		db.pragma('journal_mode = DELETE');
		db.pragma('auto_vacuum = NONE');
		db.exec('VACUUM');
	});
	const {size} = fs.statSync(home.log);
	{
		await using serving = await startServe(home.folder);
		expect(await stdoutOf(prune(home.folder, '5d'))).toContain(
			'run this again while no passthrough runs',
		);
		serving.child.kill('SIGTERM');
		await serving.ended;
	}

	expect(await stdoutOf(prune(home.folder, '5d'))).toContain('smaller');
	expect(fs.statSync(home.log).size).toBeLessThan(size * 0.7);
	expect(
		within(home.log, (db) => db.pragma('auto_vacuum', {simple: true})),
	).toBe(2);
});

test('open requests and the newest stay, however old they are', async () => {
	using home = testHome();
	const recorder = new Recorder({path: home.log, owner: 'ours', now: Date.now});
	for (const isOpen of [false, true, false, false]) {
		const {recording, recorded} = begin(recorder);

		await recorded;
		if (!isOpen) {
			await finish(recorder, recording);
		}
	}

	expect(await codeOf(prune(home.folder, '1d'))).toBe(0);
	const left = within(home.log, (db) =>
		db.prepare('SELECT id, outcome FROM exchanges').all(),
	);
	expect(left).toEqual([
		{id: 2, outcome: 'open'},
		{id: 4, outcome: 'ok'},
	]);
	const marks = within(home.log, (db) =>
		db.prepare('SELECT prunedThrough FROM pruned').pluck().get(),
	);
	expect(marks).toBeGreaterThan(0);
	recorder.close();
});

test.each([
	['nothing', [], 'This does not say how old a request must be to go.'],
	['a number alone', ['--older-than', '90'], '--older-than is "90".'],
	['too short a time', ['--older-than', '5m'], '--older-than is "5m".'],
])('pruning what is older than %s is refused', async (_what, flags, says) => {
	using home = testHome();
	const {code, stdout, stderr} = await run(['log', 'prune', ...flags], {
		home: home.folder,
	});
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr.split('\n', 1)[0]).toBe(says);
});

const lastQuarter = 'quarter = (SELECT max(quarter) FROM rollups)';

test.each([
	[
		'a sum that is too high',
		`UPDATE rollups SET costNanodollars = costNanodollars + 7 WHERE ${lastQuarter}`,
		/model claude-sonnet-4-6, endpoint main: costNanodollars in rollups is 7 too high\./,
	],
	[
		'a sum that is gone',
		'DELETE FROM sessionRollups WHERE quarter = (SELECT max(quarter) FROM sessionRollups)',
		/requests in sessionRollups is 3 too low\./,
	],
	[
		'a sum of sums that is too low',
		'UPDATE wideRollups SET requests = requests - 1',
		/requests in wideRollups is 1 too low\./,
	],
	[
		'a sum under a seal',
		'UPDATE rollups SET outputTokens = outputTokens + 1 WHERE quarter = (SELECT min(quarter) FROM rollups)',
		/the sums of requests that were taken out are not as they were sealed\./,
	],
	[
		'a seal',
		"UPDATE seals SET checksum = checksum || '1' WHERE quarter = (SELECT min(quarter) FROM seals)",
		/not as they were sealed\./,
	],
])('checking finds %s', async (_what, damage, says) => {
	using home = testHome();
	await fill(home.log, {days: 10, each: 3});
	await prune(home.folder, '5d');
	expect(await codeOf(check(home.folder))).toBe(0);
	within(home.log, (db) => db.exec(damage));
	const {code, stdout} = await check(home.folder);
	expect(code).toBe(1);
	expect(stdout).toMatch(says);
	expect(
		JSON.parse(await stdoutOf(check(home.folder, '--json'))),
	).toMatchObject({ok: false});
});

test('checking writes nothing, and waits for nobody who writes', async () => {
	using home = testHome();
	await fill(home.log, {days: 1, each: 3});
	const writer = new Database(home.log);
	writer.exec('BEGIN IMMEDIATE');
	writer.exec('UPDATE exchanges SET outputTokens = 1000');
	const before = fs.readFileSync(home.log);
	expect(await check(home.folder)).toMatchObject({code: 0, stderr: ''});
	expect(fs.readFileSync(home.log).equals(before)).toBe(true);
	writer.exec('ROLLBACK');
	writer.close();
});

test('a passthrough takes out by itself what is older than the config says', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using home = testHome(`${configFor(endpoint.url)}\n[log]\nkeep = "5d"\n`);
	await fill(home.log, {days: 10, each: 5});
	await using serving = await startServe(home.folder);
	await vi.waitFor(
		() => {
			expect(countIn(home.log, 'seals')).toBe(5);
		},
		{timeout: 30_000, interval: 250},
	);
	expect(countIn(home.log)).toBe(6 * 5);
	serving.child.kill('SIGTERM');
	await serving.ended;
	expect(await codeOf(check(home.folder))).toBe(0);
}, 60_000);
