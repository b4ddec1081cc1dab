import Anthropic, {APIError as AnthropicError} from '@anthropic-ai/sdk';
import OpenAI, {APIError as OpenaiError} from 'openai';
import {describe, expect, test, vi} from 'vitest';
import {eager, paused, setScene, type Scene} from './scene.js';

/**
What each official client makes of an answer: how often it asked, and what it throws.
*/
const clients = {
	async anthropic(scene: Scene, text = 'Hello') {
		const client = new Anthropic({
			apiKey: 'k',
			baseURL: scene.tollgate.url,
			maxRetries: 2,
		});
		try {
			const message = await client.messages.create({
				model: 'claude-sonnet-4-6',
				max_tokens: 20,
				messages: [{role: 'user', content: text}],
			});
			return {type: message.type as string};
		} catch (error) {
			return thrown(error);
		}
	},
	async openai(scene: Scene, text = 'Hello') {
		const client = new OpenAI({
			apiKey: 'k',
			baseURL: `${scene.tollgate.url}/v1`,
			maxRetries: 2,
		});
		try {
			const completion = await client.chat.completions.create({
				model: 'claude-sonnet-4-6',
				messages: [{role: 'user', content: text}],
			});
			return {type: completion.object as string};
		} catch (error) {
			return thrown(error);
		}
	},
} as const;

function thrown(error: unknown) {
	if (!(error instanceof AnthropicError || error instanceof OpenaiError)) {
		throw error;
	}

	const {status, message, headers} = error as {
		status: number;
		message: string;
		headers: Headers | undefined;
	};
	return {status, message, reason: headers?.get('x-tollgate-reason') ?? null};
}

const names = Object.keys(clients) as Array<keyof typeof clients>;

describe.each(names)('the %s client', (name) => {
	const ask = clients[name];
	const type = name === 'anthropic' ? 'message' : 'chat.completion';

	test.each(['408', '409', '429', '500', '503', '529', 'reset'])(
		'sees nothing of a %s that is tried again',
		async (failure) => {
			await using scene = await setScene({
				one: ({n}) => (n === 1 ? `${failure}; retry-after-ms=1` : undefined),
				routing: 'active = "both"',
				toml: eager,
			});
			expect(await ask(scene)).toEqual({type});
			expect(scene.tollgate.rows()).toHaveLength(1);
			expect(scene.asked().one).toHaveLength(2);
		},
	);

	test('sees nothing of an endpoint that is not there', async () => {
		await using scene = await setScene({
			routing: 'active = "both"',
			toml: eager,
		});
		await scene.one.close();
		expect(await ask(scene)).toEqual({type});
		expect(scene.tollgate.rows()).toHaveLength(1);
	});

	test('waits out a pause', async () => {
		await using scene = await setScene();
		await paused(scene);
		const answer = ask(scene);
		await vi.waitFor(() => {
			expect(scene.tollgate.rows()).toMatchObject([{state: 'held'}]);
		});
		scene.wish('pause', {mode: 'off'});
		expect(await answer).toEqual({type});
		expect(scene.tollgate.rows()).toHaveLength(1);
	});

	test('is turned away once, and asks no more', async () => {
		await using scene = await setScene();
		await paused(scene, {mode: 'refuse'});
		expect(await ask(scene)).toMatchObject({
			status: 503,
			reason: 'paused',
			message: expect.stringContaining('tollgate resume') as unknown,
		});
		expect(scene.tollgate.rows()).toHaveLength(1);
	});

	test('is told which aliases there are', async () => {
		await using scene = await setScene({
			alias:
				'[endpoints.narrow]\nurl = "http://127.0.0.1:9"\nformats = ["openai-responses"]\nkey = "env:ONE"\n[aliases.lone]\ntargets = ["narrow/x"]',
			routing: 'active = "lone"',
		});
		expect(await ask(scene)).toMatchObject({
			status: 404,
			reason: 'alias',
			message: expect.stringContaining('both, second, chat') as unknown,
		});
		expect(scene.tollgate.rows()).toHaveLength(1);
	});

	test('is told of an endpoint that cannot be reached, and tries again', async () => {
		await using scene = await setScene({
			toml: '[retry]\nattempts = 1\non_strikes = "return"',
		});
		await scene.one.close();
		expect(await ask(scene)).toMatchObject({
			status: 502,
			reason: 'unreachable',
			message: expect.stringContaining('cannot be reached') as unknown,
		});
		expect(scene.tollgate.rows()).toHaveLength(3);
	});

	test('is told when all targets are let be', async () => {
		await using scene = await setScene({
			one: () => '500; should-retry=false',
			toml: '[retry]\nattempts = 1\non_strikes = "return"',
		});
		for (let count = 0; count < 5; count++) {
			await ask(scene, `question ${count}`);
		}

		expect(await ask(scene, 'once more')).toMatchObject({
			status: 502,
			reason: 'breaker',
		});
	});

	test('gets the own words of an endpoint after the third strike with return', async () => {
		await using scene = await setScene({
			one: () => '529; retry-after-ms=1; should-retry=false',
			toml: '[retry]\nattempts = 5\non_strikes = "return"',
		});
		const last = [];
		for (let count = 0; count < 3; count++) {
			last.push(await ask(scene));
		}

		expect(last.at(-1)).toMatchObject({status: 529, reason: null});
		expect(scene.one.seen).toHaveLength(3);
	});
});

test.each([
	['paused', 'hold', '[hold]\nsilent = "1s"', undefined],
	['queue', undefined, '[hold]\nsilent = "1s"\n[concurrency]\nmax = 1', 'hang'],
] as const)(
	'a client of whole answers that is held too long (%s) is told to come back',
	async (reason, mode, toml, behaviour) => {
		await using scene = await setScene({one: () => behaviour, toml});
		const stuck = new AbortController();
		const first =
			behaviour === undefined
				? undefined
				: fetch(`${scene.tollgate.url}/v1/messages`, {
						method: 'POST',
						body: '{"model":"m","messages":[]}',
						signal: stuck.signal,
					}).catch(() => undefined);
		if (behaviour !== undefined) {
			await vi.waitFor(() => {
				expect(scene.one.seen).toHaveLength(1);
			});
		}

		if (mode !== undefined) {
			await paused(scene, {mode});
		}

		const client = new Anthropic({
			apiKey: 'k',
			baseURL: scene.tollgate.url,
			maxRetries: 0,
		});
		const error = await client.messages
			.create({
				model: 'claude-sonnet-4-6',
				max_tokens: 20,
				messages: [{role: 'user', content: 'Hello'}],
			})
			.catch((error_: unknown) => thrown(error_));
		expect(error).toMatchObject({status: 503, reason});
		stuck.abort();
		await first;
	},
);
