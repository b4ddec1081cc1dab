import process from 'node:process';
import {afterEach, expect, test, vi} from 'vitest';
import {
	refuseWithoutTerminal,
	wantsColour,
} from '../../source/commands/terminal.js';

test.each([
	[{}, true, true],
	[{}, false, false],
	[{NO_COLOR: '1'}, true, false],
	[{NO_COLOR: ''}, true, true],
	[{TERM: 'dumb'}, true, false],
	[{FORCE_COLOR: '1'}, false, true],
	[{FORCE_COLOR: ''}, false, true],
	[{FORCE_COLOR: '0'}, true, false],
	[{FORCE_COLOR: '1', NO_COLOR: '1'}, false, true],
])('with %j on a terminal (%s) colour is wanted: %s', (env, isTerminal, is) => {
	expect(wantsColour(env, isTerminal)).toBe(is);
});

afterEach(() => {
	vi.unstubAllEnvs();
});

test('the monitor is not drawn where the cursor cannot be moved', () => {
	const refuse = () => {
		refuseWithoutTerminal('Use "tollgate --plain".');
	};

	const tty = [process.stdin, process.stdout].map((stream) =>
		Object.getOwnPropertyDescriptor(stream, 'isTTY'),
	);
	for (const stream of [process.stdin, process.stdout]) {
		Object.defineProperty(stream, 'isTTY', {value: true, configurable: true});
	}

	try {
		vi.stubEnv('TERM', 'xterm-256color');
		expect(refuse).not.toThrow();
		vi.stubEnv('TERM', 'dumb');
		expect(refuse).toThrow('TERM=dumb');
	} finally {
		for (const [index, stream] of [process.stdin, process.stdout].entries()) {
			const before = tty[index];
			if (before) {
				Object.defineProperty(stream, 'isTTY', before);
			} else {
				delete (stream as {isTTY?: boolean}).isTTY;
			}
		}
	}
});
