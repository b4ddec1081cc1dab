import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, expect, test} from 'vitest';
import Database from 'better-sqlite3';
import {program} from '../helpers/program.js';
import {startEndpoint, type Call, type Endpoint} from '../helpers/endpoint.js';
import {Terminal} from '../helpers/terminal.js';

let home: string;
let endpoint: Endpoint;
/** Lets the endpoint go on with the answer it has begun. */
let goOn: () => void;

/** Begins an answer, and ends it once the test lets it go on. */
const play = async ({heard, response}: Call, begun: Promise<void>) => {
	await heard.body();
	response.writeHead(200, {'content-type': 'text/event-stream'});
	const send = (event: {type: string; [name: string]: unknown}) =>
		response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
	send({
		type: 'message_start',
		message: {
			id: 'msg_1',
			type: 'message',
			role: 'assistant',
			model: 'claude-sonnet-4-6',
			content: [],
			stop_reason: null,
			usage: {
				input_tokens: 25,
				cache_read_input_tokens: 12_000,
				cache_creation_input_tokens: 0,
				output_tokens: 1,
			},
		},
	});
	send({
		type: 'content_block_start',
		index: 0,
		content_block: {type: 'text', text: ''},
	});
	send({
		type: 'content_block_delta',
		index: 0,
		delta: {type: 'text_delta', text: 'some words that came '.repeat(9)},
	});
	await begun;
	send({type: 'content_block_stop', index: 0});
	send({
		type: 'message_delta',
		delta: {stop_reason: 'end_turn'},
		usage: {output_tokens: 321},
	});
	send({type: 'message_stop'});
	response.end();
};

beforeEach(async () => {
	const {promise, resolve} = Promise.withResolvers<void>();
	goOn = resolve;
	endpoint = await startEndpoint(async (call) => play(call, promise));
	home = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-home-'));
	fs.chmodSync(home, 0o700);
	fs.writeFileSync(
		path.join(home, 'config.toml'),
		`[server]\nport = 0\n\n[endpoints.here]\nurl = "${endpoint.url}"\nkey = "agent"\n`,
		{mode: 0o600},
	);
});

const tollgate = (...options: readonly string[]): string =>
	execFileSync(process.execPath, [program, ...options, '--home', home], {
		encoding: 'utf8',
	});

afterEach(async () => {
	goOn();
	try {
		tollgate('stop');
	} catch {
		// It was stopped by the test.
	}

	await endpoint.close();
	fs.rmSync(home, {recursive: true, force: true, maxRetries: 5});
});

const openMonitor = () =>
	new Terminal([program, '--home', home], {columns: 80, rows: 24});

const isLive = (text: string): boolean =>
	/^● LIVE .*127\.0\.0\.1:\d+ → here/v.test(text);

const addressOn = (terminal: Terminal): string =>
	/http:\/\/127\.0\.0\.1:\d+/v.exec(terminal.lines()[0] ?? '')![0];

const ask = async (url: string) =>
	fetch(`${url}/v1/messages`, {
		method: 'POST',
		headers: {'content-type': 'application/json', 'x-api-key': 'test'},
		body: JSON.stringify({
			model: 'claude-sonnet-4-6',
			stream: true,
			max_tokens: 100,
			messages: [],
		}),
	});

test('a request is seen to stream and to end; q leaves the passthrough, the next monitor joins it, Q stops it', async () => {
	const first = openMonitor();
	await first.waitFor((text) => isLive(text));
	const url = addressOn(first);
	const answer = await ask(url);
	await first.waitFor((text) =>
		/▶ streaming claude-sonnet-4-6 .* ~\d+/v.test(text),
	);
	goOn();
	await answer.text();
	await first.waitFor((text) =>
		/✓ done +claude-sonnet-4-6 .* 321 /v.test(text),
	);
	await first.waitFor((text) => text.includes('1 req  12k in  321 out'));
	first.press('q');
	await first.exited;
	expect(first.text()).toContain(`The passthrough goes on at ${url}`);

	const second = openMonitor();
	await second.waitFor((text) => text.includes('✓ done'));
	expect(addressOn(second)).toBe(url);
	second.press('Q');
	expect(await second.exited).toMatchObject({exitCode: 0});
	expect(second.text()).toContain('The passthrough has stopped.');
	await expect(ask(url)).rejects.toThrow();
});

test('a passthrough that is killed is told of and comes back; its open request is marked', async () => {
	const terminal = openMonitor();
	await terminal.waitFor((text) => isLive(text));
	const answer = await ask(addressOn(terminal));
	await terminal.waitFor((text) => text.includes('▶ streaming'));
	const status = JSON.parse(tollgate('status', '--json')) as {
		passthrough: {pid: number};
	};
	process.kill(status.passthrough.pid, 'SIGKILL');
	await expect(answer.text()).rejects.toThrow();
	await terminal.waitFor((text) => text.includes('PASSTHROUGH DOWN'));
	await terminal.waitFor((text) => isLive(text), 25_000);
	await terminal.waitFor((text) => text.includes('lost in a crash'));
	terminal.press('q');
	await terminal.exited;
}, 60_000);

test('a monitor that is killed leaves the passthrough serving', async () => {
	const terminal = openMonitor();
	await terminal.waitFor((text) => isLive(text));
	const url = addressOn(terminal);
	terminal.kill('SIGKILL');
	await terminal.exited;
	await delay(200);
	goOn();
	const answer = await ask(url);
	expect(answer.status).toBe(200);
	await answer.text();
});

test('p holds the next request until p is pressed again', async () => {
	goOn();
	const terminal = openMonitor();
	await terminal.waitFor((text) => isLive(text));
	const url = addressOn(terminal);
	terminal.press('p');
	await terminal.waitFor((text) => text.startsWith('‖ PAUSED '));
	const asked = ask(url);
	await terminal.waitFor(
		(text) =>
			/‖ held +claude-sonnet-4-6 +paused/v.test(text) &&
			text.includes('PAUSED since') &&
			text.includes('1 held, p resumes'),
	);
	terminal.press('p');
	await terminal.waitFor((text) => isLive(text));
	const answer = await asked;
	expect(await answer.text()).toContain('message_stop');
	// Until it is seen to have ended, q says that it would be left held.
	await terminal.waitFor((text) => text.includes('✓ done'));
	terminal.press('q');
	await terminal.exited;
});

test('p is shown as asked for while another program keeps the log, and done when it lets go', async () => {
	const terminal = openMonitor();
	await terminal.waitFor((text) => isLive(text));
	const log = new Database(path.join(home, 'usage.db'), {fileMustExist: true});
	log.exec('BEGIN IMMEDIATE');
	terminal.press('p');
	await terminal.waitFor((text) => text.startsWith('‖ PAUSING…'));
	log.exec('COMMIT');
	log.close();
	await terminal.waitFor((text) => text.startsWith('‖ PAUSED '));
	terminal.press('q');
	await terminal.exited;
});
