import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import {expect, test, vi} from 'vitest';
import {
	program,
	startProgram,
	startServe,
	testHome,
} from '../helpers/program.js';
import {holderOf, kill, serves} from './open-monitor.js';
import {nodeRuns, runHome, sdkClient, shell} from './run-home.js';

const bash = spawnSync('bash', ['-c', ':']).status === 0;

test('real SDKs come through a passthrough that it starts for them, and that is gone afterwards', async () => {
	await using home = await runHome();
	const said = await home.tollgate(nodeRuns(sdkClient, 'anthropic', 'openai'));
	expect(said).toMatchObject({code: 0, stderr: ''});
	expect(said.stdout).toMatch(/^anthropic \d+\nopenai \d+\n$/v);
	const rows = await home.rows();
	expect(
		rows.map(({format, outcome, usageStatus, key}) => ({
			format,
			outcome,
			usageStatus,
			key,
		})),
	).toEqual(
		['anthropic-messages', 'openai-chat'].map((format) => ({
			format,
			outcome: 'ok',
			usageStatus: 'exact',
			key: 'default',
		})),
	);
	expect(home.hasPassthrough()).toBe(false);
});

test('a passthrough that it finds serves on', async () => {
	await using home = await runHome();
	await using serving = await startServe(home.folder, ['--port', '0'], {
		env: home.env,
	});
	const said = await home.tollgate(shell('echo "$ANTHROPIC_BASE_URL"'));
	expect(said).toMatchObject({code: 0, stdout: `${serving.url}\n`, stderr: ''});
	expect(await serves(home.folder)).toBe(true);
});

test.each([
	['exit 0', 0],
	['exit 7', 7],
	['exit 255', 255],
	['kill -TERM $$', 128 + os.constants.signals.SIGTERM],
	['kill -KILL $$', 128 + os.constants.signals.SIGKILL],
])('the exit code of %j is handed on: %i', async (command, code) => {
	await using home = await runHome();
	expect(await home.tollgate(shell(command))).toMatchObject({
		code,
		signal: null,
		stdout: '',
		stderr: '',
	});
	expect(home.hasPassthrough()).toBe(false);
});

test('a program that is not there, or may not be run, is told in a sentence, with the exit code of a shell', async () => {
	await using home = await runHome();
	expect(await home.tollgate(['run', '--', 'no-such-program'])).toEqual({
		code: 127,
		signal: null,
		stdout: '',
		stderr: 'There is no program "no-such-program" here.\n',
	});
	const file = home.file('not-executable');
	fs.writeFileSync(file, '');
	const said = await home.tollgate(['run', '--', file]);
	expect(said.code).toBe(126);
	expect(said.stderr).toMatch(
		/cannot be started: it may not be executed\.\n$/v,
	);
	expect(home.hasPassthrough()).toBe(false);
});

test('nothing of our own is left in the environment of the program', async () => {
	await using home = await runHome();
	const given = {ONE: '1', TWO: "it's\n$2"};
	const {NODE_ENV: _environment, ...env} = process.env;
	const said = spawnSync(
		process.execPath,
		[program, ...nodeRuns('-e', 'console.log(JSON.stringify(process.env))')],
		{
			encoding: 'utf8',
			env: {...env, ...home.env, ...given, TOLLGATE_HOME: home.folder},
		},
	);
	const found = JSON.parse(said.stdout) as NodeJS.ProcessEnv;
	expect(found).toMatchObject(given);
	expect(found).not.toHaveProperty('NODE_ENV');
});

test('in a folder that is gone, nothing is run, and that is told in a sentence', async () => {
	await using home = await runHome();
	const gone = home.file('gone');
	const {status, stdout, stderr} = spawnSync(
		'sh',
		[
			'-c',
			'mkdir "$0"; cd "$0"; rmdir "$0"; exec "$1" "$2" run -- echo ran',
			gone,
			process.execPath,
			program,
		],
		{
			encoding: 'utf8',
			env: {...process.env, ...home.env, TOLLGATE_HOME: home.folder},
		},
	);
	expect({status, stdout, stderr}).toEqual({
		status: 1,
		stdout: '',
		stderr:
			'The folder this was started in is gone.\nGo to one that is there, and start again.\n',
	});
	expect(home.hasPassthrough()).toBe(false);
});

test('the words behind the dashes are the program’s own, whatever they look like', async () => {
	await using home = await runHome();
	const words = [
		'--help',
		'--home',
		'/nowhere',
		'-p',
		'--',
		'two words',
		'--pane=x',
		'',
	];
	const said = await home.tollgate([
		...nodeRuns(
			'-e',
			'console.log(JSON.stringify(process.argv.slice(1)))',
			'--',
		),
		...words,
	]);
	expect(said).toMatchObject({code: 0, stderr: ''});
	expect(JSON.parse(said.stdout)).toEqual(words);
});

test.skipIf(!bash)(
	'a file that the shell opens for a word of the program is there for it',
	async () => {
		await using home = await runHome();
		const said = spawnSync(
			'bash',
			[
				'-c',
				'"$0" "$1" run -- cat <(printf one) <(printf two)',
				process.execPath,
				program,
			],
			{
				encoding: 'utf8',
				env: {...process.env, ...home.env, TOLLGATE_HOME: home.folder},
			},
		);
		expect(said).toMatchObject({status: 0, stdout: 'onetwo', stderr: ''});
	},
);

