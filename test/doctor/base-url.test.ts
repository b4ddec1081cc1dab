/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {expect, test} from 'vitest';
import {
	misspelt,
	neighbours,
	readBaseUrl,
	written,
} from '../../source/doctor/base-url.js';

test.each([
	['api.gateway.example', 'https://api.gateway.example/'],
	['api.gateway.example/v1', 'https://api.gateway.example/v1'],
	['api.gateway.example:8443/v1', 'https://api.gateway.example:8443/v1'],
	['localhost:4000', 'http://localhost:4000/'],
	['127.0.0.1:4000/v1', 'http://127.0.0.1:4000/v1'],
	['  https://api.gateway.example  ', 'https://api.gateway.example/'],
	['HTTP://api.gateway.example', 'http://api.gateway.example/'],
	['ftp://api.gateway.example', undefined],
	['https://', undefined],
	['', undefined],
])('%j is read as %s', (text, url) => {
	expect(readBaseUrl(text)?.href).toBe(url);
});

test.each([
	['https://a.example/v1/v1', 'https://a.example/v1'],
	['https://a.example/v1/v1/v1/', 'https://a.example/v1'],
	['https://a.example/api/v1/v1', 'https://a.example/api/v1'],
	['https://a.example/v1/messages', 'https://a.example/v1'],
	['https://a.example/v1/messages/count_tokens', 'https://a.example/v1'],
	['https://a.example/v1/v1/messages', 'https://a.example/v1'],
	['https://a.example/chat/completions', 'https://a.example'],
	['https://a.example/v1/chat/completions/', 'https://a.example/v1'],
	['https://a.example/v1/completions', 'https://a.example/v1'],
	['https://a.example/v1/responses', 'https://a.example/v1'],
	['https://a.example/openai/v1/models', 'https://a.example/openai/v1'],
	['https://a.example', undefined],
	['https://a.example/', undefined],
	['https://a.example/v1/', undefined],
	['https://a.example//v1', undefined],
	['https://a.example/api/paas/v4', undefined],
	['https://a.example/messages-gateway', undefined],
])('%s should be %s', (text, right) => {
	const found = misspelt(new URL(text));
	expect(found && written(found.right)).toBe(right);
});

test('neighbours are at the same place but for the path, the likeliest first, each once', () => {
	const near = neighbours(new URL('https://a.example:8443/team/gateway/v2'));
	expect(near.map((one) => one.href)).toEqual([
		'https://a.example:8443/team/gateway',
		'https://a.example:8443/team',
		'https://a.example:8443/',
		'https://a.example:8443/api',
		'https://a.example:8443/api/anthropic',
		'https://a.example:8443/anthropic',
		'https://a.example:8443/openai',
	]);
});

test('with or without /v1 is one place, which is not its own neighbour', () => {
	const near = neighbours(new URL('https://a.example/v1'));
	expect(near.map(({pathname}) => pathname)).not.toContain('/');
});
