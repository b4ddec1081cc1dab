import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {childEnv} from '../../source/commands/run/child-env.js';
import {launchedBy} from '../../source/commands/run/launched.js';
import {overSettings} from '../../source/commands/run/over-settings.js';
import {monitorCommand, splitLines} from '../../source/commands/run/pane.js';
import {refuseWordsPastUs} from '../../source/commands/run/past-us.js';
import {refuseStrangersKey} from '../../source/commands/run/strangers-key.js';
import {findHome} from '../../source/config/home.js';
import {loadConfig} from '../../source/config/load.js';
import {thisPlace, type Place} from '../../source/doctor/machine/place.js';
import {UserError} from '../../source/user-error.js';
import {testHome} from '../helpers/program.js';
import {runHome} from './run-home.js';

const url = 'http://127.0.0.1:4141';
const variables = {ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: 'tollgate'};

type Files = Readonly<Record<string, string>>;

/**
A machine with these files below one folder: `user/` is the user's own, `project/` where it is started.
*/
function placeWith(
	files: Files,
	env: NodeJS.ProcessEnv = {},
): Place & Disposable {
	const folder = testHome();
	for (const [name, text] of Object.entries(files)) {
		const file = folder.file(name);
		fs.mkdirSync(path.dirname(file), {recursive: true});
		fs.writeFileSync(file, text, {mode: 0o600});
	}

	return {
		...thisPlace({
			home: findHome({flag: folder.folder, env: {}, platform: 'linux'}),
			isModel: () => false,
			env,
			cwd: folder.file('project'),
			userHome: folder.file('user'),
			managedSettings: folder.file('managed'),
		}),
		[Symbol.dispose]: folder[Symbol.dispose],
	};
}

const settings = (env: Files): string => JSON.stringify({env}, undefined, 2);
const other = settings({ANTHROPIC_BASE_URL: 'https://gateway.example'});
const same = settings({ANTHROPIC_BASE_URL: url});
const user = 'user/.claude/settings.json';
const local = 'project/.claude/settings.local.json';
const managed = 'managed/managed-settings.json';

test.each<[string, Files]>([
	['there are none', {}],
	['they say nothing of it', {[user]: '{"model": "opus"}'}],
	['they lead here', {[user]: same}],
	['the one that counts leads here', {[user]: other, [local]: same}],
	['the managed ones lead here', {[user]: other, [managed]: same}],
	[
		'they hold a credential of a gateway',
		{[user]: settings({ANTHROPIC_AUTH_TOKEN: 'x'})},
	],
])('the settings of Claude Code are left alone where %s', (_name, files) => {
	using place = placeWith(files);
	expect(overSettings(variables, ['-p', 'hi'], place)).toEqual({
		words: [],
		places: [],
	});
});

test.each<[string, Files]>([
	['the user’s', {[user]: other}],
	['the shared ones of the project', {'project/.claude/settings.json': other}],
	['the local ones of the project', {[user]: same, [local]: other}],
	['a file that cannot be understood', {[user]: '{"env": '}],
	['an empty value', {[user]: settings({ANTHROPIC_BASE_URL: ''})}],
])(
	'Claude Code is told over its settings where they lead elsewhere: %s',
	(_name, files) => {
		using place = placeWith(files);
		expect(overSettings(variables, ['-p', 'hi'], place).words).toEqual([
			'--settings',
			`{"env":{"ANTHROPIC_BASE_URL":"${url}"}}`,
		]);
	},
);

test('a proxy in its settings is kept away from this machine', () => {
	using place = placeWith({
		[user]: settings({
			HTTPS_PROXY: 'https://proxy.example',
			NO_PROXY: 'a.example',
		}),
	});
	const list = 'a.example,127.0.0.1,localhost,::1';
	const [flag, json] = overSettings(variables, [], place).words;
	expect(flag).toBe('--settings');
	expect(JSON.parse(json!)).toEqual({env: {NO_PROXY: list, no_proxy: list}});
});

const secret = {before: '', variable: 'KEY'};

test.each<
	[
		string,
		Readonly<{
			files?: Files;
			words?: readonly string[];
			env?: Files;
			keyed?: boolean;
		}>,
		string,
	]
