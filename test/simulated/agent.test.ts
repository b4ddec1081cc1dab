import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {runSimulatedAgent} from '../../source/simulated/agent.js';
import type {Answered} from '../../source/simulated/ask.js';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';

const faults = {
	limited: 0.04,
	overloaded: 0.02,
	failed: 0.02,
	badGateway: 0.01,
	stalled: 0.02,
	cut: 0.02,
	broken: 0.02,
	reset: 0.01,
};

describe('against the simulated endpoint', () => {
	let endpoint: SimulatedEndpoint;

	beforeEach(async () => {
		endpoint = await startSimulatedEndpoint({pace: 0, faults, seed: 5});
	});

	afterEach(async () => {
		await endpoint.close();
	});

	test('both count the same, to the token, whatever went wrong', async () => {
		const report = await runSimulatedAgent({
			baseUrl: endpoint.url,
			requests: 500,
			pace: 0,
			concurrency: 5,
		});

		const {others, open, ...count} = endpoint.count();
		expect({total: report.total, models: report.models}).toEqual(count);
		expect(report.total.requests).toBe(500);
		expect(report.others).toBe(others.countTokens + others.unknown);
		expect(open).toBe(0);
		for (const ending of ['complete', 'refused', 'failed', 'cut', 'aborted']) {
			expect(report.total).not.toHaveProperty(ending, 0);
		}
	});

	test.each(['gzip', 'br', 'zstd'] as const)(
		'it reads %s',
		async (compress) => {
			const compressing = await startSimulatedEndpoint({
				pace: 0,
				faults: {compress, cut: 0.05, broken: 0.05},
			});
			const report = await runSimulatedAgent({
				baseUrl: compressing.url,
				requests: 60,
				pace: 0,
			});

			expect(report.models).toEqual(compressing.count().models);
			expect(report.total.tokens.output).toBeGreaterThan(1000);
			await compressing.close();
		},
	);

	test('the same seeds give the same totals', async () => {
		const again = await startSimulatedEndpoint({pace: 0, faults, seed: 5});
		const run = async ({url}: SimulatedEndpoint) =>
			runSimulatedAgent({baseUrl: url, requests: 120, pace: 0, concurrency: 3});

		expect(await run(again)).toEqual(await run(endpoint));
		await again.close();
	});

	test('it asks every kind of thing', async () => {
		const answers: Answered[] = [];
		const {models} = await runSimulatedAgent({
			baseUrl: endpoint.url,
			requests: 400,
			pace: 0,
			onAnswer(answered) {
				answers.push(answered);
			},
		});

		expect(Object.keys(models).toSorted()).toEqual([
			'claude-haiku-4-5',
			'claude-opus-5-5',
			'claude-sonnet-4-6',
			'glm-5.3',
			'gpt-5.4',
		]);
		expect(answers).toHaveLength(400);
	});

	test('it ends when it is told to, in the middle of an answer', async () => {
		const slow = await startSimulatedEndpoint({pace: 1});
		const stop = new AbortController();
		const running = runSimulatedAgent({
			baseUrl: slow.url,
			pace: 1,
			concurrency: 2,
			signal: stop.signal,
		});
		await vi.waitFor(() => {
			expect(slow.count().open).toBe(2);
		});
		stop.abort();

		const {total} = await running;
		expect(total).toMatchObject({requests: 2, aborted: 2});
		await vi.waitFor(() => {
			expect(slow.count()).toMatchObject({open: 0, total: {aborted: 2}});
		});
		await slow.close();
	});
});

describe('against an endpoint that only writes down', () => {
	async function asked(seed: number, pace: number) {
		const requests: Array<{
			url: string | undefined;
			headers: NodeJS.Dict<string | string[]>;
			body: string;
		}> = [];
		const server = createServer((request, response) => {
			const {url, headers} = request;
			void text(request).then((body) => {
				requests.push({url, headers, body});
				response.writeHead(404).end('{}');
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		await runSimulatedAgent({
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			requests: 120,
			concurrency: 1,
			pace,
			seed,
		});
		server.close();
		return requests;
	}

	test('it asks the same bytes for the same seed, and others for another', async () => {
		const bodies = async (seed: number) => {
			const requests = await asked(seed, 0);
			return requests.map(({body}) => body);
		};

		expect(await bodies(2)).toEqual(await bodies(2));
		expect(await bodies(2)).not.toEqual(await bodies(3));
	});

	test('its requests look like those of Claude Code', async () => {
		const requests = await asked(2, 0.00001);
		const turns = requests.filter(({url}) => url === '/v1/messages?beta=true');
		const sizes = turns.map(({body}) => body.length);
		const sessions = new Set(
			turns.map(({headers}) => headers['x-claude-code-session-id']),
		);

		expect(requests[0]?.url).toBe('/api/hello');
		expect(turns[0]?.headers).toMatchObject({
			'user-agent': 'claude-cli/2.1.330 (external, cli)',
			'anthropic-version': '2023-06-01',
			'x-stainless-retry-count': '0',
			authorization: 'Bearer simulated',
		});
		expect(sessions.size).toBeLessThan(turns.length / 3);
		expect(Math.max(...sizes)).toBeGreaterThan(40_000);
		expect(Math.max(...sizes)).toBeLessThan(260_000);
		expect(turns.some(({headers}) => headers['x-claude-code-agent-id'])).toBe(
			true,
		);
	});
});
