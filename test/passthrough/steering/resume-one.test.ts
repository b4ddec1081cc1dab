import {expect, test, vi} from 'vitest';
import {order, underWay, unfollowed} from './ordering.js';
import {eager, paused, setScene, steering, type Scene} from './scene.js';

const heldIds = ({tollgate}: Scene): readonly number[] =>
	tollgate
		.rows()
		.filter(({state}) => state === 'held')
		.map(({id}) => id);

const texts = ({one}: Scene): readonly string[] =>
	one.seen.map(({body}) => /question \d/v.exec(body.toString())![0]);

async function threeHeld(scene: Scene) {
	await paused(scene);
	const answers = [];
	for (let count = 1; count <= 3; count++) {
		answers.push(scene.ask({text: `question ${count}`}));
		await vi.waitFor(() => {
			expect(heldIds(scene)).toHaveLength(count);
		});
	}

	return answers;
}

test('one of three that a pause holds goes on, the others go when all do', async () => {
	await using scene = await setScene();
	const answers = await threeHeld(scene);
	order(scene.tollgate, 2, 'resume');
	expect(await answers[1]).toMatchObject({status: 200});
	expect(texts(scene)).toEqual(['question 2']);
	expect(heldIds(scene)).toEqual([1, 3]);
	expect(steering(scene).pause.value.mode).toBe('hold');
	expect(scene.tollgate.rows()[1]).toMatchObject({
		outcome: 'ok',
		holdReason: 'paused',
		attempts: 1,
	});
	await vi.waitFor(() => {
		expect(unfollowed(scene.tollgate)).toBe(0);
	});
	scene.wish('pause', {mode: 'off'});
	await Promise.all(answers);
	expect(texts(scene)).toEqual(['question 2', 'question 1', 'question 3']);
});

test('it goes through a queue all the same', async () => {
	await using scene = await setScene({
		one: () => 'slow=300',
		toml: '[concurrency]\nmax = 1',
	});
	const running = scene.ask({text: 'question 0'});
	await underWay(scene.tollgate, {state: 'waiting', attempts: 1});
	await paused(scene);
	const answer = scene.ask({text: 'question 1'});
	await vi.waitFor(() => {
		expect(heldIds(scene)).toEqual([2]);
	});
	order(scene.tollgate, 2, 'resume');
	expect(await answer).toMatchObject({status: 200});
	expect(await running).toMatchObject({status: 200});
	expect(steering(scene).pause.value.mode).toBe('hold');
});

test('where its try fails it is held with the others again, and may be let through again', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? '529; retry-after-ms=1' : undefined),
		alias: '[aliases.lone]\ntargets = ["one/x"]',
		routing: 'active = "lone"',
		toml: eager,
	});
	await paused(scene);
	const answer = scene.ask();
	const {id} = await underWay(scene.tollgate, {holdReason: 'paused'});
	order(scene.tollgate, id, 'resume');
	await underWay(scene.tollgate, {
		state: 'held',
		holdReason: 'paused',
		attempts: 1,
	});
	expect(scene.one.seen).toHaveLength(1);
	await vi.waitFor(() => {
		expect(unfollowed(scene.tollgate)).toBe(0);
	});
	order(scene.tollgate, id, 'resume');
	expect(await answer).toMatchObject({status: 200});
	expect(scene.one.seen).toHaveLength(2);
});

test('a request that waits for something else is not moved by it, and is not let through later', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? 'slow=600' : undefined),
		toml: '[concurrency]\nmax = 1',
	});
	const running = scene.ask({text: 'question 0'});
	await underWay(scene.tollgate, {state: 'waiting', attempts: 1});
	const answer = scene.ask({text: 'question 1'});
	await vi.waitFor(() => {
		expect(scene.tollgate.rows()[1]).toMatchObject({state: 'queued'});
	});
	order(scene.tollgate, 2, 'resume');
	await vi.waitFor(() => {
		expect(unfollowed(scene.tollgate)).toBe(0);
	});
	await paused(scene);
	expect(await running).toMatchObject({status: 200});
	await vi.waitFor(() => {
		expect(scene.tollgate.rows()[1]).toMatchObject({
			state: 'held',
			holdReason: 'paused',
		});
	});
	expect(texts(scene)).toEqual(['question 0']);
	scene.wish('pause', {mode: 'off'});
	expect(await answer).toMatchObject({status: 200});
});

test('cancelled after it was told to go on, it ends', async () => {
	await using scene = await setScene({one: () => 'hang'});
	await paused(scene);
	const answer = scene.ask();
	const {id} = await underWay(scene.tollgate, {holdReason: 'paused'});
	order(scene.tollgate, id, 'resume');
	await underWay(scene.tollgate, {attempts: 1});
	order(scene.tollgate, id, 'cancel');
	expect(await answer).toMatchObject({status: 402});
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'aborted',
		reason: 'cancelled',
	});
});
