import {expect, test, vi} from 'vitest';
import {setScene, standing, stuck, switched} from './scene.js';

const two = '[concurrency]\nmax = 2';

test('an endpoint gets so many at once, and the others in their order', async () => {
	let most = 0;
	await using scene = await setScene({
		one() {
			most = Math.max(most, standing(scene).inUse);
			return 'slow=400';
		},
		toml: two,
	});
	const answers = [];
	for (let count = 0; count < 7; count++) {
		answers.push(scene.ask({text: `question ${count}`}));
		await vi.waitFor(() => {
			expect(scene.tollgate.rows().length).toBeGreaterThan(count);
		});
	}

	for (const {status} of await Promise.all(answers)) {
		expect(status).toBe(200);
	}

	expect(most).toBe(2);
	expect(
		scene.one.seen.map(({body}) => /question \d/v.exec(body.toString())![0]),
	).toEqual(Array.from({length: 7}, (_, count) => `question ${count}`));
	expect(standing(scene)).toMatchObject({inUse: 0, queued: 0, slots: 2});
	expect(
		scene.tollgate.rows().filter(({holdReason}) => holdReason === 'queue')
			.length,
	).toBeGreaterThan(0);
});

test('a 429 halves them', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? '429' : undefined),
		toml: '[concurrency]\nmax = 8\n[retry]\nattempts = 1\non_strikes = "return"',
	});
	await scene.ask();
	expect(standing(scene)).toMatchObject({slots: 4, maxSlots: 8, inUse: 0});
	expect(standing(scene, 'two')).toMatchObject({slots: 8});
});

test('one who leaves the queue leaves no gap', async () => {
	await using scene = await setScene({
		one: ({n}) => (n <= 2 ? 'hang' : undefined),
		toml: two,
	});
	const client = new AbortController();
	const body = (text: string) =>
		JSON.stringify({model: 'm', messages: [{role: 'user', content: text}]});
	const asking = async (text: string, signal: AbortSignal) =>
		fetch(`${scene.tollgate.url}/v1/messages`, {
			method: 'POST',
			body: body(text),
			signal,
		}).catch(() => undefined);
	const first = asking('a', client.signal);
	const second = asking('b', client.signal);
	await vi.waitFor(() => {
		expect(standing(scene)).toMatchObject({inUse: 2, queued: 0});
	});
	const leaving = new AbortController();
	const third = asking('c', leaving.signal);
	const fourth = scene.ask({text: 'd'});
	await vi.waitFor(() => {
		expect(standing(scene)).toMatchObject({inUse: 2, queued: 2});
	});
	leaving.abort();
	await third;
	await vi.waitFor(() => {
		expect(standing(scene)).toMatchObject({inUse: 2, queued: 1});
	});
	client.abort();
	expect(await fourth).toMatchObject({status: 200});
	await Promise.all([first, second]);
	await vi.waitFor(() => {
		expect(standing(scene)).toMatchObject({inUse: 0, queued: 0});
	});
	expect(scene.one.seen).toHaveLength(3);
});

test('who waits for a place goes where the agent was switched to meanwhile', async () => {
	await using scene = await setScene({
		one: () => 'hang',
		routing: 'active = "both"',
		toml: '[concurrency]\nmax = 1',
	});
	const leave = stuck(scene);
	await vi.waitFor(() => {
		expect(scene.one.seen).toHaveLength(1);
	});
	const second = scene.ask();
	await vi.waitFor(() => {
		expect(standing(scene).queued).toBe(1);
	});
	await switched(scene, {alias: 'second'});
	await leave();
	expect(await second).toMatchObject({status: 200});
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['opus-two']});
});
