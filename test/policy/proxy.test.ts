/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {expect, test} from 'vitest';
import {proxyFor} from '../../source/policy/proxy.js';

const both = {HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://secure:2'};
const none = (list: string) => ({...both, NO_PROXY: list});

test.each([
	['https://api.host', {}, undefined],
	['https://api.host', both, 'http://secure:2/'],
	['http://api.host', both, 'http://plain:1/'],
	['https://api.host', {HTTP_PROXY: 'http://plain:1'}, 'http://plain:1/'],
	['http://api.host', {HTTPS_PROXY: 'http://secure:2'}, undefined],
	['https://api.host', {HTTPS_PROXY: ''}, undefined],
	['https://api.host', {...both, https_proxy: 'http://low:3'}, 'http://low:3/'],
	['https://api.host', {HTTPS_PROXY: 'proxy:3128'}, 'http://proxy:3128/'],
	['https://api.host', {HTTPS_PROXY: '10.0.0.9:3128'}, 'http://10.0.0.9:3128/'],
	['https://api.host', {HTTPS_PROXY: 'https://p'}, 'https://p/'],
	['https://api.host', {HTTPS_PROXY: '::not a url::'}, undefined],
	['http://127.0.0.1:80', both, undefined],
	['http://localhost', both, undefined],
	['http://[::1]:99', both, undefined],
	['https://api.host', none('*'), undefined],
	['https://api.host', none('other, api.host'), undefined],
	['https://api.host', none('API.HOST'), undefined],
	['https://api.host', none('host'), undefined],
	['https://api.host', none('.host'), undefined],
	['https://api.host', none('*.host'), undefined],
	['https://api.host', none('pi.host'), 'http://secure:2/'],
	['https://api.host', none('api.host:443'), undefined],
	['https://api.host', none('api.host:8443'), 'http://secure:2/'],
	['https://api.host:8443', none('api.host:8443'), undefined],
	['https://10.0.0.1', none('10.0.0.1 10.0.0.2'), undefined],
	['http://[fd00::1]', none('[fd00::1]'), undefined],
	['https://api.host', none(','), 'http://secure:2/'],
])('%s with %o goes through %s', (endpoint, env, proxy) => {
	expect(proxyFor(new URL(endpoint), env)?.href).toBe(proxy);
});
