import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {hashOf, newSecret} from '../../source/config/local-keys.js';
import {ask, question} from '../helpers/ask.js';
import {startEndpoint, type Endpoint} from '../helpers/endpoint.js';
import {startTollgate, type Running} from '../helpers/passthrough.js';

const secret = newSecret('desktop');
const other = newSecret('ci');
const keys = `[keys.desktop]\nhash = "${hashOf(secret)}"\n[keys.ci]\nhash = "${hashOf(other)}"\ncredentials = {main = "env:CI"}`;

type Given = Readonly<{
	main?: string;
	server?: string;
	toml?: string;
}>;

async function setUp({
	main = '',
	server = '',
	toml = keys,
}: Given = {}): Promise<
	AsyncDisposable &
		Readonly<{
			endpoint: Endpoint;
			tollgate: Running;
			ask(headers: readonly string[]): ReturnType<typeof ask>;
		}>
> {
	const endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.setHeader('content-type', 'application/json');
		response.end('{}');
	});
	const tollgate = await startTollgate({
		endpoint: endpoint.url,
		main,
		server,
		toml,
		env: {MAIN: 'key-of-the-endpoint', CI: 'key-of-the-robots'},
	});
	return {
		endpoint,
		tollgate,
		ask: async (headers) =>
			ask(tollgate.url, {
				method: 'POST',
				path: '/v1/messages',
				body: question,
				headers: ['content-type', 'application/json', ...headers],
			}),
		async [Symbol.asyncDispose]() {
			await tollgate[Symbol.asyncDispose]();
			await endpoint[Symbol.asyncDispose]();
		},
	};
}

const ours = 'key = "env:MAIN"';
const waysIn = [
	['x-api-key', secret],
	['Authorization', `Bearer ${secret}`],
	['authorization', `bearer ${secret}`],
	['X-Tollgate-Key', secret],
	['authorization', `Token ${secret}`],
	['authorization', `Bearer: ${secret}`],
	['x-api-key', `Bearer Bearer ${secret}`],
] as const;

describe.each(waysIn)('a local key as %s', (name, value) => {
	test('is known, and goes no further', async () => {
		await using scene = await setUp({main: ours});
		expect(await scene.ask([name, value])).toMatchObject({status: 200});
		expect(scene.tollgate.row()).toMatchObject({key: 'desktop'});
		const {headers} = scene.endpoint.heard[0]!;
		expect(headers).toContain('key-of-the-endpoint');
		expect(JSON.stringify(headers)).not.toContain(secret);
	});

	test('is none for an endpoint that has no key of ours', async () => {
		await using scene = await setUp({
			main: 'key = "agent"',
			toml: `[keys.desktop]\nhash = "${hashOf(secret)}"`,
		});
		const answer = await scene.ask([name, value]);
		expect(answer.status).toBe(401);
		expect(answer.header('x-tollgate-reason')).toBe('key');
		expect(scene.endpoint.heard).toHaveLength(0);
	});
});

test('x-tollgate-key leaves the agent’s own credential alone', async () => {
	await using scene = await setUp({
		main: 'key = "agent"',
		toml: `[keys.desktop]\nhash = "${hashOf(secret)}"`,
	});
	const {status} = await scene.ask([
		'x-tollgate-key',
		secret,
		'authorization',
		'Bearer sk-ant-oat-of-a-subscription',
	]);
	expect(status).toBe(200);
	const {headers} = scene.endpoint.heard[0]!;
	expect(headers).toContain('Bearer sk-ant-oat-of-a-subscription');
	expect(JSON.stringify(headers)).not.toContain(secret);
	expect(scene.tollgate.row()).toMatchObject({key: 'desktop'});
});

test('a local key beside the agent’s own goes no further, and that one does', async () => {
	await using scene = await setUp({
		main: 'key = "agent"',
		toml: `[keys.desktop]\nhash = "${hashOf(secret)}"`,
	});
	const {status} = await scene.ask([
		'x-api-key',
		secret,
		'authorization',
		'Bearer sk-of-the-agent',
	]);
	expect(status).toBe(200);
	const {headers} = scene.endpoint.heard[0]!;
	expect(headers).toContain('Bearer sk-of-the-agent');
	expect(headers.map((name) => name.toLowerCase())).not.toContain('x-api-key');
});

