import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {expect, test} from 'vitest';
import {processFiles, testPlace} from './place.js';

const here = 'http://127.0.0.1:4141';
const away = 'https://gateway.example';

type Running = Parameters<typeof processFiles>[1];

test.for<{
	title: string;
	running: Running;
	files?: Readonly<Record<string, string>>;
	says: string | undefined;
}>([
	{
		title: 'claude with our base URL',
		running: {
			name: 'claude',
			args: ['claude'],
			env: {ANTHROPIC_BASE_URL: here},
		},
		says: undefined,
	},
	{
		title: 'claude with our base URL as localhost',
		running: {
			name: 'claude',
			args: ['claude'],
			env: {ANTHROPIC_BASE_URL: 'http://localhost:4141/'},
		},
		says: undefined,
	},
	{
		title: 'claude without a base URL',
		running: {name: 'claude', args: ['/usr/bin/claude', '-c']},
		says: 'claude (process 77) goes where it goes by itself and not here: what it does is not measured.',
	},
	{
		title: 'claude with another base URL, and its secret',
		running: {
			name: 'node',
			args: ['node', '/opt/claude'],
			env: {ANTHROPIC_BASE_URL: `${away}/v1?key=hush`},
		},
		says: `claude (process 77) goes to ${away}/v1 and not here: what it does is not measured.`,
	},
	{
		title: 'claude whose settings beat its shell',
		running: {
			name: 'claude',
			args: ['claude'],
			env: {ANTHROPIC_BASE_URL: here},
		},
		files: {
			'user/.claude/settings.json': JSON.stringify({
				env: {ANTHROPIC_BASE_URL: away},
			}),
		},
		says: `claude (process 77) goes to ${away} and not here: what it does is not measured.`,
	},
	{
		title: 'claude whose settings come as an argument',
		running: {
			name: 'claude',
			args: [
				'claude',
				'--settings',
				JSON.stringify({env: {ANTHROPIC_BASE_URL: here}}),
			],
		},
		says: undefined,
	},
	{
		title: 'codex with our base URL as an argument',
		running: {
			name: 'codex',
			args: ['codex', '-c', `openai_base_url="${here}/v1"`],
		},
		says: undefined,
	},
	{
		title: 'codex with our base URL in a variable, which it does not read',
		running: {
			name: 'codex',
			args: ['codex'],
			env: {OPENAI_BASE_URL: `${here}/v1`},
		},
		says: 'codex (process 77) goes where it goes by itself and not here: what it does is not measured.',
	},
	{
		title: 'codex whose config points here',
		running: {name: 'codex', args: ['codex']},
		files: {'user/.codex/config.toml': `openai_base_url = "${here}/v1"\n`},
		says: undefined,
	},
	{
		title: 'opencode with our base URL in a variable',
		running: {
			name: 'opencode',
			args: ['opencode'],
			env: {ANTHROPIC_BASE_URL: `${here}/v1`},
		},
		says: undefined,
	},
	{
		title: 'opencode whose config beats its variable',
		running: {
			name: 'opencode',
			args: ['opencode'],
			env: {ANTHROPIC_BASE_URL: `${here}/v1`},
		},
		files: {
			'user/.config/opencode/opencode.json': JSON.stringify({
				provider: {anthropic: {options: {baseURL: away}}},
			}),
		},
		says: `opencode (process 77) goes to ${away} and not here: what it does is not measured.`,
	},
	{
		title: 'a program that only has the word in its arguments',
		running: {name: 'vim', args: ['vim', 'claude']},
		says: undefined,
	},
])('$title', async ({running, files, says}) => {
	using there = testPlace({
		...files,
		...processFiles(77, running),
	});
	const [finding, ...others] = await there.look('agents');
	expect(others).toEqual([]);
	expect(finding?.standing).toBe(says === undefined ? 'ok' : 'warn');
	expect(finding?.said).toMatch(says ?? /^No agent|^The one agent/v);
});

test('the script that starts an agent is not taken for a second one', async () => {
	using there = testPlace({
		...processFiles(70, {name: 'node', args: ['node', '/opt/codex.js']}),
		...processFiles(71, {name: 'codex', args: ['/opt/codex'], parent: 70}),
	});
	expect(await there.look('agents')).toMatchObject([
		{
			said: expect.stringContaining('codex (process 71)') as string,
			fix: 'Leave it, and start it again with: tollgate run -- codex',
		},
	]);
});

test('where processes are not told of, nothing is said of agents', async () => {
	using there = testPlace({}, {processes: undefined});
	expect(await there.look('agents')).toEqual([]);
});

test.runIf(process.platform === 'linux')(
	'a process that really runs is found with its variables',
	async () => {
		using there = testPlace({
			'project/claude.js': 'console.log(1); setInterval(() => {}, 1000);',
		});
		const child = spawn(process.execPath, [there.at('project/claude.js')], {
			env: {ANTHROPIC_BASE_URL: away, ANTHROPIC_API_KEY: 'sk-hush-hush'},
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		await once(child.stdout, 'data');
		using real = testPlace({}, {processes: '/proc'});
		const findings = await real.look('agents');
		child.kill('SIGKILL');
		await once(child, 'exit');
		expect(
			findings.filter(({said}) => said.includes(`process ${child.pid})`)),
		).toMatchObject([
			{
				standing: 'warn',
				said: expect.stringContaining(`goes to ${away} and not here`) as string,
			},
		]);
		expect(JSON.stringify(findings)).not.toContain('hush');
	},
);
