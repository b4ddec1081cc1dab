import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {
	asked,
	begin,
	finish,
	logPlace,
	turn,
	type LogPlace,
} from '../helpers/log.js';
import {fillDisk, noSmallDisk, smallDisk} from '../helpers/small-disk.js';

// Tries again and gives up by timers; the end of a turn stays real.
beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
});
afterEach(() => {
	vi.useRealTimers();
});

const patienceMs = 2000;
const pathsIn = (place: LogPlace) =>
	place
		.read()
		.since(0)
		.exchanges.map((row) => row.path);
const named = (name: string) => ({...asked, path: name});

const settled = async (promise: Promise<boolean>) =>
	Promise.race([promise, turn().then(() => 'waiting')]);

test('what meets a lock waits in order and is recorded when the lock is gone', async () => {
	using place = logPlace();
	const recorder = place.record();
	const other = place.connect();
	other.exec('BEGIN IMMEDIATE');
	const first = begin(recorder, named('/first'));
	await turn();
	const second = begin(recorder, named('/second'));
	await turn();
	const end = finish(recorder, first.recording);
	vi.advanceTimersByTime(patienceMs - 500);
	expect(await settled(first.recorded)).toBe('waiting');
	expect(recorder.trouble).toBeUndefined();

	other.exec('COMMIT');
	vi.advanceTimersByTime(300);
	expect(await Promise.all([first.recorded, second.recorded, end])).toEqual([
		true,
		true,
		true,
	]);
	expect(place.read().since(0).exchanges).toMatchObject([
		{id: 2, path: '/second', outcome: 'open', revision: 2},
		{id: 1, path: '/first', outcome: 'ok', revision: 3},
	]);
});

test('after two seconds nobody waits any more; what was said is written when it can be', async () => {
	using place = logPlace();
	const recorder = place.record({now: () => 5000});
	const other = place.connect();
	other.exec('BEGIN IMMEDIATE');
	const waited = begin(recorder, named('/waited'));
	await turn();
	vi.advanceTimersByTime(patienceMs);
	expect(await waited.recorded).toBe(false);
	expect(recorder.trouble).toEqual({
		sinceMs: 5000,
		reason: 'another program holds its write lock',
	});
	const later = begin(recorder, named('/later'));
	expect(await settled(later.recorded)).toBe(false);
	expect(await settled(finish(recorder, later.recording))).toBe(false);

	other.exec('COMMIT');
	vi.advanceTimersByTime(500);
	expect(recorder.trouble).toBeUndefined();
	expect(pathsIn(place)).toEqual(['/waited', '/later']);
	expect(await begin(recorder).recorded).toBe(true);
});

test('trouble passes by itself, though nobody asks for anything', async () => {
	using place = logPlace();
	const recorder = place.record();
	const other = place.connect();
	other.exec('BEGIN IMMEDIATE');
	// A heartbeat is not worth keeping.
	expect(recorder.progress([])).toBe(false);
	vi.advanceTimersByTime(patienceMs);
	expect(recorder.trouble).toBeDefined();
	other.exec('COMMIT');
	vi.advanceTimersByTime(500);
	expect(recorder.trouble).toBeUndefined();
	expect(recorder.progress([])).toBe(true);
});

test('closing with rows that cannot be written says how many', async () => {
	using place = logPlace();
	const recorder = place.record();
	const other = place.connect();
	other.exec('BEGIN IMMEDIATE');
	const one = begin(recorder);
	const two = begin(recorder);
	await turn();
	expect(recorder.close()).toBe(2);
	expect(await Promise.all([one.recorded, two.recorded])).toEqual([
		false,
		false,
	]);
});

test.skipIf(noSmallDisk)(
	`a full disk is said, and forgotten once there is room${noSmallDisk ? ` (${noSmallDisk})` : ''}`,
	async () => {
		using disk = smallDisk('1m');
		using place = logPlace(path.join(disk.folder, 'home'));
		fs.mkdirSync(place.folder);
		const recorder = place.record();
		const before = begin(recorder, named('/before'));
		expect(await before.recorded).toBe(true);
		fillDisk(disk.folder);
		// There may be room left in the last page.
		const many = Array.from({length: 50}, () =>
			begin(recorder, named('/during')),
		);
		await turn();
		expect(await settled(many[0]!.recorded)).toBe('waiting');
		vi.advanceTimersByTime(patienceMs);
		expect(await many[0]!.recorded).toBe(false);
		expect(recorder.trouble?.reason).toBe('the disk is full');

		fs.rmSync(path.join(disk.folder, 'ballast'));
		vi.advanceTimersByTime(500);
		expect(recorder.trouble).toBeUndefined();
		expect(await finish(recorder, before.recording)).toBe(true);
		expect(pathsIn(place)).toEqual([...many.map(() => '/during'), '/before']);
	},
);

