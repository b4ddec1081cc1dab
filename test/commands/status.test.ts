import {once} from 'node:events';
import fs from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {text} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import {ask, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {run, startServe, testHome} from '../helpers/program.js';
import {heldStream} from '../helpers/stream.js';

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
	slots: null,
	breaker: null,
}));

test('for scripts it says what serves; what this version does not have is null', async () => {
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
		active: null,
		paused: null,
		keys: [
			{
				name: 'default',
				spentNanodollars: 0,
				reservedNanodollars: null,
				capNanodollars: null,
				resetsAt: expect.any(Number) as number,
			},
		],
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
		active: null,
		paused: null,
		keys: null,
		endpoints,
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
