import {once} from 'node:events';
import fs from 'node:fs';
import http, {type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {expect, test, vi} from 'vitest';
import {lockFiles, takeLock} from '../../source/control/lock.js';
import {send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {
	configFor,
	run,
	startProgram,
	startServe,
	testHome,
} from '../helpers/program.js';
import {heldStream} from '../helpers/stream.js';

test('it stops the passthrough of its home and says which', async () => {
	using home = testHome();
	using other = testHome();
	await using serving = await startServe(home.folder);
	await using untouched = await startServe(other.folder);
	expect(await run(['stop'], {home: home.folder})).toEqual({
		code: 0,
		signal: null,
		stdout: `Stopped the passthrough of ${serving.url}.\n`,
		stderr: '',
	});
	expect(await serving.ended).toMatchObject({code: 0});
	expect(untouched.child.exitCode).toBeNull();
	await using again = await startServe(home.folder, [
		'--port',
		String(serving.port),
	]);
	expect(again.port).toBe(serving.port);
});

test('where nothing runs it says so, and makes no folder', async () => {
	using home = testHome();
	const folder = home.file('never-used');
	expect(await run(['stop', '--home', folder])).toEqual({
		code: 0,
		signal: null,
		stdout: `Nothing to stop: no passthrough runs in ${folder}.\n`,
		stderr: '',
	});
	expect(fs.existsSync(folder)).toBe(false);
});

test('it waits for the streams; asked again meanwhile, it does not hurry them', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(stream.play);
	using home = testHome(configFor(endpoint.url));
	await using serving = await startServe(home.folder);
	const [response] = (await once(send(serving.url), 'response')) as [
		IncomingMessage,
	];
	await using first = startProgram(['stop'], {home: home.folder});
	await vi.waitFor(() => {
		expect(first.stdout()).toBe(
			'Waiting for one open request to end, 60 s at most.\n',
		);
		expect(serving.stdout()).toContain('leaving');
	}, 5000);
	await using second = startProgram(['stop'], {home: home.folder});
	await vi.waitFor(() => {
		expect(second.stdout()).toBe(
			'It is leaving already. Waiting for its last requests to end.\n',
		);
	}, 10_000);
	const {stdout} = await run(['status'], {home: home.folder});
	expect(stdout).toContain('is leaving');

	stream.goOn();
	expect(await text(response)).toBe(stream.whole);
	for (const stop of [first, second]) {
		const said = await stop.ended;
		expect(said).toMatchObject({code: 0, stderr: ''});
		expect(said.stdout).toContain(`Stopped the passthrough of ${serving.url}.`);
	}

	expect(await serving.ended).toMatchObject({code: 0});
});

test('a broken config does not keep it from stopping', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	fs.writeFileSync(home.file('config.toml'), 'what = is this', {mode: 0o600});
	expect(await run(['stop'], {home: home.folder})).toMatchObject({code: 0});
	expect(await serving.ended).toMatchObject({code: 0});
});

test('a name left behind by one that was killed is not believed', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	serving.child.kill('SIGKILL');
	await serving.ended;
	// Its process id may be anybody's by now: this test's, for one.
	const holder = JSON.parse(
		fs.readFileSync(home.file('passthrough.json'), 'utf8'),
	) as object;
	fs.writeFileSync(
		home.file('passthrough.json'),
		JSON.stringify({...holder, pid: process.pid}),
	);
	const {code, stdout} = await run(['stop'], {home: home.folder});
	expect({code, stdout}).toEqual({
		code: 0,
		stdout: `Nothing to stop: no passthrough runs in ${home.folder}.\n`,
	});
});

test('what answers under another name is not stopped', async () => {
	using home = testHome();
	const server = http.createServer((_request, response) => {
		response.end(
			JSON.stringify({
				tollgate: {
					instance: 'somebody-else',
					home: home.folder,
					pid: process.pid,
					config: {endpoints: []},
				},
			}),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const files = lockFiles(home.file);
	const lock = takeLock(files)!;
	lock.announce({
		instance: 'the-holder',
		pid: process.pid,
		url: `http://127.0.0.1:${port}`,
		startedAt: 1,
		log: home.log,
	});
	const {code, stderr} = await run(['stop'], {home: home.folder});
	lock.release();
	server.close();
	expect(code).toBe(1);
	expect(stderr).toBe(
		`The passthrough of this home does not answer on http://127.0.0.1:${port}: nothing was stopped.
If process ${process.pid} is a tollgate that is stuck, end it with: kill ${process.pid}
`,
	);
});
