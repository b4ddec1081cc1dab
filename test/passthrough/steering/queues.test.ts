import {expect, test, vi} from 'vitest';
import {eager, setScene, type Scene} from './scene.js';

const steering = ({tollgate}: Scene) =>
	tollgate.passthrough.identity().steering!;
const standing = (scene: Scene, name = 'one') =>
	steering(scene).endpoints.find((endpoint) => endpoint.name === name)!;
const numbers = ({one}: Scene) =>
	one.seen.map(({body}) =>
		Number(/(?<=question )\d+/v.exec(body.toString())![0]),
	);

const switched = async (scene: Scene, alias: string | null) => {
	scene.wish('active', {alias});
	await vi.waitFor(() => {
		expect(steering(scene).active.value.alias).toBe(alias);
	});
};

test('after a pause they go in the order they came, though there is no room for all of them', async () => {
	await using scene = await setScene({
		one: () => 'slow=30',
		toml: '[concurrency]\nmax = 3',
	});
	scene.wish('pause', {mode: 'hold'});
	await vi.waitFor(() => {
		expect(steering(scene).pause.value.mode).toBe('hold');
	});
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
	const stuck = new AbortController();
	const probe = await fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"claude-opus-4-6","max_tokens":9,"stream":true,"messages":[]}',
		signal: stuck.signal,
	});
	expect(probe.status).toBe(200);
	const another = await fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"claude-opus-4-6","max_tokens":8,"stream":true,"messages":[]}',
		signal: stuck.signal,
	});
	expect(another.status).toBe(200);
	expect(standing(scene).breakers).toEqual([]);
	stuck.abort();
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
	const stuck = new AbortController();
	const first = fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"claude-opus-4-6","messages":[]}',
		signal: stuck.signal,
	}).catch(() => undefined);
	await vi.waitFor(() => {
		expect(standing(scene).inUse).toBe(1);
	});
	const second = scene.ask();
	await vi.waitFor(() => {
		expect(standing(scene).queued).toBe(1);
	});
	await switched(scene, 'second');
	expect(await second).toMatchObject({status: 200});
	expect(scene.two.seen).toHaveLength(1);
	stuck.abort();
	await first;
});

test('and one that waits before it is tried again', async () => {
	await using scene = await setScene({
		one: () => '429; retry-after=100',
		routing: 'active = "both"',
		alias: '[aliases.lone]\ntargets = ["one/x"]',
		toml: eager,
	});
	await switched(scene, 'lone');
	const answer = scene.ask();
	await vi.waitFor(() => {
		expect(scene.tollgate.rows()[0]).toMatchObject({holdReason: 'backoff'});
	});
	await switched(scene, 'second');
	expect(await answer).toMatchObject({status: 200});
	expect(scene.tollgate.row()).toMatchObject({alias: 'second', attempts: 2});
});

test('a counted switch counts what goes, and what waits follows the next switch', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? 'hang' : undefined),
		toml: '[concurrency]\nmax = 1',
	});
	scene.wish('active', {alias: 'both', requestsLeft: 5});
	await vi.waitFor(() => {
		expect(steering(scene).active.value.requestsLeft).toBe(5);
	});
	const stuck = new AbortController();
	const first = fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"claude-opus-4-6","messages":[]}',
		signal: stuck.signal,
	}).catch(() => undefined);
	await vi.waitFor(() => {
		expect(standing(scene).inUse).toBe(1);
	});
	const second = scene.ask();
	await vi.waitFor(() => {
		expect(standing(scene).queued).toBe(1);
	});
	expect(steering(scene).active.value.requestsLeft).toBe(4);
	await switched(scene, 'second');
	expect(await second).toMatchObject({status: 200});
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['opus-two']});
	stuck.abort();
	await first;
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

	const stuck = new AbortController();
	const first = fetch(`${scene.tollgate.url}/v1/messages`, {
		method: 'POST',
		body: '{"model":"another","messages":[]}',
		signal: stuck.signal,
	}).catch(() => undefined);
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
	stuck.abort();
	await first;
});
