import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import {setTimeout as delay} from 'node:timers/promises';
import Database from 'better-sqlite3';
import {expect, test, vi} from 'vitest';
import {lastWordsIn} from '../../source/commands/supervise/crash-log.js';
import {
	reasonOf,
	restartDelayMs,
} from '../../source/commands/supervise/restart.js';
import {send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {run, startServe, testHome} from '../helpers/program.js';
import {heldStream, playWhole} from '../helpers/stream.js';
import {holderOf, isLive, kill, openMonitor, serves} from './open-monitor.js';

const anyPort = '[server]\nport = 0\n';
const configFor = (url: string) =>
	`${anyPort}[endpoints.main]\nurl = "${url}"\n`;

async function streamThrough(url: string): Promise<IncomingMessage> {
	const [response] = (await once(send(url), 'response')) as [IncomingMessage];
	await once(response, 'readable');
	return response;
}

function outcomesIn(log: string): readonly unknown[] {
	const db = new Database(log, {readonly: true});
	const rows = db.prepare('SELECT outcome FROM exchanges ORDER BY id').pluck();
	const outcomes = rows.all();
	db.close();
	return outcomes;
}

test('a passthrough killed in mid-stream is started again: the screen says why, and the exchange is lost', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(stream.play);
	using home = testHome(configFor(endpoint.url));
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	const first = holderOf(home.folder)!;
	const response = await streamThrough(first.url);
	await monitor.waitFor((text) => text.includes('1 live'));

	kill(first.pid, 'SIGKILL');
	const cut = await once(response.resume(), 'error').catch(() => undefined);
	expect(cut).toBeDefined();
	await monitor.waitFor((text) => text.includes('killed by SIGKILL'));
	expect(monitor.text()).toContain('PASSTHROUGH DOWN');

	await monitor.waitFor((text) => isLive(text) && text.includes('0 live'));
	const second = holderOf(home.folder)!;
	expect(second.instance).not.toBe(first.instance);
	expect(outcomesIn(home.log)).toEqual(['lost']);
	await monitor.waitFor((text) => text.includes('lost'));
	expect(monitor.text()).toMatch(
		/PASSTHROUGH BACK since \d\d:\d\d: it was killed by SIGKILL/v,
	);
	monitor.press('\u{1B}');
	await monitor.waitFor((text) => !text.includes('PASSTHROUGH BACK'));
	stream.goOn();
});

test('both killed in mid-stream, a new start is clean: what ended is there, the rest is marked', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(async (call) => {
		if (call.index === 0) {
			playWhole(call);
		} else {
			await stream.play(call);
		}
	});
	using home = testHome(configFor(endpoint.url));
	await using killed = openMonitor(home.folder);
	await killed.waitFor(isLive);
	const first = holderOf(home.folder)!;
	const [whole] = (await once(send(first.url), 'response')) as [
		IncomingMessage,
	];
	await once(whole.resume(), 'end');
	const response = await streamThrough(first.url);
	response.on('error', () => undefined);
	kill(killed.pid, 'SIGKILL');
	kill(first.pid, 'SIGKILL');
	await killed.exited;

	await using next = openMonitor(home.folder);
	await next.waitFor((text) => isLive(text) && text.includes('0 live'));
	expect(holderOf(home.folder)!.instance).not.toBe(first.instance);
	await vi.waitFor(() => {
		expect(outcomesIn(home.log)).toEqual(['ok', 'lost']);
	}, 10_000);
	stream.goOn();
});

test('one that is stopped elsewhere is not started again, and another one is joined', async () => {
	using home = testHome(anyPort);
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	expect(await run(['stop'], {home: home.folder})).toMatchObject({code: 0});
	await monitor.waitFor((text) => text.includes('STOPPED'));
	// Longer than the first restart would take.
	await delay(2500);
	expect(monitor.text()).toContain('STOPPED');
	expect(holderOf(home.folder)).toBeUndefined();

	await using serving = await startServe(home.folder);
	await monitor.waitFor((text) => isLive(text) && text.includes(serving.url));
});

test('a passthrough that it joined and that dies is replaced by one of its own', async () => {
	using home = testHome(anyPort);
	await using serving = await startServe(home.folder);
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	serving.child.kill('SIGKILL');
	await serving.ended;
	await monitor.waitFor((text) => text.includes('PASSTHROUGH DOWN'));
	await monitor.waitFor(isLive);
	expect(await serves(home.folder)).toBe(true);
});

test('a log that cannot be written is told of until it can', async () => {
	using home = testHome(anyPort);
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	const db = new Database(home.log);
	db.exec('BEGIN IMMEDIATE');
	await monitor.waitFor((text) => text.includes('NOT RECORDING since'));
	expect(monitor.text()).toMatch(
		/NOT RECORDING since \d\d:\d\d: .*write lock/v,
	);
	db.exec('ROLLBACK');
	db.close();
	await monitor.waitFor((text) => !text.includes('NOT RECORDING'));
	expect(isLive(monitor.text())).toBe(true);
});

test('starts are made after 1, 2, 4 … 30 s, and less hurried where the user is asked', () => {
	const delays = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) =>
		restartDelayMs(failures, undefined),
	);
	expect(delays).toEqual([
		1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
	]);
	const told = {kind: 'told', text: ''} as const;
	expect([1, 2, 3].map((failures) => restartDelayMs(failures, told))).toEqual([
		8000, 16_000, 30_000,
	]);
});

test.each([
	['nothing', '', undefined],
	[
		'a mistake of the user',
		'Port 4141 is taken.\nChoose another.\n',
		{kind: 'told', text: 'Port 4141 is taken. Choose another.'},
	],
	[
		'a report while it ran',
		'2026-11-22T20:00:00.000Z A request met a bug.\nError: no\n    at pass (file:1:1)\n',
		{kind: 'crash', text: 'Error: no'},
	],
	[
		'a bug of ours',
		'2026-11-22T20:00:00.000Z TypeError: x\n    at y\nTollgate met a bug of its own (x); crash.log tells more.\n',
		{
			kind: 'crash',
			text: 'Tollgate met a bug of its own (x); crash.log tells more.',
		},
	],
	[
		'the end of Node',
		'file:///x.js:1\n  a\n  ^\n\nReferenceError: a is not defined\n    at file:///x.js:1:1\n\nNode.js v24.11.0\n',
		{kind: 'crash', text: 'ReferenceError: a is not defined'},
	],
	[
		'control characters',
		'2026-11-22T20:00:00.000Z \u{1B}[31mred\u{7}\n',
		{kind: 'crash', text: '[31mred'},
	],
])('of crash.log, %s is understood', (_name, text, words) => {
	expect(lastWordsIn(text)).toEqual(words);
});

test.each([
	[
		{code: null, signal: 'SIGKILL', words: undefined},
		'it was killed by SIGKILL',
	],
	[{code: 1, signal: null, words: undefined}, 'it ended with exit code 1'],
	[
		{code: 1, signal: null, words: {kind: 'crash', text: 'Error: no'}},
		'it ended with exit code 1: Error: no',
	],
	[
		{code: 2, signal: null, words: {kind: 'told', text: 'Write a port.'}},
		'Write a port.',
	],
	[{code: null, signal: null, words: undefined}, 'it ended'],
] as const)('the reason of %j is %j', (end, reason) => {
	expect(reasonOf(end)).toBe(reason);
});
