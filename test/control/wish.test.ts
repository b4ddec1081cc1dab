import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {newestChange, readChanges} from '../../source/control/control-rows.js';
import {openControl, wish} from '../../source/control/wish.js';
import type {UserError} from '../../source/user-error.js';
import {logPlace} from '../helpers/log.js';

const home = '/home/a';
const by = {setBy: 'monitor', setAt: 1000, reason: null} as const;
const held = {mode: 'hold', until: null} as const;

function refusal(act: () => unknown): UserError {
	try {
		act();
	} catch (error) {
		return error as UserError;
	}

	throw new Error('It was not refused.');
}

test('a wish is in the log for whoever looks, in one that never had any too', () => {
	using place = logPlace();
	place.record();
	expect(wish(place.path, home, 'pause', held, by)).toBe(1);
	expect(readChanges(place.connect(), home)).toEqual({
		pause: {change: 1, value: held, ...by},
	});
});

test('a writer that stays writes again and again', () => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path);
	expect([1, 2].map(() => control.wish(home, 'pause', held, by))).toEqual([
		1, 2,
	]);
});

/**
Another process that is just writing a change, and is done with it a moment later.
*/
async function changeElsewhere(log: string): Promise<void> {
	const child = spawn(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import Database from 'better-sqlite3';
			const db = new Database(${JSON.stringify(log)});
			db.exec('BEGIN IMMEDIATE');
			db.exec('UPDATE control SET change = change + 1');
			process.stdout.write('writing');
			setTimeout(() => db.exec('COMMIT'), 200);`,
		],
		{stdio: ['ignore', 'pipe', 'inherit']},
	);
	await once(child.stdout, 'data');
}

test('a wish waits for another process that is just writing one, and comes after it', async () => {
	using place = logPlace();
	place.record();
	expect(wish(place.path, home, 'pause', held, by)).toBe(1);
	await changeElsewhere(place.path);
	expect(wish(place.path, home, 'pause', held, by)).toBe(3);
});

test('where there is no log none is begun', () => {
	using place = logPlace();
	const {message, hint} = refusal(() =>
		wish(place.path, home, 'pause', held, by),
	);
	expect(message).toBe(`There is no usage log yet: ${place.path}`);
	expect(hint).toContain('tollgate serve');
	expect(fs.readdirSync(place.folder)).toEqual([]);
});

test.each([
	['pages of no database', 'The usage log is broken'],
	['', 'This is no usage log'],
])('a file that holds %j is let be', (content, says) => {
	using place = logPlace();
	fs.writeFileSync(place.path, content);
	const {message} = refusal(() => wish(place.path, home, 'pause', held, by));
	expect(message).toContain(says);
	expect(message).toContain(place.path);
	expect(fs.readFileSync(place.path, 'utf8')).toBe(content);
});

test('the database of another program gets no table from us', () => {
	using place = logPlace();
	const db = place.connect();
	db.exec('CREATE TABLE theirs (one INTEGER)');
	expect(
		refusal(() => wish(place.path, home, 'pause', held, by)).message,
	).toContain('This is no usage log');
	expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual([
		'theirs',
	]);
});

test('a folder is no log', () => {
	using place = logPlace();
	expect(
		refusal(() => wish(place.folder, home, 'pause', held, by)).message,
	).toBe(
		`The usage log cannot be written (it cannot be opened): ${place.folder}`,
	);
});

test('a log that another program keeps locked is said to be busy', () => {
	using place = logPlace();
	place.record();
	using control = openControl(place.path, {waitMs: 20});
	place.connect().exec('BEGIN IMMEDIATE');
	const {message, exitCode} = refusal(() =>
		control.wish(home, 'pause', held, by),
	);
	expect(message).toBe(
		`The usage log is busy, another program holds its write lock: ${place.path}`,
	);
	expect(exitCode).toBe(1);
	expect(newestChange(place.connect(), home)).toBe(0);
});
