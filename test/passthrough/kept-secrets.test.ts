import {expect, test} from 'vitest';
import {secretsInQuery} from '../../source/passthrough/query-secrets.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const key = 'gwZk93kdAAbbccdd8812';

test.each([
	['x-api-key', key],
	['authorization', `Bearer ${key}`],
])(
	'what an endpoint repeats of the %s it was sent is not kept',
	async (name, value) => {
		await using endpoint = await startEndpoint(({response}) => {
			response.writeHead(401, {'content-type': 'application/json'});
			response.end(
				JSON.stringify({
					type: 'error',
					error: {type: 'authentication_error', message: `invalid key ${key}`},
				}),
			);
		});
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const response = await fetch(`${tollgate.url}/v1/messages`, {
			method: 'POST',
			headers: {[name]: value, 'content-type': 'application/json'},
			body: '{"model":"m","messages":[]}',
		});
		expect(await response.text()).toContain(key);
		expect(JSON.stringify(tollgate.rows())).not.toContain(key);
		expect(tollgate.rows()).toMatchObject([
			{errorClass: 'auth', errorMessage: 'invalid key [removed]'},
		]);
	},
);

test.each([
	['/v1/messages', []],
	['/v1/messages?beta=true', []],
	['/v1/models?limit=1000&key=AIza-1', ['AIza-1', 'AIza-1']],
	['?api-version=2024-10-21&code=a%2Fb%3D', ['a/b=', 'a%2Fb%3D']],
	['/x?a=1&X-Amz-Signature=s1&access_token=t1', ['s1', 't1', 's1', 't1']],
])('of %s the secrets are %j', (target, secrets) => {
	expect(secretsInQuery(target)).toEqual(secrets);
});
