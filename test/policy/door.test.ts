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
		['localhost.', undefined, undefined],
		['LOCALHOST.:4141', undefined, undefined],
		['localhost..', undefined, 'host'],
		['127.0.0.1.', undefined, 'host'],
		['127.0.0.256', undefined, 'host'],
		['127.0.0.01', undefined, 'host'],
		['127.1', undefined, 'host'],
		['0x7f.0.0.1', undefined, 'host'],
		['2130706433', undefined, 'host'],
		['x.localhost', undefined, 'host'],
		['[0:0:0:0:0:0:0:1]:4141', undefined, undefined],
		['[::0001]', undefined, undefined],
		['[::FFFF:127.0.0.1]:4141', undefined, undefined],
		['[::ffff:7f00:1]', undefined, undefined],
		['[::ffff:128.0.0.1]', undefined, 'host'],
		['[::ffff:8000:1]', undefined, 'host'],
		['[::2]', undefined, 'host'],
		['[::1', undefined, 'host'],
		['::1', undefined, 'host'],
		['[::1%25lo]', undefined, 'host'],
		['[1]', undefined, 'host'],
		['[:::1]', undefined, 'host'],
		['[::1]x', undefined, 'host'],
		['[127.0.0.1]', undefined, 'host'],
		['127.0.0.1 evil.example', undefined, 'host'],
		['127.0.0.1, evil.example', undefined, 'host'],
		['::ffff:127.0.0.1', undefined, 'host'],
		['LOCALHOST:4141', 'http://localhost:4141', undefined],
		['[::1]:4141', 'http://[::1]:4141', undefined],
		['127.0.0.1:4141', 'http://127.0.0.1:4141, https://a.example', 'origin'],
		['127.0.0.1:4141', 'HTTPS://a.example', 'origin'],
		['127.0.0.1:4141', 'https://a.example/', 'origin'],
		['127.0.0.1:4141', 'tauri://localhost', 'origin'],
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

	test.each(['tauri://localhost', 'app://-', 'vscode-webview://1d4f'])(
		'admits %s where it is named, and no other of its kind',
		(origin) => {
			const named = {...door, allowOrigins: [origin]};
			const host = 'localhost:4141';
			expect(checkDoor(named, {host, origin})).toBe(undefined);
			expect(checkDoor(named, {host, origin: `${origin}x`})).toBe('origin');
			expect(checkDoor(named, {host, origin: 'null'})).toBe('origin');
		},
	);

	test.each([
		['none', undefined],
		['same-origin', undefined],
		['cross-site', 'origin'],
		['same-site', 'origin'],
		[undefined, undefined],
	] as const)(
		'a page that says nothing but Sec-Fetch-Site %s: %s',
		(site, verdict) => {
			const host = '127.0.0.1:4141';
			expect(checkDoor(door, {host, origin: undefined, site})).toBe(verdict);
			expect(checkDoor(door, {host, origin: 'https://a.example', site})).toBe(
				undefined,
			);
		},
	);

	test.each([
		['192.168.1.5', '192.168.1.5:4141', undefined],
		['192.168.1.5', '127.0.0.1:4141', undefined],
		['192.168.1.5', '10.0.0.2', undefined],
		['0.0.0.0', '192.168.1.5:4141', undefined],
		['0.0.0.0', '0.0.0.0:4141', undefined],
		['0.0.0.0', '[fd00::5]:4141', undefined],
		['fd00::5', '[FD00:0::5]:4141', undefined],
		['::', '[::ffff:192.168.1.5]', undefined],
		['0.0.0.0', 'evil.example:4141', 'host'],
		['192.168.1.5', '192.168.1.5.evil.example', 'host'],
		['192.168.1.5', 'box', 'host'],
		['::', 'rebound.example', 'host'],
		['127.0.0.2', '192.168.1.5', 'host'],
		['::1', '[fd00::5]', 'host'],
	] as const)(
		'that listens on %s, asked as %s: %s',
		(listening, host, verdict) => {
			const wide = {...door, host: listening};
			expect(checkDoor(wide, {host, origin: undefined})).toBe(verdict);
		},
	);
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
	['::ffff:127.0.0.1', true],
	['::ffff:10.0.0.1', false],
	['127.0.0.300', false],
])('%s is this machine: %s', (name, is) => {
	expect(isLoopback(name)).toBe(is);
});
