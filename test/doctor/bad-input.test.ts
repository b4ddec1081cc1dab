/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {once} from 'node:events';
import https from 'node:https';
import net, {type AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {certificate, privateKey} from '../helpers/certificate.js';
import {startEndpoint, type Call} from '../helpers/endpoint.js';
import {
	complaints,
	error,
	events,
	gateway,
	json,
	listModels,
	look,
	lost,
	whole,
	type Gateway,
	type Patient,
} from './patient.js';

/**
What stands at the other end, and the URL that the user wrote for it.
*/
type Scene = AsyncDisposable & Readonly<{url: string}>;

const served =
	(own: Gateway, path = '/v1') =>
	async (): Promise<Scene> => {
		const endpoint = await startEndpoint(gateway(own));
		return {
			url: endpoint.url + path,
			[Symbol.asyncDispose]: async () => endpoint.close(),
		};
	};

const answering =
	(status: number, headers: Record<string, string>, body: string) =>
	async (): Promise<Scene> => {
		const endpoint = await startEndpoint(({response}) => {
			response.writeHead(status, headers);
			response.end(body);
		});
		return {
			url: endpoint.url,
			[Symbol.asyncDispose]: async () => endpoint.close(),
		};
	};

const page = {'content-type': 'text/html; charset=utf-8'};

/**
It speaks TLS with a certificate that nobody has signed but itself.
*/
const secure = (scheme: 'http' | 'https') => async (): Promise<Scene> => {
	const server = https.createServer(
		{cert: certificate, key: privateKey},
		(_request, response) => {
			response.writeHead(401).end('{"error":{"message":"No key"}}');
		},
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		url: `${scheme}://127.0.0.1:${port}/v1`,
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
};

/**
A port that was free a moment ago.
*/
const nobody = async (): Promise<Scene> => {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return {
		url: `http://127.0.0.1:${port}/v1`,
		async [Symbol.asyncDispose]() {
			// It is closed already.
		},
	};
};

const nowhere = (url: string) => async (): Promise<Scene> => ({
	url,
	async [Symbol.asyncDispose]() {
		// There is nothing.
	},
});

const streamed = (texts: readonly string[]) => async (call: Call) => {
	const {response} = call;
	response.writeHead(200, {'content-type': 'text/event-stream'});
	for (const text of texts) {
		response.write(text);

		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
	}

	response.end();
};

type Case = Readonly<{
	name: string;
	scene: () => Promise<Scene>;
	given?: Omit<Patient, 'url'>;
	check: string;
	standing?: 'warn';
	said: RegExp;
	fix: RegExp;
}>;

const cases: readonly Case[] = [
	{
		name: '/v1 twice',
		scene: served({}, '/v1/v1'),
		check: 'url',
		said: /^The url has \/v1 in it twice; the API is at http:\S+:\d+\/v1\.$/,
		fix: /^Write url = "http:\S+:\d+\/v1" in \[endpoints\.gateway\]\.$/,
	},
	{
		name: 'a full endpoint URL',
		scene: served({}, '/v1/messages'),
		check: 'url',
		said: /^The url is that of one kind of request \(it ends in \/messages\)/,
		fix: /^Write url = "http:\S+:\d+\/v1" in/,
	},
	{
		name: 'a full endpoint URL with a slash behind',
		scene: served({}, '/v1/chat/completions/'),
		check: 'url',
		said: /^The url is that of one kind of request \(it ends in \/chat\/completions\)/,
		fix: /^Write url = "http:\S+:\d+\/v1" in/,
	},
	{
		name: 'a path that is not there',
		scene: served({}, '/gateway/v2'),
		check: 'url',
		said: /^There is no API at the path of this url \(status 404\); the API is at/,
		fix: /^Write url = "http:\S+:\d+\/v1" in/,
	},
	{
		name: 'a web page beside the API',
		scene: served(
			{
				otherwise({response}) {
					response.writeHead(200, page).end('<!doctype html><p>Welcome');
				},
			},
			'/dashboard',
		),
		check: 'url',
		said: /^\S+ answers with a web page at this url, not as an API does; the API is at/,
		fix: /^Write url = "http:\S+:\d+\/v1" in/,
	},
	{
		name: 'a web page and no API',
		scene: answering(200, page, '<!doctype html><title>Best gateway</title>'),
		check: 'url',
		said: /^A web page came back from \S+, not the answer of an API/,
		fix: /^Look up the base URL in the documentation/,
	},
	{
		name: 'a redirect to another path',
		scene: served(
			{
				otherwise({response}) {
					response.writeHead(308, {location: '/v1/models'}).end();
				},
			},
			'/old',
		),
		check: 'url',
		said: /^This url has moved: /,
		fix: /^Write url = "http:\S+:\d+\/v1" in/,
	},
	{
		name: 'http for https',
		scene: secure('http'),
		check: 'url',
		said: /^The url begins with http:\/\/, and \S+ speaks https there\.$/,
		fix: /^Write url = "https:\S+:\d+\/v1" in/,
	},
	{
		name: 'https for http',
		async scene() {
			const scene = await served({})();
			return {
				url: scene.url.replace('http:', 'https:'),
				[Symbol.asyncDispose]: async () => scene[Symbol.asyncDispose](),
			};
		},
		check: 'url',
		said: /^The url begins with https:\/\/, and \S+ speaks http there\.$/,
		fix: /^Write url = "http:\S+:\d+\/v1" in/,
	},
	{
		name: 'a host that does not exist',
		scene: nowhere('https://api.gateway.invalid/v1'),
		check: 'network',
		said: /^There is no host api\.gateway\.invalid \(DNS\)\.$/,
		fix: /^Check the spelling/,
	},
	{
		name: 'a refused connection',
		scene: nobody,
		check: 'network',
		said: /refuses connections/,
		fix: /^Check its url/,
	},
	{
		name: 'a server that never answers',
		scene: served({
			models() {
				// Silence.
			},
		}),
		given: {patienceMs: 200},
		check: 'network',
		said: /^\S+ did not answer in time\.$/,
		fix: /^Check the host and the port/,
	},
	{
		name: 'a self-signed certificate',
		scene: secure('https'),
		check: 'network',
		said: /certificate of the endpoint is signed by nobody this machine trusts/,
		fix: /NODE_EXTRA_CA_CERTS/,
	},
	{
		name: "a captive portal's page",
		scene: answering(200, page, '<html><title>Hotel Wi-Fi login</title>'),
		check: 'url',
		said: /\(a captive portal\)\.$/,
		fix: /sign in to the network/,
	},
	{
		name: 'a captive portal that says so',
		scene: answering(511, page, '<html>Please'),
		check: 'url',
		said: /\(a captive portal\)\.$/,
		fix: /sign in to the network/,
	},
	{
		name: "a captive portal's redirect",
		scene: answering(
			302,
			{location: 'https://login.hotel.invalid/?from=x'},
			'',
		),
		check: 'url',
		said: /^Requests are sent on to https:\/\/login\.hotel\.invalid, .* sign in\.$/,
		fix: /sign in to the network/,
	},
	{
		name: "Anthropic's key on a gateway",
		scene: served({
			models(call) {
				json(call, 401, {
					error: {message: 'Invalid token', code: 'invalid_api_key'},
				});
			},
		}),
		given: {key: 'sk-ant-api03-abcdefghijklmnop'},
		check: 'key',
		said: /looks like a key of Anthropic's own API \(sk-ant-…\), and \S+ wants one of its own\.$/,
		fix: /^Put the key that you have from 127\.0\.0\.1:\d+ into GATEWAY_KEY/,
	},
	{
		name: "a gateway's key at Anthropic",
		scene: served({
			models(call) {
				json(call, 401, error('authentication_error', 'invalid x-api-key'));
			},
		}),
		given: {key: 'sk-or-v1-abcdefghijklmnop'},
		check: 'key',
		said: /looks like an OpenRouter key \(sk-or-…\), and Anthropic's API wants one of its own/,
		fix: /^Put a key of console\.anthropic\.com into GATEWAY_KEY/,
	},
	{
		name: "a gateway's wrong key at a gateway that speaks as Anthropic does",
		scene: served({
			models(call) {
				json(call, 401, error('authentication_error', 'invalid x-api-key'));
			},
		}),
		given: {key: 'sk-abcdefghijklmnop'},
		check: 'key',
		said: /as x-api-key and as a bearer token: it looks like a key as OpenAI and many gateways write them \(sk-…\)\.$/,
		fix: /^Check that GATEWAY_KEY holds all of a key of 127\.0\.0\.1:\d+/,
	},
	{
		name: 'the token of a subscription',
		scene: served({
			models(call) {
				json(call, 401, error('authentication_error', 'invalid x-api-key'));
			},
		}),
		given: {key: 'sk-ant-oat01-abcdefghijklmnop'},
		check: 'key',
		said: /token of a Claude subscription \(sk-ant-oat…\)/,
		fix: /^Write key = "agent" in \[endpoints\.gateway\]/,
	},
	{
		name: 'a key that is simply wrong',
		scene: served({
			models(call) {
				json(call, 401, error('authentication_error', 'No.'));
			},
		}),
		check: 'key',
		said: /^The key in GATEWAY_KEY is refused \(status 401\), as x-api-key and as a bearer token\.$/,
		fix: /^Check that GATEWAY_KEY holds all of a key of/,
	},
	{
		name: 'a key that may not be used from here',
		scene: served({
			models(call) {
				json(call, 403, error('permission_error', 'Not in your region'));
			},
		}),
		check: 'key',
		said: /not permitted to ask here \(status 403\): Not in your region\.$/,
		fix: /your region/,
	},
	{
		name: 'a key in the wrong header',
		scene: served({
			models(call) {
				if (call.heard.header('authorization') === undefined) {
					json(call, 401, error('authentication_error', 'No.'));
				} else {
					listModels(call);
				}
			},
		}),
		check: 'key',
		said: /^The key is taken as a bearer token, and would be sent as x-api-key\.$/,
		fix: /^Write auth = "bearer" in \[endpoints\.gateway\]\.$/,
	},
	{
		name: 'an empty key',
		scene: served({}),
		given: {key: ''},
		check: 'key',
		said: /the variable GATEWAY_KEY is empty\.$/,
		fix: /^Set GATEWAY_KEY in this shell/,
	},
	{
		name: 'a key with a newline',
		scene: served({}),
		given: {key: 'gw-2f4c19\n-the-rest'},
		check: 'key',
		said: /what GATEWAY_KEY holds has several lines\.$/,
		fix: /^Take the line break away: export GATEWAY_KEY=/,
	},
	{
		name: 'a key in quotes',
		scene: served({}),
		given: {key: '"gw-2f4c19-the-rest"'},
		check: 'key',
		said: /^The key in GATEWAY_KEY has quotes around it\.$/,
		fix: /take the quotes away/,
	},
	{
		name: 'a friendly model name',
		scene: served({
			messages(call) {
				json(call, 404, error('not_found_error', 'model: Claude Sonnet 4.6'));
			},
		}),
		given: {model: 'Claude Sonnet 4.6'},
		check: 'model',
		said: /^"Claude Sonnet 4\.6" is a name for people, and no id of a model here\.$/,
		fix: /^Write claude-sonnet-4-6 in \[aliases\.coding-default\]\.$/,
	},
	{
		name: 'a friendly model name, where nothing may cost',
		scene: served({}),
		given: {model: 'Claude Sonnet 4.6', isFree: true},
		check: 'model',
		said: /is a name for people/,
		fix: /^Write claude-sonnet-4-6 in/,
	},
	{
		name: 'a model that does not exist',
		scene: served({
			messages(call) {
				json(call, 503, {
					error: {message: 'No channel', code: 'model_not_found'},
				});
			},
		}),
		given: {model: 'claude-sonet-4.6'},
		check: 'model',
		said: /^"claude-sonet-4\.6" is no id of a model here\.$/,
		fix: /^Write claude-sonnet-4-6 in/,
	},
	{
		name: 'a model that does not exist, where there is no list',
		scene: served({
			models: lost,
			messages(call) {
				json(call, 404, error('not_found_error', 'model: claude-sonet-4.6'));
			},
		}),
		given: {model: 'claude-sonet-4.6'},
		check: 'model',
		said: /^"claude-sonet-4\.6" is no id of a model here\.$/,
		fix: /^Write an id in \[aliases\.coding-default\] that the documentation/,
	},
	{
		name: 'an error under status 200',
		scene: served({
			messages(call) {
				json(call, 200, {error: {message: 'upstream failed'}});
			},
		}),
		check: 'messages',
		said: /^The endpoint answers status 200 with an error in it \(upstream failed\)\.$/,
		fix: /^Do what its message says/,
	},
	{
		name: 'an error under status 200 for everything',
		scene: answering(
			200,
			{'content-type': 'application/json'},
			'{"error":{"message":"Insufficient balance"}}',
		),
		check: 'models',
		said: /^The endpoint answers status 200 with an error in it \(Insufficient balance\)\.$/,
		fix: /^Add credit/,
	},
	{
		name: '429 at once',
		scene: served({
			models(call) {
				json(call, 429, error('rate_limit_error', 'Slow down.'));
			},
		}),
		check: 'limits',
		said: /^The endpoint answers 429 rate limit \(Slow down\)\.$/,
		fix: /^Wait a minute/,
	},
	{
		name: '429 to the first question',
		scene: served({
			messages(call) {
				json(call, 429, error('rate_limit_error', 'Slow down.'));
			},
		}),
		check: 'limits',
		said: /^The endpoint answers 429 rate limit/,
		fix: /^Wait a minute/,
	},
	{
		name: 'no credit',
		scene: served({
			messages(call) {
				const text = 'Your credit balance is too low';
				json(call, 400, error('invalid_request_error', text));
			},
		}),
		check: 'messages',
		said: /\(Your credit balance is too low\)\.$/,
		fix: /^Waiting will not help/,
	},
	{
		name: 'a page of the gateway for a question',
		scene: served({
			messages({response}) {
				response.writeHead(502, page).end('<html>Bad gateway');
			},
		}),
		check: 'messages',
		said: /^A web page came back from \/v1\/messages \(status 502\)/,
		fix: /^Check the url and the proxies/,
	},
	{
		name: 'a stream that breaks off',
		scene: served({
			async messages(call, asked) {
				call.response.writeHead(200, {'content-type': 'text/event-stream'});
				call.response.write(events(asked.model!).slice(0, 4).join(''));
				call.response.end();
			},
		}),
		check: 'messages',
		said: /^The answer in anthropic-messages broke off/,
		fix: /^Try again/,
	},
	{
		name: 'a stream in one lump',
		scene: served({
			async messages(call, asked) {
				if (asked.stream === true) {
					call.response.writeHead(200, {'content-type': 'text/event-stream'});
					call.response.end(events(asked.model!).join(''));
				} else {
					json(call, 200, whole(asked));
				}
			},
		}),
		check: 'stream',
		standing: 'warn',
		said: /came in one lump, 8 events at once/,
		fix: /^Switch off buffering/,
	},
	{
		name: 'a whole answer for a stream',
		scene: served({
			messages(call, asked) {
				json(call, 200, whole(asked));
			},
		}),
		check: 'stream',
		said: /^A stream was asked for in anthropic-messages, and a whole answer came/,
		fix: /./,
	},
	{
		name: 'no usage',
		scene: served({
			async messages(call, asked) {
				if (asked.stream === true) {
					await streamed(events(asked.model!, false))(call);
				} else {
					json(call, 200, whole(asked));
				}
			},
		}),
		check: 'usage',
		standing: 'warn',
		said: /^No usage comes with the stream in anthropic-messages/,
		fix: /./,
	},
	{
		name: 'tools that are refused',
		scene: served({
			async messages(call, asked) {
				if (asked.tools === undefined) {
					await streamed(events(asked.model!))(call);
				} else {
					json(call, 400, error('invalid_request_error', 'no tools here'));
				}
			},
		}),
		check: 'tools',
		said: /^Tools are not taken in anthropic-messages: status 400, no tools here\.$/,
		fix: /./,
	},
	{
		name: 'a format that it does not speak',
		scene: served({}),
		given: {formats: ['anthropic-messages', 'openai-chat']},
		check: 'formats',
		said: /^openai-chat is not spoken here, only anthropic-messages\.$/,
		fix: /^Write formats = \["anthropic-messages"\] in \[endpoints\.gateway\]\.$/,
	},
	{
		name: 'none of its formats',
		scene: served({}),
		given: {formats: ['openai-responses']},
		check: 'formats',
		said: /^None of the formats is spoken here \(openai-responses\)\.$/,
		fix: /^Look up/,
	},
];

test.each(cases)(
	'$name is named in one sentence, with what to change',
	async ({scene, given, check, standing = 'bad', said, fix}) => {
		await using at = await scene();
		const found = complaints(await look({url: at.url, ...given}));

		expect(found).toEqual([
			expect.objectContaining({
				check,
				standing,
				said: expect.stringMatching(said) as string,
				fix: expect.stringMatching(fix) as string,
			}),
		]);
		expect(found[0]!.said).toMatch(/\.$/);
		expect(found[0]!.said).not.toMatch(/[!.?] [A-Z]/);
	},
);

test.each([
	[
		'without /v1',
		'',
		/leaves out is added to each request \(http:\S+\/v1\)\.$/,
	],
	['with a slash at its end', '/v1/', /the slash at its end does no harm\.$/],
	['as it should be', '/v1', /is the base of an API\.$/],
])('a url %s works, and nothing has to be changed', async (_, path, says) => {
	await using endpoint = await startEndpoint(gateway());
	const found = await look({url: endpoint.url + path});

	expect(complaints(found)).toEqual([]);
	expect(found.find(({check}) => check === 'url')?.said).toMatch(says);
});

test('a model that no list has, and that answers, is only worth a look', async () => {
	await using endpoint = await startEndpoint(gateway());
	const found = await look({
		url: `${endpoint.url}/v1`,
		model: 'claude-sonnet-4-6-20260217',
	});

	expect(complaints(found)).toEqual([
		expect.objectContaining({
			check: 'model',
			standing: 'warn',
			said: '"claude-sonnet-4-6-20260217" is not in the list of models, and answers all the same.',
		}),
	]);
});
