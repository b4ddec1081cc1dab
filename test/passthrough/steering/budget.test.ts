import {expect, test, vi} from 'vitest';
import {
	prepareControl,
	writeChange,
} from '../../../source/control/control-rows.js';
import {ask} from '../../helpers/ask.js';
import {startEndpoint, type Endpoint} from '../../helpers/endpoint.js';
import {startTollgate, type Running} from '../../helpers/passthrough.js';
import {setScene, standing, stuck} from './scene.js';

/**
An endpoint whose error has a head and half a body.
*/
const stalling = async (status: number): Promise<Endpoint> =>
	startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(status, {
			'content-type': 'application/json',
			'content-length': '100',
			'retry-after': '7',
		});
		response.write('{"type":"error",');
	});

const over = async (first: Endpoint, second: Endpoint): Promise<Running> =>
	startTollgate({
		env: {KEY: 'a-key'},
		toml: [
			`[endpoints.one]\nurl = "${first.url}"\nkey = "env:KEY"`,
			`[endpoints.two]\nurl = "${second.url}"\nkey = "env:KEY"`,
			'[aliases.both]\ntargets = ["one/sonnet-one", "two/sonnet-two"]',
			'[routing]\nactive = "both"',
			'[retry]\nattempts = 1\non_strikes = "return"',
			'[hold]\nsilent = "1500ms"',
		].join('\n'),
	});

const stream =
	'{"model":"claude-sonnet-4-6","max_tokens":9,"stream":true,"messages":[]}';

test.each([429, 500])(
	'a client learns of a %i whose body stalls as soon as its budget ends',
	async (status) => {
		await using endpoint = await stalling(status);
		await using tollgate = await over(endpoint, endpoint);
		const since = Date.now();
		const answer = await ask(tollgate.url, {body: stream});
		expect(Date.now() - since).toBeGreaterThan(1400);
		expect(answer).toMatchObject({status, complete: false});
		expect(answer.header('retry-after')).toBe('7');
		expect(answer.body.toString()).toBe('{"type":"error",');
		await vi.waitFor(() => {
			expect(tollgate.row()).toMatchObject({
				httpStatus: status,
				attempts: 1,
				fallbacks: 0,
			});
		});
		expect(tollgate.row().outcome).not.toBe('open');
		expect(endpoint.heard).toHaveLength(1);
		// It is not read any further.
		await vi.waitFor(() => {
			expect(endpoint.sockets()[0]!.destroyed).toBe(true);
		});
	},
);

test('and gets the answer before it where a fallback that cannot serve stalls', async () => {
	await using first = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(500).end('the first');
	});
	await using second = await stalling(400);
	await using tollgate = await over(first, second);
	const answer = await ask(tollgate.url, {body: stream});
	expect(answer).toMatchObject({status: 500, complete: true});
	expect(answer.body.toString()).toBe('the first');
	expect(tollgate.row()).toMatchObject({attempts: 2, shownAttempt: 1});
});

test('an answer at hand is shown where a queue takes the rest of the budget', async () => {
	await using scene = await setScene({
		one: () => '500',
		two: () => 'hang',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"\n[concurrency]\nmax = 1\n[hold]\nsilent = "1500ms"',
	});
	const leave = stuck(scene, 'second');
	await vi.waitFor(() => {
		expect(standing(scene, 'two').inUse).toBe(1);
	});
	const answer = await scene.ask({path: '/v1/chat/completions', stream: true});
	expect(answer.status).toBe(500);
	expect(answer.header('x-tollgate-reason')).toBeUndefined();
	const row = scene.tollgate.rows().at(-1)!;
	expect(row).toMatchObject({
		outcome: 'error',
		reason: 'queue',
		httpStatus: 500,
		attempts: 1,
		fallbacks: 1,
	});
	expect(row.heldMs).toBeGreaterThan(1000);
	expect(standing(scene, 'two')).toMatchObject({inUse: 1, queued: 0});
	await leave();
});

test.each([
	[true, 200, 3],
	[false, 502, 2],
])(
	'whether a stream (%s) is sent again at once late in its budget',
	async (isStream, status, heard) => {
		await using endpoint = await startEndpoint(
			async ({heard: {body}, request, response, index}) => {
				await body();
				if (index === 1) {
					request.socket.destroy();
				} else {
					response.end('{}');
				}
			},
		);
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			toml: '[hold]\nsilent = "29s"',
		});
		const body = JSON.stringify({model: 'x', stream: isStream, messages: []});
		await ask(tollgate.url, {body});
		expect(await ask(tollgate.url, {body})).toMatchObject({status});
		expect(endpoint.heard).toHaveLength(heard);
	},
);

test.each([
	['an Anthropic stream, which comments keep', true, 200, 1],
	['a whole answer', false, 503, 0],
])(
	'after the machine has slept while it was held: %s',
	async (_what, isStream, status, sent) => {
		await using endpoint = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.setHeader('content-type', 'text/event-stream');
			response.end('event: message_stop\ndata: {"type":"message_stop"}\n\n');
		});
		const clock = {aheadMs: 0};
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			now: () => Date.now() + clock.aheadMs,
		});
		const db = tollgate.connect();
		prepareControl(db);
		writeChange(
			db,
			tollgate.passthrough.identity().home,
			'pause',
			{mode: 'hold', until: Date.now() + 300_000},
			{setBy: 'command', setAt: Date.now(), reason: null},
		);
		await vi.waitFor(() => {
			expect(tollgate.passthrough.identity().steering!.pause.value.mode).toBe(
				'hold',
			);
		});
		const answer = ask(tollgate.url, {
			body: JSON.stringify({model: 'x', stream: isStream, messages: []}),
		});
		await vi.waitFor(() => {
			expect(tollgate.row()).toMatchObject({state: 'held'});
		});
		// Timers stand still in sleep, the clock does not: the pause is over, and the budget too.
		clock.aheadMs = 600_000;
		expect(await answer).toMatchObject({status, complete: true});
		expect(endpoint.heard).toHaveLength(sent);
	},
);
