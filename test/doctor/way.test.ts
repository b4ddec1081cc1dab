/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {Buffer} from 'node:buffer';
import {expect, test} from 'vitest';
import type {Ask, AskRequest, Asked} from '../../source/doctor/ask.js';
import {probe} from '../../source/doctor/probe.js';

const key = 'gw-the-key-of-this-gateway';

type Reply = (
	request: AskRequest,
) => Readonly<{status: number; body: unknown; location?: string}> | string;

/**
A network of our own: a code in place of an answer is a failure. Keeps what is asked.
*/
function network(reply: Reply): Readonly<{ask: Ask; asked: AskRequest[]}> {
	const asked: AskRequest[] = [];
	return {
		asked,
		async ask(request): Promise<Asked> {
			asked.push(request);
			const said = reply(request);
			return typeof said === 'string'
				? {kind: 'failed', code: said, tookMs: 1}
				: {
						kind: 'answered',
						status: said.status,
						headers: [
							'content-type',
							'application/json',
							...(said.location === undefined
								? []
								: ['location', said.location]),
						],
						body: Buffer.from(JSON.stringify(said.body)),
						isWhole: true,
						headersMs: 1,
						firstByteMs: 1,
						endMs: 2,
						chunks: [],
					};
		},
	};
}

const list = {status: 200, body: {data: [{id: 'claude-sonnet-4-6'}]}};
const unknown = {status: 401, body: {error: {message: 'No key'}}};

const isKeyed = ({headers}: AskRequest): boolean =>
	headers.some((value) => value.includes(key));

test('over http a key is not sent to another machine that is also there over https', async () => {
	const {ask, asked} = network((request) =>
		isKeyed(request) && request.method === 'GET' ? list : unknown,
	);
	const found = await probe({
		url: 'http://api.gateway.example/v1',
		credential: key,
		ask,
	});

	expect(found.url).toBe('https://api.gateway.example/v1');
	expect(found.works).toBe(true);
	expect(
		asked.filter((one) => one.url.protocol === 'http:' && isKeyed(one)),
	).toEqual([]);
	expect(asked.some((one) => isKeyed(one))).toBe(true);
	expect(found.findings).toContainEqual(
		expect.objectContaining({
			check: 'url',
			standing: 'bad',
			said: expect.stringContaining(
				'anybody on the way can read the key',
			) as string,
		}),
	);
});

test.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
	'where the certificate is not believed (%s), nothing is asked without one',
	async (code) => {
		const {ask, asked} = network(() => code);
		const found = await probe({
			url: 'https://api.gateway.example/v1',
			credential: key,
			ask,
		});

		expect(found.works).toBe(false);
		expect(asked.map(({url}) => url.protocol)).toEqual(['https:']);
	},
);

test('a key is for its own host, wherever that sends one', async () => {
	const {ask, asked} = network(({url}) =>
		url.pathname.startsWith('/gateway') ? {status: 404, body: {}} : list,
	);
	await probe({
		url: 'https://api.gateway.example/gateway',
		credential: key,
		ask,
	});

	expect(asked.map(({url}) => url.host)).toEqual(
		asked.map(() => 'api.gateway.example'),
	);
});

test('a host that sends requests on to another one does not get the key taken there', async () => {
	const {ask, asked} = network(({url}) =>
		url.hostname === 'old.example'
			? {status: 308, body: {}, location: 'https://new.example/v1/models'}
			: unknown,
	);
	const {findings} = await probe({
		url: 'https://old.example/v1',
		credential: key,
		ask,
	});

	expect(findings.at(-1)).toMatchObject({
		check: 'url',
		standing: 'bad',
		fix: 'Write https://new.example/v1 instead.',
	});
	expect(
		asked.filter((one) => one.url.hostname === 'new.example').length,
	).toBeGreaterThan(0);
	expect(
		asked.filter((one) => one.url.hostname === 'new.example' && isKeyed(one)),
	).toEqual([]);
});

test.each([
	['https://api.antropic.com', 'Did you mean api.anthropic.com?'],
	['https://api.openai.co/v1', 'Did you mean api.openai.com?'],
	[
		'https://nothing-like-it.example',
		'Check the spelling of its url, and whether this machine is online.',
	],
])('where there is no host %s: %s', async (url, fix) => {
	const {ask} = network(() => 'ENOTFOUND');
	const {findings} = await probe({url, credential: key, ask});

	expect(findings).toEqual([
		expect.objectContaining({check: 'network', standing: 'bad', fix}),
	]);
});

