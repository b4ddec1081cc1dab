import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import {resolveAllCredentials} from '../../../source/config/credentials.js';
import {hashOf, newSecret} from '../../../source/config/local-keys.js';
import {cents, setScene, type Scene} from './scene.js';

const asking = '[keys.default]\ndaily_cap = 1.00';

async function spendAll(scene: Scene): Promise<void> {
	const answer = await scene.ask({cents: 100});
	expect(answer.status).toBe(200);
}

/**
The number of the exchange about which somebody is asked.
*/
const held = async (scene: Scene): Promise<number> =>
	vi.waitFor(() => {
		const row = scene.tollgate
			.rows()
			.find(({state, holdReason}) => state === 'held' && holdReason === 'cap');
		expect(row).toBeDefined();
		return row!.id;
	});

describe('somebody is asked', () => {
	let scene: Scene;
	beforeEach(async () => {
		scene = await setScene({keys: asking});
		await spendAll(scene);
		scene.sit();
	});
	afterEach(async () => {
		await scene[Symbol.asyncDispose]();
	});

	test('and lets it go this once', async () => {
		const answer = scene.ask({cents: 10});
		scene.decide(await held(scene), {kind: 'once'});
		expect(await answer).toMatchObject({status: 200});
		expect(scene.standing()).toMatchObject({nanodollars: cents(110)});
		const next = scene.ask({cents: 10});
		scene.decide(await held(scene), {kind: 'refuse'});
		expect(await next).toMatchObject({status: 402});
	});

	test('and raises the cap of today', async () => {
		const answers = [scene.ask({cents: 10}), scene.ask({cents: 10})];
		await vi.waitFor(() => {
			expect(
				scene.tollgate.rows().filter(({holdReason}) => holdReason === 'cap'),
			).toHaveLength(2);
		});
		scene.setToday(120);
		const all = await Promise.all(answers);
		expect(all.map(({status}) => status)).toEqual([200, 200]);
		expect(scene.said()).toMatchObject({
			capNanodollars: cents(120),
			usualNanodollars: cents(100),
			isReached: true,
		});
	});

	test('and sends it on to a cheaper alias', async () => {
		const answer = scene.ask({cents: 10});
		scene.decide(await held(scene), {kind: 'alias', alias: 'cheap'});
		expect(await answer).toMatchObject({status: 200});
		expect(scene.tollgate.rows().at(-1)).toMatchObject({
			askedModel: 'cents',
			sentModel: 'mills',
			alias: 'cheap',
			costNanodollars: cents(1),
		});
	});

	test('and leaves: what is held then is refused', async () => {
		const answer = scene.ask({cents: 10});
		await held(scene);
		scene.leave();
		expect(await answer).toMatchObject({status: 402});
	});

	test('in vain where the client has left: it is never sent', async () => {
		const client = new AbortController();
		const leaving = fetch(`${scene.tollgate.url}/v1/messages`, {
			method: 'POST',
			body: JSON.stringify({model: 'cents', max_tokens: 10, messages: []}),
			signal: client.signal,
		}).catch(() => undefined);
		const id = await held(scene);
		client.abort();
		await leaving;
		await vi.waitFor(() => {
			expect(scene.tollgate.rows().at(-1)).toMatchObject({
				id,
				outcome: 'aborted',
				attempts: 0,
				costNanodollars: 0,
			});
		});
		expect(scene.endpoint.heard).toHaveLength(1);
	});
});

test.each(['revoked', 'removed'])(
	'a request that is held is never sent once its key was %s',
	async (how) => {
		const secret = newSecret('ci');
		const headers = ['x-tollgate-key', secret];
		const env = {KEY: 'key-of-main'};
		await using scene = await setScene({
			keys: `[keys.ci]\nhash = "${hashOf(secret)}"\ndaily_cap = 1.00`,
			main: 'key = "env:KEY"',
			env,
		});
		expect(await scene.ask({cents: 100, headers})).toMatchObject({status: 200});
		scene.sit();
		const answer = scene.ask({cents: 10, headers});
		await held(scene);
		const {config, passthrough} = scene.tollgate;
		const keys =
			how === 'removed'
				? []
				: config.keys.map((key) => ({...key, hash: undefined}));
		await passthrough.replaceConfig({
			config: {...config, keys},
			...(await resolveAllCredentials(config, env)),
			needsRestart: [],
			readAt: 0,
		});
		expect(await answer).toMatchObject({status: 401});
		expect(scene.endpoint.heard).toHaveLength(1);
	},
);

test('with nobody there the answer is a 402 at once', async () => {
	await using scene = await setScene({keys: asking});
	await spendAll(scene);
	expect(await scene.ask()).toMatchObject({status: 402});
});

test.each(['whole', 'stream'])(
	'a question that nobody answers in time ends with a 402, also of a %s',
	async (kind) => {
		await using scene = await setScene({
			keys: asking,
			toml: '[hold]\nsilent = "1s"',
		});
		await spendAll(scene);
		scene.sit();
		const answer = await scene.ask({stream: kind === 'stream'});
		expect(answer.status).toBe(402);
		expect(answer.header('x-tollgate-reason')).toBe('cap');
		expect(scene.tollgate.rows().at(-1)).toMatchObject({
			outcome: 'refused',
			holdReason: 'cap',
			reason: 'cap',
		});
	},
);

