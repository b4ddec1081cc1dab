import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {beforeAll, describe, expect, test} from 'vitest';
import {bundleProgram} from '../helpers/bundle.js';
import {Terminal} from '../helpers/terminal.js';

let program: string;
beforeAll(async () => {
	program = await bundleProgram('test/monitor/stand-in-program.ts');
});

const start = (
	options: readonly string[] = [],
	size: ConstructorParameters<typeof Terminal>[1] = {},
) => new Terminal([program, ...options], {columns: 60, rows: 24, ...size});

const restored = (terminal: Terminal) => {
	expect(terminal.isAlternate).toBe(false);
	const written = terminal.raw.join('');
	expect(written.lastIndexOf('\u{1B}[?25h')).toBeGreaterThan(
		written.lastIndexOf('\u{1B}[?25l'),
	);
	expect(written.lastIndexOf('\u{1B}[?2004l')).toBeGreaterThan(
		written.lastIndexOf('\u{1B}[?2004h'),
	);
};

describe('leaving', () => {
	test.each([
		['q', 'q', 'quit', 0],
		['ctrl-c', '\u{3}', 'quit', 0],
	])(
		'by %s leaves the terminal as it was, and says what goes on',
		async (_name, keys, reason, exitCode) => {
			const terminal = start(['--quiet']);
			await terminal.waitFor(
				(text) => text.includes('LIVE') && text.includes('q quit'),
			);
			expect(terminal.isAlternate).toBe(true);
			terminal.press(keys);
			expect(await terminal.exited).toMatchObject({exitCode});
			restored(terminal);
			expect(terminal.text()).toMatch(
				/The passthrough goes on at http:\/\/127\.0\.0\.1:4141/v,
			);
			expect(terminal.text()).toContain('Stop it with: tollgate stop');
			expect(terminal.text()).toContain(`left by ${reason}`);
		},
	);

	test('by Q stops the passthrough too', async () => {
		const terminal = start();
		await terminal.waitFor((text) => text.includes('q quit'));
		terminal.press('Q');
		await terminal.waitFor((text) => text.includes('y/n'));
		terminal.press('y');
		expect(await terminal.exited).toMatchObject({exitCode: 0});
		restored(terminal);
		expect(terminal.text()).toContain('left by quit-and-stop');
	});

	test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'])(
		'by %s leaves the terminal as it was',
		async (signal) => {
			const terminal = start();
			await terminal.waitFor((text) => text.includes('LIVE'));
			terminal.kill(signal);
			expect(await terminal.exited).toMatchObject({exitCode: 130});
			restored(terminal);
		},
	);

	test.each(['--throw', '--reject'])(
		'by a bug of ours leaves the terminal as it was (%s)',
		async (option) => {
			const terminal = start([option]);
			await terminal.waitFor((text) => text.includes('LIVE'));
			expect(await terminal.exited).toMatchObject({exitCode: 1});
			restored(terminal);
			expect(terminal.text()).toContain('a bug of ours');
		},
	);
});

test('begins at the top of the screen wherever the cursor stood', async () => {
	const terminal = new Terminal(
		['-c', `printf foo; exec '${process.execPath}' '${program}' --frozen`],
		{file: 'sh', columns: 60, rows: 24},
	);
	await terminal.waitFor((text) => text.includes('q quit'));
	expect(terminal.lines()[0]).toMatch(/^● LIVE .*\d$/v);
	expect(terminal.lines()[23]).toContain('? help');
	terminal.press('\u{3}');
	await terminal.exited;
});

test('follows a change of size without a line left over', async () => {
	const terminal = start(['--frozen'], {columns: 100, rows: 30});
	await terminal.waitFor((text) => text.includes('q quit'));
	for (const [columns, rows] of [
		[40, 12],
		[200, 50],
		[20, 3],
		[60, 20],
		[61, 20],
	] as const) {
		terminal.resize(columns, rows);
		await terminal.waitFor((text) => {
			const lines = text.split('\n');
			return (
				lines.length === rows &&
				lines[0]!.startsWith('● LIVE') &&
				lines[0]!.length > columns - 4 &&
				lines.at(-1)!.startsWith('? help') &&
				text.split('LIVE').length === 2 &&
				text.split('? help').length === 2
			);
		});
	}

	terminal.press('\u{3}');
	await terminal.exited;
});

