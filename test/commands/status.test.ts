import {once} from 'node:events';
import fs from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {text} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import type {Steering} from '../../source/control/steering.js';
import {switchTo} from '../../source/control/switch-to.js';
import {ask, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {run, startServe, testHome} from '../helpers/program.js';
import {heldStream} from '../helpers/stream.js';
import {
	homeWithLog,
	nothingDone,
	standIn,
	steeredConfig,
} from './steered-home.js';

const config = `
	[server]
	port = 0
	[endpoints.gateway]
	url = "https://gateway.example/v1"
	key = "env:GATEWAY_KEY"
	[endpoints.anthropic]
	url = "https://api.anthropic.com"
	key = "env:OTHER_KEY"
	[routing]
	endpoint = "gateway"
`;
const env = {GATEWAY_KEY: 'sk-gateway-secret', OTHER_KEY: 'sk-other-secret'};
const endpoints = ['gateway', 'anthropic'].map((name) => ({
	name,
	slots: 8,
	breaker: 'closed',
	maxSlots: 8,
	inUse: 0,
	queued: 0,
	breakers: [],
}));
const unknownEndpoints = endpoints.map(({name}) => ({
	name,
	slots: null,
	breaker: null,
	maxSlots: null,
	inUse: null,
	queued: null,
	breakers: null,
}));
const nothingActive = {
	...switchTo(null, undefined),
	setBy: 'config',
	setAt: null,
	reason: null,
};

test('for scripts it says what serves and what is in force; what is not known is null', async () => {
	using home = testHome(config);
	await using serving = await startServe(home.folder, [], {env});
	const {stdout, code} = await run(['status', '--json'], {home: home.folder});
	expect(code).toBe(0);
	expect(JSON.parse(stdout)).toEqual({
		passthrough: {
			pid: serving.pid,
			url: serving.url,
			startedAt: expect.any(Number) as number,
			state: 'serving',
			open: 0,
			recording: true,
			notRecordingSince: null,
			notRecordingReason: null,
			movedAside: null,
		},
		active: {...nothingActive, setAt: expect.any(Number) as number},
		paused: false,
		pause: null,
		config: {problem: null, readAt: expect.any(Number) as number},
		keys: [
			{
				name: 'default',
				spentNanodollars: 0,
				reservedNanodollars: 0,
				capNanodollars: null,
				usualNanodollars: null,
				spentTokens: 0,
				reservedTokens: 0,
				capTokens: null,
				usualTokens: null,
				unpriced: 0,
				resetsAt: expect.any(Number) as number,
			},
		],
		warnings: [],
		endpoints,
		limits: [],
	});
	expect(stdout).toMatch(/^\{.+\}\n$/v);
});

test('for people it is a few lines', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(stream.play);
	using home = testHome(`[endpoints.main]\nurl = "${endpoint.url}"\n`);
	await using serving = await startServe(home.folder);
	const [response] = (await once(send(serving.url), 'response')) as [
		IncomingMessage,
	];
	const {stdout} = await run(['status', '--home', home.folder]);
	const instant = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(\d+\.\ds\)/v;
	expect(stdout.replace(instant, 'WHEN')).toBe(
		`passthrough  ${serving.url}, process ${serving.pid}
since        WHEN
endpoint     main, ${endpoint.url}/
requests     1 open
recording    yes, in ${home.log}
today        $0.00 for 0 requests; until 00:00
`,
	);
	stream.goOn();
	await text(response);
});

test('whether requests go through without a log is said', async () => {
	using place = testHome();
	using home = testHome(
		`[server]\nlog = "${place.file('no/usage.db')}"\nif_not_recording = "refuse"\n`,
	);
	await using _serving = await startServe(home.folder);
	const {stdout} = await run(['status'], {home: home.folder});
	expect(stdout).toMatch(
		/^recording {4}NO since .+: it cannot be opened\. Requests are refused until it is written again$/mv,
	);
});

