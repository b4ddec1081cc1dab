import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {expect, test} from 'vitest';
import {openLogReader} from '../../source/usage-log/reader.js';
import {asked, begin, finish, logPlace, type LogPlace} from '../helpers/log.js';

const named = (name: string) => ({...asked, path: name});
const rowsOf = (place: LogPlace) =>
	place
		.read()
		.since(0)
		.exchanges.map((row) => [row.path, row.outcome]);

test.each([
	[
		'deleted',
		(file: string) => {
			fs.rmSync(file);
		},
	],
	[
		'moved away',
		(file: string) => {
			fs.renameSync(file, `${file}.kept`);
		},
	],
	[
		'deleted with all beside it',
		(file: string) => {
			for (const suffix of ['', '-wal', '-shm']) {
				fs.rmSync(file + suffix);
			}
		},
	],
])(
	'when the log is %s, a new one begins with the exchanges that are open',
	async (_what, remove) => {
		using place = logPlace();
		const recorder = place.record();
		const over = begin(recorder, named('/over'));
		const going = begin(recorder, named('/going'));
		const other = begin(recorder, named('/other'));
		await other.recorded;
		await finish(recorder, over.recording);
		remove(place.path);

		// The next heartbeat sees it.
		expect(recorder.progress([])).toBe(true);
		expect(rowsOf(place)).toEqual([
			['/going', 'open'],
			['/other', 'open'],
		]);
		expect(await finish(recorder, going.recording)).toBe(true);
		const late = begin(recorder, named('/late'));
		expect(await late.recorded).toBe(true);
		await finish(recorder, other.recording);
		expect(rowsOf(place)).toEqual([
			['/going', 'ok'],
			['/late', 'open'],
			['/other', 'ok'],
		]);
	},
);

test('a log that was moved away takes all of its rows along', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording, recorded} = begin(recorder, named('/mine'));
	await recorded;
	await finish(recorder, recording);
	const kept = path.join(place.folder, 'kept.db');
	fs.renameSync(place.path, kept);
	recorder.progress([]);
	expect(rowsOf(place)).toEqual([]);
	const reader = openLogReader(kept);
	expect(reader.since(0).exchanges).toMatchObject([
		{path: '/mine', outcome: 'ok'},
	]);
	reader.close();
});

test('those who watch still see who is open, whichever began there first', async () => {
	using place = logPlace();
	const recorder = place.record();
	const one = begin(recorder, named('/one'));
	const two = begin(recorder, named('/two'));
	await two.recorded;
	fs.rmSync(place.path);
	recorder.progress([]);
	fs.rmSync(place.path);
	recorder.progress([]);
	await finish(recorder, one.recording);
	recorder.progress([]);
	const open = place.read().attach({limit: 0, attemptsSinceMs: 0});
	expect(open.exchanges.map((row) => row.path)).toEqual(['/two']);
});

const asideIn = (folder: string) =>
	fs
		.readdirSync(folder)
		.filter((name) => /^usage\.db\.corrupt-[\d\-TZ]+$/v.test(name))
		.toSorted();

test.each([
	['no database at all', Buffer.from('These are my notes, not a database.')],
	['a database with its head overwritten', Buffer.alloc(8192, 7)],
])(
	'a file that is %s is moved aside under a name, and a new log begun',
	async (_what, content) => {
		using place = logPlace();
		fs.writeFileSync(place.path, content);
		const told: string[] = [];
		const recorder = place.record({
			onMovedAside(name) {
				told.push(name);
			},
			now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
		});
		expect(await begin(recorder, named('/new')).recorded).toBe(true);
		expect(rowsOf(place)).toEqual([['/new', 'open']]);
		const aside = `${place.path}.corrupt-2026-01-02T03-04-05-006Z`;
		expect(told).toEqual([aside]);
		expect(fs.readFileSync(aside)).toEqual(content);
		expect(recorder.trouble).toBeUndefined();
	},
);

