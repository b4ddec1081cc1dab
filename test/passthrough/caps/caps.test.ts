import net from 'node:net';
import {describe, expect, test, vi} from 'vitest';
import {hashOf, newSecret} from '../../../source/config/local-keys.js';
import {startEndpoint, type Call} from '../../helpers/endpoint.js';
import {cents, setScene} from './scene.js';

describe('under a daily cap', () => {
	test('requests go through until it is reached, and then get a 402 with the figures', async () => {
		await using scene = await setScene();
		for (let index = 0; index < 10; index++) {
			const answer = await scene.ask({cents: 10});
			expect(answer.status).toBe(200);
		}

		const answer = await scene.ask({cents: 10});
		expect(answer.status).toBe(402);
		expect(answer.header('x-tollgate-reason')).toBe('cap');
		expect(answer.header('x-should-retry')).toBe('false');
		expect(answer.header('retry-after')).toBeUndefined();
		expect(answer.json()).toMatchObject({
			type: 'error',
			error: {
				type: 'billing_error',
				message: expect.stringMatching(
					/^Daily cap reached for key default: \$1\.00 of \$1\.00 spent, resets at 00:00 \(in .+\)\. To raise it for today: tollgate cap default \+5\.$/,
				) as string,
			},
		});
		expect(scene.endpoint.heard).toHaveLength(10);
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(100),
			reservedNanodollars: 0,
			underWay: 0,
		});
		expect(scene.tollgate.rows().at(-1)).toMatchObject({
			outcome: 'refused',
			reason: 'cap',
			httpStatus: 402,
			attempts: 0,
			costNanodollars: 0,
		});
	});

	test('what may come to more than is left is told so', async () => {
		await using scene = await setScene();
		await scene.ask({cents: 60});
		const answer = await scene.ask({cents: 50});
		expect(answer.status).toBe(402);
		expect(answer.json()).toMatchObject({
			error: {
				message: expect.stringContaining(
					'this request may come to $0.50, and $0.60 of $1.00 is spent',
				) as string,
			},
		});
		const smaller = await scene.ask({cents: 40});
		expect(smaller.status).toBe(200);
	});

	test('what would fit once others end waits for them', async () => {
		await using scene = await setScene({isHeld: true});
		const first = scene.ask({cents: 60});
		const second = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(scene.tollgate.rows()).toMatchObject([
				{state: 'waiting', attempts: 1},
				{state: 'held', holdReason: 'reserved', attempts: 0},
			]);
		});
		expect(scene.standing()).toMatchObject({
			nanodollars: 0,
			reservedNanodollars: cents(60),
			underWay: 1,
		});
		scene.answer(20);
		await first;
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(1);
		});
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(20),
			reservedNanodollars: cents(60),
		});
		scene.answer(60);
		const answers = await Promise.all([first, second]);
		expect(answers.map(({status}) => status)).toEqual([200, 200]);
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(80),
			reservedNanodollars: 0,
		});
	});

	test('those who come at the same moment and fit are not held', async () => {
		await using scene = await setScene({isHeld: true});
		const {port, host} = new URL(scene.tollgate.url);
		const body = JSON.stringify({
			model: 'cents',
			max_tokens: 20,
			stream: true,
			messages: [],
		});
		const socket = net.connect(Number(port), '127.0.0.1');
		socket.write(
			`POST /v1/messages HTTP/1.1\r\nhost: ${host}\r\naccept-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n${body}`.repeat(
				5,
			),
		);
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(5);
		});
		expect(scene.tollgate.rows().map(({holdReason}) => holdReason)).toEqual(
			Array.from({length: 5}, () => null),
		);
		expect(
			scene.endpoint.heard.map(({header}) => header('accept-encoding')),
		).toEqual(Array.from({length: 5}, () => 'gzip'));
		expect(scene.standing()).toMatchObject({
			reservedNanodollars: cents(100),
			underWay: 5,
		});
		socket.destroy();
	});

	test('what waited is refused once others have used all', async () => {
		await using scene = await setScene({isHeld: true});
		const first = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(1);
		});
		const second = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(scene.tollgate.rows().at(-1)).toMatchObject({
				holdReason: 'reserved',
			});
		});
		scene.answer(60);
		await first;
		const {status} = await second;
		expect(status).toBe(402);
	});

	test('first come is first served, also where a later one would fit', async () => {
		await using scene = await setScene({isHeld: true});
		const all = [];
		for (const most of [60, 60, 20]) {
			all.push(scene.ask({cents: most}));

			await vi.waitFor(() => {
				expect(scene.tollgate.rows()).toHaveLength(all.length);
			});
		}

		expect(scene.waiting()).toBe(1);
		scene.answer(10);
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(2);
		});
		scene.answer(60);
		scene.answer(20);
		const answers = await Promise.all(all);
		expect(answers.map(({status}) => status)).toEqual([200, 200, 200]);
	});

	test('the first of those who wait lets others by while it queues at its endpoint', async () => {
		await using elsewhere = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.setHeader('content-type', 'application/json');
			response.end(
				'{"id":"m","type":"message","role":"assistant","model":"cents","content":[],"usage":{"input_tokens":5,"output_tokens":1}}',
			);
		});
		const secret = newSecret('free');
		await using scene = await setScene({
			isHeld: true,
			keys: `[keys.default]\ndaily_cap = 1.00\nat_cap = "refuse"\n[keys.free]\nhash = "${hashOf(secret)}"`,
			main: 'key = "env:KEY"',
			env: {KEY: 'key-of-both'},
			toml: `[endpoints.other]\nurl = "${elsewhere.url}"\nkey = "env:KEY"\n[aliases.away]\ntargets = ["other/cents"]\n[routing]\nendpoint = "main"\nactive = "away"\nsteer = ["steered"]\n[concurrency]\nmax = 2`,
		});
		const states = () => scene.tollgate.rows().map(({state}) => state);
		const running = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(1);
		});
		const first = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(states()).toEqual(['waiting', 'held']);
		});
		const free = scene.ask({cents: 1, headers: ['x-tollgate-key', secret]});
		// It looks again each second.
		await vi.waitFor(
			() => {
				expect(states()).toEqual(['waiting', 'queued', 'waiting']);
			},
			{timeout: 5000},
		);
		expect(await scene.ask({cents: 5, model: 'steered'})).toMatchObject({
			status: 200,
		});
		scene.answer(1);
		scene.answer(1);
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(1);
		});
		scene.answer(1);
		const answers = await Promise.all([running, first, free]);
		expect(answers.map(({status}) => status)).toEqual([200, 200, 200]);
	});

	test('who leaves while waiting reserves nothing and stops nobody', async () => {
		await using scene = await setScene({isHeld: true});
		const first = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(1);
		});
		const client = new AbortController();
		const leaving = fetch(`${scene.tollgate.url}/v1/messages`, {
			method: 'POST',
			body: JSON.stringify({model: 'cents', max_tokens: 60, messages: []}),
			signal: client.signal,
		}).catch(() => undefined);
		await vi.waitFor(() => {
			expect(scene.tollgate.rows()).toHaveLength(2);
		});
		const third = scene.ask({cents: 60});
		await vi.waitFor(() => {
			expect(scene.tollgate.rows()).toHaveLength(3);
		});
		client.abort();
		await leaving;
		await vi.waitFor(() => {
			expect(scene.tollgate.rows()[1]).toMatchObject({outcome: 'aborted'});
		});
		scene.answer(1);
		await first;
		await vi.waitFor(() => {
			expect(scene.waiting()).toBe(1);
		});
		scene.answer(1);
		const {status} = await third;
		expect(status).toBe(200);
		expect(scene.endpoint.heard).toHaveLength(2);
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(2),
			underWay: 0,
		});
	});

	test('an answer without proof counts as much as it may have come to', async () => {
		await using scene = await setScene({
			async play({heard, response}) {
				await heard.body();
				response.setHeader('content-type', 'text/event-stream');
				response.write(
					'event: message_start\ndata: {"type":"message_start","message":{"id":"m","model":"cents","usage":{"input_tokens":5,"output_tokens":1}}}\n\n',
				);
				setTimeout(() => {
					response.destroy();
				}, 20);
			},
		});
		await scene.ask({cents: 30, stream: true});
		await vi.waitFor(() => {
			expect(scene.standing()).toMatchObject({
				nanodollars: cents(30),
				underWay: 0,
			});
		});
		expect(scene.tollgate.row()).toMatchObject({
			outcome: 'truncated',
			countedNanodollars: cents(30),
		});
		expect(scene.tollgate.row().costNanodollars).toBeLessThan(cents(30));
	});

	test('errors are free', async () => {
		await using scene = await setScene({
			play({response}) {
				response.writeHead(400, {'content-type': 'application/json'});
				response.end(
					'{"type":"error","error":{"type":"invalid_request_error","message":"no"}}',
				);
			},
		});
		const {status} = await scene.ask({cents: 90});
		expect(status).toBe(400);
		expect(scene.standing()).toMatchObject({nanodollars: 0, underWay: 0});
	});

	test('counting tokens, lists and what is not measured are neither asked nor counted', async () => {
		await using scene = await setScene({
			async play({heard, response}) {
				await heard.body();
				response.setHeader('content-type', 'application/json');
				response.end('{"input_tokens":5,"data":[]}');
			},
			keys: '[keys.default]\ndaily_cap = 0.000000001\nat_cap = "refuse"',
		});
		const counted = await scene.ask({path: '/v1/messages/count_tokens'});
		const batches = await scene.ask({path: '/v1/messages/batches'});
		const capped = await scene.ask();
		expect([counted.status, batches.status, capped.status]).toEqual([
			200, 200, 402,
		]);
	});
});

