import {expect, test} from 'vitest';
import {monitorKeys} from '../../source/config/monitor-keys.js';
import {complaint, load} from './load.js';

const keys = (...lines: readonly string[]) =>
	`[monitor.keys]\n${lines.join('\n')}\n`;

test('without a word the keys are the usual ones', () => {
	expect(load('').monitorKeys).toEqual(monitorKeys);
	expect(load('[monitor.keys]').monitorKeys).toEqual(monitorKeys);
});

test.each([
	['pause = "z"', 'pause', ['z']],
	['pause = ["z", "space"]', 'pause', ['z', ' ']],
	['pause = " "', 'pause', [' ']],
	['pause = ["p", "p"]', 'pause', ['p']],
	['page_down = ["ctrl-f", "right"]', 'page_down', ['ctrl-f', 'right']],
	['cancel = "ж"', 'cancel', ['ж']],
	['quit = "tab"', 'quit', ['tab']],
	['raise = "="', 'raise', ['=']],
] as const)('%s binds it and nothing else', (line, name, presses) => {
	expect(load(keys(line)).monitorKeys).toEqual({
		...monitorKeys,
		[name]: presses,
	});
});

test('two keys may be changed for each other', () => {
	const {monitorKeys: bound} = load(keys('pause = "a"', 'alias = "p"'));
	expect([bound.pause, bound.alias]).toEqual([['a'], ['p']]);
});

test.each([
	[
		keys('pause = "a"'),
		'2: monitor.keys.pause and monitor.keys.alias would both be pressed by "a". | Give one of them another key, for instance with alias = "…" below [monitor.keys].',
	],
	[
		keys('alias = "z"', 'pause = "z"'),
		'3: monitor.keys.pause and monitor.keys.alias would both be pressed by "z". | Give one of them another key.',
	],
	[
		keys('quit = ["q", "space"]'),
		'2: monitor.keys.quit and monitor.keys.pause would both be pressed by "space". | Give one of them another key, for instance with pause = "…" below [monitor.keys].',
	],
	[
		keys('pause = "3"'),
		'2: monitor.keys.pause has "3", which always belongs to switch. | Choose another key.',
	],
	[
		keys('leave = "q"'),
		'2: monitor.keys.leave cannot be bound to another key. | Its key is always ctrl-c. Take the line out.',
	],
	[
		keys('switch = "q"'),
		'2: monitor.keys.switch cannot be bound to another key. | Its key is always the digit of an alias, 1 to 9. Take the line out.',
	],
	[
		keys('pause = "n"'),
		'2: monitor.keys.pause has "n", which answers when the monitor asks what to do at a cap. | Choose another key.',
	],
	[
		keys('follow = "z"', 'pause = "f"'),
		'3: monitor.keys.pause has "f", which answers when the monitor asks what to do at a cap. | Choose another key.',
	],
	[
		keys('quit = "ctrl-c"'),
		'2: monitor.keys.quit is "ctrl-c", which always leaves. | Choose another key.',
	],
	[
		keys('quit = "ctrl-m"'),
		'2: monitor.keys.quit is "ctrl-m", which no terminal tells from enter. | Choose another key.',
	],
	[
		'[monitor]\ncolour = "red"',
		'2: [monitor] has no setting "colour". | It holds [monitor.keys] alone.',
	],
	[
		'monitor = 4',
		'1: monitor is not a section. | Write [monitor.keys] on a line of its own, and its settings below.',
	],
	[
		'[monitor]\nkeys = 4',
		'2: monitor.keys is not a section. | Write [monitor.keys] on a line of its own, and its settings below.',
	],
])('refuses %j', (toml, said) => {
	expect(complaint(toml)).toBe(said);
});

test.each([
	['pause = "spce"', 'monitor.keys.pause is "spce". | Did you mean "space"?'],
	['pause = "xyzzy"', 'monitor.keys.pause is "xyzzy". | Write a key such as'],
	['pause = ""', 'monitor.keys.pause is "". | Write a key'],
	['pause = []', 'monitor.keys.pause is an empty list. | Write a key'],
	[
		'pause = ["p", 4]',
		'monitor.keys.pause has an element that is 4. | Write one character',
	],
	['pause = "f1"', 'monitor.keys.pause is "f1". | Write a key'],
	[
		String.raw`pause = "\u3000"`,
		'monitor.keys.pause is "\u{3000}". | Write a key',
	],
	[
		'puase = "z"',
		'[monitor.keys] has no setting "puase". | Did you mean "pause"?',
	],
])('%s is refused with what to write', (line, said) => {
	expect(complaint(keys(line))).toContain(`2: ${said}`);
});
