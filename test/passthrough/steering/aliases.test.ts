import {brotliCompressSync, gzipSync} from 'node:zlib';
import {expect, test, vi} from 'vitest';
import {ask} from '../../helpers/ask.js';
import {startEndpoint} from '../../helpers/endpoint.js';
import {startTollgate} from '../../helpers/passthrough.js';
import {setScene, steering, switched, type Scene} from './scene.js';

const active = (scene: Scene) => steering(scene).active;

// eslint-disable-next-line unicorn/no-thenable -- A name: nothing that could be called.
const back = {then: 'both'};

test('nothing is steered before somebody says so', async () => {
	await using scene = await setScene();
	await scene.ask();
	expect(scene.asked()).toEqual({one: ['claude-sonnet-4-6'], two: []});
	expect(active(scene)).toMatchObject({value: {alias: null}, setBy: 'config'});
	expect(scene.tollgate.row()).toMatchObject({alias: null});
});

test('what is steered follows the active alias, the rest does not', async () => {
	await using scene = await setScene({routing: 'active = "both"'});
	await scene.ask();
	await scene.ask({model: 'claude-haiku-4-5'});
	await scene.ask({model: 'second'});
	expect(scene.asked()).toEqual({
		one: ['sonnet-one', 'claude-haiku-4-5'],
		two: ['opus-two'],
	});
});

test('the rest may have an alias of its own', async () => {
	await using scene = await setScene({
		routing: 'active = "both"\nbackground = "second"\nsteer = ["claude-o*"]',
	});
	await scene.ask();
	await scene.ask({model: 'claude-opus-4-6'});
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['opus-two']});
});

test('a switch is in force on the next request, and as-asked ends it', async () => {
	await using scene = await setScene();
	await switched(scene, {alias: 'second'});
	await scene.ask();
	await switched(scene, {alias: null});
	await scene.ask();
	expect(scene.asked()).toEqual({
		one: ['claude-sonnet-4-6'],
		two: ['opus-two'],
	});
});

test('a counted switch steers so many and falls back', async () => {
	await using scene = await setScene({routing: 'active = "both"'});
	await switched(scene, {alias: 'second', requestsLeft: 3, ...back});
	await Promise.all(
		Array.from({length: 5}, async (_, count) =>
			scene.ask({text: `question ${count}`}),
		),
	);
	await scene.ask({path: '/v1/messages/count_tokens'});
	expect(scene.asked().two).toHaveLength(3);
	expect(scene.asked().one).toHaveLength(3);
	expect(active(scene)).toMatchObject({
		value: {alias: 'both', requestsLeft: null},
		setBy: 'count',
	});
});

test('a timed switch falls back', async () => {
	await using scene = await setScene({routing: 'active = "both"'});
	await switched(scene, {
		alias: 'second',
		until: Date.now() + 500,
		...back,
	});
	await scene.ask();
	await vi.waitFor(() => {
		expect(active(scene)).toMatchObject({
			value: {alias: 'both', until: null},
			setBy: 'time',
		});
	});
	await scene.ask();
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['opus-two']});
});

test("an alias's words are the last of the system prompt, and the rest is byte for byte", async () => {
	await using scene = await setScene({
		alias:
			'[aliases.careful]\ntargets = ["one/claude-opus-4-6"]\nsystem = "Be \\"brief\\"."',
	});
	await scene.ask({model: 'careful', extra: {system: 'You are kind.'}});
	await scene.ask({
		model: 'careful',
		path: '/v1/messages/count_tokens',
		extra: {system: [{type: 'text', text: 'One.'}]},
	});
	await scene.ask({model: 'careful', path: '/v1/chat/completions'});
	const bodies = scene.one.seen.map(
		({body}) => JSON.parse(body.toString()) as Record<string, unknown>,
	);
	expect(bodies[0]).toMatchObject({
		model: 'claude-opus-4-6',
		system: 'You are kind.\n\nBe "brief".',
	});
	expect(bodies[1]).toMatchObject({
		system: [
			{type: 'text', text: 'One.'},
			{type: 'text', text: 'Be "brief".'},
		],
	});
	expect(bodies[2]).toMatchObject({
		messages: [
			{role: 'system', content: 'Be "brief".'},
			{role: 'user', content: 'Hello'},
		],
	});
});