>([
	[
		'managed settings',
		{files: {[managed]: other}},
		'managed/managed-settings.json:3 sets ANTHROPIC_BASE_URL, and whoever manages',
	],
	[
		'the user’s own --settings',
		{words: ['--settings', other]},
		'--settings would send Claude Code past Tollgate',
	],
	[
		'a file of --settings',
		{
			files: {'project/own.json': other},
			words: ['--settings=own.json', '-p', 'hi'],
		},
		'own.json:3 would send',
	],
	[
		'two --settings, of which the last counts',
		{words: ['--settings', same, '--settings', other]},
		'--settings would send',
	],
	[
		'settings below a --settings of the user',
		{files: {[user]: other}, words: ['--settings', '{"model":"opus"}']},
		'~/.claude/settings.json:3 would send',
	],
	[
		'a cloud, in the shell',
		{env: {CLAUDE_CODE_USE_BEDROCK: '1'}},
		'This shell sets CLAUDE_CODE_USE_BEDROCK',
	],
	[
		'a cloud, in a file',
		{files: {[user]: settings({CLAUDE_CODE_USE_VERTEX: 'true'})}},
		'~/.claude/settings.json:3 sets CLAUDE_CODE_USE_VERTEX',
	],
	[
		'a socket',
		{env: {ANTHROPIC_UNIX_SOCKET: '/run/x.sock'}},
		'This shell sets ANTHROPIC_UNIX_SOCKET',
	],
	[
		'a credential over the local key',
		{files: {[user]: settings({ANTHROPIC_AUTH_TOKEN: 'hidden'})}, keyed: true},
		'~/.claude/settings.json:3 sets ANTHROPIC_AUTH_TOKEN, which counts before the local key',
	],
])(
	'Claude Code is not run where it would go past us: %s',
	(_name, {files = {}, words = [], env, keyed}, says) => {
		using place = placeWith(files, env);
		const given = keyed
			? {...variables, ANTHROPIC_AUTH_TOKEN: secret}
			: variables;
		try {
			overSettings(given, words, place);
			expect.unreachable();
		} catch (error) {
			expect(error).toBeInstanceOf(UserError);
			const {message, hint} = error as UserError;
			expect(message).toContain(says);
			expect(hint).toMatch(/^Nothing was run\./v);
			expect(message + hint).not.toContain('hidden');
		}
	},
);

test.each<
	[string, Readonly<{files?: Files; words?: readonly string[]; env?: Files}>]
>([
	['a switch that is off', {env: {CLAUDE_CODE_USE_BEDROCK: '0'}}],
	[
		'a --settings that leads here',
		{words: ['--settings', same], files: {[user]: other}},
	],
	[
		'a --settings that says nothing of it',
		{words: ['--settings', '{"model":"opus"}']},
	],
	['a --settings that is no file', {words: ['--settings', 'nowhere.json']}],
])(
	'Claude Code is run with its own words alone: %s',
	(_name, {files = {}, words = [], env}) => {
		using place = placeWith(files, env);
		expect(overSettings(variables, words, place).words).toEqual([]);
	},
);

test('what counts before the settings stands right behind the name, before the words of the user', async () => {
	await using home = await runHome();
	const program = home.file('claude');
	fs.writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\n', {mode: 0o755});
	fs.mkdirSync(home.file('.claude'));
	fs.writeFileSync(home.file('.claude/settings.json'), other);
	for (const words of [
		[program, '-p', 'hi'],
		['env', 'X=1', program, '-p', 'hi'],
	]) {
		const said = await home.tollgate([
			'run',
			'--for',
			'claude-code',
			'--',
			...words,
		]);
		expect(said.code).toBe(0);
		expect(said.stdout).toMatch(
			/^--settings\n\{"env":\{"ANTHROPIC_BASE_URL":"http:\/\/127.0.0.1:\d+"\}\}\n-p\nhi\n$/v,
		);
		expect(said.stderr).toBe(
			'~/.claude/settings.json:3 would send Claude Code past Tollgate: it is started with --settings, which counts before that.\n',
		);
	}

	expect(fs.readFileSync(home.file('.claude/settings.json'), 'utf8')).toBe(
		other,
	);
});

