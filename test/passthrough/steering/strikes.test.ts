import {expect, test, vi} from 'vitest';
import {setScene} from './scene.js';

const once = (onStrikes: string) =>
	`[retry]\nattempts = 1\non_strikes = "${onStrikes}"`;
const dead = 'one/sonnet-one';

test('at the third strike a body starts at the next target, whoever sent it before', async () => {
	await using scene = await setScene({
		one: () => '400',
		routing: 'active = "both"',
		toml: once('next'),
	});
	const statuses = [];
	for (let count = 0; count < 4; count++) {
		const answer = await scene.ask();
		statuses.push(answer.status);
	}

	expect(statuses).toEqual([400, 400, 400, 200]);
	expect(scene.asked()).toEqual({
		one: ['sonnet-one', 'sonnet-one', 'sonnet-one'],
		two: ['sonnet-two'],
	});
	// Another body, and another session, begin where everybody begins.
	expect(await scene.ask({text: 'Another'})).toMatchObject({status: 400});
	expect(await scene.ask({session: 'b'})).toMatchObject({status: 400});
});

test('our own tries count as well', async () => {
	await using scene = await setScene({
		one: () => '500; retry-after-ms=1',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 10\non_strikes = "next"',
	});
	expect(await scene.ask()).toMatchObject({status: 200});
	expect(scene.asked().one).toHaveLength(3);
	expect(scene.tollgate.row()).toMatchObject({attempts: 4, fallbacks: 1});
});

test('a success takes the strikes back', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 3 ? undefined : '400'),
		routing: 'active = "both"',
		toml: once('next'),
	});
	const statuses = [];
	for (let count = 0; count < 6; count++) {
		const {status} = await scene.ask();
		statuses.push(status);
	}

	expect(statuses).toEqual([400, 400, 200, 400, 400, 400]);
	expect(scene.asked().two).toEqual([]);
});

test.each([
	['none is left', 'next', 'one = { }'],
	['that is asked for', 'pause', ''],
])('where %s everything waits, and it says why', async (_when, onStrikes) => {
	await using scene = await setScene({
		one: () => '400',
		alias: '[aliases.lone]\ntargets = ["one/sonnet-one"]',
		routing: 'active = "lone"',
		toml: once(onStrikes),
	});
	for (let count = 0; count < 3; count++) {
		await scene.ask();
	}

	const {pause} = scene.tollgate.passthrough.identity().steering!;
	expect(pause).toMatchObject({
		value: {mode: 'hold'},
		setBy: 'strikes',
		reason: `the same request failed 3 times, last with 400 at ${dead}`,
	});
	expect(pause.value.until).toBeGreaterThan(Date.now() + 500_000);
	const answer = scene.ask({text: 'Something else'});
	await vi.waitFor(() => {
		expect(scene.tollgate.rows().at(-1)).toMatchObject({
			state: 'held',
			holdReason: 'strikes',
		});
	});
	scene.wish('pause', {mode: 'off'});
	expect(await answer).toMatchObject({status: 400});
});

test('with return the client gets the answer, and nobody waits', async () => {
	await using scene = await setScene({
		one: () => '529; retry-after-ms=1',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 10\non_strikes = "return"',
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(529);
	expect(answer.header('x-tollgate-reason')).toBeUndefined();
	expect(scene.asked()).toEqual({
		one: ['sonnet-one', 'sonnet-one', 'sonnet-one'],
		two: [],
	});
	expect(scene.tollgate.passthrough.identity().steering!.pause.value.mode).toBe(
		'off',
	);
});

test('a body that has failed gets one try for each target', async () => {
	await using scene = await setScene({
		one: () => '500; retry-after-ms=1',
		two: ({n}) => (n === 1 ? '500; retry-after-ms=1' : undefined),
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	expect(await scene.ask()).toMatchObject({status: 500});
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['sonnet-two']});
	expect(await scene.ask()).toMatchObject({status: 500});
	expect(scene.asked().one).toHaveLength(2);
});

test('counted tokens are never struck', async () => {
	await using scene = await setScene({
		one: () => '500',
		routing: 'active = "both"',
		toml: once('pause'),
	});
	for (let count = 0; count < 5; count++) {
		const {status} = await scene.ask({path: '/v1/messages/count_tokens'});
		expect(status).toBe(500);
	}

	expect(scene.tollgate.passthrough.identity().steering!.pause.value.mode).toBe(
		'off',
	);
});

test('a body that struck out at one alias begins another where that begins', async () => {
	await using scene = await setScene({
		one: () => '400',
		alias: '[aliases.turned]\ntargets = ["two/opus-two", "one/sonnet-one"]',
		routing: 'active = "both"',
		toml: once('next'),
	});
	for (let count = 0; count < 3; count++) {
		await scene.ask();
	}

	expect(await scene.ask({model: 'turned'})).toMatchObject({status: 200});
	expect(scene.asked().two).toEqual(['opus-two']);
});

test('signed thinking does not strike out to another vendor', async () => {
	await using scene = await setScene({
		one: () => '400',
		alias: '[aliases.mixed]\ntargets = ["one/claude-x", "two/glm-5"]',
		toml: once('next'),
	});
	const statuses = [];
	for (let count = 0; count < 3; count++) {
		const {status} = await scene.ask({
			model: 'mixed',
			extra: {
				messages: [
					{
						role: 'assistant',
						content: [{type: 'thinking', thinking: 'hm', signature: 'abc'}],
					},
				],
			},
		});
		statuses.push(status);
	}

	expect(statuses).toEqual([400, 400, 400]);
	expect(scene.two.seen).toEqual([]);
	expect(scene.tollgate.passthrough.identity().steering!.pause).toMatchObject({
		value: {mode: 'hold'},
		setBy: 'strikes',
	});
});

test('the same body many times at once moves on, and pauses nobody', async () => {
	await using scene = await setScene({
		routing: 'active = "both"',
		toml: once('next'),
	});
	await scene.one.close();
	const answers = await Promise.all(
		Array.from({length: 6}, async () => scene.ask()),
	);
	expect(answers.map(({status}) => status)).toEqual(
		Array.from({length: 6}, () => 200),
	);
	expect(scene.tollgate.passthrough.identity().steering!.pause.value.mode).toBe(
		'off',
	);
});
