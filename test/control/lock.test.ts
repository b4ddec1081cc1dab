import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {
	isLockHeld,
	lockFiles,
	readHolder,
	takeLock,
	type Holder,
} from '../../source/control/lock.js';
import {testHome} from '../helpers/program.js';

const holder: Holder = {
	instance: 'one',
	pid: 4711,
	url: 'http://127.0.0.1:4141',
	startedAt: 1000,
	log: '/somewhere/usage.db',
};

/**
Another process that takes the lock and keeps it.
*/
async function holdElsewhere(file: string): Promise<ChildProcess> {
	const child = spawn(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import Database from 'better-sqlite3';
			new Database(${JSON.stringify(file)}).exec('BEGIN EXCLUSIVE');
			process.stdout.write('held');
			setInterval(() => {}, 1000);`,
		],
		{stdio: ['ignore', 'pipe', 'inherit']},
	);
	await once(child.stdout, 'data');
	return child;
}

test('one at a time has the lock, and says who it is', () => {
	using home = testHome();
	const files = lockFiles(home.file);
	expect(isLockHeld(files)).toBe(false);
	const lock = takeLock(files)!;
	expect(isLockHeld(files)).toBe(true);
	expect(takeLock(files)).toBeUndefined();
	expect(readHolder(files)).toBeUndefined();
	lock.announce(holder);
	expect(readHolder(files)).toEqual(holder);

	lock.release();
	lock.release();
	expect(isLockHeld(files)).toBe(false);
	expect(readHolder(files)).toBeUndefined();
	const next = takeLock(files);
	expect(next).toBeDefined();
	// The one before has no say any more.
	next!.announce(holder);
	lock.release();
	expect(readHolder(files)).toEqual(holder);
	next!.release();
});

test('a lock is free as soon as its holder is killed', async () => {
	using home = testHome();
	const files = lockFiles(home.file);
	const child = await holdElsewhere(files.lock);
	expect(isLockHeld(files)).toBe(true);
	expect(takeLock(files)).toBeUndefined();
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(isLockHeld(files)).toBe(false);
	const lock = takeLock(files);
	expect(lock).toBeDefined();
	lock!.release();
});

test('those who look do not keep anybody from taking it, nor make files', async () => {
	using home = testHome();
	const files = lockFiles(home.file);
	expect(isLockHeld(files)).toBe(false);
	expect(fs.readdirSync(home.folder)).toEqual([]);
	const lock = takeLock(files)!;
	const onlookers = Array.from({length: 20}, () => isLockHeld(files));
	expect(new Set(onlookers)).toEqual(new Set([true]));
	lock.release();
	await vi.waitFor(() => {
		const again = takeLock(files);
		expect(again).toBeDefined();
		again!.release();
	});
});

test('looking at our own lock does not lose it to others', async () => {
	using home = testHome();
	const files = lockFiles(home.file);
	const lock = takeLock(files)!;
	takeLock(files);
	isLockHeld(files);
	const child = spawn(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import Database from 'better-sqlite3';
			try {
				new Database(${JSON.stringify(files.lock)}, {timeout: 0}).exec('BEGIN EXCLUSIVE');
				process.exitCode = 1;
			} catch {}`,
		],
		{stdio: 'inherit'},
	);
	expect(await once(child, 'exit')).toEqual([0, null]);
	lock.release();
});

test.each([
	['nothing', ''],
	['half a word', '{"instance":"on'],
	['no object', 'null'],
	['not enough', '{"instance":"one","pid":4711}'],
	['another kind of pid', JSON.stringify({...holder, pid: '4711; rm'})],
])('a word of %s is not believed', (_what, said) => {
	using home = testHome();
	const files = lockFiles(home.file);
	fs.writeFileSync(files.holder, said);
	expect(readHolder(files)).toBeUndefined();
});

test('what is no lock file is said with its name', () => {
	using home = testHome();
	const files = lockFiles(home.file);
	fs.mkdirSync(files.lock);
	expect(() => takeLock(files)).toThrow(files.lock);
	expect(() => isLockHeld(files)).toThrow(files.lock);
});
