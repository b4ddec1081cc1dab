import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {readRequest} from '../../source/wire/request-body.js';
import {
	isSideRequest,
	sessionInBody,
} from '../../source/wire/request-origin.js';

const look = <Seen>(
	body: object | string,
	read: (
		body: Buffer,
		scan: NonNullable<ReturnType<typeof readRequest>['scan']>,
	) => Seen,
): Seen => {
	const bytes = Buffer.from(
		typeof body === 'string' ? body : JSON.stringify(body),
	);
	return read(bytes, readRequest(bytes).scan!);
};

const id = '0f3a9c1e-77aa-4b1e-9d8c-3b8f0c2a1d55';
const user = (user_id: unknown) => ({model: 'm', metadata: {user_id}});

describe('the session in a body', () => {
	test.each<readonly [string, object | string, string | undefined]>([
		[
			'as Claude Code wrote it first',
			user(`user_${'ab12'.repeat(16)}_account__session_${id}`),
			id,
		],
		[
			'as Claude Code writes it',
			user(JSON.stringify({device_id: 'd', account_uuid: 'a', session_id: id})),
			id,
		],
		['not in an id of another shape', user('someone@example.com'), undefined],
		['not in JSON without one', user('{"device_id":"d"}'), undefined],
		['not in JSON that is none', user('{"session_id":'), undefined],
		['not in a session that is a number', user('{"session_id":7}'), undefined],
		['not in a user that is no text', user(7), undefined],
		[
			'not in a user of a megabyte',
			user(`_session_${'a'.repeat(1e6)}`),
			undefined,
		],
		['not in metadata that is none', {metadata: null}, undefined],
		['as the key of a prompt cache', {prompt_cache_key: id}, id],
		['not where that key is empty', {prompt_cache_key: ''}, undefined],
		['the last of two', '{"prompt_cache_key":"a","prompt_cache_key":"b"}', 'b'],
		['not deeper', {x: {prompt_cache_key: id}}, undefined],
		['nowhere', {}, undefined],
	])('%s', (_, body, session) => {
		expect(look(body, sessionInBody)).toBe(session);
	});
});

describe('a side request', () => {
	const title = {
		model: 'm',
		messages: [{role: 'user', content: 'Hello'}],
		output_config: {format: {type: 'json_schema', schema: {}}},
	};
	test.each<readonly [string, object, boolean]>([
		['is small and asks for JSON', title, true],
		['may have a list of no tools', {...title, tools: []}, true],
		['has no tools', {...title, tools: [{name: 'Read'}]}, false],
		['is small', {...title, system: 'a'.repeat(8 * 1024)}, false],
		['asks for a format', {...title, output_config: {effort: 'low'}}, false],
		[
			'asks for one that is something',
			{...title, output_config: {format: null}},
			false,
		],
		[
			'asks for it at the top',
			{...title, output_config: undefined, x: title},
			false,
		],
	])('%s', (_, body, isSide) => {
		expect(look(body, isSideRequest)).toBe(isSide);
	});
});

test('a bad escape where the session should be leaves the body readable', () => {
	const bytes = Buffer.from(String.raw`{"model":"m","prompt_cache_key":"\q"}`);
	const {readable, model, scan} = readRequest(bytes);
	expect({readable, model}).toEqual({readable: true, model: 'm'});
	expect(sessionInBody(bytes, scan!)).toBeUndefined();
});
