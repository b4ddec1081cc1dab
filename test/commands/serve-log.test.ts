import {setTimeout as delay} from 'node:timers/promises';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import {expect, test, vi} from 'vitest';
import {askIdentity} from '../../source/control/identity.js';
import {openLogReader} from '../../source/usage-log/reader.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {leftIn} from '../helpers/log.js';
import {fillDisk, noSmallDisk, smallDisk} from '../helpers/small-disk.js';
import {heldStream, playWhole, streamThrough} from '../helpers/stream.js';
import {run, startServe, testHome, configFor} from '../helpers/program.js';

test('killed in the middle of a stream, it leaves the home free; the next one says what was lost', async () => {
	const stream = heldStream();
	await using endpoint = await startEndpoint(stream.play);
	using home = testHome(configFor(endpoint.url));
	{
		await using serving = await startServe(home.folder);
		const response = await streamThrough(serving.url);
		response.on('error', () => undefined);
		const reader = openLogReader(home.log);
		await vi.waitFor(() => {
			expect(reader.live()).toMatchObject([
				{inputTokens: expect.any(Number) as number},
			]);
		}, 5000);
		reader.close();
		serving.child.kill('SIGKILL');
		expect(await serving.ended).toMatchObject({signal: 'SIGKILL'});
	}

	await using next = await startServe(home.folder);
	const reader = openLogReader(home.log);
	await vi.waitFor(() => {
		expect(reader.since(0).exchanges).toMatchObject([
			{
				outcome: 'lost',
				state: null,
				usageStatus: 'partial',
				inputTokens: expect.any(Number) as number,
				responseBytes: stream.firstHalf.length,
			},
		]);
	});
	expect(reader.live()).toEqual([]);
	expect(reader.attach({limit: 0, attemptsSinceMs: 0}).exchanges).toEqual([]);
	reader.close();
	next.child.kill('SIGTERM');
	await next.ended;
	expect(leftIn(home.log)).toMatchObject({
		states: ['stopped', 'stopped'],
		writers: 0,
	});
});

test('what an agent saw end is in the log, though the passthrough was killed right after', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using home = testHome(configFor(endpoint.url));
	await using serving = await startServe(home.folder);
	for (let request = 0; request < 5; request++) {
		const {complete} = await ask(serving.url);
		expect(complete).toBe(true);
	}

	serving.child.kill('SIGKILL');
	await serving.ended;
	expect(leftIn(home.log).exchanges).toEqual(
		Array.from({length: 5}, () => ({
			outcome: 'ok',
			usageStatus: 'exact',
			inputTokens: expect.any(Number) as number,
		})),
	);
});

test('two homes write one log at once: revisions rise, none comes twice, and followers miss nothing', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using shared = testHome();
	const config = `[server]\nlog = "${shared.log}"\n${configFor(endpoint.url)}`;
	using one = testHome(config);
	using two = testHome(config);
	await using first = await startServe(one.folder);
	await using second = await startServe(two.folder);
	const reader = openLogReader(shared.log);
	const seen = new Map<number, string[]>();
	const revisions: number[] = [];
	let last = 0;
	const look = () => {
		const news = reader.since(last);
		for (const row of news.exchanges) {
			revisions.push(row.revision);
			seen.set(row.id, [...(seen.get(row.id) ?? []), row.outcome!]);
			expect([row.outcome, row.inputTokens === null]).toEqual([
				row.outcome,
				row.outcome === 'open',
			]);
		}

		expect(news.revision).toBe(revisions.at(-1) ?? 0);
		last = news.revision;
	};

	const each = 60;
	const over = new AbortController();
	const agent = async (url: string) => {
		for (let request = 0; request < each; request++) {
			await ask(url);
		}
	};

	const agents = Promise.all(
		[first, first, second, second].map(async ({url}) => agent(url)),
	).then(() => {
		over.abort();
	});
	while (!over.signal.aborted) {
		look();
		await delay(5);
	}

	await agents;
	look();
	expect(seen.size).toBe(4 * each);
	expect(
		new Set([...seen.values()].map((outcomes) => outcomes.at(-1))),
	).toEqual(new Set(['ok']));
	expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
	expect(last).toBeGreaterThanOrEqual(2 * 4 * each);
	const owners = reader.since(0).exchanges.map(({owner}) => owner);
	expect(new Set(owners).size).toBe(2);
	reader.close();
});

