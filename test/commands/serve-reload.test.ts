import fs from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {startSimulatedEndpoint} from '../../source/simulated/endpoint.js';
import {askIdentity} from '../../source/control/identity.js';
import {run, startServe, testHome} from '../helpers/program.js';

const settings = (url: string, alias: string) =>
	[
		'[server]',
		'port = 0',
		'[endpoints.main]',
		`url = "${url}"`,
		'key = "agent"',
		`[aliases.${alias}]`,
		'targets = ["main/opus-x"]',
		'',
	].join('\n');

const aliasesOf = async (url: string) =>
	(await askIdentity(url))!.config.aliases.map(({name}) => name);

test('an edit of the config is in force without a restart, and a broken one leaves all as it was and is told', async () => {
	const endpoint = await startSimulatedEndpoint({pace: 0});
	using home = testHome(settings(endpoint.url, 'first'));
	await using serving = await startServe(home.folder);
	const file = path.join(home.folder, 'config.toml');
	expect(await aliasesOf(serving.url)).toEqual(['first']);

	fs.writeFileSync(file, settings(endpoint.url, 'second'));
	await vi.waitFor(
		async () => {
			expect(await aliasesOf(serving.url)).toEqual(['second']);
		},
		{timeout: 10_000},
	);

	fs.writeFileSync(file, settings(endpoint.url, 'third').replace('main/', ''));
	await vi.waitFor(
		async () => {
			const {steering} = (await askIdentity(serving.url))!;
			expect(steering!.configProblem).toMatch(/config\.toml:7: /v);
		},
		{timeout: 10_000},
	);
	expect(await aliasesOf(serving.url)).toEqual(['second']);

	fs.writeFileSync(file, settings(endpoint.url, 'third'));
	await vi.waitFor(
		async () => {
			const {steering} = (await askIdentity(serving.url))!;
			expect(steering!.configProblem).toBeNull();
		},
		{timeout: 10_000},
	);
	expect(await aliasesOf(serving.url)).toEqual(['third']);
	await endpoint.close();
});

test('what was switched and paused is so after a restart', async () => {
	const endpoint = await startSimulatedEndpoint({pace: 0});
	using home = testHome(settings(endpoint.url, 'deep'));
	{
		await using serving = await startServe(home.folder);
		expect(await run(['alias', 'deep'], {home: home.folder})).toMatchObject({
			code: 0,
		});
		expect(
			await run(['pause', '--for', '1h'], {home: home.folder}),
		).toMatchObject({code: 0});
		const {steering} = (await askIdentity(serving.url))!;
		expect(steering).toMatchObject({
			active: {value: {alias: 'deep'}, setBy: 'command'},
			pause: {value: {mode: 'hold'}, setBy: 'command'},
		});
	}

	await using serving = await startServe(home.folder);
	const {steering} = (await askIdentity(serving.url))!;
	expect(steering).toMatchObject({
		active: {value: {alias: 'deep'}, setBy: 'command'},
		pause: {value: {mode: 'hold'}, setBy: 'command'},
	});
	await endpoint.close();
});
