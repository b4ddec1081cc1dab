import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {beforeAll, expect, test} from 'vitest';
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

// The pseudo-terminal names itself: another name has to be given behind its back.
const startAs = (
	term: string,
	environment: Readonly<Record<string, string>> = {},
) =>
	new Terminal(
		['-c', `TERM=${term} exec '${process.execPath}' '${program}' --frozen`],
		{file: 'sh', columns: 60, rows: 24, environment},
	);

const isDrawn = (text: string) => text.includes('q quit');
const save = '\u{1B}[22;2t';
const giveBack = '\u{1B}[23;2t';

test.each([
	[
		'ctrl-c',
		[],
		(terminal: Terminal) => {
			terminal.press('\u{3}');
		},
	],
	[
		'SIGTERM',
		[],
		(terminal: Terminal) => {
			terminal.kill('SIGTERM');
		},
	],
	['a bug of ours', ['--throw'], () => undefined],
])(
	'the title says how it stands, and is as before after %s',
	async (_how, options, leave) => {
		const terminal = start(options);
		await terminal.waitFor((text) => isDrawn(text));
		await terminal.waitFor(() =>
			terminal.raw.join('').includes('\u{1B}]2;● ≥$'),
		);
		leave(terminal);
		await terminal.exited;
		const written = terminal.raw.join('');
		expect(written.split(save)).toHaveLength(2);
		expect(written.split(giveBack)).toHaveLength(2);
		expect(written.lastIndexOf(giveBack)).toBeGreaterThan(
			written.lastIndexOf('\u{1B}]2;'),
		);
	},
);

test.each(['linux', 'dumb'])('there is no title with TERM=%s', async (name) => {
	const terminal = startAs(name);
	await terminal.waitFor((text) => text.includes('? help'));
	await delay(300);
	terminal.press('\u{3}');
	await terminal.exited;
	expect(terminal.raw.join('')).not.toContain('\u{1B}]2;');
});

test.each([
	['xterm-256color', {COLORTERM: 'truecolor'}],
	['screen', {}],
	['tmux-256color', {}],
	['xterm', {}],
])(
	'only the colours of the theme are used with TERM=%s',
	async (TERM, more) => {
		const terminal = startAs(TERM, more);
		await terminal.waitFor((text) => isDrawn(text));
		terminal.press('j');
		await terminal.waitFor((text) => text.includes('❯'));
		terminal.press('\u{3}');
		await terminal.exited;
		// Neither RGB nor one of 256, nor a background, nor a bright one.
		const wrong = terminal.raw
			.join('')
			.split('\u{1B}[')
			.filter((part) =>
				/^(?:[\d;]*;)?(?:[34]8[:;]|4[0-7]m|9\d|10[0-7])/v.test(part),
			);
		expect(wrong).toEqual([]);
	},
);

test.each<[string, Readonly<Record<string, string>>]>([
	['FORCE_COLOR=0', {FORCE_COLOR: '0'}],

	['NO_COLOR', {NO_COLOR: '1'}],
])('the selection is marked with %s', async (_name, environment) => {
	const terminal = start(['--frozen'], {environment});
	await terminal.waitFor((text) => isDrawn(text));
	terminal.press('j');
	await terminal.waitFor((text) => text.includes('❯'));
	terminal.press('\u{3}');
	await terminal.exited;
});

test('fifty changes of size in a row leave one whole picture', async () => {
	const terminal = start(['--frozen'], {columns: 100, rows: 30});
	await terminal.waitFor((text) => isDrawn(text));
	for (let step = 0; step < 50; step++) {
		terminal.resize(40 + ((step * 37) % 120), 10 + ((step * 13) % 40));
		await delay(5);
	}

	terminal.resize(60, 20);
	await terminal.waitFor(
		(text) =>
			text.split('\n', 1)[0]!.startsWith('● LIVE') &&
			text.split('LIVE').length === 2 &&
			text.split('? help').length === 2 &&
			text.split('\n').at(-1)!.startsWith('? help'),
	);
	terminal.press('\u{3}');
	expect(await terminal.exited).toMatchObject({exitCode: 0});
});

test('what COLUMNS and LINES claim is no matter', async () => {
	const terminal = start(['--frozen'], {
		environment: {COLUMNS: 'wide', LINES: '-3'},
	});
	await terminal.waitFor((text) => isDrawn(text));
	expect(terminal.lines().at(-1)).toContain('? help');
	terminal.press('\u{3}');
	expect(await terminal.exited).toMatchObject({exitCode: 0});
});

test('after ctrl-z the shell has its title, and ours comes back with fg', async () => {
	const shell = new Terminal(['-i'], {
		file: 'sh',
		columns: 60,
		rows: 24,
		environment: {PS1: '$ ', ENV: ''},
	});
	shell.press(`'${process.execPath}' '${program}' --frozen\r`);
	await shell.waitFor((text) => isDrawn(text));
	shell.press('\u{1A}');
	await shell.waitFor((text) => /stopped/iv.test(text) && !shell.isAlternate);
	expect(shell.raw.join('').split(giveBack)).toHaveLength(2);
	shell.press('fg\r');
	await shell.waitFor((text) => isDrawn(text));
	await shell.waitFor(() => shell.raw.join('').split(save).length === 3);
	await delay(500);
	shell.press('\u{3}');
	await shell.waitFor((text) => /left by quit\s+\$/v.test(text));
	shell.press('exit\r');
	await shell.exited;
});
