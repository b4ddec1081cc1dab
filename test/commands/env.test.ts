import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {expect, test} from 'vitest';
import {
	assignment,
	detectShell,
	shells,
} from '../../source/commands/env/shell.js';
import {program, run, startServe, testHome} from '../helpers/program.js';
import {runHome} from './run-home.js';

const nasty = [
	'plain',
	'',
	"it's",
	'a "double" one',
	String.raw`back\slash \' \\`,
	'$HOME `id` $(id) !! %PATH% ~ * ? {a,b}',
	'two\nlines',
	'ü “curly” ‘quotes’ ‚low‛',
	'--flag; rm -rf / # no',
];

test.each(['bash', 'sh'])(
	'what is written for bash means itself in %s',
	(shell) => {
		for (const text of nasty) {
			const line = assignment('bash', 'VALUE', text);
			const {stdout, stderr} = spawnSync(
				shell,
				['-c', `${line}\nenv -0 | grep -z ^VALUE=`],
				{encoding: 'utf8'},
			);
			expect({stdout, stderr}).toEqual({
				stdout: `VALUE=${text}\0`,
				stderr: '',
			});
		}
	},
);

test.each([
	['fish', "it's", String.raw`set -gx N 'it\'s'`],
	['fish', String.raw`a\b`, String.raw`set -gx N 'a\\b'`],
	['fish', String.raw`\'`, String.raw`set -gx N '\\\''`],
	['fish', '$HOME (id) "x"', 'set -gx N \'$HOME (id) "x"\''],
	['pwsh', "it's", "$env:N = 'it''s'"],
	['pwsh', '‘a’ ‚b‛', "$env:N = '‘‘a’’ ‚‚b‛‛'"],
	['pwsh', '$HOME `n "x"', '$env:N = \'$HOME `n "x"\''],
] as const)('%s: %j is written %j', (shell, text, line) => {
	expect(assignment(shell, 'N', text)).toBe(line);
});

test.each([
	['bash', 'export N=\'x-tollgate-key: \'"$MY_KEY"'],
	['fish', 'set -gx N \'x-tollgate-key: \'"$MY_KEY"'],
	['pwsh', "$env:N = 'x-tollgate-key: ' + $env:MY_KEY"],
] as const)(
	'%s puts the text of a variable behind words of ours',
	(shell, line) => {
		const value = {before: 'x-tollgate-key: ', variable: 'MY_KEY'};
		expect(assignment(shell, 'N', value)).toBe(line);
	},
);

test.each([
	['fish', '/bin/bash', 'fish'],
	['-zsh', '/usr/bin/fish', 'bash'],
	['/usr/bin/pwsh', '/bin/bash', 'pwsh'],
	['node', '/usr/bin/fish', 'fish'],
	['make', '/bin/zsh', 'bash'],
	[undefined, undefined, 'bash'],
] as const)(
	'started by %s with SHELL=%s it writes for %s',
	(parent, own, shell) => {
		expect(detectShell({SHELL: own}, parent)).toBe(shell);
	},
);

test('put in force in bash, it leads where the passthrough listens', async () => {
	await using home = await runHome();
	await using serving = await startServe(home.folder, ['--port', '0'], {
		env: home.env,
	});
	const {stdout, stderr} = spawnSync(
		'bash',
		[
			'-c',
			`eval "$('${process.execPath}' '${program}' env)"; echo "$ANTHROPIC_BASE_URL $OPENAI_BASE_URL"`,
		],
		{
			encoding: 'utf8',
			env: {...process.env, ...home.env, TOLLGATE_HOME: home.folder},
		},
	);
	expect({stdout, stderr}).toEqual({
		stdout: `${serving.url} ${serving.url}/v1\n`,
		stderr: '',
	});
});

test('where nothing runs it names the address of the config, and says so beside it', async () => {
	using home = testHome('[server]\nport = 4994\n');
	expect(
		await run(['env', '--for', 'openai', '--shell', 'bash'], {
			home: home.folder,
		}),
	).toEqual({
		code: 0,
		signal: null,
		stdout: "export OPENAI_BASE_URL='http://127.0.0.1:4994/v1'\n",
		stderr:
			'Nothing listens on http://127.0.0.1:4994 yet: start a passthrough with tollgate, or tollgate serve.\n',
	});
});

test('with any port the address is not known before something runs', async () => {
	using home = testHome('[server]\nport = 0\n');
	const said = await run(['env'], {home: home.folder});
	expect(said).toMatchObject({code: 1, stdout: ''});
	expect(said.stderr).toContain('With port = 0 the address is known only');
});

test.each([
	[['env', '--for', 'claude'], 'Write one of: claude-code, claude-desktop'],
	[['env', '--for', 'opencod'], 'Did you mean "opencode"?'],
	[['env', '--shell', 'cmd'], 'Write one of: bash, fish, pwsh'],
	[['env', 'claude-code'], '"claude-code" is one word too many.'],
])('%j is refused: %s', async (words, says) => {
	using home = testHome();
	const said = await run(words, {home: home.folder});
	expect(said).toMatchObject({code: 2, stdout: ''});
	expect(said.stderr).toContain(says);
});

test.each(shells)(
	'a secret is never printed for %s, but where it is',
	async (shell) => {
		await using home = await runHome();
		await using _serving = await startServe(home.folder, ['--port', '0'], {
			env: home.env,
		});
		const added = await home.tollgate(['key', 'add', 'ci', '--json']);
		const {secret} = JSON.parse(added.stdout) as {secret: string};
		for (const more of [['--shell', shell], ['--json']]) {
			const said = await home.tollgate(['env', '--key', 'env:CI', ...more], {
				CI: secret,
			});
			expect(said).toMatchObject({code: 0, stderr: ''});
			expect(said.stdout).toContain('CI');
			expect(said.stdout).not.toContain(secret);
			expect(said.stdout).not.toContain('upstream-key');
		}
	},
);

test('for scripts, what only a shell can fill in stands apart', async () => {
	await using home = await runHome({key: 'agent'});
	await using serving = await startServe(home.folder, ['--port', '0'], {
		env: home.env,
	});
	const added = await home.tollgate(['key', 'add', 'ci', '--json']);
	const {secret} = JSON.parse(added.stdout) as {secret: string};
	const said = await home.tollgate(
		['env', '--json', '--for', 'anthropic-sdk', '--key', 'ci'],
		{TOLLGATE_KEY_CI: secret},
	);
	expect(JSON.parse(said.stdout)).toEqual({
		url: serving.url,
		running: true,
		for: 'anthropic-sdk',
		variables: {ANTHROPIC_BASE_URL: serving.url},
		secrets: {
			// eslint-disable-next-line no-template-curly-in-string -- As it is printed.
			ANTHROPIC_CUSTOM_HEADERS: 'x-tollgate-key: ${TOLLGATE_KEY_CI}',
		},
		arguments: [],
		byHand: null,
	});
});
