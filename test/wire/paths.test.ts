import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {recognise, upstreamTarget} from '../../source/wire/paths.js';

describe('what a request asks for', () => {
	test.each([
		[
			'/v1/messages',
			'generate',
			'anthropic-messages',
			'/v1/messages',
			undefined,
		],
		[
			'/messages',
			'generate',
			'anthropic-messages',
			'/v1/messages',
			'missing_v1',
		],
		[
			'/v1/v1/messages',
			'generate',
			'anthropic-messages',
			'/v1/messages',
			'duplicate_v1',
		],
		[
			'/v1/v1/v1/messages',
			'generate',
			'anthropic-messages',
			'/v1/messages',
			'duplicate_v1',
		],
		[
			'/v1/messages/',
			'generate',
			'anthropic-messages',
			'/v1/messages',
			undefined,
		],
		[
			'//v1//messages',
			'generate',
			'anthropic-messages',
			'/v1/messages',
			undefined,
		],
		[
			'/v1/messages?beta=true',
			'generate',
			'anthropic-messages',
			'/v1/messages?beta=true',
			undefined,
		],
		[
			'/messages/?a=%2F..&a=1?b#',
			'generate',
			'anthropic-messages',
			'/v1/messages?a=%2F..&a=1?b#',
			'missing_v1',
		],
		[
			'/v1/messages?',
			'generate',
			'anthropic-messages',
			'/v1/messages?',
			undefined,
		],
		[
			'/v1/messages/count_tokens?beta=true',
			'count_tokens',
			'anthropic-messages',
			'/v1/messages/count_tokens?beta=true',
			undefined,
		],
		[
			'/messages/count_tokens',
			'count_tokens',
			'anthropic-messages',
			'/v1/messages/count_tokens',
			'missing_v1',
		],
		[
			'/v1/chat/completions',
			'generate',
			'openai-chat',
			'/v1/chat/completions',
			undefined,
		],
		[
			'/chat/completions',
			'generate',
			'openai-chat',
			'/v1/chat/completions',
			'missing_v1',
		],
		[
			'/v1/v1/responses',
			'generate',
			'openai-responses',
			'/v1/responses',
			'duplicate_v1',
		],
		['/v1/models', 'other', undefined, '/v1/models', undefined],
	] as const)('POST %s', (target, ...facts) => {
		const [kind, format, upstreamPath, hint] = facts;
		const [path] = target.split('?', 1);
		const expected = {kind, format, upstreamPath, path, hint};
		expect(recognise('POST', target)).toEqual(expected);
	});

	test.each([
		['/v1/models', '/v1/models', undefined],
		['/models?limit=1000', '/v1/models?limit=1000', 'missing_v1'],
		['/v1/v1/models/', '/v1/models', 'duplicate_v1'],
		['/v1/models/openai%2Fgpt-5', '/v1/models/openai%2Fgpt-5', undefined],
	])('GET %s', (target, upstreamPath, hint) => {
		expect(recognise('GET', target)).toMatchObject({
			kind: 'models',
			format: undefined,
			upstreamPath,
			hint,
		});
	});

	test.each([
		['GET', '/v1/messages'],
		['HEAD', '/v1/messages'],
		['DELETE', '/v1/models/x'],
		['HEAD', '/api/hello'],
		['GET', '/'],
		['POST', '/v1'],
		['POST', '/foo/v1/messages?x'],
		['POST', '/v1/foo/messages'],
		['POST', '/v2/messages'],
		['POST', '/V1/Messages'],
		['POST', '/v1/messages/batches'],
		['POST', '/v1/messages/count_tokens/x'],
		['GET', '/v1/models/a/b'],
		['POST', '/v1/embeddings/?a=1'],
		['POST', '//other.host/v1/embeddings'],
		['POST', '/v1/constructor'],
		['POST', '/v1/files/...'],
		['POST', '/v1/files/..a/.b'],
	])('%s %s goes on as it came', (method, target) => {
		expect(recognise(method, target)).toEqual({
			kind: 'other',
			format: undefined,
			upstreamPath: target,
			path: target.split('?', 1)[0],
			hint: undefined,
		});
	});

	test('a doubled version is told of where the path is none of ours, too', () => {
		expect(recognise('POST', '/v1/v1/embeddings')).toMatchObject({
			upstreamPath: '/v1/v1/embeddings',
			hint: 'duplicate_v1',
		});
	});

	test.each([
		['/v1/mess%61ges?beta=%61', '/v1/messages?beta=%61', undefined],
		['/%76%31/messages', '/v1/messages', undefined],
		['/v1%2fmessages', '/v1/messages', undefined],
		['/%6dessages', '/v1/messages', 'missing_v1'],
		['/v1/chat%2Fcompletions', '/v1/chat/completions', undefined],
		['/v1/messages/count%5Ftokens', '/v1/messages/count_tokens', undefined],
	])(
		'needless escapes do not get past the measuring: %s',
		(target, upstreamPath, hint) => {
			const [path] = target.split('?', 1);
			const asked = recognise('POST', target);
			expect(asked.kind).not.toBe('other');
			expect(asked).toMatchObject({upstreamPath, path, hint});
		},
	);

	test.each(['/v1/mess%2561ges', '/v1/messages%', '/v1/%zz', '/v1/files/%61'])(
		'%s goes on as it came',
		(target) => {
			expect(recognise('POST', target)).toMatchObject({
				kind: 'other',
				upstreamPath: target,
			});
		},
	);

	test.each([
		['http://127.0.0.1:1/v1/messages', 'not_a_path'],
		['api.anthropic.com:443', 'not_a_path'],
		['*', 'not_a_path'],
		['', 'not_a_path'],
		['?a', 'not_a_path'],
		['/v1/../messages', 'dot_segments'],
		['/v1/./messages', 'dot_segments'],
		['/v1/messages/..', 'dot_segments'],
		['/..?a', 'dot_segments'],
		['/v1/%2e%2E/x', 'dot_segments'],
		['/v1/.%2e', 'dot_segments'],
		['/v1/a%2f..%5Cx', 'dot_segments'],
		[String.raw`/v1\..\x`, 'dot_segments'],
		[String.raw`/v1\messages`, 'backslash'],
		['/v1/messages#x', 'fragment'],
		['#', 'not_a_path'],
	])('%s is refused', (target, reason) => {
		expect(recognise('POST', target)).toMatchObject({
			kind: 'refused',
			reason,
			path: target.split('?', 1)[0],
		});
	});
});