test('two broken files of one instant are both kept', () => {
	using place = logPlace();
	const begun = () => {
		place.record({now: () => 0}).close();
	};

	for (const content of ['the first broken file', 'the second broken file']) {
		fs.writeFileSync(place.path, content);
		fs.rmSync(`${place.path}-wal`, {force: true});
		begun();
	}

	expect(
		asideIn(place.folder).map((name) =>
			fs.readFileSync(path.join(place.folder, name), 'utf8'),
		),
	).toEqual(['the first broken file', 'the second broken file']);
});

test('an empty file is a log that begins', async () => {
	using place = logPlace();
	fs.writeFileSync(place.path, '');
	const recorder = place.record();
	expect(await begin(recorder).recorded).toBe(true);
	expect(asideIn(place.folder)).toEqual([]);
});

test('a log that breaks while it is written to is moved aside, and its open exchanges begin again in the new one', async () => {
	using place = logPlace();
	const told: string[] = [];
	const recorder = place.record({
		onMovedAside(name) {
			told.push(name);
		},
	});
	const over = begin(recorder, named('/over'));
	const going = begin(recorder, named('/going'));
	const silent = begin(recorder, named('/silent'));
	await silent.recorded;
	await finish(recorder, over.recording);
	breakOnDisk(place);

	expect(await finish(recorder, going.recording)).toBe(true);
	expect(recorder.progress([])).toBe(true);
	expect(rowsOf(place)).toEqual([
		['/going', 'ok'],
		['/silent', 'open'],
	]);
	expect(told).toHaveLength(1);
	expect(asideIn(place.folder)).toEqual(
		told.map((name) => path.basename(name)),
	);
	expect(recorder.trouble).toBeUndefined();
	expect(await finish(recorder, silent.recording)).toBe(true);
});

/**
Behind SQLite's back: everything into the file, then garbage over the file; another writer makes the
recorder look at it afresh.
*/
function breakOnDisk(place: LogPlace): void {
	const db = new Database(place.path);
	db.exec('CREATE TABLE elsewhere (x)');
	db.pragma('wal_checkpoint(TRUNCATE)');
	db.exec('INSERT INTO elsewhere VALUES (1)');
	const {size} = fs.statSync(place.path);
	const file = fs.openSync(place.path, 'r+');
	fs.writeSync(file, Buffer.alloc(size, 0xa5), 0, size, 0);
	fs.closeSync(file);
	db.close();
}

test('a log that another passthrough has moved aside already is not moved again', async () => {
	using place = logPlace();
	const ours = place.record();
	const theirs = place.record({owner: 'theirs'});
	const one = begin(ours, named('/ours'));
	const two = begin(theirs, named('/theirs'));
	await Promise.all([one.recorded, two.recorded]);
	breakOnDisk(place);
	await Promise.all([
		finish(ours, one.recording),
		finish(theirs, two.recording),
	]);
	expect(ours.progress([])).toBe(true);
	expect(theirs.progress([])).toBe(true);
	expect(rowsOf(place)).toEqual([
		['/ours', 'ok'],
		['/theirs', 'ok'],
	]);
	expect(asideIn(place.folder)).toHaveLength(1);
});

test('exchanges whose new beginning was rolled back are not lost, nor mistaken for others', async () => {
	using place = logPlace();
	const ours = place.record();
	const one = begin(ours, named('/one'));
	const two = begin(ours, named('/two'));
	await two.recorded;
	fs.rmSync(place.path);
	const theirs = place.record({owner: 'theirs'});
	const failed = ours.progress([], () => {
		throw new Error('The disk had room for so much, and no more.');
	});
	expect(failed).toBe(false);
	await begin(theirs, named('/theirs')).recorded;
	await finish(ours, one.recording);
	expect(ours.progress([])).toBe(true);
	expect(rowsOf(place)).toEqual([
		['/theirs', 'open'],
		['/one', 'ok'],
		['/two', 'open'],
	]);
});