test.skipIf(noSmallDisk)(
	`a log that is deleted to make room is begun anew${noSmallDisk ? ` (${noSmallDisk})` : ''}`,
	async () => {
		using disk = smallDisk('1m');
		using place = logPlace(disk.folder);
		const recorder = place.record();
		await begin(recorder, named('x'.repeat(300_000))).recorded;
		fillDisk(disk.folder);
		const late = Array.from({length: 50}, () =>
			begin(recorder, named('/late')),
		);
		await turn();
		vi.advanceTimersByTime(patienceMs);
		expect(await late[0]!.recorded).toBe(false);
		expect(recorder.trouble?.reason).toBe('the disk is full');

		for (const suffix of ['', '-wal', '-shm']) {
			fs.rmSync(place.path + suffix);
		}

		vi.advanceTimersByTime(500);
		expect(recorder.trouble).toBeUndefined();
		expect(pathsIn(place)).toEqual(late.map(() => '/late'));
	},
);

const isRoot = process.getuid?.() === 0;
test.skipIf(isRoot && noSmallDisk)(
	`a place that must not be written to is said at once${isRoot && noSmallDisk ? ` (${noSmallDisk})` : ''}`,
	async () => {
		using disk = isRoot ? smallDisk('1m') : undefined;
		using place = logPlace(disk && path.join(disk.folder, 'home'));
		fs.mkdirSync(place.folder, {recursive: true});
		place.record().close();
		if (disk) {
			disk.makeReadOnly();
		} else {
			fs.chmodSync(place.path, 0o400);
			fs.chmodSync(place.folder, 0o500);
		}

		try {
			const recorder = place.record();
			expect(recorder.trouble?.reason).toBe('writing to it is not permitted');
			expect(await settled(begin(recorder).recorded)).toBe(false);
			recorder.close();
		} finally {
			if (!disk) {
				fs.chmodSync(place.folder, 0o700);
			}
		}
	},
);

test('a folder that is not there is said, and the log begins when it comes', async () => {
	using place = logPlace();
	fs.rmdirSync(place.folder);
	const recorder = place.record();
	expect(recorder.trouble?.reason).toBe('it cannot be opened');
	const early = begin(recorder, named('/early'));
	expect(await settled(early.recorded)).toBe(false);
	fs.mkdirSync(place.folder);
	vi.advanceTimersByTime(500);
	expect(recorder.trouble).toBeUndefined();
	expect(await finish(recorder, early.recording)).toBe(true);
	expect(place.read().since(0).exchanges).toMatchObject([
		{path: '/early', outcome: 'ok'},
	]);
});

test.each([
	[
		'a trigger on exchanges',
		'CREATE TRIGGER mine AFTER UPDATE ON exchanges BEGIN INSERT INTO nowhere VALUES (1); END',
		'DROP TRIGGER mine',
	],
	[
		'a trigger on what is live',
		'CREATE TRIGGER mine AFTER INSERT ON live BEGIN INSERT INTO nowhere VALUES (1); END',
		'DROP TRIGGER mine',
	],
	[
		'another table of limits',
		'ALTER TABLE limits RENAME TO theirs; CREATE TABLE limits (a)',
		'DROP TABLE limits; ALTER TABLE theirs RENAME TO limits',
	],
])(
	'a log that cannot be written with is known before the first exchange: %s',
	async (_what, harm, mend) => {
		using place = logPlace();
		place.record().close();
		const other = place.connect();
		other.exec(harm);
		const recorder = place.record();
		recorder.warm();
		expect(recorder.trouble?.reason).toContain('SQLITE_ERROR');
		const first = begin(recorder, named('/first'));
		expect(await settled(first.recorded)).toBe(false);
		expect(await settled(finish(recorder, first.recording))).toBe(false);

		other.exec(mend);
		vi.advanceTimersByTime(600);
		expect(recorder.trouble).toBeUndefined();
		expect(pathsIn(place)).toEqual(['/first']);
	},
);

test('a log that can be written with is no trouble, made ready or not', async () => {
	using place = logPlace();
	const recorder = place.record();
	recorder.warm();
	expect(recorder.trouble).toBeUndefined();
	const first = begin(recorder, named('/first'));
	expect(await first.recorded).toBe(true);
	expect(await finish(recorder, first.recording)).toBe(true);
});
