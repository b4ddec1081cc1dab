import {spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {program, startServe} from '../helpers/program.js';
import {Terminal} from '../helpers/terminal.js';
import type {Home} from '../../source/config/home.js';
import {openPane} from '../../source/commands/run/pane.js';
import {holderOf, isLive, kill, openProgram, serves} from './open-monitor.js';
import {nodeRuns, runHome, shell} from './run-home.js';

const bash = spawnSync('bash', ['--version']).status === 0;
const hasTmux = spawnSync('tmux', ['-V']).status === 0;

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

/**
A tmux of its own with `run --pane` in its first pane, ended with the test.
*/
function besideProgram(
	home: Awaited<ReturnType<typeof runHome>>,
	...words: readonly string[]
) {
	const socket = `tollgate-${randomUUID()}`;
	const ask = (...asked: readonly string[]): string => {
		const {stdout} = spawnSync('tmux', ['-L', socket, ...asked], {
			encoding: 'utf8',
			env: {...process.env, ...home.env, CI: undefined},
		});
		return stdout;
	};

	const within = ['-f', '/dev/null', 'new-session', '-d', '-x', '200'];
	const line = [process.execPath, program, 'run', '--home', home.folder];
	ask(...within, '-y', '40', ...line, '--pane', ...words);
	return {
		ask,
		[Symbol.dispose]() {
			ask('kill-server');
		},
	};
}

const slow = {timeout: 25_000, interval: 100};

test.skipIf(!hasTmux)(
	'--pane opens the monitor beside the program in tmux, and leaves the keys where they are',
	async () => {
		await using home = await runHome();
		const end = home.file('end');
		const [, ...words] = shell(
			`echo agent; until [ -e '${end}' ]; do sleep 0.1; done`,
		);
		using tmux = besideProgram(home, ...words);
		await vi.waitFor(() => {
			expect(isLive(tmux.ask('capture-pane', '-p', '-t', '{right}'))).toBe(
				true,
			);
		}, slow);
		expect(tmux.ask('capture-pane', '-p', '-t', '{left}')).toContain('agent');
		expect(tmux.ask('list-panes', '-F', '#{pane_active}')).toBe('1\n0\n');

		fs.writeFileSync(end, '');
		await vi.waitFor(() => {
			expect(tmux.ask('list-panes', '-F', '#{pane_active}')).toBe('1\n');
		}, slow);
		// The monitor is there, so the passthrough stays.
		expect(await serves(home.folder)).toBe(true);
	},
);

test.skipIf(!hasTmux)(
	'a program that ends at once leaves the passthrough to the monitor that is just opening',
	async () => {
		await using home = await runHome();
		const served = home.file('served');
		const [, ...words] = shell(`echo > '${served}'`);
		using tmux = besideProgram(home, ...words);
		await vi.waitFor(() => {
			expect(fs.existsSync(served)).toBe(true);
		}, slow);
		const {instance} = holderOf(home.folder)!;
		await vi.waitFor(() => {
			expect(tmux.ask('list-panes', '-F', '#{pane_active}')).toBe('1\n');
			expect(isLive(tmux.ask('capture-pane', '-p'))).toBe(true);
		}, slow);
		expect(await serves(home.folder)).toBe(true);
		expect(holderOf(home.folder)!.instance).toBe(instance);
	},
);

/**
A multiplexer that does nothing but end well, or not, on its first word.
*/
function withFake(
	home: Awaited<ReturnType<typeof runHome>>,
	name: string,
	failing = 'nothing',
): NodeJS.ProcessEnv {
	fs.writeFileSync(home.file(name), `#!/bin/sh\ntest "$1" != ${failing}\n`, {
		mode: 0o755,
	});
	return {PATH: `${home.folder}:${process.env['PATH']}`};
}

test('a monitor that does not come is waited for no longer than there is the passthrough', async () => {
	await using home = await runHome();
	const ended = home.file('ended');
	const running = home.tollgate(
		['run', '--pane', ...shell(`echo > '${ended}'`).slice(1)],
		{...withFake(home, 'tmux'), TMUX: '/tmp/x,1,0'},
	);
	await vi.waitFor(() => {
		expect(fs.existsSync(ended)).toBe(true);
	}, slow);
	const stopped = await home.tollgate(['stop']);
	expect(stopped.code).toBe(0);
	// Another one, which is nobody's to stop.
	await using serving = await startServe(home.folder, undefined, {
		env: home.env,
	});
	expect(await running).toMatchObject({code: 0, stdout: ''});
	expect(await serves(home.folder)).toBe(true);
	expect(serving.url).toBe(holderOf(home.folder)!.url);
});

test('where only giving the keys back fails, the monitor is open', async () => {
	await using home = await runHome();
	const pathBefore = process.env['PATH'];
	const {PATH} = withFake(home, 'zellij', 'action');
	const {config, data} = {config: home.folder, data: home.folder};
	try {
		process.env['PATH'] = PATH;
		const at: Home = {config, data, single: true};
		expect(await openPane(at, {ZELLIJ: '0'})).toEqual({
			isOpen: true,
			note: 'zellij has left the keys with the monitor (zellij failed): go back to this pane.',
		});
	} finally {
		process.env['PATH'] = pathBefore;
	}
});

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