test('a log that is not written is said, since when and why', async () => {
	using place = testHome();
	using home = testHome(`[server]\nlog = "${place.file('no/usage.db')}"\n`);
	await using _serving = await startServe(home.folder);
	const {stdout} = await run(['status'], {home: home.folder});
	expect(stdout).toMatch(
		/^recording {4}NO since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: it cannot be opened\. Requests pass all the same$/mv,
	);
	const json = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(json.stdout)).toMatchObject({
		passthrough: {
			recording: false,
			notRecordingSince: expect.any(Number) as number,
			notRecordingReason: 'it cannot be opened',
		},
	});
});

test('a broken log that was moved aside is said, with its name', async () => {
	using home = testHome();
	fs.writeFileSync(home.log, 'these are no pages of a database');
	await using serving = await startServe(home.folder);
	const {stdout} = await run(['status'], {home: home.folder});
	const name = fs
		.readdirSync(home.folder)
		.find((file) => file.startsWith('usage.db.corrupt-'));
	expect(stdout).toContain(`\nrecording    yes, in ${home.log}\n`);
	expect(stdout).toContain(
		`\nbroken log   moved aside to ${home.file(name!)}\n`,
	);
	expect(serving.stderr()).toContain(home.file(name!));
});

test('where nothing runs it says so, and what the config has', async () => {
	using home = testHome(config);
	expect(await run(['status'], {home: home.folder})).toMatchObject({
		code: 0,
		stdout: `No passthrough runs in ${home.folder}.\nStart one with: tollgate, or tollgate serve\n`,
		stderr: '',
	});
	const {stdout} = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(stdout)).toEqual({
		passthrough: null,
		active: nothingActive,
		paused: false,
		pause: null,
		config: null,
		keys: null,
		warnings: [],
		endpoints: unknownEndpoints,
		limits: [],
	});
	expect(fs.readdirSync(home.folder)).toEqual(['config.toml']);
});

test('one that was killed is not said to run', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	serving.child.kill('SIGKILL');
	await serving.ended;
	const {stdout} = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(stdout)).toMatchObject({passthrough: null});
});

test('no credential is ever shown', async () => {
	using home = testHome(config);
	await using serving = await startServe(home.folder, [], {env});
	const said = await Promise.all([
		run(['status'], {home: home.folder, env}),
		run(['status', '--json'], {home: home.folder, env}),
	]);
	serving.child.kill('SIGTERM');
	for (const {stdout, stderr} of [...said, await serving.ended]) {
		expect(stdout + stderr).not.toMatch(/sk-(?:gateway|other)/v);
	}
});

test.each([
	['Asia/Tokyo', '04:00'],
	['UTC', '04:00 (Asia/Tokyo)'],
])('seen from %s, the day of Tokyo ends at %s', async (machine, words) => {
	using home = testHome(
		`${config}\n[day]\ntimezone = "Asia/Tokyo"\nstarts_at = "04:00"\n`,
	);
	await using _serving = await startServe(home.folder, [], {env});
	const {stdout} = await run(['status'], {
		home: home.folder,
		env: {TZ: machine},
	});
	expect(/; until (?<when>.+)$/mv.exec(stdout)?.groups?.['when']).toBe(words);
});

test('of a limit, what the endpoint did not tell is null', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(200, {
			'content-type': 'application/json',
			'anthropic-ratelimit-requests-remaining': '7',
		});
		response.end('{}');
	});
	using home = testHome(
		`[endpoints.main]\nurl = "${endpoint.url}"\nkey = "agent"\n`,
	);
	await using serving = await startServe(home.folder);
	await ask(serving.url);
	const {stdout} = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(stdout)).toMatchObject({
		limits: [
			{
				endpoint: 'main',
				name: 'requests',
				remaining: 7,
				limit: null,
				utilization: null,
				status: null,
				resetAt: null,
			},
		],
	});
});

const instant = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/gv;
const clock = /\d\d:\d\d(?::\d\d)?/gv;

/**
The lines of a text that begin with one of these words, with no times in them.
*/
const linesOf = (said: string, ...words: string[]): readonly string[] =>
	said
		.replaceAll(instant, 'WHEN')
		.replaceAll(clock, 'TIME')
		.split('\n')
		.filter((line) => words.some((word) => line.startsWith(`${word}  `)));