test('without a cap nothing is asked and all is counted', async () => {
	await using scene = await setScene({keys: '[keys.default]'});
	const {status} = await scene.ask({cents: 500});
	expect(status).toBe(200);
	expect(scene.standing()).toMatchObject({nanodollars: cents(500)});
});

describe('a try that may have been billed', () => {
	const dies = '[retry]\nattempts = 2\non_strikes = "return"';
	const dying = {
		toml: dies,
		async play({heard, response}: Call) {
			await heard.body();
			response.destroy();
		},
	};

	test('counts beside the answer that came in the end', async () => {
		await using scene = await setScene({
			toml: dies,
			async play({heard, response, index}) {
				await heard.body();
				if (index === 0) {
					response.destroy();
					return;
				}

				response.setHeader('content-type', 'application/json');
				response.end(
					'{"id":"m","type":"message","role":"assistant","model":"cents","content":[],"usage":{"input_tokens":5,"output_tokens":7}}',
				);
			},
		});
		const {status} = await scene.ask({cents: 20});
		expect(status).toBe(200);
		expect(scene.tollgate.row()).toMatchObject({
			costNanodollars: cents(7),
			countedNanodollars: cents(27),
			possiblyBilled: true,
			attempts: 2,
		});
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(27),
			underWay: 0,
		});
	});

	test('counts at the price of the target it was sent to, not of the one that answered', async () => {
		await using scene = await setScene({
			toml: '[aliases.both]\ntargets = ["main/cents", "main/mills"]\n[routing]\nactive = "both"\nsteer = ["*"]',
			async play({heard, response, index}) {
				await heard.body();
				if (index === 0) {
					response.destroy();
					return;
				}

				response.setHeader('content-type', 'application/json');
				response.end(
					'{"id":"m","type":"message","role":"assistant","model":"mills","content":[],"usage":{"input_tokens":5,"output_tokens":10}}',
				);
			},
		});
		const {status} = await scene.ask({cents: 50});
		expect(status).toBe(200);
		expect(scene.tollgate.row()).toMatchObject({
			sentModel: 'mills',
			costNanodollars: cents(1),
			countedNanodollars: cents(51),
		});
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(51),
			underWay: 0,
		});
	});

	test('counts where nothing came in the end', async () => {
		await using scene = await setScene({
			...dying,
		});
		const {status} = await scene.ask({cents: 20});
		expect(status).toBe(502);
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(40),
			underWay: 0,
		});
	});

	test('is not tried again where the cap has no room for both', async () => {
		await using scene = await setScene({
			...dying,
		});
		const answer = await scene.ask({cents: 60});
		expect(answer.status).toBe(402);
		expect(answer.json()).toMatchObject({
			error: {
				message: expect.stringContaining(
					'this request may come to $1.20, and $0.00 of $1.00 is spent',
				) as string,
			},
		});
		expect(scene.endpoint.heard).toHaveLength(1);
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(60),
			underWay: 0,
		});
	});
});
