import fs from 'node:fs';
import {expect, test} from 'vitest';
import {run, startServe, testHome} from '../helpers/program.js';
import {
	homeWithLog,
	nothingDone,
	standIn,
	steeredConfig,
	wishesIn,
} from './steered-home.js';

const clock = /\d\d:\d\d(?::\d\d)?/gv;
const instant = /\d{4}-\d\d-\d\d TIME/v;

/**
What a command says in a home, with every time of day as TIME.
*/
async function said(home: {folder: string}, ...words: string[]) {
	const {stdout, stderr, code} = await run(words, {home: home.folder});
	expect({stderr, code}).toEqual({stderr: '', code: 0});
	return stdout.replaceAll(clock, 'TIME').replace(instant, 'WHEN');
}

test('a pause holds until somebody resumes, and both are said', async () => {
	using home = testHome(steeredConfig);
	await using _serving = await startServe(home.folder);
	expect(await said(home, 'pause')).toBe(
		'Paused: new requests wait. To let them go: tollgate resume\n',
	);
	expect(await said(home, 'pause')).toBe(
		'Paused already since WHEN by a command: new requests wait.\n',
	);
	expect(await said(home, 'resume')).toBe(
		'Resumed: what waited goes on, in order.\n',
	);
	expect(await said(home, 'resume')).toBe('It is not paused.\n');
	expect(wishesIn(home).changes.pause).toMatchObject({
		value: {mode: 'off', until: null},
		setBy: 'command',
	});
});

test('a pause may end by itself, and turn requests away', async () => {
	using home = testHome(steeredConfig);
	await using _serving = await startServe(home.folder);
	expect(await said(home, 'pause', '--for', '10m')).toBe(
		'Paused for 10m (until TIME): new requests wait. To let them go: tollgate resume\n',
	);
	const first = wishesIn(home).changes.pause!;
	expect(first.value).toEqual({
		mode: 'hold',
		until: expect.any(Number) as number,
	});
	expect(await said(home, 'pause')).toBe(
		'Paused already since WHEN by a command, until TIME: new requests wait.\n',
	);
	// It is the same pause, of another kind.
	expect(await said(home, 'pause', '--refuse')).toMatch(
		/^Paused for \S+ \(until TIME\): new requests are turned away\. /v,
	);
	expect(wishesIn(home).changes.pause!.value).toEqual({
		mode: 'refuse',
		until: first.value.until,
	});
	expect(await said(home, 'pause', '--refuse')).toBe(
		'Paused already since WHEN by a command, until TIME: new requests are turned away.\n',
	);
	expect(await said(home, 'pause', '--for', '1h')).toBe(
		'Paused for 1h00 (until TIME): new requests are turned away. To let them go: tollgate resume\n',
	);
});

test('how requests are paused is as the config says, unless told', async () => {
	using home = testHome(`${steeredConfig}\n[hold]\nmode = "refuse"\n`);
	await using _serving = await startServe(home.folder);
	expect(await said(home, 'pause')).toBe(
		'Paused: new requests are turned away. To let them go: tollgate resume\n',
	);
});

test('where nothing runs, a pause is kept for the next start', async () => {
	using home = homeWithLog();
	expect(await said(home, 'pause')).toBe(
		'No passthrough takes requests now. When one starts, it is paused: new requests wait. To let them go: tollgate resume\n',
	);
	expect(await said(home, 'resume')).toBe(
		'No passthrough takes requests now. When one starts, it is not paused.\n',
	);
	await said(home, 'pause');
	await using _serving = await startServe(home.folder);
	expect(await said(home, 'pause')).toMatch(/^Paused already since /v);
});

test('of pauses that come at once none is lost', async () => {
	using home = homeWithLog();
	await Promise.all(
		[1, 2, 3, 4].map(async (minutes) =>
			said(home, 'pause', '--for', `${minutes}m`),
		),
	);
	expect(wishesIn(home).newest).toBe(4);
});

