import {expect, test} from 'vitest';
import {startEndpoint, type Call} from '../helpers/endpoint.js';
import {error, events, gateway, json, look, type Patient} from './patient.js';

const secret = 'gw-canary-51c0b7e2d9';

/**
What an endpoint could say of the key that it was sent.
*/
const echoes = `You sent ${secret}, that is Bearer ${secret}.`;

test.each([
	[
		'to the list of models',
		gateway({
			models(call) {
				json(call, 401, error('authentication_error', echoes));
			},
		}),
		{},
	],
	[
		'in the ids of models',
		gateway({
			models(call) {
				json(call, 200, {data: [{id: `model-${secret}`}, {id: secret}]});
			},
		}),
		{model: 'model'},
	],
	[
		'to a question',
		gateway({
			messages(call) {
				json(call, 400, error(secret, echoes));
			},
		}),
		{},
	],
	[
		'under status 200',
		gateway({
			messages(call) {
				json(call, 200, {error: {message: echoes, code: secret}});
			},
		}),
		{},
	],
	[
		'as the model of its answer',
		gateway({
			messages(call) {
				call.response.writeHead(200, {'content-type': 'text/event-stream'});
				call.response.end(events(secret).join(''));
			},
		}),
		{},
	],
	[
		'in a redirect',
		async ({response}) => {
			response
				.writeHead(302, {location: `https://${secret}.invalid/${secret}`})
				.end();
		},
		{},
	],
] satisfies ReadonlyArray<
	readonly [string, Parameters<typeof startEndpoint>[0], Partial<Patient>]
>)('a key that comes back %s is not shown', async (_, play, given) => {
	await using endpoint = await startEndpoint(play);
	const found = await look({url: endpoint.url, key: secret, ...given});

	expect(found.length).toBeGreaterThan(0);
	expect(endpoint.heard.some((one) => one.headers.includes(secret))).toBe(true);
	expect(JSON.stringify(found)).not.toContain(secret);
	expect(JSON.stringify(found)).toContain('$GATEWAY_KEY');
});

test.each([
	['a good endpoint', {}],
	[
		'one that sends it back',
		{
			models(call: Call) {
				json(call, 400, error('invalid_request_error', call.heard.target));
			},
		},
	],
])('what stands in the query of a url is not shown: %s', async (_, own) => {
	await using endpoint = await startEndpoint(gateway(own));
	const found = await look({url: `${endpoint.url}/v1?code=${secret}`});

	expect(endpoint.heard[0]?.target).toContain(secret);
	expect(JSON.stringify(found)).not.toContain(secret);
});

test('a key in the path of a url is not shown', async () => {
	await using endpoint = await startEndpoint(gateway());
	const inPath = 'sk-canary-51c0b7e2d9';
	const found = await look({url: `${endpoint.url}/${inPath}/v1`});

	expect(endpoint.heard[0]?.target).toContain(inPath);
	expect(JSON.stringify(found)).not.toContain(inPath);
});