test('a log that cannot be written does not keep it from serving, and it says so', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using place = testHome();
	using home = testHome(
		`[server]\nlog = "${place.file('gone/usage.db')}"\n${configFor(endpoint.url)}`,
	);
	await using serving = await startServe(home.folder);
	expect(await ask(serving.url)).toMatchObject({status: 200, complete: true});
	expect(await askIdentity(serving.url)).toMatchObject({
		recording: false,
		notRecordingReason: 'it cannot be opened',
	});
	serving.child.kill('SIGTERM');
	expect(await serving.ended).toMatchObject({code: 0});
});

test.skipIf(noSmallDisk)(
	`on a full disk the agent's traffic goes on, and is recorded again when there is room${noSmallDisk ? ` (${noSmallDisk})` : ''}`,
	async () => {
		await using endpoint = await startEndpoint(playWhole);
		using disk = smallDisk('2m');
		using home = testHome(
			`[server]\nlog = "${disk.folder}/usage.db"\n${configFor(endpoint.url)}`,
		);
		await using serving = await startServe(home.folder);
		fillDisk(disk.folder);
		// What room there was in the file is soon used up.
		await vi.waitUntil(
			async () => {
				expect(await ask(serving.url)).toMatchObject({
					status: 200,
					complete: true,
				});
				const identity = await askIdentity(serving.url);
				return identity?.recording === false;
			},
			{timeout: 20_000, interval: 0},
		);
		expect(await askIdentity(serving.url)).toMatchObject({
			recording: false,
			notRecordingReason: 'the disk is full',
		});
		const before = endpoint.heard.length;
		expect(await ask(serving.url)).toMatchObject({complete: true});
		expect(endpoint.heard.length).toBe(before + 1);

		fs.rmSync(`${disk.folder}/ballast`);
		await vi.waitUntil(
			async () => {
				const identity = await askIdentity(serving.url);
				return identity?.recording;
			},
			{timeout: 10_000},
		);
		serving.child.kill('SIGTERM');
		expect(await serving.ended).toMatchObject({code: 0, stderr: ''});
		const left = leftIn(`${disk.folder}/usage.db`);
		expect(left).toMatchObject({states: ['stopped'], writers: 0});
		expect(left.exchanges).toHaveLength(endpoint.heard.length);
	},
);

test.skipIf(noSmallDisk)(
	`a home on a full disk is said in two lines${noSmallDisk ? ` (${noSmallDisk})` : ''}`,
	async () => {
		using disk = smallDisk('256k');
		fillDisk(disk.folder);
		const {code, stdout, stderr} = await run(['serve', '--port', '0'], {
			home: disk.folder,
		});
		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expect(stderr).toMatch(
			/its disk is full.+\nMake room on it, and start again\.\n$/v,
		);
	},
);

test('it does not start with the database of another program, and says which log to name', async () => {
	using home = testHome(configFor('http://127.0.0.1:9'));
	const theirs = new Database(home.log);
	theirs.exec('CREATE TABLE notes (text TEXT)');
	theirs.close();
	const before = fs.readFileSync(home.log);
	expect(
		await run(['serve', '--port', '0'], {home: home.folder}),
	).toMatchObject({
		code: 1,
		stdout: '',
		stderr: `This is no usage log, but the database of another program: ${home.log}\nIt was let be. Name another file with "log" in [server] of the config.\n`,
	});
	expect(fs.readFileSync(home.log).equals(before)).toBe(true);
	expect(
		fs.readdirSync(home.folder).filter((name) => name.startsWith('usage.db')),
	).toEqual(['usage.db']);
});
