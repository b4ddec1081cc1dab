import fs from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import type {Identity} from '../../source/control/passthrough-row.js';
import {lockFiles, takeLock} from '../../source/control/lock.js';
import {homeFiles} from '../../source/config/home.js';
import {openLog} from '../../source/usage-log/open.js';
import {nowMs, otherProgram, passthroughOf, testPlace} from './place.js';

const onPort = (port: number) => ({
	'home/config.toml': `[endpoints.main]\nurl = "https://api.example"\n[server]\nport = ${port}\n`,
});

test('a port that another program has is told with who it is', async () => {
	await using other = await otherProgram();
	using there = testPlace(onPort(other.port));
	expect(await there.look('port')).toMatchObject([
		{
			standing: 'bad',
			said: expect.stringMatching(
				process.platform === 'linux'
					? new RegExp(
							String.raw`^Port ${other.port} is taken by another program \(.+, process ${process.pid}\)\.$`,
							'v',
						)
					: /another program/,
			) as string,
			fix: expect.stringContaining('[server]') as string,
		},
	]);
});

test('a port that is free again is free', async () => {
	const other = await otherProgram();
	await other[Symbol.asyncDispose]();
	using there = testPlace(onPort(other.port));
	expect(await there.look('port')).toMatchObject([
		{standing: 'ok', said: `Port ${other.port} is free.`},
	]);
});

test('a port that the Tollgate of another home has is told with its home', async () => {
	using theirs = testPlace();
	await using running = await passthroughOf(theirs.at('home'));
	using there = testPlace(onPort(running.port));
	expect(await there.look('port')).toMatchObject([
		{
			standing: 'bad',
			said: `Port ${running.port} is taken by the Tollgate of ${theirs.at('home')}, process ${process.pid}.`,
			fix: expect.stringContaining(
				`tollgate --home ${theirs.at('home')}`,
			) as string,
		},
	]);
});

test('a port that our own passthrough has is ours', async () => {
	using there = testPlace();
	await using running = await passthroughOf(there.at('home'));
	there.write(onPort(running.port));
	expect(await there.look('port')).toMatchObject([
		{
			standing: 'ok',
			said: `Port ${running.port} is taken by the passthrough of this home.`,
		},
	]);
	expect(await there.look('passthrough')).toMatchObject([
		{
			standing: 'ok',
			said: `It serves at ${running.url} (process ${process.pid}) and records.`,
		},
	]);
});

test.for([
	{
		title: 'of another version',
		says: {version: '0.0.1'},
		standing: 'warn',
		said: 'The one that runs is of version 0.0.1, and this program of',
	},
	{
		title: 'that does not record',
		says: {
			recording: false,
			notRecordingSince: nowMs,
			notRecordingReason: 'the disk is full',
		},
		standing: 'bad',
		said: 'the disk is full.',
	},
] as ReadonlyArray<{
	title: string;
	says: Partial<Identity>;
	standing: string;
	said: string;
}>)('a passthrough $title is told so', async ({says, standing, said}) => {
	using there = testPlace();
	await using running = await passthroughOf(there.at('home'), says);
	expect(running.url).toContain('127.0.0.1');
	expect(await there.look('passthrough')).toMatchObject([
		{
			standing,
			said: expect.stringContaining(said) as string,
			fix: expect.any(String) as string,
		},
	]);
});

test('one that counts days in another zone is told', async () => {
	using there = testPlace();
	await using running = await passthroughOf(there.at('home'), {
		config: {
			endpoints: [],
			aliases: [],
			endpoint: 'main',
			day: {timezone: 'UTC', startsAt: '00:00'},
		},
	});
	expect(running.port).toBeGreaterThan(0);
	expect(await there.look('zone')).toMatchObject([
		{
			standing: 'warn',
			said: 'The passthrough that runs counts days in UTC, and here it would be Europe/Berlin.',
		},
	]);
});

test('a home that is held by one that answers nobody is told with its process', async () => {
	using there = testPlace();
	const {state} = homeFiles(there.place.home);
	const lock = takeLock(lockFiles(state))!;
	expect(await there.look('passthrough')).toMatchObject([
		{standing: 'warn', said: 'One is just starting.'},
	]);
	lock.announce({
		instance: 'x',
		pid: 4242,
		url: 'http://127.0.0.1:1',
		startedAt: nowMs,
		log: there.at('home/usage.db'),
	});
	expect(await there.look('passthrough')).toMatchObject([
		{
			standing: 'bad',
			said: expect.stringContaining('process 4242') as string,
			fix: expect.stringContaining('kill -9 4242') as string,
		},
	]);
	lock.release();
});

test('a lock that is no lock is told with what to do', async () => {
	using there = testPlace({'home/passthrough.lock': 'x'.repeat(5000)});
	expect(await there.look('passthrough')).toMatchObject([
		{
			standing: 'bad',
			said: expect.stringContaining('passthrough.lock') as string,
			fix: expect.stringContaining('remove it') as string,
		},
	]);
});

test('the log says when the last request came', async () => {
	using there = testPlace();
	const log = there.at('home/usage.db');
	const {db} = openLog(log, () => nowMs);
	db.exec(
		`INSERT INTO exchanges (id, revision, startedAt, outcome, client, owner, path, key)
		VALUES (1, 1, ${nowMs - 180_000}, 'ok', 'claude-cli/2.1.330', 'x', '/v1/messages', 'default')`,
	);
	db.close();
	expect(await there.look('log')).toMatchObject([
		{
			standing: 'ok',
			said: `${log} can be written; the last request came 3m00 ago, from claude-cli/2.1.330.`,
		},
	]);
});

test('a database of another program is not taken for a log', async () => {
	using there = testPlace();
	const log = there.at('home/usage.db');
	const {db} = openLog(log, () => nowMs);
	db.exec('DROP TABLE exchanges; CREATE TABLE notes (text)');
	db.close();
	expect(await there.look('log')).toMatchObject([
		{
			standing: 'bad',
			said: expect.stringContaining(
				'the database of another program',
			) as string,
			fix: expect.stringContaining('[server]') as string,
		},
	]);
	expect(fs.existsSync(log)).toBe(true);
});