test.each([
	['ECONNRESET', /broke the connection/],
	['ETIMEDOUT', /did not answer in time/],
	['UND_ERR_CONNECT_TIMEOUT', /did not answer in time/],
	['PROXY_407', /proxy on the way refused/],
	['ERR_TLS_CERT_ALTNAME_INVALID', /certificate is of another host/],
	['EHOSTUNREACH', /no way to the network/],
])('%s is told in words', async (code, says) => {
	const {ask} = network(() => code);
	const {findings, works} = await probe({
		url: 'https://api.gateway.example/v1',
		credential: undefined,
		ask,
	});

	expect(works).toBe(false);
	expect(findings).toHaveLength(1);
	expect(findings[0]!.said).toMatch(says);
	expect(findings[0]!.fix).toBeTruthy();
});

test('a probe tells formats, models and their prices, and costs nothing', async () => {
	const {ask, asked} = network(({method, url, body}) => {
		if (method === 'GET') {
			return {
				status: 200,
				body: {
					data: [
						{id: 'claude-sonnet-4-6'},
						{
							id: 'house-model',
							pricing: {prompt: '0.000001', completion: '0.000002'},
						},
						{id: 'nobody-knows'},
					],
				},
			};
		}

		return url.pathname.endsWith('/responses')
			? {status: 404, body: {error: {message: 'Not Found'}}}
			: {status: 400, body: {error: {message: `Not ${body!}`}}};
	});
	const found = await probe({
		url: 'https://api.gateway.example/v1/',
		credential: key,
		ask,
	});

	expect(found).toMatchObject({
		url: 'https://api.gateway.example/v1/',
		works: true,
		formats: ['anthropic-messages', 'openai-chat'],
		models: [
			{id: 'claude-sonnet-4-6', input: 3e9, output: 15e9},
			{id: 'house-model', input: 1e9, output: 2e9},
			{id: 'nobody-knows', input: undefined, output: undefined},
		],
	});
	expect(asked.every(({body = '{}'}) => body === '{}')).toBe(true);
});

test('what is no URL is said, and nothing is asked', async () => {
	const {ask, asked} = network(() => list);
	const found = await probe({url: 'not a url', credential: key, ask});

	expect(found.works).toBe(false);
	expect(found.findings).toHaveLength(1);
	expect(asked).toEqual([]);
});

test('a header that one format wants the key in is found without a question that costs', async () => {
	const {ask, asked} = network(({method, headers}) =>
		headers.includes(`Bearer ${key}`)
			? method === 'GET'
				? list
				: {status: 400, body: {error: {message: 'model: required'}}}
			: unknown,
	);
	const found = await probe({
		url: 'https://gateway.example/v1',
		credential: key,
		ask,
	});

	expect(found).toMatchObject({works: true, auth: 'bearer'});
	expect(asked.every(({body}) => body === undefined || body === '{}')).toBe(
		true,
	);
});

test('where a proxy is on the way and cannot be reached, the endpoint is not blamed', async () => {
	const {ask} = network(() => 'ECONNREFUSED');
	const {findings} = await probe({
		url: 'https://gateway.example/v1',
		credential: key,
		proxy: 'proxy.example:3128',
		ask,
	});

	expect(findings).toMatchObject([
		{
			check: 'network',
			standing: 'bad',
			said: 'The proxy on the way to gateway.example, proxy.example:3128, cannot be reached (ECONNREFUSED).',
			fix: 'Check HTTPS_PROXY, and whether the proxy runs; or name the host in NO_PROXY.',
		},
	]);
});

test.each([
	[
		'PROXY_502',
		'api.antropic.com',
		'The proxy on the way did not reach api.antropic.com (status 502).',
		'Did you mean api.anthropic.com?',
	],
	[
		'PROXY_403',
		'gateway.example',
		'The proxy on the way does not let gateway.example through (status 403).',
		'Check the spelling of its url, and ask who runs the proxy whether this host is allowed.',
	],
])('%s is about the host behind the proxy', async (code, host, says, fix) => {
	const {ask} = network(() => code);
	const {findings} = await probe({
		url: `https://${host}`,
		credential: key,
		proxy: 'proxy.example:3128',
		ask,
	});

	expect(findings).toMatchObject([{said: says, fix}]);
});
