import {expect, test} from 'vitest';
import {inWords} from '../../source/commands/config/report.js';
import {wrap} from '../../source/commands/config/wrap.js';
import type {Checked} from '../../source/commands/config/checked.js';
import {textOf, widthOf} from '../../source/summary/line.js';

const home = {config: '/home/me', data: '/home/me', single: true};
const good: Checked = {
	home,
	file: '/home/me/config.toml',
	problems: [],
	config: undefined,
	settings: [
		{section: 'server', name: 'port', value: 4141, from: {kind: 'default'}},
		{
			section: 'endpoints.gateway',
			name: 'url',
			value: `https://gateway.example/${'long/'.repeat(20)}`,
			from: {kind: 'file', line: 12},
		},
		{
			section: 'endpoints.gateway',
			name: 'key',
			value: 'cmd:echo sk-secret',
			from: {kind: 'file', line: 13},
		},
		{
			section: 'aliases.fast',
			name: 'system',
			value: `Résumé 漢字 \u{202E} first.\n${'Be kind. '.repeat(40)}`,
			from: {kind: 'file', line: 20},
		},
	],
};
const bad: Checked = {
	...good,
	problems: [
		{
			line: 7,
			setting: 'aliases.coding-default.targets',
			says: 'aliases.coding-default.targets names the endpoint "gatway", which does not exist.',
			hint: 'Did you mean "gateway"? The config has gateway and anthropic.',
		},
	],
	settings: [],
};
const running = {
	url: 'http://127.0.0.1:4141',
	pid: 77,
	hasThis: false,
	problem: undefined,
};
const linesAt = (checked: Checked, columns?: number) =>
	inWords(checked, {running, columns}).map((line) => textOf(line));

test.for([40, 50, 60, 80, 100, 120, 200])(
	'at %d columns no line is wider, and nothing but a long value is cut',
	(columns) => {
		for (const checked of [good, bad]) {
			const lines = linesAt(checked, columns);
			expect(
				Math.max(...lines.map((line) => widthOf(line))),
			).toBeLessThanOrEqual(columns);
		}

		const text = linesAt(good, columns).join('');
		expect(text.replaceAll(/\s/g, '')).toContain('long/'.repeat(3));
		expect(text).not.toContain('secret');
		expect(text).not.toContain('\u{202E}');
	},
);

test('in a narrow terminal each setting stands as in a file', () => {
	expect(linesAt(good, 40).slice(0, 12)).toEqual([
		'/home/me/config.toml is in order.',
		'The home is /home/me',
		'',
		'[server]',
		'  port = 4141  # default',
		'',
		'[endpoints.gateway]',
		'  url =',
		'    "https://gateway.example/long/long/l',
		'    ong/long/long/long/long/long/long/lo',
		'    ng/long/long/long/long/long/long/lon',
		'    g/long/long/long/"  # line 12',
	]);
});

test('where nothing is said of columns no line is broken', () => {
	expect(linesAt(bad).slice(0, 3)).toEqual([
		'/home/me/config.toml:7: aliases.coding-default.targets names the endpoint "gatway", which does not exist.',
		'  Did you mean "gateway"? The config has gateway and anthropic.',
		'',
	]);
	expect(linesAt(good)).toContain(
		`  url     "https://gateway.example/${'long/'.repeat(20)}"  line 12`,
	);
});

test.for([
	['a bc def', 3, 3, ['a', 'bc', 'def']],
	['a bc def', 4, 4, ['a bc', 'def']],
	['abcdefg', 3, 2, ['abc', 'de', 'fg']],
	['a bcdefg h', 2, 3, ['a', 'bcd', 'efg', 'h']],
	['漢字漢', 4, 4, ['漢字', '漢']],
	['', 3, 3, ['']],
] as const)('%j in %d and then %d cells', ([text, first, rest, lines]) => {
	expect(wrap(text, {first, rest})).toEqual(lines);
});
