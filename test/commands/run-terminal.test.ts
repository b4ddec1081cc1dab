import {spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {program} from '../helpers/program.js';
import {Terminal} from '../helpers/terminal.js';
import {isLive, kill, openProgram, serves} from './open-monitor.js';
import {nodeRuns, runHome, shell} from './run-home.js';

const bash = spawnSync('bash', ['--version']).status === 0;
const tmux = spawnSync('tmux', ['-V']).status === 0;

test('the program has the terminal, its size and the keys', async () => {
	await using home = await runHome();
	await using terminal = openProgram(
		nodeRuns(
			'-e',
			String.raw`
				const {stdin, stdout} = process;
				stdin.setRawMode(true);
				stdout.write([stdin.isTTY, stdout.isTTY, stdout.columns].join(' ') + '\n');
				stdin.on('data', (keys) => { stdout.write('pressed ' + JSON.stringify(String(keys))); process.exit(6); });
			`,
		),
		{
			columns: 73,
			environment: {...home.env, TOLLGATE_HOME: home.folder},
		},
	);
	await terminal.waitFor((text) => text.includes('true true 73'));
	// In raw mode it is a key like any other.
	terminal.press('\u{3}');
	await terminal.waitFor((text) => text.includes(String.raw`pressed "\u0003"`));
	expect(await terminal.exited).toMatchObject({exitCode: 6});
	expect(home.hasPassthrough()).toBe(false);
});

test('ctrl-c is for the program, once; what it makes of it is handed on', async () => {
	await using home = await runHome();
	await using terminal = openProgram(
		nodeRuns(
			'-e',
			`
				let count = 0;
				process.on('SIGINT', () => { count++; console.log('interrupted ' + count); setTimeout(() => process.exit(40 + count), 300); });
				console.log('ready');
				setInterval(() => undefined, 1000);
			`,
		),
		{environment: {...home.env, TOLLGATE_HOME: home.folder}},
	);
	await terminal.waitFor((text) => text.includes('ready'));
	terminal.press('\u{3}');
	expect(await terminal.exited).toMatchObject({exitCode: 41});
	expect(terminal.text()).toContain('interrupted 1');
	expect(terminal.text()).not.toContain('interrupted 2');
	expect(home.hasPassthrough()).toBe(false);
});

test.skipIf(!bash)(
	'a program that stops itself gives the shell its terminal back, and goes on with fg',
	async () => {
		await using home = await runHome();
		const terminal = new Terminal(['--norc', '--noprofile', '-i'], {
			file: 'bash',
			columns: 200,
			environment: {...home.env, TOLLGATE_HOME: home.folder, PS1: '> '},
		});
		try {
			const line = [
				process.execPath,
				program,
				'run',
				'--',
				'sh',
				'-c',
				"'echo up; kill -STOP $$; echo down; exit 4'",
			].join(' ');
			terminal.press(`${line}\n`);
			await terminal.waitFor((text) => /^\[1\]\+? +Stopped/mv.test(text));
			expect(await serves(home.folder)).toBe(true);
			terminal.press('echo "the shell is here"\n');
			await terminal.waitFor((text) => /^the shell is here$/mv.test(text));
			terminal.press('fg\n');
			await terminal.waitFor((text) => /^down$/mv.test(text));
			terminal.press('echo "code $?"\n');
			await terminal.waitFor((text) => /^code 4$/mv.test(text));
			expect(home.hasPassthrough()).toBe(false);
			terminal.press('exit\n');
			await terminal.exited;
		} finally {
			kill(terminal.pid, 'SIGKILL');
		}
	},
);

test.skipIf(!tmux)(
	'--pane opens the monitor beside the program in tmux, and leaves the keys where they are',
	async () => {
		await using home = await runHome();
		const socket = `tollgate-${randomUUID()}`;
		const ask = (...words: readonly string[]): string => {
			const {stdout} = spawnSync('tmux', ['-L', socket, ...words], {
				encoding: 'utf8',
				env: {...process.env, ...home.env, CI: undefined},
			});
			return stdout;
		};

		const end = home.file('end');
		const words = shell(
			`echo agent; until [ -e '${end}' ]; do sleep 0.1; done`,
		);
		try {
			ask(
				'-f',
				'/dev/null',
				'new-session',
				'-d',
				'-x',
				'200',
				'-y',
				'40',
				process.execPath,
				program,
				'run',
				'--home',
				home.folder,
				'--pane',
				...words.slice(1),
			);
			await vi.waitFor(
				() => {
					expect(isLive(ask('capture-pane', '-p', '-t', '{right}'))).toBe(true);
				},
				{timeout: 25_000, interval: 200},
			);
			expect(ask('capture-pane', '-p', '-t', '{left}')).toContain('agent');
			expect(ask('list-panes', '-F', '#{pane_active}')).toBe('1\n0\n');

			fs.writeFileSync(end, '');
			await vi.waitFor(
				() => {
					expect(ask('list-panes', '-F', '#{pane_active}')).toBe('1\n');
				},
				{timeout: 20_000, interval: 100},
			);
			// The monitor is there, so the passthrough stays.
			expect(await serves(home.folder)).toBe(true);
		} finally {
			ask('kill-server');
		}
	},
);

test('where nothing can be split, --pane says so and the program is run', async () => {
	await using home = await runHome();
	const said = await home.tollgate(
		['run', '--pane', '--', 'sh', '-c', 'exit 3'],
		{TMUX: '', ZELLIJ: '', WEZTERM_PANE: '', KITTY_WINDOW_ID: ''},
	);
	expect(said).toEqual({
		code: 3,
		signal: null,
		stdout: '',
		stderr:
			'There is no pane to split here (tmux, zellij, WezTerm or kitty): run "tollgate" in another terminal to watch.\n',
	});
});

test('where splitting fails, --pane says so and the program is run', async () => {
	await using home = await runHome();
	const said = await home.tollgate(
		['run', '--pane', '--', 'sh', '-c', 'exit 3'],
		{TMUX: '/nowhere/tmux,1,0', TMUX_PANE: '%0'},
	);
	expect(said).toMatchObject({code: 3, stdout: ''});
	expect(said.stderr).toMatch(
		/^tmux has not opened the monitor \(.*\): run "tollgate" in another terminal to watch\.\n$/v,
	);
});