test('without a log there is nowhere to keep a pause, and nothing to resume', async () => {
	using home = testHome(steeredConfig);
	const {stderr, code} = await run(['pause'], {home: home.folder});
	expect(code).toBe(1);
	expect(stderr).toMatch(/^There is no usage log yet: /v);
	expect(await said(home, 'resume')).toBe('It is not paused.\n');
	expect(fs.readdirSync(home.folder)).toEqual(['config.toml']);
});

test('a time that makes no sense is refused', async () => {
	using home = homeWithLog();
	const {stderr, code} = await run(['pause', '--for', 'ever'], {
		home: home.folder,
	});
	expect(code).toBe(2);
	expect(stderr).toMatch(/^--for is "ever"\.\nWrite a duration/v);
	expect(wishesIn(home).newest).toBe(0);
});

test.each([
	[
		'that answers and does not take it',
		{},
		/^It is kept, but not in force: the passthrough did not take it within 2 s\.$/v,
	],
	[
		'that has taken what came after, and not yet this,',
		{steering: {...nothingDone, change: 99}},
		/^It is kept, but not in force: the passthrough did not take it within 2 s\.$/v,
	],
	[
		'whose log cannot be written',
		{recording: false, notRecordingSince: 0, notRecordingReason: 'full disk'},
		/^It is kept, but not in force: the passthrough cannot write its log since .+: full disk\.$/v,
	],
	[
		'that is not what it says it is',
		{instance: 'another'},
		/^It is kept, but not in force: the passthrough of this home is just starting, or stuck\.$/v,
	],
])(
	'by a passthrough %s, a pause is kept and not said to hold',
	async (_what, says, why) => {
		using home = homeWithLog();
		await using _stuck = await standIn(
			home,
			{steering: nothingDone, ...('steering' in says && says)},
			says,
		);
		const {stdout, stderr, code} = await run(['pause'], {home: home.folder});
		expect({stdout, code}).toEqual({stdout: '', code: 1});
		const lines = stderr.split('\n');
		expect(lines[0]).toMatch(why);
		expect(lines.slice(1)).toEqual(['What is in force: tollgate status', '']);
		expect(wishesIn(home).changes.pause?.value.mode).toBe('hold');
	},
);

test('where somebody else was quicker, a pause says that it does not hold', async () => {
	using home = homeWithLog();
	await using _resumed = await standIn(home, {
		steering: {
			...nothingDone,
			change: 99,
			pause: {...nothingDone.pause, change: 99},
		},
	});
	const {stderr, code} = await run(['pause'], {home: home.folder});
	expect(code).toBe(1);
	expect(stderr).toBe(
		'It is not paused: somebody else has changed it meanwhile.\nWhat is in force: tollgate status\n',
	);
});

test('where somebody else was quicker, a resume says that it is paused', async () => {
	using home = homeWithLog();
	await using _paused = await standIn(home, {
		steering: {
			...nothingDone,
			change: 99,
			pause: {
				...nothingDone.pause,
				change: 99,
				value: {mode: 'hold', until: null},
				reason: 'three strikes',
			},
		},
	});
	const {stderr, code} = await run(['resume'], {home: home.folder});
	expect(code).toBe(1);
	expect(stderr).toBe(
		'It is paused all the same: three strikes\nWhat is in force: tollgate status\n',
	);
});

test('one that is leaving takes nothing any more: it is kept for the next', async () => {
	using home = homeWithLog();
	await using _leaving = await standIn(home, {
		state: 'draining',
		steering: nothingDone,
	});
	expect(await said(home, 'pause')).toMatch(
		/^No passthrough takes requests now\. When one starts, it is paused:/v,
	);
});

test('a pause that is over before it could be shown is said to have been', async () => {
	using home = homeWithLog();
	await using _slow = await standIn(home, {
		steering: {
			...nothingDone,
			change: 99,
			pause: {...nothingDone.pause, change: 99, setBy: 'time'},
		},
	});
	expect(await said(home, 'pause', '--for', '1s')).toBe(
		'It was paused until TIME, and goes on.\n',
	);
});