const gateway = {ANTHROPIC_BASE_URL: 'https://gateway.example/v1'};

test.each<
	[
		string,
		Readonly<{env?: Files; files?: Files; trusts?: string; key?: string}>,
		RegExp | undefined,
	]
>([
	[
		'of a gateway, in the shell',
		{env: {...gateway, ANTHROPIC_AUTH_TOKEN: 'hidden'}},
		/^This shell has a key for gateway\.example, which would be passed on to api\.anthropic\.com\.$/v,
	],
	[
		'of a gateway, in a settings file',
		{files: {[user]: settings({...gateway, ANTHROPIC_AUTH_TOKEN: 'hidden'})}},
		/^~\/\.claude\/settings\.json:3 has a key for gateway\.example/v,
	],
	[
		'that a helper fetches',
		{files: {[user]: JSON.stringify({env: gateway, apiKeyHelper: 'cat key'})}},
		/has a key for gateway\.example/v,
	],
	[
		'for another service',
		{
			env: {
				OPENAI_BASE_URL: 'https://gateway.example/v1',
				OPENAI_API_KEY: 'hidden',
			},
		},
		/^This shell has a key for gateway\.example/v,
	],
	[
		'for the endpoint it goes to',
		{
			env: {...gateway, ANTHROPIC_API_KEY: 'x'},
			trusts: 'https://gateway.example',
		},
		undefined,
	],
	['without an address', {env: {ANTHROPIC_API_KEY: 'x'}}, undefined],
	[
		'and our own address',
		{env: {ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'x'}},
		undefined,
	],
	['of a login, with an address', {env: gateway}, undefined],
	[
		'where we hold the endpoint’s',
		{env: {...gateway, ANTHROPIC_API_KEY: 'x'}, key: 'env:KEY'},
		undefined,
	],
])(
	'a key %s',
	(
		_name,
		{env = {}, files = {}, trusts = 'https://api.anthropic.com', key = 'agent'},
		says,
	) => {
		using place = placeWith(
			{
				...files,
				'config.toml': `[endpoints.main]\nurl = "${trusts}"\nkey = "${key}"\n`,
			},
			env,
		);
		const config = loadConfig({home: place.home, env: {}, serving: false});
		const check = () => {
			refuseStrangersKey(
				{ANTHROPIC_BASE_URL: url, OPENAI_BASE_URL: `${url}/v1`},
				{client: 'claude-code', config, place},
			);
		};

		if (says === undefined) {
			expect(check).not.toThrow();
		} else {
			expect(check).toThrow(says);
			expect(check).not.toThrow('hidden');
		}
	},
);

test.each([
	['--oss'],
	['--local-provider=ollama'],
	['model_provider="other"'],
	['-cmodel_provider=other'],
	['--config=model_provider=other'],
	['model_providers.tollgate.base_url="http://elsewhere"'],
])('codex is not run with %s', (word) => {
	expect(() => {
		refuseWordsPastUs('codex', ['exec', word]);
	}).toThrow('codex would go past Tollgate');
	expect(() => {
		refuseWordsPastUs('claude-code', ['exec', word]);
	}).not.toThrow();
});

test('codex is run with its other words', () => {
	expect(() => {
		refuseWordsPastUs('codex', [
			'-c',
			'model="gpt-5"',
			'exec',
			'what is a model_provider?',
		]);
	}).not.toThrow();
});

test('what can hold more than one thing keeps what it had', () => {
	const env = childEnv(
		{
			ANTHROPIC_CUSTOM_HEADERS: {before: 'x-tollgate-key: ', variable: 'KEY'},
			OPENCODE_CONFIG_CONTENT:
				'{"provider":{"openai":{"options":{"baseURL":"here"}}}}',
			ANTHROPIC_BASE_URL: url,
		},
		{
			KEY: 'secret',
			OTHER: 'stays',
			ANTHROPIC_BASE_URL: 'https://elsewhere.example',
			ANTHROPIC_CUSTOM_HEADERS: 'x-a: 1\nX-Tollgate-Key: old\nx-b: 2',
			OPENCODE_CONFIG_CONTENT:
				'{"model":"m","provider":{"openai":{"options":{"baseURL":"there","timeout":1}}}}',
		},
	);
	expect(env).toEqual({
		KEY: 'secret',
		OTHER: 'stays',
		ANTHROPIC_BASE_URL: url,
		ANTHROPIC_CUSTOM_HEADERS: 'x-a: 1\nx-b: 2\nx-tollgate-key: secret',
		OPENCODE_CONFIG_CONTENT:
			'{"model":"m","provider":{"openai":{"options":{"baseURL":"here","timeout":1}}}}',
	});
});

