import {expect, test, vi} from 'vitest';
import {resolveCredentials} from '../../../source/config/credentials.js';
import type {Config} from '../../../source/config/config.js';
import {openStream} from '../../helpers/stream.js';
import {setScene, type Scene} from './scene.js';

const put = async (
	{tollgate}: Scene,
	change: (config: Config) => Config,
	needsRestart: readonly string[] = [],
) => {
	const config = change(tollgate.config);
	await tollgate.passthrough.replaceConfig({
		config,
		credentials: await resolveCredentials(config, {ONE: 'other', TWO: 'two'}),
		needsRestart,
		readAt: 1234,
	});
};

test('another config is in force on the next request; a stream that runs keeps the old one', async () => {
	await using scene = await setScene({pace: 1});
	const stream = await openStream(scene.tollgate.url, {
		path: '/v1/messages',
		body: JSON.stringify({
			model: 'claude-sonnet-4-6',
			max_tokens: 30,
			stream: true,
			messages: [{role: 'user', content: 'Hello'}],
		}),
	});
	await put(scene, (config) => ({
		...config,
		endpoints: config.endpoints.filter(({name}) => name === 'two'),
		aliases: [],
		routing: {...config.routing, endpoint: 'two'},
	}));
	await scene.ask({text: 'Next'});
	expect(scene.two.seen).toHaveLength(1);
	expect(await stream.rest()).toMatchObject({complete: true});
	const {config, steering} = scene.tollgate.passthrough.identity();
	expect(config.endpoints.map(({name}) => name)).toEqual(['two']);
	expect(steering).toMatchObject({configReadAt: 1234, configProblem: null});
	expect(steering!.endpoints.map(({name}) => name)).toEqual(['two']);
});

test('another key is the one that is sent', async () => {
	await using scene = await setScene();
	await scene.ask();
	await put(scene, (config) => ({...config}));
	await scene.ask();
	expect(scene.one.seen.map(({headers}) => headers['x-api-key'])).toEqual([
		'key-of-the-first',
		'other',
	]);
});

test('an active alias that is gone is active no longer, and it says why', async () => {
	await using scene = await setScene();
	scene.wish('active', {alias: 'both'});
	await vi.waitFor(() => {
		const {steering} = scene.tollgate.passthrough.identity();
		expect(steering!.active.value.alias).toBe('both');
	});
	await put(scene, (config) => ({
		...config,
		aliases: config.aliases.filter(({name}) => name !== 'both'),
	}));
	expect(scene.tollgate.passthrough.identity().steering!.active).toMatchObject({
		value: {alias: null},
		setBy: 'config',
		reason: 'The alias both is no longer in the config.',
	});
	await scene.ask();
	expect(scene.asked().one).toEqual(['claude-sonnet-4-6']);
});

test.each([
	['that nobody has chosen', null, {value: {alias: 'second'}, reason: null}],
	[
		'that is gone',
		'both',
		{
			value: {alias: 'second'},
			reason: 'The alias both is no longer in the config.',
		},
	],
	['that somebody has chosen and is there', 'chat', {value: {alias: 'chat'}}],
])(
	'an alias %s makes room for the active one of the config',
	async (_which, wished, expected) => {
		await using scene = await setScene({routing: 'active = "both"'});
		const active = () => scene.tollgate.passthrough.identity().steering!.active;
		if (wished !== null) {
			scene.wish('active', {alias: wished});
			await vi.waitFor(() => {
				expect(active()).toMatchObject({
					value: {alias: wished},
					setBy: 'command',
				});
			});
		}

		await put(scene, (config) => ({
			...config,
			aliases: config.aliases.filter(({name}) => name !== 'both'),
			routing: {...config.routing, active: 'second'},
		}));
		expect(active()).toMatchObject(expected);
	},
);

test('what is wrong with the config on disk is told', async () => {
	await using scene = await setScene();
	scene.tollgate.passthrough.complain('config.toml:3: nonsense');
	expect(scene.tollgate.passthrough.identity().steering!.configProblem).toBe(
		'config.toml:3: nonsense',
	);
	await put(scene, (config) => config, ['server.port']);
	expect(scene.tollgate.passthrough.identity().steering).toMatchObject({
		configProblem: null,
		needsRestart: ['server.port'],
	});
});

test('what the endpoint has asked to wait for is waited for, whatever is edited', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? '429; retry-after-ms=1500' : undefined),
		toml: '[retry]\nattempts = 2',
	});
	const answer = scene.ask();
	await vi.waitFor(() => {
		expect(scene.tollgate.rows()[0]).toMatchObject({holdReason: 'backoff'});
	});
	await put(scene, (config) => ({...config}));
	expect(await answer).toMatchObject({status: 200});
	const [first, second] = scene.one.seen;
	expect(second!.at - first!.endedAt!).toBeGreaterThanOrEqual(1400);
});
