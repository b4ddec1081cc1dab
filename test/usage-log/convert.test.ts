import type Database from 'better-sqlite3';
import {describe, expect, test} from 'vitest';
import {buildSome, isUnfinished} from '../../source/usage-log/build-rollups.js';
import {checkLog} from '../../source/usage-log/check.js';
import {pruneSome} from '../../source/usage-log/prune.js';
import {readRollups} from '../../source/usage-log/rollups.js';
import {prepareSchema} from '../../source/usage-log/schema.js';
import {keepUp} from '../../source/usage-log/upkeep.js';
import {logPlace, type LogPlace} from '../helpers/log.js';

const quarterMs = 900_000;
const firstQuarter = 1_980_000;
const count = 60;
const pruned = 20;

/**
A log as a version would have made it that had summed otherwise: twice the output, nothing of searches, another
name for what has no alias, and plain sums of quarters alone. A part of it was taken out.
*/
function olderLog(place: LogPlace): Database.Database {
	place.record().close();
	const db = place.connect();
	pretendOlder(db);
	const insert = db.prepare(
		"INSERT INTO exchanges (revision, startedAt, outcome, format, path, servedModel, session, attempts, inputTokens, outputTokens, webSearches) VALUES (?, ?, 'ok', 'anthropic-messages', '/v1/messages', ?, ?, 2, 10, 7, 1)",
	);
	for (let index = 0; index < count; index++) {
		const at = (firstQuarter + Math.floor(index / 4)) * quarterMs;
		insert.run(index + 1, at, `m${index % 2}`, `s${index % 3}`);
	}

	pruneSome(db, {
		beforeMs: (firstQuarter + pruned / 4) * quarterMs,
		after: 0,
		count: 1000,
	});
	// As one that was open when the others of its time were taken out.
	insert.run(count + 1, firstQuarter * quarterMs, 'm0', 's0');
	return db;
}

function pretendOlder(db: Database.Database): void {
	const ours = db
		.prepare(
			String.raw`SELECT name, type, sql FROM sqlite_schema WHERE name LIKE 'rollups\_%' ESCAPE '\' OR name = 'exchangeSums'`,
		)
		.all() as ReadonlyArray<Record<'name' | 'type' | 'sql', string>>;
	const views = ours.toSorted((a, b) => b.type.localeCompare(a.type));
	for (const {name, type} of views.toReversed()) {
		db.exec(`DROP ${type} IF EXISTS "${name}"`);
	}

	for (const {sql} of views) {
		db.exec(
			sql
				.replaceAll(/coalesce\(\w+\.outputTokens, 0\)/g, '2 * $&')
				.replaceAll(/coalesce\(\w+\.alias, ''\)/g, "'none'"),
		);
	}

	db.exec("UPDATE rollupMarks SET version = 1, sql = 'older'");
}

const everything = {fromQuarter: 0, toQuarter: firstQuarter * 2};
const totalOf = (db: Database.Database) =>
	readRollups(db, {...everything, by: []})[0];
const problemsOf = (db: Database.Database) => checkLog(db).problems;

test('sums of an older version are brought over, and those of what was taken out stay', async () => {
	using place = logPlace();
	const db = olderLog(place);
	expect(totalOf(db)).toMatchObject({
		requests: count + 1,
		outputTokens: (count + 1) * 14,
	});
	expect(problemsOf(db)).toEqual([]);

	prepareSchema(db);
	expect(isUnfinished(db)).toBe(true);
	await keepUp(db);

	expect(isUnfinished(db)).toBe(false);
	expect(problemsOf(db)).toEqual([]);
	const left = count + 1 - pruned;
	expect(totalOf(db)).toMatchObject({
		requests: count + 1,
		inputTokens: (count + 1) * 10,
		outputTokens: left * 7 + pruned * 14,
	});
	const byAlias = readRollups(db, {...everything, by: ['alias']});
	expect(
		Object.fromEntries(byAlias.map(({alias, requests}) => [alias, requests])),
	).toEqual({'': left, none: pruned});
});

describe('while sums are brought over', () => {
	const acts: Readonly<Record<string, string>> = {
		'a row of the older version changes':
			"UPDATE exchanges SET outputTokens = 1000, servedModel = 'changed' WHERE id = 30",
		'a row that was brought over changes':
			'UPDATE exchanges SET outputTokens = 1000 WHERE id = 61',
		'a row of a sealed time changes':
			'UPDATE exchanges SET inputTokens = 1000 WHERE id = 61',
		'a row goes': 'DELETE FROM exchanges WHERE id = 25',
		'a row comes':
			"INSERT INTO exchanges (id, revision, startedAt, outcome, format, outputTokens) VALUES (500, 500, 1782000000000, 'ok', 'anthropic-messages', 3)",
		'a row comes among older ones':
			"INSERT INTO exchanges (id, revision, startedAt, outcome, format, outputTokens) VALUES (3, 500, 1782000000000, 'ok', 'anthropic-messages', 3)",
		'a row is reopened': "UPDATE exchanges SET outcome = 'open' WHERE id = 28",
		'a try comes':
			'INSERT INTO earlierAttempts (id, revision, exchange, httpStatus) VALUES (30001, 1, 30, 429)',
		'a try comes that is there':
			'INSERT INTO earlierAttempts (id, revision, exchange, httpStatus) VALUES (26001, 1, 26, 500) ON CONFLICT (id) DO UPDATE SET httpStatus = excluded.httpStatus',
		'a try changes': 'UPDATE earlierAttempts SET httpStatus = 500',
		'a try goes': 'DELETE FROM earlierAttempts',
	};
	test.each(Object.entries(acts))('%s', (_what, sql) => {
		using place = logPlace();
		const db = olderLog(place);
		db.exec(
			'INSERT INTO earlierAttempts (id, revision, exchange, httpStatus) VALUES (26001, 1, 26, 429), (60001, 1, 60, 429)',
		);
		prepareSchema(db);
		for (let step = 0; isUnfinished(db); step++) {
			if (step === 3) {
				db.exec(sql);
			}

			expect(problemsOf(db)).toEqual([]);
			buildSome(db, 7);
		}

		expect(problemsOf(db)).toEqual([]);
	});

	test('a process that is killed, or one of another version, leaves what the next goes on with', async () => {
		using place = logPlace();
		const db = olderLog(place);
		prepareSchema(db);
		buildSome(db, 7);
		// Another version cannot begin before this is done, and finishes it.
		db.exec("UPDATE rollupMarks SET version = 1, sql = 'a third'");
		const next = place.connect();
		prepareSchema(next);
		expect(isUnfinished(next)).toBe(true);
		expect(problemsOf(next)).toEqual([]);
		await keepUp(next);
		expect(isUnfinished(next)).toBe(false);
		expect(problemsOf(next)).toEqual([]);
	});

	test('nothing is taken out that is not brought over', () => {
		using place = logPlace();
		const db = olderLog(place);
		prepareSchema(db);
		buildSome(db, 7);
		const step = pruneSome(db, {
			beforeMs: Date.now() * 2,
			after: 0,
			count: 1000,
		});
		expect(step.pruned).toBe(6);
		expect(problemsOf(db)).toEqual([]);
	});
});