test('each key goes to the endpoint with its own credential', async () => {
	await using scene = await setUp({main: ours});
	await scene.ask(['x-api-key', other]);
	await scene.ask(['x-api-key', secret]);
	await scene.ask(['x-api-key', 'sk-some-other']);
	expect(
		scene.endpoint.heard.map((heard) => heard.header('x-api-key')),
	).toEqual([
		'key-of-the-robots',
		'key-of-the-endpoint',
		'key-of-the-endpoint',
	]);
	expect(scene.tollgate.rows().map(({key}) => key)).toEqual([
		'ci',
		'desktop',
		'default',
	]);
});

describe('turned away with a 401 and never sent', () => {
	test.each([
		['a key that is not known', ['x-api-key', newSecret('desktop')], {}],
		[
			'a key where there are none any more',
			['authorization', `Bearer ${secret}`],
			{toml: ''},
		],
		['nonsense in our own header', ['x-tollgate-key', 'nonsense'], {}],
		['no key where one is required', [], {server: 'require_key = true'}],
		[
			'an agent’s own credential where a local key is required',
			['x-api-key', 'sk-ant-api03-of-the-agent'],
			{server: 'require_key = true'},
		],
		[
			'a key with one letter changed',
			[
				'x-api-key',
				`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
			],
			{},
		],
	] as const)('%s', async (_, headers, given: Given) => {
		await using scene = await setUp({main: ours, ...given});
		const answer = await scene.ask(headers);
		expect(answer.status).toBe(401);
		expect(answer.header('x-tollgate-reason')).toBe('key');
		expect(answer.header('x-should-retry')).toBe('false');
		expect(answer.json()).toMatchObject({
			error: {type: 'authentication_error'},
		});
		expect(String(answer.body)).not.toContain(secret.slice(-20));
		expect(scene.endpoint.heard).toHaveLength(0);
		expect(scene.tollgate.row()).toMatchObject({
			outcome: 'refused',
			reason: 'key',
		});
	});
});

describe.each(['key = "env:MAIN"', 'key = "agent"'])(
	'a local key where none is read is refused and goes no further: %s',
	(main) => {
		test.each([
			['query', '/v1/messages?key=KEY', []],
			['path', '/v1/files/KEY', []],
			['header of another name', '/v1/messages', ['x-my-key', 'KEY']],
			['cookie', '/v1/messages', ['cookie', 'a=b; key=KEY']],
			[
				'name or password of the base URL',
				'/v1/messages',
				['authorization', 'Basic KEY'],
			],
			[
				'other place beside the right one',
				'/v1/messages',
				['x-api-key', 'KEY', 'x-my-key', 'KEY'],
			],
		] as const)('%s', async (_, path, headers) => {
			await using scene = await setUp({
				main,
				toml: `[keys.desktop]\nhash = "${hashOf(secret)}"`,
			});
			const basic = Buffer.from(`me:${secret}`).toString('base64');
			const answer = await ask(scene.tollgate.url, {
				method: 'POST',
				path: path.replace('KEY', () => secret),
				body: question,
				headers: headers.map((text) =>
					text
						.replace('Basic KEY', () => `Basic ${basic}`)
						.replace('KEY', () => secret),
				),
			});
			expect(answer.status).toBe(401);
			expect(answer.header('x-tollgate-reason')).toBe('key');
			expect(String(answer.body)).not.toContain(secret);
			expect(scene.endpoint.heard).toHaveLength(0);
			expect(JSON.stringify(scene.tollgate.rows())).not.toContain(secret);
		});
	},
);

test('where a key is required, lists and all else need it too', async () => {
	await using scene = await setUp({main: ours, server: 'require_key = true'});
	for (const [method, path] of [
		['GET', '/v1/models'],
		['HEAD', '/'],
		['POST', '/v1/messages/count_tokens'],
		['GET', '/v1/files'],
	] as const) {
		const without = await ask(scene.tollgate.url, {method, path});

		const withIt = await ask(scene.tollgate.url, {
			method,
			path,
			headers: ['x-tollgate-key', secret],
		});
		expect([path, without.status, withIt.status]).toEqual([path, 401, 200]);
	}
});

test('a revoked key is refused at once', async () => {
	await using scene = await setUp({main: ours});
	expect(await scene.ask(['x-api-key', secret])).toMatchObject({status: 200});
	const {config, passthrough} = scene.tollgate;
	await passthrough.replaceConfig({
		config: {
			...config,
			keys: config.keys.map((key) => ({...key, hash: undefined})),
		},
		credentials: new Map(),
		needsRestart: [],
		readAt: Date.now(),
	});
	expect(await scene.ask(['x-api-key', secret])).toMatchObject({status: 401});
});
