import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {expect, test, vi} from 'vitest';
import {Checkpointer} from '../../source/usage-log/checkpoint.js';
import {asked, begin, logPlace, turn, type LogPlace} from '../helpers/log.js';

const walSize = ({path}: LogPlace) => fs.statSync(`${path}-wal`).size;
const megabyte = 1024 * 1024;

/**
Rows of a megabyte each: the size counts here, not the number.
*/
async function fill(place: LogPlace, megabytes: number) {
	const recorder = place.record();
	const path = 'x'.repeat(megabyte);
	for (let row = 0; row < megabytes; row++) {
		begin(recorder, {...asked, path});
		await turn();
	}

	return recorder;
}

test('an idle log is folded into the file, and what was beside it is cut to nothing', async () => {
	using place = logPlace();
	const recorder = await fill(place, 3);
	expect(walSize(place)).toBeGreaterThan(3 * megabyte);
	const checkpointer = new Checkpointer(place.path);
	checkpointer.consider({idle: true});
	await vi.waitFor(() => {
		expect(walSize(place)).toBe(0);
	});
	expect(fs.statSync(place.path).size).toBeGreaterThan(3 * megabyte);
	expect(place.read().since(0).exchanges).toHaveLength(3);
	expect(await begin(recorder).recorded).toBe(true);
	await checkpointer.close();
});

test('whoever reads meanwhile keeps what they saw, and it is folded when they have done', async () => {
	using place = logPlace();
	const recorder = await fill(place, 2);
	const reader = place.connect();
	const count = () =>
		reader.prepare('SELECT count(*) FROM exchanges').pluck().get();
	reader.exec('BEGIN');
	expect(count()).toBe(2);
	await begin(recorder).recorded;

	const checkpointer = new Checkpointer(place.path);
	checkpointer.consider({idle: true});
	await checkpointed(checkpointer);
	expect(walSize(place)).toBeGreaterThan(2 * megabyte);
	expect(count()).toBe(2);
	expect(await begin(recorder).recorded).toBe(true);

	reader.exec('COMMIT');
	expect(count()).toBe(4);
	checkpointer.consider({idle: true});
	await vi.waitFor(() => {
		expect(walSize(place)).toBe(0);
	});
});

/**
It is ready for the next when it has ended.
*/
async function checkpointed(checkpointer: Checkpointer) {
	await vi.waitFor(() => {
		expect(checkpointer.busy).toBe(false);
	});
}

test('a small one is let be', async () => {
	using place = logPlace();
	await begin(place.record()).recorded;
	const before = walSize(place);
	const checkpointer = new Checkpointer(place.path);
	checkpointer.consider({idle: true});
	expect(checkpointer.busy).toBe(false);
	expect(walSize(place)).toBe(before);
});

test('while requests run it is folded above 64 MB, and the room is used again', async () => {
	using place = logPlace();
	const recorder = await fill(place, 60);
	const checkpointer = new Checkpointer(place.path);
	checkpointer.consider({idle: false});
	expect(checkpointer.busy).toBe(false);

	const path = 'x'.repeat(5 * megabyte);
	await begin(recorder, {...asked, path}).recorded;
	expect(walSize(place)).toBeGreaterThan(64 * megabyte);
	checkpointer.consider({idle: false});
	expect(checkpointer.busy).toBe(true);
	await checkpointed(checkpointer);
	// The next to write begins at the front again and cuts what is too long to keep.
	await begin(recorder).recorded;
	expect(walSize(place)).toBeLessThanOrEqual(16 * megabyte);
	expect(place.read().since(0).exchanges).toHaveLength(62);
});

test('a log that is gone is no reason to worry', async () => {
	using place = logPlace();
	const checkpointer = new Checkpointer(place.path);
	checkpointer.consider({idle: true});
	expect(checkpointer.busy).toBe(false);
	fs.writeFileSync(`${place.path}-wal`, Buffer.alloc(2 * megabyte));
	checkpointer.consider({idle: true});
	await checkpointed(checkpointer);
	expect(fs.existsSync(place.path)).toBe(false);
});
