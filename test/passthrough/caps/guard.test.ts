import {expect, test, vi} from 'vitest';
import {
	prepareControl,
	writeChange,
} from '../../../source/control/control-rows.js';
import {quarterMs} from '../../../source/exchange/measures.js';
import {setScene, type Scene} from './scene.js';

const free = '[keys.default]';
const session = ['x-claude-code-session-id', 'a'];

const pause = (scene: Scene) =>
	scene.tollgate.passthrough.identity().steering!.pause;

function resume({tollgate}: Scene): void {
	const db = tollgate.connect();
	db.transaction(() => {
		prepareControl(db);
		writeChange(
			db,
			tollgate.passthrough.identity().home,
			'pause',
			{mode: 'off', until: null},
			{setBy: 'monitor', setAt: Date.now(), reason: null},
		);
	}).immediate();
}

const bad = ({
	response,
}: {
	response: {writeHead(status: number): {end(): void}};
}) => {
	response.writeHead(500).end();
};

test('the same body again and again pauses, and once somebody resumes it counts anew', async () => {
	await using scene = await setScene({
		keys: free,
		toml: '[guard]\nsame_body = 3',
	});
	for (let index = 0; index < 3; index++) {
		expect(await scene.ask({headers: session})).toMatchObject({status: 200});
	}

	expect(pause(scene)).toMatchObject({
		value: {mode: 'hold', until: null},
		setBy: 'guard',
		reason: expect.stringMatching(
			/^default asked for the same 3 times within /v,
		) as string,
	});
	const held = scene.ask({headers: session});
	await vi.waitFor(() => {
		expect(scene.tollgate.rows().at(-1)).toMatchObject({
			state: 'held',
			holdReason: 'guard',
		});
	});
	resume(scene);
	expect(await held).toMatchObject({status: 200});
	expect(await scene.ask({headers: session})).toMatchObject({status: 200});
	expect(pause(scene).value.mode).toBe('off');
});

test('other bodies, and those without a session, pause nothing', async () => {
	await using scene = await setScene({
		keys: free,
		toml: '[guard]\nsame_body = 3',
	});
	for (let index = 0; index < 4; index++) {
		await scene.ask({headers: session, text: String(index)});

		await scene.ask();
	}

	expect(pause(scene).value.mode).toBe('off');
});

test('errors in a row pause', async () => {
	await using scene = await setScene({
		keys: free,
		toml: '[guard]\nerrors_in_row = 3',
		play: bad,
	});
	for (let index = 0; index < 3; index++) {
		await scene.ask({text: String(index)});
	}

	expect(pause(scene)).toMatchObject({
		setBy: 'guard',
		reason: '3 requests of default failed in a row, the last with status 500',
	});
});

test('many times the usual dollars in a minute pause', async () => {
	await using scene = await setScene({
		keys: free,
		toml: '[guard]\ndollars_per_minute_factor = 5',
	});
	const db = scene.tollgate.connect();
	const now = Math.floor(Date.now() / quarterMs);
	const insert = db.prepare('INSERT INTO counted VALUES (?, ?, ?, 0, 0)');
	for (let quarter = 1; quarter <= 10; quarter++) {
		// 15 cents in a quarter of an hour: one a minute.
		insert.run('default', now - quarter, 150_000_000);
	}

	expect(await scene.ask({cents: 40})).toMatchObject({status: 200});
	expect(pause(scene).value.mode).toBe('off');
	expect(await scene.ask({cents: 40})).toMatchObject({status: 200});
	expect(pause(scene)).toMatchObject({
		setBy: 'guard',
		reason: expect.stringMatching(
			/^cents spent \$0\.80 in the last minute, \d+ times what is usual for default$/v,
		) as string,
	});
});

test('switched off it pauses for nothing', async () => {
	await using scene = await setScene({
		keys: free,
		toml: '[guard]\nenabled = false\nerrors_in_row = 2\nsame_body = 2',
		play: bad,
	});
	for (let index = 0; index < 4; index++) {
		await scene.ask({headers: session});
	}

	expect(pause(scene).value.mode).toBe('off');
});