test('raised when too little is left for a whole answer: the client may ask again', async () => {
	await using scene = await setScene({
		keys: asking,
		toml: '[hold]\nsilent = "31s"',
	});
	await spendAll(scene);
	scene.sit();
	const answer = scene.ask({cents: 10});
	await held(scene);
	await delay(1200);
	scene.setToday(600);
	expect(await answer).toMatchObject({status: 503});
	expect(await scene.ask({cents: 10})).toMatchObject({status: 200});
});

test('it goes on with the alias that the config says', async () => {
	await using scene = await setScene({
		keys: '[keys.default]\ndaily_cap = 1.00\nat_cap = "alias:cheap"',
	});
	await spendAll(scene);
	expect(await scene.ask({cents: 10})).toMatchObject({status: 200});
	expect(scene.tollgate.rows().at(-1)).toMatchObject({
		alias: 'cheap',
		sentModel: 'mills',
	});
	expect(scene.standing()).toMatchObject({nanodollars: cents(101)});
});

test('an alias that does not speak the format does not help', async () => {
	await using scene = await setScene({
		keys: '[keys.default]\ndaily_cap = 1.00\nat_cap = "alias:talk"',
		toml: [
			'[endpoints.other]\nurl = "http://127.0.0.1:9"\nkey = "env:KEY"\nformats = ["openai-chat"]',
			'[aliases.talk]\ntargets = ["other/chat"]',
			'[routing]\nendpoint = "main"',
		].join('\n'),
		main: 'key = "env:KEY"',
		env: {KEY: 'key-of-the-other'},
	});
	await spendAll(scene);
	expect(await scene.ask()).toMatchObject({status: 402});
});

describe('a model without a price', () => {
	test('goes on and is told of', async () => {
		await using scene = await setScene();
		const {status} = await scene.ask({model: 'nobodys-model', cents: 1000});
		expect(status).toBe(200);
		expect(scene.standing()).toMatchObject({nanodollars: 0, unpriced: 1});
		expect(scene.said()).toMatchObject({unpriced: 1});
	});

	test('is refused where the config says so', async () => {
		await using scene = await setScene({
			keys: '[keys.default]\ndaily_cap = 1.00\nunpriced = "refuse"',
		});
		const answer = await scene.ask({model: 'nobodys-model'});
		expect(answer.status).toBe(402);
		expect(answer.json()).toMatchObject({
			error: {
				message:
					'The price of nobodys-model is not known, and key default has a daily cap in dollars. Set [prices."nobodys-model"], or unpriced = "allow" in [keys.default].',
			},
		});
	});
});

test('tokens have a cap too', async () => {
	await using scene = await setScene({
		keys: '[keys.default]\ndaily_tokens = 1000\nat_cap = "refuse"',
	});
	expect(await scene.ask({cents: 900})).toMatchObject({status: 200});
	const answer = await scene.ask({cents: 100});
	expect(answer.status).toBe(402);
	expect(answer.json()).toMatchObject({
		error: {
			message: expect.stringMatching(
				/of 1\.0k tokens is spent, .+\. To raise it for today: tollgate cap default \+50000 tokens\.$/v,
			) as string,
		},
	});
});

describe('official clients ask once', () => {
	let scene: Scene;
	beforeEach(async () => {
		scene = await setScene({
			keys: '[keys.default]\ndaily_cap = 0.01\nat_cap = "refuse"',
		});
	});
	afterEach(async () => {
		await scene[Symbol.asyncDispose]();
	});

	test.each([true, false])('of Anthropic, stream: %s', async (stream) => {
		const client = new Anthropic({
			apiKey: 'sk-ant-test',
			baseURL: scene.tollgate.url,
		});
		const asked = client.messages.create({
			model: 'cents',
			max_tokens: 10,
			stream,
			messages: [{role: 'user', content: 'Hello'}],
		});
		await expect(asked).rejects.toThrow(
			/402 .*Daily cap reached for key default: this request may come to \$0\.10/v,
		);
		expect(scene.tollgate.rows()).toHaveLength(1);
		expect(scene.endpoint.heard).toHaveLength(0);
	});

	test.each([true, false])('of OpenAI, stream: %s', async (stream) => {
		const client = new OpenAI({
			apiKey: 'sk-test',
			baseURL: `${scene.tollgate.url}/v1`,
		});
		const asked = client.chat.completions.create({
			model: 'cents',
			max_completion_tokens: 10,
			stream,
			messages: [{role: 'user', content: 'Hello'}],
		});
		await expect(asked).rejects.toMatchObject({
			status: 402,
			type: 'billing_error',
			code: 'insufficient_quota',
		});
		expect(scene.tollgate.rows()).toHaveLength(1);
	});
});
