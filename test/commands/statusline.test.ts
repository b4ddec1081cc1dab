import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test, vi} from 'vitest';
import {ask, send} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {run, startServe, testHome} from '../helpers/program.js';
import {steeredConfig} from './steered-home.js';

const message = JSON.stringify({
	id: 'msg_1',
	type: 'message',
	role: 'assistant',
	model: 'claude-sonnet-4-6',
	content: [{type: 'text', text: 'Hello'}],
	stop_reason: 'end_turn',
	usage: {input_tokens: 1_000_000, output_tokens: 100_000},
});

/**
Answers the first request, and turns down the second.
*/
const endpointOf = async () =>
	startEndpoint(async ({heard, response, index}) => {
		await heard.body();
		if (index === 0) {
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(message);
		} else {
			response.writeHead(429, {'content-type': 'application/json'});
			response.end('{"type":"error","error":{"type":"rate_limit_error"}}');
		}
	});

test('where nothing runs and nothing was written, the line says off', async () => {
	using home = testHome();
	const {stdout, stderr, code} = await run(['statusline'], {home: home.folder});
	expect({stdout, stderr, code}).toEqual({
		stdout: 'tollgate off\n',
		stderr: '',
		code: 0,
	});
});

test('the day so far, in one line', async () => {
	await using endpoint = await endpointOf();
	using home = testHome(
		`[endpoints.main]\nurl = "${endpoint.url}"\nkey = "agent"\n`,
	);
	await using serving = await startServe(home.folder);
	const line = async () => {
		const {stdout} = await run(['statusline'], {home: home.folder});
		return stdout;
	};

	expect(await line()).toBe('$0.00 today\n');
	await ask(serving.url);
	// A million tokens in at $3, 100,000 out at $15 a million.
	expect(await line()).toBe('$4.50 today · claude-sonnet-4-6\n');
	await ask(serving.url);
	// Two of three tries: what is turned down is tried again.
	expect(await line()).toBe('$4.50 today · claude-sonnet-4-6 · 429 67%\n');
	const {stdout} = await run(['status', '--json'], {home: home.folder});
	expect(JSON.parse(stdout)).toMatchObject({
		keys: [
			{
				name: 'default',
				spentNanodollars: 4_500_000_000,
				reservedNanodollars: 0,
				capNanodollars: null,
				resetsAt: expect.any(Number) as number,
			},
		],
	});
});

test('what a plan covers is no bill, and what is not known is said', async () => {
	await using endpoint = await startEndpoint(
		async ({heard, response, index}) => {
			await heard.body();
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(
				index === 0 ? message : message.replace('sonnet-4-6', 'of-tomorrow'),
			);
		},
	);
	using home = testHome(
		`[endpoints.main]\nurl = "${endpoint.url}"\nkey = "agent"\nbilling = "plan"\n`,
	);
	await using serving = await startServe(home.folder);
	await ask(serving.url);
	const first = await run(['statusline'], {home: home.folder});
	expect(first.stdout).toBe('$4.50 today (plan) · claude-sonnet-4-6\n');
	await ask(serving.url);
	const second = await run(['statusline'], {home: home.folder});
	expect(second.stdout).toBe('≥$4.50 today (plan) · claude-of-tomorrow\n');
	const {stdout} = await run(['status'], {home: home.folder});
	expect(stdout).toMatch(
		/^today {8}at least \$4\.50 for 2 requests, 1 unpriced, \$4\.50 of it in a plan: no bill; until \d\d:\d\d$/mv,
	);
});

