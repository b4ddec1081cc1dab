import {expect, test, vi} from 'vitest';
import {startProgram, startServe} from '../helpers/program.js';
import {holderOf, serves} from './open-monitor.js';
import {nodeRuns, runHome, sdkClient, shell} from './run-home.js';

const aliases = `
[aliases.fast]
targets = ["main/claude-haiku-4-5"]
[aliases.deep]
targets = ["main/claude-opus-4-6"]
[routing]
active = "fast"
`;

async function activeIn(
	home: Awaited<ReturnType<typeof runHome>>,
): Promise<unknown> {
	const {stdout} = await home.tollgate(['status', '--json']);
	return (JSON.parse(stdout) as {active: {alias: unknown}}).active.alias;
}

test('--alias is active as long as the program runs, then what was before', async () => {
	await using home = await runHome({toml: aliases});
	await using serving = await startServe(home.folder, ['--port', '0'], {
		env: home.env,
	});
	await using started = startProgram(
		[
			'run',
			'--alias',
			'deep',
			'--',
			'sh',
			'-c',
			'echo ready; while [ ! -e "$HOME/end" ]; do sleep 0.05; done',
		],
		{home: home.folder, env: home.env},
	);
	await vi.waitFor(() => {
		expect(started.stdout()).toBe('ready\n');
	}, 20_000);
	expect(await activeIn(home)).toBe('deep');
	await home.tollgate(shell('touch "$HOME/end"'));
	expect(await started.ended).toMatchObject({code: 0, stderr: ''});
	expect(await activeIn(home)).toBe('fast');
	expect(await serves(home.folder)).toBe(true);
	expect(holderOf(home.folder)!.url).toBe(serving.url);
});

test('an alias that somebody has chosen meanwhile stays', async () => {
	await using home = await runHome({toml: aliases});
	await using _serving = await startServe(home.folder, ['--port', '0'], {
		env: home.env,
	});
	await using started = startProgram(
		[
			'run',
			'--alias',
			'deep',
			'--',
			'sh',
			'-c',
			'echo ready; while [ ! -e "$HOME/end" ]; do sleep 0.05; done',
		],
		{home: home.folder, env: home.env},
	);
	await vi.waitFor(() => {
		expect(started.stdout()).toBe('ready\n');
	}, 20_000);
	expect(await home.tollgate(['alias', 'as-asked'])).toMatchObject({code: 0});
	await home.tollgate(shell('touch "$HOME/end"'));
	expect(await started.ended).toMatchObject({code: 0});
	expect(await activeIn(home)).toBeNull();
});

test('an alias that is none is told, and nothing is run or left behind', async () => {
	await using home = await runHome({toml: aliases});
	const said = await home.tollgate([
		'run',
		'--alias',
		'dep',
		'--',
		'sh',
		'-c',
		'echo was run',
	]);
	expect(said).toMatchObject({code: 2, stdout: ''});
	expect(said.stderr).toContain('There is no alias "dep".');
	expect(said.stderr).toContain('Did you mean "deep"?');
	expect(home.hasPassthrough()).toBe(false);
});

test('with a local key the requests count for it', async () => {
	await using home = await runHome();
	const {stdout} = await home.tollgate(['key', 'add', 'my-ci', '--json']);
	const {secret} = JSON.parse(stdout) as {secret: string};
	const run = ['anthropic', 'openai'];
	const said = await home.tollgate(
		['run', '--key', 'my-ci', ...nodeRuns(sdkClient, ...run).slice(1)],
		{TOLLGATE_KEY_MY_CI: secret},
	);
	expect(said).toMatchObject({code: 0, stderr: ''});
	const named = await home.tollgate(
		['run', '--key', 'env:CI_KEY', ...nodeRuns(sdkClient, ...run).slice(1)],
		{CI_KEY: secret},
	);
	expect(named).toMatchObject({code: 0, stderr: ''});
	const rows = await home.rows();
	expect(rows.map(({key, outcome}) => [key, outcome])).toEqual(
		Array.from({length: 4}, () => ['my-ci', 'ok']),
	);
});

test('beside the agent’s own credential a local key comes in a header of its own', async () => {
	await using home = await runHome({key: 'agent'});
	const {stdout} = await home.tollgate(['key', 'add', 'ci', '--json']);
	const {secret} = JSON.parse(stdout) as {secret: string};
	const own = {
		TOLLGATE_KEY_CI: secret,
		ANTHROPIC_API_KEY: 'own-anthropic-key',
		OPENAI_API_KEY: 'own-openai-key',
		ANTHROPIC_CUSTOM_HEADERS: 'x-mine: 1\nX-Tollgate-Key: stale',
	};
	const said = await home.tollgate(
		[
			'run',
			'--key',
			'ci',
			...nodeRuns(sdkClient, 'anthropic', 'openai').slice(1),
		],
		own,
	);
	expect(said).toMatchObject({code: 0, stderr: ''});
	const rows = await home.rows();
	expect(rows.map(({key, outcome}) => [key, outcome])).toEqual([
		['ci', 'ok'],
		['ci', 'ok'],
	]);
	const {stdout: variables} = await home.tollgate(
		[
			'run',
			'--key',
			'ci',
			'--',
			'sh',
			'-c',
			String.raw`printf "%s\n" "$ANTHROPIC_CUSTOM_HEADERS" "$ANTHROPIC_API_KEY" "[$ANTHROPIC_AUTH_TOKEN]"`,
		],
		own,
	);
	expect(variables).toBe(
		`x-mine: 1\nx-tollgate-key: ${secret}\nown-anthropic-key\n[]\n`,
	);
});

test.each([
	['ci', {}, 1, 'The variable TOLLGATE_KEY_CI is not set'],
	['env:NOT_THERE', {}, 1, 'The variable NOT_THERE is not set'],
	[
		'env:WRONG',
		{WRONG: 'something-else'},
		1,
		'What WRONG holds is the secret of no key',
	],
	['unknown', {}, 2, 'Write one of: ci; or env:NAME'],
	['bare', {}, 1, 'Make one: tollgate key add bare'],
	[
		'tollgate_ci_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
		{},
		2,
		'not its secret',
	],
] as const)('--key %s is refused', async (key, env, code, says) => {
	await using home = await runHome({toml: '[keys.bare]\ndaily_cap = 5\n'});
	await home.tollgate(['key', 'add', 'ci']);
	for (const words of [
		['run', '--key', key, '--', 'echo', 'was-run'],
		['env', '--key', key],
	]) {
		const said = await home.tollgate(words, env);
		expect(said).toMatchObject({code, stdout: ''});
		expect(said.stderr).toContain(says);
		expect(said.stderr).not.toContain('AAAA');
		expect(said.stderr).not.toContain('something-else');
	}

	expect(home.hasPassthrough()).toBe(false);
});