test.skipIf(!bash)(
	'settings of Claude Code that can be read only once are not read by us, and nothing is run',
	async () => {
		await using home = await runHome();
		const claude = home.file('claude');
		fs.writeFileSync(claude, '#!/bin/sh\necho ran\n', {mode: 0o700});
		const said = spawnSync(
			'bash',
			[
				'-c',
				'"$0" "$1" run -- "$2" --settings <(echo {})',
				process.execPath,
				program,
				claude,
			],
			{
				encoding: 'utf8',
				env: {...process.env, ...home.env, TOLLGATE_HOME: home.folder},
			},
		);
		expect(said).toMatchObject({status: 1, stdout: ''});
		expect(said.stderr).toMatch(/come through a pipe.*\nNothing was run/v);
	},
);

test('what the program writes comes whole', async () => {
	await using home = await runHome();
	await using started = startProgram(
		shell(String.raw`head -c 300000 /dev/zero; printf "\377" ; cat`),
		{home: home.folder, env: home.env},
	);
	const {stdout, code} = await started.ended;
	expect(code).toBe(0);
	expect(Buffer.from(stdout)).toHaveLength(
		300_000 + Buffer.from('\u{FFFD}').length,
	);
});

test.each([
	['SIGTERM', 'TERM'],
	['SIGHUP', 'HUP'],
	['SIGUSR2', 'USR2'],
] as const)(
	'%s goes on to the program, which decides',
	async (signal, name) => {
		await using home = await runHome();
		await using started = startProgram(
			shell(
				`trap 'echo had ${name}; exit 9' ${name}; echo ready; while :; do sleep 0.05; done`,
			),
			{home: home.folder, env: home.env},
		);
		await vi.waitFor(() => {
			expect(started.stdout()).toBe('ready\n');
		}, 20_000);
		started.child.kill(signal);
		expect(await started.ended).toMatchObject({
			code: 9,
			stdout: `ready\nhad ${name}\n`,
		});
		expect(home.hasPassthrough()).toBe(false);
	},
);

test('of two at once the one that ends last stops the passthrough, whichever has started it', async () => {
	await using home = await runHome();
	const options = {home: home.folder, env: home.env};
	const gates = ['first', 'second'].map((name) => home.file(name));
	expect(spawnSync('mkfifo', gates).status).toBe(0);
	const waitingAt = (gate: string) =>
		shell(`echo ready; read line < '${gate}'; echo done`);
	await using first = startProgram(waitingAt(gates[0]!), options);
	await vi.waitFor(() => {
		expect(first.stdout()).toBe('ready\n');
	}, 20_000);
	const {instance} = holderOf(home.folder)!;
	await using second = startProgram(waitingAt(gates[1]!), options);
	await vi.waitFor(() => {
		expect(second.stdout()).toBe('ready\n');
	}, 20_000);

	fs.writeFileSync(gates[0]!, 'go\n');
	expect(await first.ended).toMatchObject({code: 0});
	expect(await serves(home.folder)).toBe(true);
	expect(holderOf(home.folder)!.instance).toBe(instance);

	fs.writeFileSync(gates[1]!, 'go\n');
	expect(await second.ended).toMatchObject({code: 0});
	expect(home.hasPassthrough()).toBe(false);
});

test('a passthrough that dies meanwhile is started again at the same address, and stopped in the end', async () => {
	const port = await freePort();
	await using home = await runHome({port});
	expect(spawnSync('mkfifo', [home.file('gate')]).status).toBe(0);
	await using started = startProgram(
		shell(
			`'${process.execPath}' '${sdkClient}' anthropic && read line < "$HOME/gate" && '${process.execPath}' '${sdkClient}' anthropic`,
		),
		{home: home.folder, env: home.env},
	);
	await vi.waitFor(() => {
		expect(started.stdout()).toContain('anthropic');
	}, 20_000);
	const first = holderOf(home.folder)!;
	kill(first.pid, 'SIGKILL');
	await vi.waitFor(
		async () => {
			expect(await serves(home.folder)).toBe(true);
		},
		{timeout: 20_000, interval: 100},
	);
	expect(holderOf(home.folder)!.instance).not.toBe(first.instance);
	fs.writeFileSync(home.file('gate'), 'go\n');
	const said = await started.ended;
	expect(said).toMatchObject({code: 0, stderr: ''});
	expect(said.stdout).toMatch(/^(?:anthropic \d+\n){2}$/v);
	expect(home.hasPassthrough()).toBe(false);
});

/**
One that nobody has now. Not one of those that the system gives away by itself.
*/
async function freePort(): Promise<number> {
	for (let port = 20_100; ; port += 7) {
		const server = net.createServer();
		const isFree = new Promise<boolean>((resolve) => {
			server.once('error', () => {
				resolve(false);
			});
			server.listen(port, '127.0.0.1', () => {
				server.close(() => {
					resolve(true);
				});
			});
		});

		if (await isFree) {
			return port;
		}
	}
}

