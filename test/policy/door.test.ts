/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {describe, expect, test} from 'vitest';
import {checkDoor, isLoopback} from '../../source/policy/door.js';

const door = {
	host: '127.0.0.1',
	port: 4141,
	allowOrigins: ['https://a.example'],
};

describe('the door', () => {
	test.each([
		['127.0.0.1:4141', undefined, undefined],
		['localhost:4141', undefined, undefined],
		['localhost', undefined, undefined],
		['LocalHost:4141', undefined, undefined],
		['127.8.9.1:4141', undefined, undefined],
		['[::1]:4141', undefined, undefined],
		['127.0.0.1:9999', undefined, undefined],
		[undefined, undefined, 'host'],
		['', undefined, 'host'],
		['evil.example', undefined, 'host'],
		['evil.example:4141', undefined, 'host'],
		['127.0.0.1.evil.example', undefined, 'host'],
		['localhost.', undefined, 'host'],
		['127.0.0.1:4141:1', undefined, 'host'],
		['127.0.0.1:99999', undefined, 'host'],
		['127.0.0.1:', undefined, 'host'],
		['0.0.0.0:4141', undefined, 'host'],
		['a@127.0.0.1', undefined, 'host'],
		['127.0.0.1/x', undefined, 'host'],
		['127.0.0.1:4141', 'null', 'origin'],
		['127.0.0.1:4141', '', 'origin'],
		['127.0.0.1:4141', 'https://evil.example', 'origin'],
		['127.0.0.1:4141', 'http://localhost:4141', 'origin'],
		['127.0.0.1:4141', 'http://127.0.0.1:4142', 'origin'],
		['127.0.0.1:4141', 'https://127.0.0.1:4141', 'origin'],
		['127.0.0.1:4141', 'http://127.0.0.1:4141', undefined],
		['127.0.0.1:4141', 'https://a.example', undefined],
		['127.0.0.1:4141', 'https://a.example.evil', 'origin'],
		['evil.example', 'https://a.example', 'host'],
		['evil.example', 'http://evil.example', 'host'],
	])('with host %s and origin %s: %s', (host, origin, verdict) => {
		expect(checkDoor(door, {host, origin})).toBe(verdict);
	});

	test('knows the name it was told to listen on', () => {
		const named = {...door, host: 'box.local'};
		expect(checkDoor(named, {host: 'BOX.local:4141', origin: undefined})).toBe(
			undefined,
		);
		expect(checkDoor(named, {host: 'fox.local:4141', origin: undefined})).toBe(
			'host',
		);
	});
});

test.each([
	['127.0.0.1', true],
	['127.255.0.9', true],
	['localhost', true],
	['[::1]', true],
	['::1', true],
	['128.0.0.1', false],
	['127.0.0.1.example', false],
	['127.1', false],
	['notlocalhost', false],
	['0.0.0.0', false],
	['', false],
])('%s is this machine: %s', (name, is) => {
	expect(isLoopback(name)).toBe(is);
});