test('what is in force stands in the line, for as long as something is', async () => {
	using home = testHome(steeredConfig);
	await using serving = await startServe(home.folder);
	const lineAfter = async (...words: string[]) => {
		await run(words, {home: home.folder});
		const {stdout} = await run(['statusline'], {home: home.folder});
		return stdout;
	};

	expect(await lineAfter('status')).toBe('$0.00 today · coding-default\n');
	expect(await lineAfter('pause')).toBe(
		'PAUSED · $0.00 today · coding-default\n',
	);
	expect(await lineAfter('alias', 'coding-deep', '--for', '20m')).toBe(
		'PAUSED · $0.00 today · coding-deep 20m\n',
	);
	expect(await lineAfter('alias', 'as-asked', '--next', '3')).toBe(
		'PAUSED · $0.00 today · as-asked 3×\n',
	);
	await run(['alias', 'as-asked'], {home: home.folder});
	expect(await lineAfter('resume')).toBe('$0.00 today\n');
	await run(['pause'], {home: home.folder});
	serving.child.kill('SIGKILL');
	await serving.ended;
	// Nobody is there who would be kept waiting.
	expect(await lineAfter('status')).toBe('tollgate off · $0.00 today\n');
});

test('a cost of which nothing is known is no $0.00', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(200, {'content-type': 'application/json'});
		response.end(message.replace(/,"usage":.+/v, '}'));
	});
	using home = testHome(
		`[endpoints.main]\nurl = "${endpoint.url}"\nkey = "agent"\n`,
	);
	await using serving = await startServe(home.folder);
	await ask(serving.url);
	const line = await run(['statusline'], {home: home.folder});
	expect(line.stdout).toBe('? today · claude-sonnet-4-6\n');
	const {stdout} = await run(['status'], {home: home.folder});
	expect(stdout).toMatch(
		/^today {8}cost not known for 1 request, usage of 1 not all known; until /mv,
	);
});

/**
The text of all files of ours that a run of the program has loaded.
*/
function textLoaded(coverage: string): string {
	const urls = fs.readdirSync(coverage).flatMap((file) => {
		const {result} = JSON.parse(
			fs.readFileSync(path.join(coverage, file), 'utf8'),
		) as {result: ReadonlyArray<{url: string}>};
		return result.map(({url}) => url);
	});
	return urls
		.filter((url) => url.startsWith('file:'))
		.map((url) => fs.readFileSync(fileURLToPath(url), 'utf8'))
		.join('\n');
}

test('printed every second, it loads nothing that it does not need', async () => {
	using home = testHome('[endpoints.main]\nurl = "http://127.0.0.1:9"\n');
	await using _serving = await startServe(home.folder);
	const loadedBy = async (command: readonly string[]) => {
		const coverage = home.file(`coverage-${command.length}`);
		const said = await run(command, {
			home: home.folder,
			env: {NODE_V8_COVERAGE: coverage},
		});
		expect(said).toMatchObject({code: 0, stderr: ''});
		const text = textLoaded(coverage);
		return [
			// What reads the config, what reads flags, and what begins a log.
			'Invalid TOML document',
			'can only be set once',
			'CREATE TRIGGER',
		].filter((mark) => text.includes(mark));
	};

	expect(await loadedBy(['statusline'])).toEqual([]);
	// The marks are there where it is needed.
	expect(await loadedBy(['log', 'check', '--json'])).toEqual([
		'Invalid TOML document',
		'can only be set once',
		'CREATE TRIGGER',
	]);
});

test('a broken config is said and not passed over', async () => {
	using home = testHome('[day]\ntimezone = "Nowhere"\n');
	const {code, stderr} = await run(['statusline'], {home: home.folder});
	expect(code).toBe(2);
	expect(stderr).toContain('timezone');
});

test('a request that is held is not said to be live', async () => {
	using home = testHome(steeredConfig);
	await using serving = await startServe(home.folder);
	await run(['pause'], {home: home.folder});
	const request = send(serving.url);
	request.on('error', () => undefined);
	await vi.waitFor(async () => {
		const {stdout} = await run(['statusline'], {home: home.folder});
		expect(stdout).toContain(' · 1 held');
		expect(stdout).not.toContain('live');
	}, 10_000);
	request.destroy();
});
