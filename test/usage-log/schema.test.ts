import fs from 'node:fs';
import type Database from 'better-sqlite3';
import {expect, test} from 'vitest';
import {
	attemptFields,
	exchangeFields,
	liveFields,
} from '../../source/exchange/exchange.js';
import {openLog} from '../../source/usage-log/open.js';
import {refuseForeignFile} from '../../source/usage-log/open-foreign.js';
import {
	asked,
	begin,
	finish,
	logPlace,
	transactionsIn,
} from '../helpers/log.js';

const columnsOf = (db: Database.Database, table: string) =>
	Object.fromEntries(
		(
			db.pragma(`table_info(${table})`) as Array<{name: string; type: string}>
		).map(({name, type}) => [name, type]),
	);

const sqlOf = (fields: Readonly<Record<string, {sql: string}>>) =>
	Object.fromEntries(
		Object.entries(fields).map(([name, {sql}]) => [name, sql]),
	);

test('the tables have the columns of the catalogue', () => {
	using place = logPlace();
	place.record();
	const db = place.connect();
	const id = {id: 'INTEGER'};
	const numbers = {...id, revision: 'INTEGER'};
	expect(columnsOf(db, 'exchanges')).toEqual({
		...numbers,
		...sqlOf(exchangeFields),
	});
	expect(columnsOf(db, 'earlierAttempts')).toEqual({
		...numbers,
		...sqlOf(attemptFields),
	});
	expect(columnsOf(db, 'live')).toEqual({...id, ...sqlOf(liveFields)});
	expect(Object.keys(columnsOf(db, 'attempts'))).toEqual([
		'id',
		'revision',
		...Object.keys(attemptFields),
	]);
});

test('an older file gains what it lacks and keeps its rows', async () => {
	using place = logPlace();
	const old = place.connect();
	old.exec(`
		CREATE TABLE exchanges (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, startedAt INTEGER, outcome TEXT, askedModel TEXT);
		INSERT INTO exchanges VALUES (7, 41, 900, 'ok', 'an-old-model');
	`);
	old.close();
	const recorder = place.record();
	const {recording, recorded} = begin(recorder);
	expect(await recorded).toBe(true);
	await finish(recorder, recording);
	const {exchanges} = place.read().since(0);
	expect(exchanges).toMatchObject([
		{id: 7, revision: 41, askedModel: 'an-old-model', inputTokens: null},
		{id: 8, askedModel: asked.askedModel, inputTokens: 12},
	]);
	expect(exchanges[1]!.revision).toBeGreaterThan(41);
	expect(columnsOf(place.connect(), 'exchanges')).toMatchObject(
		sqlOf(exchangeFields),
	);
});

test.each([
	['the view of attempts', 'DROP VIEW attempts'],
	['the index of revisions', 'DROP INDEX exchangesByRevision'],
	['the table of progress', 'DROP TABLE live'],
	['the mark of pruning', 'DROP TABLE pruned'],
])('%s is made anew where it is missing', (_what, drop) => {
	using place = logPlace();
	place.record().close();
	const db = place.connect();
	const schema = () =>
		db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
	const before = schema();
	db.exec(drop);
	expect(schema()).not.toEqual(before);
	place.record().close();
	expect(schema()).toEqual(before);
});

test('rows and columns of a newer version are left as they are', () => {
	using place = logPlace();
	place.record().close();
	const db = place.connect();
	db.exec(`
		ALTER TABLE exchanges ADD COLUMN moonPhase TEXT;
		INSERT INTO exchanges (id, revision, moonPhase) VALUES (1, 1, 'full');
	`);
	place.record();
	expect(db.prepare('SELECT moonPhase FROM exchanges').pluck().all()).toEqual([
		'full',
	]);
});

test('opening a current file changes nothing of its schema', () => {
	using place = logPlace();
	place.record();
	const onlooker = place.connect();
	const version = () =>
		onlooker.pragma('schema_version', {simple: true}) as number;
	const before = {version: version(), writes: transactionsIn(place.path)};
	place.record({owner: 'another'});
	// One line of its own, to say that it will write.
	expect({version: version(), writes: transactionsIn(place.path) - 1}).toEqual(
		before,
	);
	place.record({owner: 'another'});
	expect(transactionsIn(place.path) - 1).toBe(before.writes);
});

test('the database of another program is let be, byte for byte', () => {
	using place = logPlace();
	const theirs = place.connect();
	theirs.exec('CREATE TABLE exchanges (coin TEXT)');
	theirs.close();
	const before = fs.readFileSync(place.path);
	const {trouble} = place.record();
	expect(trouble?.reason).toBe('it is the database of another program');
	expect(fs.readdirSync(place.folder)).toEqual(['usage.db']);
	expect(fs.readFileSync(place.path).equals(before)).toBe(true);
	for (const refused of [
		() => openLog(place.path, Date.now),
		() => {
			refuseForeignFile(place.path);
		},
	]) {
		expect(refused).toThrow(
			`This is no usage log, but the database of another program: ${place.path}`,
		);
	}
});

test.each([
	['no file', () => undefined],
	[
		'an empty file',
		(file: string) => {
			fs.writeFileSync(file, '');
		},
	],
	[
		'no database',
		(file: string) => {
			fs.writeFileSync(file, 'what somebody wrote'.repeat(100));
		},
	],
])('%s is not that of another program', (_what, make) => {
	using place = logPlace();
	make(place.path);
	expect(() => {
		refuseForeignFile(place.path);
	}).not.toThrow();
	expect(place.record().trouble).toBeUndefined();
});