test('no target that speaks the format: the refusal says which would', async () => {
	await using scene = await setScene({
		routing: 'active = "lone"',
		alias:
			'[endpoints.narrow]\nurl = "http://127.0.0.1:9"\nformats = ["openai-chat"]\nkey = "env:ONE"\n[aliases.lone]\ntargets = ["narrow/x"]',
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(404);
	expect(answer.header('x-tollgate-reason')).toBe('alias');
	expect(answer.body.toString()).toMatch(
		'Aliases that would fit: both, second, chat.',
	);
	expect(answer.body.toString()).toMatch('Endpoints that speak it: one, two.');
});

test('an alias is described to who asks for it', async () => {
	await using scene = await setScene();
	const models = await fetch(`${scene.tollgate.url}/v1/models/both`, {
		headers: {'anthropic-version': '2023-06-01'},
	});
	expect(await models.json()).toMatchObject({id: 'both', type: 'model'});
	expect(scene.one.seen).toEqual([]);
	const list = await fetch(`${scene.tollgate.url}/v1/models`);
	const {data} = (await list.json()) as {
		data: ReadonlyArray<{id: string; object: string}>;
	};
	expect(data.slice(-3)).toMatchObject(
		['both', 'second', 'chat'].map((id) => ({id, object: 'model'})),
	);
	expect(data.length).toBeGreaterThan(3);
	const other = await fetch(`${scene.tollgate.url}/v1/models/nonesuch`);
	expect(other.status).toBe(404);
});

test.each([
	['gzip', gzipSync],
	['br', brotliCompressSync],
])(
	'aliases are added to a list that comes in %s though plain was asked for',
	async (encoding, pack) => {
		await using endpoint = await startEndpoint(({response}) => {
			response.writeHead(200, {
				'content-type': 'application/json',
				'content-encoding': encoding,
				etag: '"a"',
			});
			response.end(pack('{"object":"list","data":[{"id":"one"}]}'));
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			toml: '[aliases.fast]\ntargets = ["main/x"]',
		});
		const list = await ask(tollgate.url, {method: 'GET', path: '/v1/models'});
		expect(list.header('content-encoding')).toBeUndefined();
		expect(list.header('etag')).toBe('"a"');
		expect(list.json()).toMatchObject({data: [{id: 'one'}, {id: 'fast'}]});
		expect(list.complete).toBe(true);
	},
);

test('a list that cannot be unpacked goes on as it came', async () => {
	await using endpoint = await startEndpoint(({response}) => {
		response.writeHead(200, {'content-encoding': 'gzip'});
		response.end('no gzip');
	});
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		toml: '[aliases.fast]\ntargets = ["main/x"]',
	});
	const list = await ask(tollgate.url, {method: 'GET', path: '/v1/models'});
	expect(list.header('content-encoding')).toBe('gzip');
	expect(list.body.toString()).toBe('no gzip');
	expect(list.complete).toBe(true);
});

test('switched a thousand times under load, each request goes wholly to one target', async () => {
	await using scene = await setScene();
	const load = {isOver: false};
	let count = 0;
	const asking = Array.from({length: 8}, async (_, agent) => {
		while (!load.isOver) {
			const {status} = await scene.ask({
				text: `question ${agent} ${count++}`,
				session: `${agent}`,
			});
			expect(status).toBe(200);
		}
	});
	for (let times = 0; times < 1000; times++) {
		scene.wish('active', {
			alias: [null, 'both', 'second'][times % 3],
		});
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
	}

	await new Promise((resolve) => {
		setTimeout(resolve, 300);
	});
	load.isOver = true;
	await Promise.all(asking);
	const {one, two} = scene.asked();
	expect(new Set(two).size).toBe(1);
	for (const model of one) {
		expect(['claude-sonnet-4-6', 'sonnet-one']).toContain(model);
	}

	const rows = scene.tollgate.rows();
	expect(rows).toHaveLength(one.length + two.length);
	for (const row of rows) {
		expect([row.alias, row.endpoint, row.sentModel].join(' ')).toMatch(
			/^(?: one claude-sonnet-4-6|both one sonnet-one|second two opus-two)$/v,
		);
	}
}, 120_000);
