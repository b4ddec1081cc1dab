import {once} from 'node:events';
import fs from 'node:fs';
import {describe, expect, test, vi} from 'vitest';
import {openLogReader} from '../../source/usage-log/reader.js';
import {answerTo, ask, send} from '../helpers/ask.js';
import {
	readRequest,
	startEndpoint,
	startRawEndpoint,
} from '../helpers/endpoint.js';
import {startTollgate, type Running} from '../helpers/passthrough.js';
import {half, sse, stream} from './recorded-stream.js';

const pause = async (ms: number) =>
	new Promise((resolve) => {
		setTimeout(resolve, ms);
	});

describe('the row of an exchange', () => {
	test('is in the log before anything is sent upstream', async () => {
		const seen: unknown[] = [];
		const started = Promise.withResolvers<Running>();
		await using endpoint = await startEndpoint(async ({response}) => {
			const {log} = await started.promise;
			const reader = openLogReader(log);
			seen.push(...reader.since(0).exchanges);
			reader.close();
			response.end('{}');
		});
		await using running = await startTollgate({endpoint: endpoint.url});
		started.resolve(running);
		await ask(running.url, {
			headers: [
				'User-Agent',
				'claude-cli/2.1',
				'X-Claude-Code-Session-Id',
				'session-1',
				'X-Claude-Code-Agent-Id',
				'agent-1',
			],
		});

		expect(seen).toHaveLength(1);
		expect(seen[0]).toMatchObject({
			outcome: 'open',
			state: 'waiting',
			format: 'anthropic-messages',
			path: '/v1/messages',
			askedModel: 'claude-sonnet-4-6',
			sentModel: 'claude-sonnet-4-6',
			endpoint: 'main',
			attempts: 1,
			key: 'default',
			session: 'session-1',
			agentId: 'agent-1',
			client: 'claude-cli/2.1',
			owner: running.passthrough.instance,
			endedAt: null,
			usageStatus: null,
		});
	});

	test('is whole in the log when the client has the end of its answer', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, sse);
			response.end(stream);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		for (let count = 1; count <= 50; count++) {
			await ask(tollgate.url);
			const rows = tollgate.rows();
			expect(rows).toHaveLength(count);
			expect(rows.at(-1)).toMatchObject({
				outcome: 'ok',
				usageStatus: 'exact',
				inputTokens: 25,
				outputTokens: 15,
			});
		}
	});

	test.each([
		['chunked', 'Transfer-Encoding: chunked', '2\r\n{}\r\n', '0\r\n\r\n'],
		['of known length', 'Content-Length: 2', '{', '}'],
	])(
		'is waited for by the last byte and by nothing before it (%s)',
		async (_, framing, first, last) => {
			const isShown = Promise.withResolvers<void>();
			await using endpoint = await startRawEndpoint(async (socket) => {
				await readRequest(socket);
				socket.write(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n${first}`);
				await isShown.promise;
				socket.write(last);
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const request = send(tollgate.url);
			const response = await answerTo(request);
			await once(response, 'data');
			const db = tollgate.connect();
			db.exec('BEGIN IMMEDIATE');
			let hasEnded = false;
			const ended = once(response, 'end').then(() => {
				hasEnded = true;
			});
			response.resume();
			isShown.resolve();
			await pause(300);

			expect(hasEnded).toBe(false);
			expect(tollgate.row().outcome).toBe('open');
			db.exec('COMMIT');
			await ended;
			expect(tollgate.row().outcome).toBe('ok');
		},
	);

	test('waits for a short lock, and the request with it', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const db = tollgate.connect();
		db.exec('BEGIN IMMEDIATE');
		const asked = ask(tollgate.url);
		await pause(300);

		expect(endpoint.heard).toEqual([]);
		db.exec('COMMIT');
		const answer = await asked;
		expect(answer.status).toBe(200);
		expect(tollgate.row().outcome).toBe('ok');
		expect(tollgate.passthrough.identity().recording).toBe(true);
	});

	test('shows how far a running answer has come, beside it', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(200, sse);
			response.write(half);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const request = send(tollgate.url);
		request.on('error', () => undefined);
		await answerTo(request);
		await vi.waitFor(
			() => {
				expect(tollgate.reader.live()).toMatchObject([
					{
						state: 'streaming',
						servedModel: 'claude-sonnet-4-6',
						inputTokens: 25,
						attempts: 1,
						owner: tollgate.passthrough.instance,
					},
				]);
			},
			{timeout: 3000},
		);
		const [live] = tollgate.reader.live();
		expect(live?.id).toBe(tollgate.row().id);
		expect(live?.responseBytes).toBeGreaterThan(500);
		request.destroy();
		await vi.waitFor(() => {
			expect(tollgate.row().outcome).toBe('aborted');
		});

		expect(tollgate.reader.live()).toEqual([]);
	});

	test('keeps no word of the conversation and no credential', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.writeHead(401, {'content-type': 'application/json'});
			response.end(
				String.raw`{"type":"error","error":{"type":"authentication_error","message":"bad key sk-ant-SECRETSECRET0123456789, and \u001b[31mred"}}`,
			);
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			main: 'key = "env:OURS"',
			env: {OURS: 'ours-SECRETSECRET0123456789'},
		});
		await ask(tollgate.url, {
			path: '/v1/messages?api_key=SECRETSECRET',
			headers: ['x-api-key', 'agents-SECRETSECRET0123456789'],
			body: '{"model":"m","messages":[{"role":"user","content":"SECRETSECRET"}]}',
		});
		const row = tollgate.row();
		await tollgate.drain();

		expect(row.errorMessage).toContain('bad key');
		expect(row.errorMessage).not.toContain('\u{1B}');
		expect(row.bodyHash).toMatch(/^[\da-f]{32}$/);
		for (const suffix of ['', '-wal']) {
			const file = tollgate.log + suffix;
			expect(
				fs.existsSync(file) && fs.readFileSync(file).includes('SECRETSECRET'),
			).toBe(false);
		}
	});

	test('tells equal bodies by their hash', async () => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		for (const body of ['{"a":1}', '{"a":1}', '{"a":2}']) {
			await ask(tollgate.url, {body});
		}

		const [first, second, third] = tollgate
			.rows()
			.map(({bodyHash}) => bodyHash);
		expect(first).toBe(second);
		expect(first).not.toBe(third);
	});
});

describe('while the log is locked for longer than two seconds', () => {
	async function locked(policy: 'serve' | 'refuse') {
		const endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		const tollgate = await startTollgate({
			endpoint: endpoint.url,
			server: `if_not_recording = "${policy}"`,
		});
		const db = tollgate.connect();
		db.exec('BEGIN IMMEDIATE');
		return {endpoint, tollgate, db};
	}

	test('requests go on, and their rows come after, in order', async () => {
		const {endpoint, tollgate, db} = await locked('serve');
		await using _ = endpoint;
		await using __ = tollgate;
		const first = await ask(tollgate.url, {body: '{"model":"one"}'});
		const {recording, notRecordingSince} = tollgate.passthrough.identity();
		const second = await ask(tollgate.url, {body: '{"model":"two"}'});
		const third = await ask(tollgate.url, {method: 'GET', path: '/three'});

		expect([first.status, second.status, third.status]).toEqual([
			200, 200, 200,
		]);
		expect(recording).toBe(false);
		expect(notRecordingSince).toBeTypeOf('number');
		expect(tollgate.rows()).toEqual([]);
		db.exec('COMMIT');
		await vi.waitFor(() => {
			expect(
				tollgate.rows().map(({askedModel, outcome}) => [askedModel, outcome]),
			).toEqual([
				['one', 'ok'],
				['two', 'ok'],
				[null, 'ok'],
			]);
		});
		expect(tollgate.passthrough.identity().recording).toBe(true);
	});

	test('requests are refused where the user wants that, and are told why', async () => {
		const {endpoint, tollgate, db} = await locked('refuse');
		await using _ = endpoint;
		await using __ = tollgate;
		const answer = await ask(tollgate.url);

		expect(answer.status).toBe(503);
		expect(answer.header('x-tollgate-reason')).toBe('not_recording');
		expect(answer.header('x-should-retry')).toBe('false');
		expect(answer.json()).toMatchObject({
			type: 'error',
			error: {
				type: 'api_error',
				message: expect.stringMatching(
					/write lock.*if_not_recording/,
				) as string,
			},
		});
		expect(endpoint.heard).toEqual([]);
		db.exec('COMMIT');
		await vi.waitFor(() => {
			expect(tollgate.rows()).toMatchObject([
				{outcome: 'refused', reason: 'not_recording', httpStatus: 503},
			]);
		});
		const after = await ask(tollgate.url);
		expect(after.status).toBe(200);
	});
});

test('a log that is deleted under us is begun again', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	await ask(tollgate.url);
	for (const suffix of ['', '-wal', '-shm']) {
		fs.rmSync(tollgate.log + suffix, {force: true});
	}

	await vi.waitFor(
		async () => {
			await ask(tollgate.url);
			const reader = openLogReader(tollgate.log);
			const {exchanges} = reader.since(0);
			reader.close();
			expect(exchanges.length).toBeGreaterThan(0);
		},
		{timeout: 10_000, interval: 200},
	);
});

test('a log that cannot be opened does not stop the traffic', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		mayReport: /rows could not be written/,
	});
	const hidden = `${tollgate.log}.hidden`;
	for (const suffix of ['-wal', '-shm']) {
		fs.rmSync(tollgate.log + suffix, {force: true});
	}

	fs.renameSync(tollgate.log, hidden);
	fs.mkdirSync(tollgate.log);
	for (let count = 0; count < 3; count++) {
		const answer = await ask(tollgate.url);
		expect(answer.status).toBe(200);
	}

	await vi.waitFor(
		() => {
			expect(tollgate.passthrough.identity().recording).toBe(false);
		},
		{timeout: 10_000},
	);
	const answer = await ask(tollgate.url);
	expect(answer.status).toBe(200);
});
