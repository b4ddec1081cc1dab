import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {expect, test, vi} from 'vitest';
import {checkLog} from '../../../source/usage-log/check.js';
import {ask} from '../../helpers/ask.js';
import {startTollgate} from '../../helpers/passthrough.js';
import {cents, path, setScene, type Scene} from './scene.js';

const mayReport = /of its daily cap|was broken/v;

async function spend(scene: Scene, most: number): Promise<void> {
	expect(await scene.ask({cents: most})).toMatchObject({status: 200});
	await vi.waitFor(
		() => {
			expect(scene.said()).toMatchObject({spentNanodollars: cents(most)});
		},
		{timeout: 5000},
	);
}

function remove({tollgate}: Scene): void {
	for (const end of ['', '-wal', '-shm']) {
		fs.rmSync(tollgate.log + end, {force: true});
	}
}

function breakIt({tollgate: {connect, log}}: Scene): void {
	connect().pragma('wal_checkpoint(TRUNCATE)');
	const {size} = fs.statSync(log);
	const file = fs.openSync(log, 'r+');
	fs.writeSync(file, Buffer.alloc(4096, 0xab), 0, 4096, size - 4096);
	fs.writeSync(file, Buffer.alloc(4096, 0xab), 0, 4096, 0);
	fs.closeSync(file);
}

test.each([
	['taken away', remove],
	['broken', breakIt],
])(
	'where the log is %s, what was counted of today goes on to count',
	async (_, lose) => {
		await using scene = await setScene({mayReport});
		await spend(scene, 90);
		lose(scene);
		await vi.waitFor(
			async () => {
				expect(await scene.ask({cents: 11})).toMatchObject({status: 402});
				expect(scene.tollgate.passthrough.identity().recording).toBe(true);
				expect(scene.standing()).toMatchObject({nanodollars: cents(90)});
			},
			{timeout: 10_000},
		);
		expect(await scene.ask({cents: 10})).toMatchObject({status: 200});
		expect(scene.standing()).toMatchObject({
			nanodollars: cents(100),
			underWay: 0,
		});
	},
);

test('another log keeps what was raised for today, and adds up', async () => {
	await using scene = await setScene({mayReport});
	scene.setToday(150);
	await spend(scene, 90);
	remove(scene);
	await vi.waitFor(
		() => {
			expect(fs.existsSync(scene.tollgate.log)).toBe(true);
			expect(scene.standing()).toMatchObject({nanodollars: cents(90)});
		},
		{timeout: 5000},
	);
	expect(await scene.ask({cents: 20})).toMatchObject({status: 200});
	expect(scene.said()).toMatchObject({capNanodollars: cents(150)});
	expect(checkLog(scene.tollgate.connect()).problems).toEqual([]);
});

test('one that starts while the log cannot be written knows what was spent', async () => {
	await using scene = await setScene();
	await spend(scene, 95);
	await scene.tollgate.drain();
	const other = scene.tollgate.connect();
	other.exec('BEGIN IMMEDIATE');
	await using again = await startTollgate({
		endpoint: scene.endpoint.url,
		server: `log = "${scene.tollgate.log}"`,
		toml: '[prices."cents"]\ninput = 0\noutput = 10000\n[keys.default]\ndaily_cap = 1.00\nat_cap = "refuse"',
	});
	const answer = await ask(again.url, {
		path,
		headers: ['content-type', 'application/json'],
		body: JSON.stringify({model: 'cents', max_tokens: 10, messages: []}),
	});
	other.exec('ROLLBACK');
	expect(answer.status).toBe(402);
});
