import {setTimeout as delay} from 'node:timers/promises';
import {beforeAll, expect, test} from 'vitest';
import {monitorKeys, type KeyName} from '../../source/config/monitor-keys.js';
import {keys} from '../../source/monitor/keys.js';
import {bundleProgram} from '../helpers/bundle.js';
import {Terminal} from '../helpers/terminal.js';

let program: string;
beforeAll(async () => {
	program = await bundleProgram('test/monitor/stand-in-program.ts');
});

const bytes: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\u{1B}',
	up: '\u{1B}[A',
	down: '\u{1B}[B',
	pgup: '\u{1B}[5~',
	pgdn: '\u{1B}[6~',
	home: '\u{1B}[H',
	end: '\u{1B}[F',
};

const typed = (press: string): string =>
	bytes[press] ??
	(press.startsWith('ctrl-')
		? String.fromCodePoint(press.codePointAt(5)! - 96)
		: press);

/**
Those that end the program, or stop it, have tests of their own.
*/
const leaving = new Set<KeyName>(['quit', 'leave', 'stop', 'suspend']);
const presses = Object.entries(monitorKeys)
	.filter(([name]) => !leaving.has(name as KeyName))
	.flatMap(([name, all]) => all.map((press) => [name, press] as const));

const sizes = [
	[30, 8],
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
] as const;

test('every key that is named is there', () => {
	expect(new Set(keys.map(({name}) => name))).toEqual(
		new Set(Object.keys(monitorKeys)),
	);
});

test.each(sizes)(
	'at %ix%i every key leaves a whole screen, and the terminal is as it was at the end',
	async (columns, rows) => {
		const terminal = new Terminal([program, '--steering=fallbacks'], {
			columns,
			rows,
		});
		const settled = async () => {
			let before = '';
			for (let tries = 0; tries < 50; tries++) {
				await delay(60);
				const now = terminal.text();
				if (now === before) {
					return;
				}

				before = now;
			}
		};

		await terminal.waitFor((text) => text.includes('q quit'));
		for (const [name, press] of presses) {
			terminal.press(typed(press));
			await settled();
			// A redraw clears the screen for a moment.
			await terminal.waitFor((text) => text.trim() !== '');
			await settled();
			const lines = terminal.lines();
			const where = `after ${name} (${press})\n${terminal.text()}`;
			expect(terminal.brokenLines(), where).toEqual([]);
			expect(lines, where).toHaveLength(rows);
			expect(lines[0], where).toMatch(/^[‖◌●✖] [A-Z]+/v);
			expect(lines.at(-1)?.trim(), where).not.toBe('');
			expect(terminal.isAlternate, where).toBe(true);
			// Back to the list, whatever was opened, asked or typed.
			for (let step = 0; step < 4; step++) {
				terminal.press('\u{1B}');
				await delay(40);
			}
		}

		terminal.press('\u{3}');
		expect(await terminal.exited).toMatchObject({exitCode: 0});
		expect(terminal.isAlternate).toBe(false);
		const written = terminal.raw.join('');
		expect(written.lastIndexOf('\u{1B}[?25h')).toBeGreaterThan(
			written.lastIndexOf('\u{1B}[?25l'),
		);
	},
	120_000,
);