const monitor = ['node', 'bin.js', '--home', '/a home'];

test.each([
	[
		{TMUX: '/tmp/x,1,0', TMUX_PANE: '%3', KITTY_WINDOW_ID: '1'},
		[['tmux', 'split-window', '-h', '-d', '-t', '%3', ...monitor]],
	],
	[
		{ZELLIJ: '0', KITTY_WINDOW_ID: '1'},
		[
			[
				'zellij',
				'run',
				'--direction',
				'right',
				'--close-on-exit',
				'--name',
				'tollgate',
				'--',
				...monitor,
			],
			['zellij', 'action', 'move-focus', 'left'],
		],
	],
	[
		{WEZTERM_PANE: '7'},
		[
			[
				'wezterm',
				'cli',
				'split-pane',
				'--right',
				'--pane-id',
				'7',
				'--',
				...monitor,
			],
			['wezterm', 'cli', 'activate-pane', '--pane-id', '7'],
		],
	],
	[
		{KITTY_WINDOW_ID: '2'},
		[
			[
				'kitten',
				'@',
				'launch',
				'--location=vsplit',
				'--keep-focus',
				'--title=tollgate',
				...monitor,
			],
		],
	],
])('%j is split by its own command', (env, lines) => {
	const {split, back} = splitLines(monitor, env)!;
	expect(back ? [split, back] : [split]).toEqual(lines);
});

test('where nothing can be split there is no command', () => {
	expect(splitLines(monitor, {TERM: 'xterm', TMUX: ''})).toBeUndefined();
});

test.each<[string, string | undefined, number]>([
	['claude -p hi', 'claude-code', 0],
	['/usr/local/bin/codex', 'codex', 0],
	['npx claude', 'claude-code', 1],
	['npx -y @anthropic-ai/claude-code@latest -p x', 'claude-code', 2],
	['npx @openai/codex exec', 'codex', 1],
	['npx -y -p @openai/codex codex exec', 'codex', 4],
	['pnpm dlx opencode-ai', 'opencode', 2],
	['npm exec -- codex', 'codex', 3],
	['env A=1 nice -n 5 codex', 'codex', 5],
	['timeout 2.5m codex', 'codex', 2],
	['timeout -s KILL 60 codex', 'codex', 4],
	['env -i -u A codex', 'codex', 4],
	['caffeinate -s codex', 'codex', 2],
	['npx vitest claude', undefined, 1],
	['node codex', undefined, 0],
	['npx', undefined, 0],
])('in %j the client is told, launched or not: %s', (line, client, at) => {
	expect(launchedBy(line.split(' '))).toEqual({client, at});
});

test('a client that another program starts gets its words', async () => {
	await using home = await runHome();
	const codex = home.file('codex');
	fs.writeFileSync(codex, '#!/bin/sh\necho "$2"\n', {mode: 0o700});
	for (const words of [[codex], ['env', 'A=1', codex]]) {
		expect(await home.tollgate(['run', '--', ...words])).toMatchObject({
			code: 0,
			stdout: 'model_provider="tollgate"\n',
		});
	}
});

test('the monitor of a pane looks at the home of the run, whatever variables the pane has', () => {
	const env = {HOME: '/home/other', XDG_DATA_HOME: '/data'};
	const usual = findHome({env, platform: 'linux'});
	const [program, ...words] = monitorCommand(usual, env);
	expect(program).toBe('env');
	expect(words).toEqual(
		expect.arrayContaining([
			'HOME=/home/other',
			'TOLLGATE_HOME=',
			'XDG_CONFIG_HOME=',
			'XDG_DATA_HOME=/data',
		]),
	);
	const named = findHome({flag: '/one', env, platform: 'linux'});
	expect(monitorCommand(named, env).slice(-2)).toEqual(['--home', '/one']);
});