test('what a run has started stays for a monitor that looks on, and is the monitor’s from then on', async () => {
	await using home = await runHome();
	await using monitor = startProgram(['--plain'], {
		home: home.folder,
		env: home.env,
	});
	await vi.waitFor(
		async () => {
			expect(await serves(home.folder)).toBe(true);
		},
		{timeout: 20_000},
	);
	const {instance, pid} = holderOf(home.folder)!;
	// As if a run had started it.
	fs.writeFileSync(home.file('run.started'), instance);
	await vi.waitFor(() => {
		expect(monitorsIn(home.log)).toBe(1);
	}, 10_000);

	expect(await home.tollgate(shell('exit 0'))).toMatchObject({code: 0});
	expect(await serves(home.folder)).toBe(true);
	kill(monitor.pid, 'SIGKILL');
	await monitor.ended;
	expect(await home.tollgate(shell('exit 0'))).toMatchObject({code: 0});
	expect(holderOf(home.folder)).toMatchObject({instance, pid});
});

function monitorsIn(log: string): unknown {
	const db = new Database(log, {readonly: true});
	try {
		return db.prepare('SELECT count(*) FROM monitors').pluck().get();
	} finally {
		db.close();
	}
}

test('where the passthrough cannot serve, nothing is run, and the reason and the way out are told', async () => {
	using taken = testHome();
	await using serving = await startServe(taken.folder);
	using home = testHome(
		`[server]\nport = ${serving.port}\n[endpoints.main]\nurl = "https://gateway.example"\n`,
	);
	const marker = home.file('was-run');
	await using started = startProgram(shell(`touch '${marker}'`), {
		home: home.folder,
	});
	const said = await started.ended;
	expect(said).toMatchObject({code: 1, stdout: ''});
	expect(said.stderr).toMatch(
		/^The passthrough cannot serve, so nothing was run: Port \d+ is taken by the Tollgate of .*\nUnmeasured, it will not be run\./v,
	);
	expect(fs.existsSync(marker)).toBe(false);
});

test.each([
	['a config that is wrong', '[server]\nprot = 1\n', 2, /prot.*\n.*port/v],
	[
		'a key that is not set',
		'[server]\nport = 0\n[endpoints.main]\nurl = "https://gateway.example"\nkey = "env:NOT_SET"\n',
		2,
		/NOT_SET/v,
	],
	[
		'an endpoint that is the listener',
		'[server]\nport = 4993\n[endpoints.main]\nurl = "http://127.0.0.1:4993"\n',
		2,
		/is this passthrough itself/v,
	],
])('with %s nothing is run', async (_name, toml, code, message) => {
	using home = testHome(toml);
	const marker = home.file('was-run');
	await using started = startProgram(shell(`touch '${marker}'`), {
		home: home.folder,
	});
	const said = await started.ended;
	expect(said).toMatchObject({code, stdout: ''});
	expect(said.stderr).toMatch(message);
	expect(fs.existsSync(marker)).toBe(false);
});

test('in a home that cannot be made, nothing is run', async () => {
	using home = testHome();
	const file = home.file('a-file');
	fs.writeFileSync(file, '');
	await using started = startProgram(shell('echo was run'), {
		home: path.join(file, 'home'),
	});
	const said = await started.ended;
	expect(said).toMatchObject({code: 1, stdout: ''});
	expect(said.stderr).toContain('cannot be made (ENOTDIR)');
});

test.each([
	[['run'], 'This does not say what to run.'],
	[['run', '--'], 'This does not say what to run.'],
	[['run', 'claude'], 'Write: tollgate run -- claude …'],
	[['run', 'claude', '--model', 'x'], 'Write: tollgate run -- claude …'],
	[['run', '--pane', 'claude', '-p', 'hi'], 'Write: tollgate run -- claude …'],
	[['run', '--pain', '--', 'claude'], 'Did you mean --pane?'],
	[['run', '--for', 'claud-code', '--', 'x'], 'Did you mean "claude-code"?'],
	[
		['run', '--for', 'claude-desktop', '--', 'x'],
		'tollgate env --for claude-desktop',
	],
	[
		['run', '--', 'codex', 'exec', '--oss', 'hi'],
		'With --oss codex would go past Tollgate.',
	],
	[
		['run', '--', 'codex', '-c', 'model_provider="x"'],
		'codex would go past Tollgate.',
	],
])('%j is refused: %s', async (words, says) => {
	await using home = await runHome();
	const said = await home.tollgate(words);
	expect(said.code === 1 || said.code === 2).toBe(true);
	expect(said.stdout).toBe('');
	expect(said.stderr).toContain(says);
	expect(fs.existsSync(home.log)).toBe(false);
});

test('--help before the dashes is ours', async () => {
	await using home = await runHome();
	const said = await home.tollgate([
		'run',
		'--help',
		'--',
		'sh',
		'-c',
		'echo no',
	]);
	expect(said).toMatchObject({code: 0, stderr: ''});
	expect(said.stdout).toContain('tollgate run [options] -- claude');
});
