import {setTimeout as delay} from 'node:timers/promises';
import {expect, test, vi} from 'vitest';
import {startTollgate} from '../../helpers/passthrough.js';
import {ask} from '../../helpers/ask.js';
import {cents, path, setScene} from './scene.js';

const question = (most: number) => ({
	path,
	headers: ['content-type', 'application/json'],
	body: JSON.stringify({model: 'cents', max_tokens: most, messages: []}),
});

test('200 at once from two passthroughs, and room for 40: never above the cap', async () => {
	const highest = {sum: 0};
	await using scene = await setScene({isHeld: true});
	await using other = await scene.beside();
	const db = scene.tollgate.connect();
	const {from, resetsAt: to} = scene.said();
	const look = db
		.prepare(
			`
		SELECT (SELECT coalesce(sum(countedNanodollars), 0) FROM exchanges WHERE outcome <> 'open' AND startedAt BETWEEN ? AND ?)
			+ (SELECT coalesce(sum(nanodollars), 0) FROM reservations)
	`,
		)
		.pluck();
	// 100 cents, each may come to 2.5 of them: it is told in whole ones, so 2 and 3 by turns.
	const all = Array.from({length: 200}, async (_, index) =>
		ask(
			(index % 2 === 0 ? scene.tollgate : other).url,
			question(2 + (index % 2)),
		),
	);
	const settled = new AbortController();
	void Promise.all(all).then(() => {
		settled.abort();
	});
	while (!settled.signal.aborted) {
		highest.sum = Math.max(highest.sum, look.get(from, to) as number);
		for (let count = scene.waiting(); count > 0; count--) {
			scene.answer(2);
		}

		await delay(5);
	}

	const answers = await Promise.all(all);
	const passed = answers.filter(({status}) => status === 200);
	const refused = answers.filter(({status}) => status === 402);
	expect(passed.length + refused.length).toBe(200);
	expect(passed.length).toBeGreaterThanOrEqual(49);
	expect(scene.endpoint.heard).toHaveLength(passed.length);
	expect(highest.sum).toBeLessThanOrEqual(cents(100));
	const messages = new Set(
		refused.map(
			(answer) => (answer.json() as {error: {message: string}}).error.message,
		),
	);
	for (const message of messages) {
		expect(message).toMatch(
			/^Daily cap reached for key default: (?:\$1\.00 of \$1\.00 spent|this request may come to \$0\.03, and \$0\.98 of \$1\.00 is spent|this request may come to \$0\.03, and \$0\.99 of \$1\.00 is spent), resets at 00:00 \(in .+\)\. To raise it for today: tollgate cap default \+5\.$/v,
		);
	}

	expect(scene.standing()).toMatchObject({
		nanodollars: cents(2 * passed.length),
		reservedNanodollars: 0,
		underWay: 0,
	});
});

test('overshoot is what those under way used beyond their bounds, and no more', async () => {
	await using scene = await setScene({isHeld: true});
	const all = [scene.ask({cents: 50}), scene.ask({cents: 50})];
	await vi.waitFor(() => {
		expect(scene.waiting()).toBe(2);
	});
	const late = scene.ask({cents: 1});
	// Each endpoint may send more than it was asked for.
	scene.answer(55);
	scene.answer(55);
	await Promise.all(all);
	expect(await late).toMatchObject({status: 402});
	expect(scene.standing()).toMatchObject({nanodollars: cents(110)});
});

test('what another passthrough ends lets those go who wait here', async () => {
	await using scene = await setScene({isHeld: true});
	await using other = await scene.beside();
	const first = ask(other.url, question(60));
	await vi.waitFor(() => {
		expect(scene.waiting()).toBe(1);
	});
	const second = scene.ask({cents: 60});
	await vi.waitFor(() => {
		expect(scene.tollgate.rows().at(-1)).toMatchObject({
			holdReason: 'reserved',
		});
	});
	scene.answer(1);
	await first;
	await vi.waitFor(() => {
		expect(scene.waiting()).toBe(1);
	});
	scene.answer(1);
	expect(await second).toMatchObject({status: 200});
});

test('a restart, and another zone, take nothing back', async () => {
	await using scene = await setScene();
	expect(await scene.ask({cents: 100})).toMatchObject({status: 200});
	const {from, resetsAt} = scene.said();
	await scene.tollgate.drain();
	await using again = await startTollgate({
		endpoint: scene.endpoint.url,
		server: `log = "${scene.tollgate.log}"`,
		toml: '[prices."cents"]\ninput = 0\noutput = 10000\n[keys.default]\ndaily_cap = 1.00\nat_cap = "refuse"',
	});
	expect(await ask(again.url, question(1))).toMatchObject({status: 402});
	expect(again.passthrough.identity().steering!.keys).toMatchObject([
		{from, resetsAt, spentNanodollars: cents(100), isReached: true},
	]);
});