test('a request at its cap is answered from the keyboard', async () => {
	const terminal = start(['--steering=reached']);
	await terminal.waitFor((text) => text.includes('2 held,'));
	// The question can be answered once it could be read.
	await delay(1500);
	terminal.press('1');
	await terminal.waitFor((text) => text.includes('- 1 held,'));
	terminal.press('+');
	await terminal.waitFor((text) => text.includes('by $5 to $25? y/n'));
	terminal.press('y');
	await terminal.waitFor(
		(text) => text.startsWith('● LIVE') && text.includes('$20.03 / $25.00'),
	);
	terminal.press('\u{3}');
	await terminal.exited;
});

test('the bell rings once where a step to a cap is passed', async () => {
	const terminal = start(['--steering=capped', '--spending']);
	await terminal.waitFor((text) => text.includes("80% OF TODAY'S CAP"));
	await delay(1200);
	const bells = terminal.raw.join('').split('\u{7}').length - 1;
	expect(bells).toBe(1);
	terminal.press('\u{3}');
	await terminal.exited;
});

test('ctrl-l draws everything again', async () => {
	const terminal = start(['--frozen']);
	await terminal.waitFor((text) => text.includes('q quit'));
	const before = terminal.text();
	terminal.raw.length = 0;
	terminal.press('\u{C}');
	await terminal.waitFor(
		() =>
			terminal.raw.join('').includes('q quit') ||
			terminal.raw.join('').includes('quit'),
	);
	await delay(300);
	expect(terminal.text()).toBe(before);
	terminal.press('\u{3}');
	await terminal.exited;
});

test('ctrl-z gives the terminal to the shell, until it goes on with us', async () => {
	const shell = new Terminal(['-i'], {
		file: 'sh',
		columns: 60,
		rows: 24,
		environment: {PS1: '$ ', ENV: ''},
	});
	shell.press(`'${process.execPath}' '${program}' --frozen\r`);
	await shell.waitFor((text) => text.includes('q quit'));
	expect(shell.isAlternate).toBe(true);
	shell.press('\u{1A}');
	// The shell may be quicker with its word than the screen with its change.
	await shell.waitFor((text) => /stopped/iv.test(text) && !shell.isAlternate);
	shell.press('fg\r');
	await shell.waitFor((text) => text.includes('q quit'));
	expect(shell.isAlternate).toBe(true);
	expect(shell.lines()[0]).toMatch(/^● LIVE /v);
	// The keyboard is ours again a moment after the screen is.
	await delay(500);
	shell.press('\u{3}');
	await shell.waitFor((text) => /left by quit\s+\$/v.test(text));
	shell.press('exit\r');
	await shell.exited;
});

test('draws nothing while nothing changes', async () => {
	const terminal = start(['--frozen'], {columns: 33, rows: 12});
	await terminal.waitFor((text) => text.includes('q quit'));
	await delay(1500);
	terminal.raw.length = 0;
	await delay(2500);
	expect(terminal.raw.join('')).toBe('');
	terminal.press('\u{3}');
	await terminal.exited;
});

test('a running stream rewrites its own figures, not the screen', async () => {
	const terminal = start(['--streaming'], {columns: 60, rows: 24});
	await terminal.waitFor((text) => text.includes('q quit'));
	await delay(500);
	terminal.raw.length = 0;
	await delay(2000);
	const written = terminal.raw.join('');
	expect(written).not.toContain('\u{1B}[2J');
	expect(written).not.toContain('q quit');
	// A finished row stays as it is.
	expect(written).not.toContain('haiku');
	terminal.press('\u{3}');
	await terminal.exited;
});

test('ASCII is drawn by itself where the locale has no UTF-8', async () => {
	const terminal = start(['--frozen'], {environment: {LANG: 'C', LC_ALL: 'C'}});
	await terminal.waitFor((text) => text.includes('* LIVE'));
	terminal.press('\u{3}');
	await terminal.exited;
});

test('NO_COLOR leaves no colour, and the selection stays visible', async () => {
	const terminal = start(['--frozen'], {environment: {NO_COLOR: '1'}});
	await terminal.waitFor((text) => text.includes('q quit'));
	terminal.press('j');
	await terminal.waitFor((text) => text.includes('❯'));
	const written = terminal.raw.join('');
	const colours = written
		.split('\u{1B}[')
		.filter((part) => /^(?:3[0-7]|9\d)m/v.test(part));
	expect(colours).toEqual([]);
	expect(written).toContain('\u{1B}[7m');
	terminal.press('\u{3}');
	await terminal.exited;
});
