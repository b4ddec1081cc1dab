import {expect, test, vi} from 'vitest';
import {
	eager,
	paused,
	setScene,
	standing,
	steering,
	stuck,
	switched,
	type Scene,
} from './scene.js';

const numbers = ({one}: Scene) =>
	one.seen.map(({body}) =>
		Number(/(?<=question )\d+/v.exec(body.toString())![0]),
	);

test('after a pause they go in the order they came, though there is no room for all of them', async () => {
	await using scene = await setScene({
		one: () => 'slow=30',
		toml: '[concurrency]\nmax = 3',
	});
	await paused(scene);
	const answers = [];
	for (let count = 0; count < 20; count++) {
		answers.push(scene.ask({text: `question ${count}`}));
		await vi.waitFor(() => {
			expect(scene.tollgate.rows()).toHaveLength(count + 1);
		});
	}

	scene.wish('pause', {mode: 'off'});
	await Promise.all(answers);
	expect(numbers(scene)).toEqual(Array.from({length: 20}, (_, index) => index));
});

test('a target that is back serves all from the beginning of its first answer', async () => {
	await using scene = await setScene({
		one: ({n}) => (n <= 5 ? '500' : 'stall; after=2'),
		alias: '[aliases.lone]\ntargets = ["one/x"]',
		routing: 'active = "lone"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	for (let count = 0; count < 5; count++) {
		await scene.ask({text: `question ${count}`});
	}

	expect(await scene.ask({text: 'shut'})).toMatchObject({status: 502});
	await vi.waitFor(
		() => {
			expect(standing(scene).breakers[0]!.until).toBeLessThan(Date.now());
		},
		{timeout: 5000},
	);
	const client = new AbortController();
	const probe = await fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"claude-opus-4-6","max_tokens":9,"stream":true,"messages":[]}',
		signal: client.signal,
	});
	expect(probe.status).toBe(200);
	const another = await fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"claude-opus-4-6","max_tokens":8,"stream":true,"messages":[]}',
		signal: client.signal,
	});
	expect(another.status).toBe(200);
	expect(standing(scene).breakers).toEqual([]);
	client.abort();
});

test('who waits for a place at a target that is let be meanwhile goes to the next', async () => {
	await using scene = await setScene({
		one: () => '500; slow=20',
		routing: 'active = "both"',
		toml: '[concurrency]\nmax = 1\n[retry]\nattempts = 1\non_strikes = "return"',
	});
	const answers = await Promise.all(
		Array.from({length: 20}, async (_, count) =>
			scene.ask({text: `question ${count}`}),
		),
	);
	expect(answers.map(({status}) => status)).toEqual(
		Array.from({length: 20}, () => 200),
	);
	expect(scene.one.seen.length).toBeLessThanOrEqual(6);
	await vi.waitFor(() => {
		expect(standing(scene)).toMatchObject({inUse: 0, queued: 0});
	});
});

test('a switch frees who waits for the old target, in its queue', async () => {
	await using scene = await setScene({
		one: () => 'hang',
		routing: 'active = "both"',
		toml: '[concurrency]\nmax = 1',
	});
	const leave = stuck(scene);
	await vi.waitFor(() => {
		expect(standing(scene).inUse).toBe(1);
	});
	const second = scene.ask();
	await vi.waitFor(() => {
		expect(standing(scene).queued).toBe(1);
	});
	await switched(scene, {alias: 'second'});
	expect(await second).toMatchObject({status: 200});
	expect(scene.two.seen).toHaveLength(1);
	await leave();
});

test('and one that waits before it is tried again', async () => {
	await using scene = await setScene({
		one: () => '429; retry-after=100',
		routing: 'active = "both"',
		alias: '[aliases.lone]\ntargets = ["one/x"]',
		toml: eager,
	});
	await switched(scene, {alias: 'lone'});
	const answer = scene.ask();
	await vi.waitFor(() => {
		expect(scene.tollgate.rows()[0]).toMatchObject({holdReason: 'backoff'});
	});
	await switched(scene, {alias: 'second'});
	expect(await answer).toMatchObject({status: 200});
	expect(scene.tollgate.row()).toMatchObject({alias: 'second', attempts: 2});
});

test('a counted switch counts what goes, and what waits follows the next switch', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? 'hang' : undefined),
		toml: '[concurrency]\nmax = 1',
	});
	await switched(scene, {alias: 'both', requestsLeft: 5});
	const leave = stuck(scene);
	await vi.waitFor(() => {
		expect(standing(scene).inUse).toBe(1);
	});
	const second = scene.ask();
	await vi.waitFor(() => {
		expect(standing(scene).queued).toBe(1);
	});
	expect(steering(scene).active.value.requestsLeft).toBe(4);
	await switched(scene, {alias: 'second'});
	expect(await second).toMatchObject({status: 200});
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['opus-two']});
	await leave();
});

test('whether a target is back is not worth a wait in its queue, while another has room', async () => {
	await using scene = await setScene({
		one: ({model}) => (model === 'sonnet-one' ? '500' : 'hang'),
		routing: 'active = "both"',
		toml: '[concurrency]\nmax = 1\n[retry]\nattempts = 1\non_strikes = "return"',
	});
	for (let count = 0; count < 5; count++) {
		await scene.ask({text: `question ${count}`});
	}

	const leave = stuck(scene, 'another');
	await vi.waitFor(
		() => {
			expect(standing(scene)).toMatchObject({inUse: 1});
			expect(standing(scene).breakers[0]!.until).toBeLessThan(Date.now());
		},
		{timeout: 5000},
	);
	expect(await scene.ask({text: 'not there'})).toMatchObject({status: 200});
	expect(scene.tollgate.rows().at(-1)).toMatchObject({
		endpoint: 'two',
		holdReason: null,
	});
	await leave();
});