test('what is in force is said, who paused and until when', async () => {
	using home = testHome(steeredConfig);
	await using _serving = await startServe(home.folder);
	await run(['alias', 'coding-deep', '--next', '5'], {home: home.folder});
	await run(['pause', '--for', '20m'], {home: home.folder});
	const {stdout} = await run(['status'], {home: home.folder});
	expect(linesOf(stdout, 'active', 'PAUSED')).toEqual([
		'active       coding-deep, for 5 more requests, then coding-default',
		'PAUSED       since WHEN by a command, until TIME: new requests wait',
	]);
	const json = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(json.stdout)).toMatchObject({
		active: {
			alias: 'coding-deep',
			until: null,
			requestsLeft: 5,
			setBy: 'command',
			setAt: expect.any(Number) as number,
		},
		paused: true,
		pause: {
			mode: 'hold',
			until: expect.any(Number) as number,
			setBy: 'command',
			reason: null,
			since: expect.any(Number) as number,
		},
	});
});

test('where nothing runs it says what the next passthrough begins with', async () => {
	using home = homeWithLog();
	await run(['alias', 'coding-deep'], {home: home.folder});
	await run(['pause', '--refuse'], {home: home.folder});
	const {stdout} = await run(['status'], {home: home.folder});
	expect(linesOf(stdout, 'active', 'PAUSED')).toEqual([
		'active       when a passthrough starts: coding-deep',
		'PAUSED       when a passthrough starts: since WHEN by a command: new requests are turned away',
	]);
	const json = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(json.stdout)).toMatchObject({
		passthrough: null,
		active: {alias: 'coding-deep', setBy: 'command'},
		paused: true,
		pause: {mode: 'refuse', until: null},
		endpoints: [{name: 'main', slots: null, breaker: null}],
	});
});

const troubled: Steering = {
	...nothingDone,
	pause: {
		change: 3,
		value: {mode: 'hold', until: null},
		setBy: 'strikes',
		setAt: 1,
		reason: 'claude-opus-4-6 failed three times',
	},
	endpoints: [
		{
			name: 'main',
			slots: 2,
			maxSlots: 8,
			inUse: 2,
			queued: 3,
			breakers: [
				{model: 'claude-opus-4-6', state: 'probing', until: 0},
				{model: null, state: 'open', until: Date.UTC(2100, 0)},
			],
		},
		{
			name: 'other',
			slots: 8,
			maxSlots: 8,
			inUse: 2,
			queued: 0,
			breakers: [{model: 'claude-opus-4-6', state: 'probing', until: 0}],
		},
	],
	configProblem: 'config.toml:7: url is "gateway".',
};

test('endpoints in trouble and a broken config are said', async () => {
	using home = homeWithLog();
	const published = {
		endpoints: ['main', 'other', 'new'].map((name) => ({
			name,
			url: 'http://127.0.0.1:9/',
			formats: [],
		})),
		aliases: [],
		endpoint: 'main',
	};
	await using _serving = await standIn(home, {
		config: published,
		steering: troubled,
	});
	const {stdout} = await run(['status'], {home: home.folder});
	expect(
		linesOf(stdout, 'active', 'PAUSED', 'slots', 'let be', 'config'),
	).toEqual([
		'PAUSED       since WHEN by strikes (claude-opus-4-6 failed three times): new requests wait',
		'slots        main: 2 of 8, 3 waiting',
		'let be       main/claude-opus-4-6: one request finds out whether it works again',
		'let be       main until TIME: it failed too often',
		'let be       other/claude-opus-4-6: one request finds out whether it works again',
		'config       BROKEN, what was read at WHEN stays in force: config.toml:7: url is "gateway".',
	]);
	const json = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(json.stdout)).toMatchObject({
		endpoints: [
			{name: 'main', slots: 2, breaker: 'open', maxSlots: 8, queued: 3},
			{name: 'other', slots: 8, breaker: 'probing'},
			// Not told of: not known.
			{name: 'new', slots: null, breaker: null},
		],
		config: {problem: 'config.toml:7: url is "gateway".', readAt: 1},
		pause: {reason: 'claude-opus-4-6 failed three times', setBy: 'strikes'},
	});
});
