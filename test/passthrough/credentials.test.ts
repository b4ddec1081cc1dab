import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {ask, type Asked} from '../helpers/ask.js';
import {pairsOf, startEndpoint} from '../helpers/endpoint.js';
import {startTollgate, type Given} from '../helpers/passthrough.js';

const names =
	/^(?:authorization|x-api-key|x-tollgate-key|api-key|x-goog-api-key|cookie)$/i;

/**
The credentials that the endpoint gets.
*/
async function credentialsSent(given: Given, asked: Asked) {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		...given,
	});
	await ask(tollgate.url, asked);
	return Object.fromEntries(
		pairsOf(endpoint.heard[0]!.headers).filter(([name]) => names.test(name)),
	);
}

const ours = {main: 'key = "env:OURS"', env: {OURS: 'sk-ours'}};
const agents = [
	'X-Api-Key',
	'sk-agent',
	'Authorization',
	'Bearer sk-agent',
	'X-Tollgate-Key',
	'tg-local',
];
const others = [
	'Api-Key',
	'sk-agent',
	'X-Goog-Api-Key',
	'sk-agent',
	'Cookie',
	'session=agent',
];
const bearer = {authorization: 'Bearer sk-ours'};
const apiKey = {'x-api-key': 'sk-ours'};

describe('our own key is the only credential that goes upstream', () => {
	test.each([
		['/v1/messages', '', apiKey],
		['/v1/messages/count_tokens', '', apiKey],
		['/v1/chat/completions', '', bearer],
		['/v1/responses', '', bearer],
		['/v1/messages', 'auth = "bearer"', bearer],
		['/v1/chat/completions', 'auth = "x-api-key"', apiKey],
		['/v1/messages', 'auth = "both"', {...apiKey, ...bearer}],
		['/v1/embeddings', '', bearer],
	])('%s %s', async (path, auth, expected) => {
		const sent = await credentialsSent(
			{...ours, main: `${ours.main}\n${auth}`},
			{path, headers: [...agents, ...others]},
		);

		expect(sent).toEqual(expected);
	});

	test.each([
		['anthropic-version', '2023-06-01', apiKey],
		['x-other', '1', bearer],
	])(
		'on GET models it takes the form of the client with %s',
		async (name, value, expected) => {
			const sent = await credentialsSent(ours, {
				method: 'GET',
				path: '/v1/models',
				headers: [name, value],
			});

			expect(sent).toEqual(expected);
		},
	);

	test('also where the agent sent none', async () => {
		expect(await credentialsSent(ours, {headers: []})).toEqual(apiKey);
	});

	test('a command may print it', async () => {
		const sent = await credentialsSent(
			{main: 'key = "cmd:echo sk-ours"', env: {PATH: process.env['PATH']}},
			{headers: agents},
		);

		expect(sent).toEqual(apiKey);
	});
});

describe('with key = "agent" the agent\u{2019}s own credential goes on', () => {
	test.each([
		['said', 'key = "agent"'],
		['the only endpoint', ''],
	])('as it came, but for what is meant for us (%s)', async (_, main) => {
		expect(await credentialsSent({main}, {headers: agents})).toEqual({
			'X-Api-Key': 'sk-agent',
			Authorization: 'Bearer sk-agent',
		});
	});

	test('and is never sent to the endpoint beside it', async () => {
		await using stranger = await startEndpoint(async ({heard, response}) => {
			await heard.body();
			response.end('{}');
		});
		await using tollgate = await startTollgate({
			toml: `
[endpoints.anthropic]
url = "https://api.anthropic.com"
key = "agent"
[endpoints.gateway]
url = "${stranger.url}"
key = "env:OURS"
[aliases.elsewhere]
targets = ["gateway/m"]
`,
			env: ours.env,
		});
		await ask(tollgate.url, {headers: agents, body: '{"model":"elsewhere"}'});

		expect(JSON.stringify(stranger.heard[0]?.headers)).not.toMatch(
			/sk-agent|tg-local/,
		);
	});

	test.each(['/v1/messages', '/v1/chat/completions', '/v1/unknown'])(
		'a local key alone is not enough (%s)',
		async (path) => {
			await using endpoint = await startEndpoint(({response}) => {
				response.end('{}');
			});
			await using tollgate = await startTollgate({endpoint: endpoint.url});
			const answer = await ask(tollgate.url, {
				path,
				headers: ['x-tollgate-key', 'tg-local'],
			});

			expect(answer.status).toBe(401);
			expect(answer.header('x-tollgate-reason')).toBe('key');
			expect(answer.header('x-should-retry')).toBe('false');
			expect(answer.body.toString()).not.toContain('tg-local');
			expect(endpoint.heard).toEqual([]);
			expect(tollgate.row()).toMatchObject({
				outcome: 'refused',
				reason: 'key',
				httpStatus: 401,
				attempts: 0,
			});
		},
	);
});
