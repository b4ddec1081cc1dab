import {expect, test, vi} from 'vitest';
import {showClock} from '../../../source/exchange/show.js';
import {cents, setScene} from './scene.js';

const evening = Date.parse('2026-03-10T23:59:00Z');
const zone = '[day]\ntimezone = "UTC"';

test('a new day begins anew, and one that was sent before it counts for the day before', async () => {
	let now = evening;
	await using scene = await setScene({
		isHeld: true,
		now: () => now,
		toml: zone,
	});
	const late = scene.ask({cents: 100});
	await vi.waitFor(() => {
		expect(scene.waiting()).toBe(1);
	});
	const held = scene.ask({cents: 30});
	await vi.waitFor(() => {
		expect(scene.tollgate.rows()).toHaveLength(2);
	});
	expect(scene.waiting()).toBe(1);
	now += 120_000;
	// It waited for what is of no matter today: nothing has ended, and it goes.
	await vi.waitFor(() => {
		expect(scene.waiting()).toBe(2);
	});
	scene.answer(100);
	scene.answer(30);
	const answers = await Promise.all([late, held]);
	expect(answers.map(({status}) => status)).toEqual([200, 200]);
	expect(scene.said()).toMatchObject({
		from: Date.parse('2026-03-11T00:00:00Z'),
		resetsAt: Date.parse('2026-03-12T00:00:00Z'),
		spentNanodollars: cents(30),
	});
	expect(scene.tollgate.rows()).toMatchObject([
		{admittedAt: null},
		{admittedAt: now},
	]);
});

test('what was raised for a day holds for that day', async () => {
	let now = evening;
	await using scene = await setScene({now: () => now, toml: zone});
	scene.setToday(200);
	await vi.waitFor(() => {
		expect(scene.said()).toMatchObject({capNanodollars: cents(200)});
	});
	expect(await scene.ask({cents: 150})).toMatchObject({status: 200});
	now += 120_000;
	await vi.waitFor(() => {
		expect(scene.said()).toMatchObject({
			capNanodollars: cents(100),
			spentNanodollars: 0,
		});
	});
	expect(await scene.ask({cents: 150})).toMatchObject({status: 402});
});

test('another zone counts from the next boundary on', async () => {
	let now = evening;
	await using scene = await setScene({now: () => now, toml: zone});
	expect(await scene.ask({cents: 100})).toMatchObject({status: 200});
	const {config, passthrough} = scene.tollgate;
	await passthrough.replaceConfig({
		config: {...config, day: {timezone: 'Asia/Tokyo', startsAt: '00:00'}},
		credentials: new Map(),
		needsRestart: [],
		readAt: now,
	});
	expect(await scene.ask({cents: 10})).toMatchObject({status: 402});
	now += 120_000;
	await vi.waitFor(() => {
		expect(scene.said()).toMatchObject({
			from: Date.parse('2026-03-11T00:00:00Z'),
			resetsAt: Date.parse('2026-03-11T15:00:00Z'),
		});
	});
	expect(await scene.ask({cents: 10})).toMatchObject({status: 200});
});

test('the words say when this day ends, not when the next ones will', async () => {
	const now = evening;
	await using scene = await setScene({now: () => now, toml: zone});
	expect(await scene.ask({cents: 100})).toMatchObject({status: 200});
	const {config, passthrough} = scene.tollgate;
	await passthrough.replaceConfig({
		config: {...config, day: {timezone: 'UTC', startsAt: '04:00'}},
		credentials: new Map(),
		needsRestart: [],
		readAt: now,
	});
	const answer = await scene.ask({cents: 10});
	expect(answer.json()).toMatchObject({
		error: {
			message: expect.stringContaining(
				`resets at ${showClock(Date.parse('2026-03-11T00:00:00Z'))} (in `,
			) as string,
		},
	});
});
