import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {expect, test, vi} from 'vitest';
import {askIdentity} from '../../source/control/identity.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {leftIn} from '../helpers/log.js';
import {heldStream, streamThrough} from '../helpers/stream.js';
import {run, startServe, testHome, configFor} from '../helpers/program.js';

test('it says where it listens once it does, and leaves at SIGTERM', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	expect(serving.stdout()).toMatch(
		/^listening on http:\/\/127\.0\.0\.1:\d+\n$/v,
	);
	expect(await askIdentity(serving.url)).toMatchObject({
		home: home.folder,
		pid: serving.pid,
		state: 'serving',
		recording: true,
		open: 0,
	});
	serving.child.kill('SIGTERM');
	expect(await serving.ended).toMatchObject({
		code: 0,
		signal: null,
		stderr: '',
	});
	expect(leftIn(home.log)).toEqual({
		exchanges: [],
		states: ['stopped'],
		writers: 0,
		live: 0,
	});
});

test('its files are for the eyes of the user only', async () => {
	using parent = testHome();
	const folder = parent.file('new-home');
	const before = process.umask(0);
	try {
		await using serving = await startServe(folder);
		await ask(serving.url, {path: '/nothing'});
		const modes = fs
			.readdirSync(folder)
			.map((name) => [
				name,
				(fs.statSync(`${folder}/${name}`).mode % 0o1000).toString(8),
			]);
		expect(modes.map(([name]) => name)).toEqual(
			expect.arrayContaining([
				'usage.db',
				'usage.db-wal',
				'usage.db-shm',
				'passthrough.lock',
				'passthrough.json',
				'body.key',
			]),
		);
		expect(modes.filter(([, mode]) => mode !== '600')).toEqual([]);
		expect((fs.statSync(folder).mode % 0o1000).toString(8)).toBe('700');
	} finally {
		process.umask(before);
	}
});

test('at SIGTERM it waits for the streams, takes nothing new, and says so', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(stream.play);
	using home = testHome(configFor(endpoint.url));
	await using serving = await startServe(home.folder);
	const response = await streamThrough(serving.url);
	serving.child.kill('SIGTERM');
	await vi.waitFor(() => {
		expect(serving.stdout()).toContain(
			'leaving when the last request has ended (60 s at most)\n',
		);
	});
	await expect(ask(serving.url)).rejects.toMatchObject({
		code: 'ECONNREFUSED',
	});
	stream.goOn();
	expect(await text(response)).toBe(stream.whole);
	expect(await serving.ended).toMatchObject({code: 0, stderr: ''});
	expect(serving.stdout()).not.toContain('cut');
	expect(leftIn(home.log)).toMatchObject({
		exchanges: [{outcome: 'ok', usageStatus: 'exact'}],
		states: ['stopped'],
		writers: 0,
	});
});

test('a second SIGTERM does not wait, and it says how many were cut', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(stream.play);
	using home = testHome(configFor(endpoint.url));
	await using serving = await startServe(home.folder);
	const responses = [
		await streamThrough(serving.url),
		await streamThrough(serving.url),
	];
	const errors = responses.map(async (response) => once(response, 'error'));
	serving.child.kill('SIGTERM');
	await vi.waitFor(() => {
		expect(serving.stdout()).toContain('leaving when 2 requests have ended');
	});
	serving.child.kill('SIGTERM');
	for (const response of responses) {
		response.resume();
	}

	expect(await Promise.all(errors)).toHaveLength(2);
	expect(await serving.ended).toMatchObject({code: 0, stderr: ''});
	expect(serving.stdout()).toContain('cut 2 requests that had not ended\n');
	const {exchanges, ...left} = leftIn(home.log);
	expect(left).toEqual({states: ['stopped'], writers: 0, live: 0});
	expect(exchanges).toHaveLength(2);
	for (const row of exchanges) {
		expect(row).toMatchObject({usageStatus: 'partial'});
		expect(row).not.toMatchObject({outcome: 'open'});
	}
});

test('ctrl-c leaves with 130', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	serving.child.kill('SIGINT');
	expect(await serving.ended).toMatchObject({code: 130, stderr: ''});
	expect(leftIn(home.log)).toMatchObject({states: ['stopped'], writers: 0});
});

test('a bad config is said with its line, and nothing is started', async () => {
	using home = testHome('[server]\nprot = 1\n');
	const {code, stderr} = await run(['serve'], {home: home.folder});
	expect(code).toBe(2);
	expect(stderr).toContain(`${home.file('config.toml')}:2`);
	expect(stderr).not.toContain('    at ');
});
