import {setTimeout as delay} from 'node:timers/promises';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {checkLog} from '../../../source/usage-log/check.js';
import type {Call} from '../../helpers/endpoint.js';
import {setScene, type Scene} from './scene.js';

/**
How an endpoint may answer a request.
*/
const plays = [
	'answers',
	'answers',
	'answers',
	'dies',
	'is busy',
	'fails',
	'refuses',
	'breaks off',
] as const;
type Play = (typeof plays)[number];

const asked = fc.record({
	cents: fc.integer({min: 1, max: 120}),
	used: fc.double({min: 0, max: 1.2, noNaN: true}),
	stream: fc.boolean(),
	comesAfterMs: fc.nat(400),
	takesMs: fc.nat(40),
	leavesAfterMs: fc.option(fc.nat(120), {freq: 3}),
	plays: fc.array(fc.constantFrom(...plays), {minLength: 4, maxLength: 4}),
	decision: fc.constantFrom('once', 'alias', 'refuse'),
	isBeside: fc.boolean(),
});
type Asked = typeof asked extends fc.Arbitrary<infer One> ? One : never;

const send = async (url: string, one: Asked, index: number): Promise<void> => {
	await delay(one.comesAfterMs);
	const client = new AbortController();
	const timer = setTimeout(() => {
		client.abort();
	}, one.leavesAfterMs ?? 20_000);
	try {
		const got = await fetch(`${url}/v1/messages`, {
			method: 'POST',
			signal: client.signal,
			body: JSON.stringify({
				model: 'cents',
				max_tokens: one.cents,
				stream: one.stream,
				messages: [{role: 'user', content: String(index)}],
			}),
		});
		await got.text();
	} catch {
		// It left, or its answer broke off.
	} finally {
		clearTimeout(timer);
	}
};

async function answer(
	{heard, response}: Call,
	all: readonly Asked[],
	tries: Map<number, number>,
): Promise<void> {
	const {model, messages} = JSON.parse(String(await heard.body())) as {
		model: string;
		messages: ReadonlyArray<{content: string}>;
	};
	const index = Number(messages[0]!.content);
	const one = all[index]!;
	const number = tries.get(index) ?? 0;
	tries.set(index, number + 1);
	await delay(one.takesMs);
	play(response, one.plays[number % one.plays.length]!, {one, model});
}

function play(
	response: Call['response'],
	how: Play,
	{one: {cents, used, stream}, model}: {one: Asked; model: string},
): void {
	const failing = {'is busy': 429, fails: 500, refuses: 400} as const;
	if (how === 'dies') {
		response.destroy();
		return;
	}

	if (how !== 'answers' && how !== 'breaks off') {
		response.writeHead(failing[how], {'retry-after-ms': '10'}).end('{}');
		return;
	}

	const usage = {input_tokens: 5, output_tokens: Math.floor(used * cents)};
	const message = {id: 'm', type: 'message', role: 'assistant', model, usage};
	if (!stream) {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({...message, content: []}));
		return;
	}

	response.setHeader('content-type', 'text/event-stream');
	const event = (type: string, data: object) =>
		response.write(
			`event: ${type}\ndata: ${JSON.stringify({type, ...data})}\n\n`,
		);
	event('message_start', {message: {...message, content: []}});
	if (how === 'breaks off') {
		setTimeout(() => {
			response.destroy();
		}, 5);
		return;
	}

	event('message_delta', {delta: {stop_reason: 'end_turn'}, usage});
	event('message_stop', {});
	response.end();
}

/**
Whoever sits before the monitor decides at once.
*/
function decideAll(scene: Scene, all: readonly Asked[]): void {
	for (const {id, state, holdReason} of scene.tollgate.rows()) {
		if (state !== 'held' || holdReason !== 'cap') {
			continue;
		}

		const {decision} = all[id % all.length]!;
		scene.decide(
			id,
			decision === 'alias'
				? {kind: decision, alias: 'cheap'}
				: {kind: decision},
		);
	}
}

test('whatever requests, endpoints and people do: nothing stays reserved, and what is counted are the rows', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(asked, {minLength: 20, maxLength: 40}),
			async (all) => {
				const tries = new Map<number, number>();
				await using scene = await setScene({
					keys: '[keys.default]\ndaily_cap = 5.00',
					toml: '[retry]\nattempts = 2\non_strikes = "return"\n[aliases.both]\ntargets = ["main/cents", "main/mills"]\n[routing]\nactive = "both"\nsteer = ["*"]\n[concurrency]\nmax = 4',
					play: async (call) => answer(call, all, tries),
				});
				await using other = await scene.beside();
				scene.sit();
				const db = scene.tollgate.connect();
				const least = db
					.prepare(
						'SELECT min(0, coalesce(min(nanodollars), 0), coalesce(min(tokens), 0)) FROM reservations',
					)
					.pluck();
				let lowest = 0;
				const watcher = setInterval(() => {
					lowest = Math.min(lowest, least.get() as number);
					decideAll(scene, all);
				}, 20);
				await Promise.all(
					all.map(async (one, index) =>
						send((one.isBeside ? other : scene.tollgate).url, one, index),
					),
				);
				await expect
					.poll(() => scene.tollgate.passthrough.identity().open, {
						timeout: 10_000,
					})
					.toBe(0);
				await expect
					.poll(() => other.passthrough.identity().open, {timeout: 10_000})
					.toBe(0);
				clearInterval(watcher);
				expect(lowest).toBe(0);
				expect(db.prepare('SELECT * FROM reservations').all()).toEqual([]);
				expect(
					scene.tollgate.rows().filter(({outcome}) => outcome === 'open'),
				).toEqual([]);
				expect(checkLog(db).problems).toEqual([]);
				expect(scene.standing().nanodollars).toBe(
					scene.tollgate
						.rows()
						.reduce((sum, row) => sum + (row.countedNanodollars ?? 0), 0),
				);
			},
		),
		{numRuns: 4},
	);
});