describe('the target at an endpoint', () => {
	test.each([
		['https://host', '/v1/messages?beta=true', '/v1/messages?beta=true'],
		['https://host/', '/v1/messages', '/v1/messages'],
		['https://host/v1', '/v1/messages?', '/v1/messages?'],
		['https://host/v1/', '/v1/messages', '/v1/messages'],
		['https://host/api', '/v1/messages', '/api/v1/messages'],
		['https://host/api/v1', '/v1/messages', '/api/v1/messages'],
		['https://host//api//v1//', '/v1/messages', '/api/v1/messages'],
		[
			'https://host/v1/account/anthropic',
			'/v1/messages',
			'/v1/account/anthropic/v1/messages',
		],
		[
			'https://host/api/paas/v4',
			'/v1/chat/completions',
			'/api/paas/v4/chat/completions',
		],
		['https://host/v1beta', '/v1/models', '/v1beta/models'],
		['https://host/dev1', '/v1/models', '/dev1/v1/models'],
		['https://host/v1?a=1', '/v1/messages', '/v1/messages?a=1'],
		[
			'https://host?a=1',
			'/v1/messages?beta=true',
			'/v1/messages?a=1&beta=true',
		],
		['https://host?a=1', '/v1/messages?', '/v1/messages?a=1'],
		['https://host/v1', '/v1/embeddings', '/v1/embeddings'],
		['https://host/v1', '/v1', '/v1'],
		['https://host/v1', '/v1?a', '/v1?a'],
		['https://host/v1', '/v1x', '/v1x'],
		['https://host/api/v1', '/embeddings', '/api/embeddings'],
		['https://host/api/v1', '/api/hello', '/api/api/hello'],
		['https://host', '/', '/'],
		['https://host/v1', '//other.host/x', '/other.host/x'],
		['https://host/api/v1', '//v1/x', '/api/v1/x'],
	])('%s and %s', (base, path, target) => {
		expect(upstreamTarget(new URL(base), path)).toBe(target);
	});

	test('never doubles the version of a path that is ours', () => {
		const slashes = fc.constantFrom('/', '//');
		const clients = fc
			.tuple(fc.array(fc.constant('v1'), {maxLength: 3}), slashes)
			.map(([versions, slash]) =>
				[...versions, 'messages'].map((part) => slash + part).join(''),
			);
		const bases = fc
			.tuple(
				fc.constantFrom('', '/api', '/a/b'),
				fc.constantFrom('', '/v1', '/v1/', '/'),
			)
			.map(([prefix, end]) => ({
				prefix,
				url: new URL(`https://host${prefix}${end}`),
			}));
		fc.assert(
			fc.property(clients, bases, (target, {prefix, url}) => {
				const asked = recognise('POST', target);
				const path = asked.kind === 'refused' ? '' : asked.upstreamPath;
				expect(upstreamTarget(url, path)).toBe(`${prefix}/v1/messages`);
			}),
		);
	});
});
