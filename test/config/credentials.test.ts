import process from 'node:process';
import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {
	resolveAllCredentials,
	resolveCredentials,
} from '../../source/config/credentials.js';
import {inShell, type RunCommand} from '../../source/config/run-command.js';
import {Secret} from '../../source/config/secret.js';
import {UserError} from '../../source/user-error.js';
import {load} from './load.js';

const withKey = (key: string) =>
	load(`[endpoints.gate]\nurl = "https://gate.example.com"\nkey = '${key}'`);
const shell = inShell({env: process.env, timeoutMs: 20_000});

async function keyFrom(
	key: string,
	env: NodeJS.ProcessEnv = {},
): Promise<string | undefined> {
	const credentials = await resolveCredentials(withKey(key), env, shell);
	return credentials.get('gate')?.reveal();
}

async function complaint(
	key: string,
	env: NodeJS.ProcessEnv,
	run: RunCommand = shell,
) {
	try {
		await resolveCredentials(withKey(key), env, run);
	} catch (error) {
		// Whatever prints the error, and however deep it looks, finds no key.
		expect(inspect(error, {depth: 9, showHidden: true})).not.toContain(
			'hunter2',
		);
		expect(error).toBeInstanceOf(UserError);
		return (error as UserError).message.replace(
			/^.*config\.toml:3: The endpoint "gate" has no key: /,
			'',
		);
	}

	return undefined;
}

test.for([
	['env:GATE_KEY', {GATE_KEY: 'sk-1'}, 'sk-1'],
	['env: GATE_KEY', {GATE_KEY: 'sk-1'}, 'sk-1'],
	['env:GATE_KEY', {GATE_KEY: 'clé'}, 'clé'],
	['cmd:echo sk-2', {}, 'sk-2'],
	[String.raw`cmd:printf "  sk-%s\n\n" 3; exit 0`, {}, 'sk-3'],
	['cmd:echo sk-4; echo a warning >&2', {}, 'sk-4'],
	['agent', {}, undefined],
] as const)('%s gives the key', async ([key, env, expected]) => {
	expect(await keyFrom(key, env)).toBe(expected);
});

test.for([
	['env:GATE_KEY', {}, 'the variable GATE_KEY is not set.'],
	['env:GATE_KEY', {GATE_KEY: ''}, 'the variable GATE_KEY is empty.'],
	[
		'env:GATE_KEY',
		{GATE_KEY: 'hunter2\nx-evil: 1'},
		'what GATE_KEY holds has several lines.',
	],
	[
		'env:GATE_KEY',
		{GATE_KEY: 'hunter2\u{1B}[0m'},
		'what GATE_KEY holds has characters that no header can carry.',
	],
	[
		'env:GATE_KEY',
		{GATE_KEY: '“hunter2”'},
		'what GATE_KEY holds has characters that no header can carry.',
	],
	['cmd:echo hunter2; exit 3', {}, 'its command failed with exit code 3.'],
	['cmd:echo hunter2 >&2; exit 1', {}, 'its command failed with exit code 1.'],
	[
		'cmd:no-such-command-anywhere',
		{},
		'its command failed with exit code 127.',
	],
	['cmd:true', {}, 'its command printed nothing.'],
	['cmd:echo; echo', {}, 'its command printed nothing.'],
	[
		'cmd:echo hunter2; echo hunter2',
		{},
		'what its command printed has several lines.',
	],
	['cmd:kill -9 $$', {}, 'its command was killed by SIGKILL.'],
	['cmd:yes hunter2', {}, 'its command printed far more than a key.'],
] as const)(
	'%s with %j: no key, and the reason without what was found',
	async ([key, env, expected]) => {
		expect(await complaint(key, env)).toBe(expected);
	},
);

test('a command that does not end is ended, with all it has started', async () => {
	const run = inShell({env: process.env, timeoutMs: 100});
	const said = await complaint(
		'cmd:echo hunter2; (sleep 60; echo late) | cat',
		{},
		run,
	);
	expect(said).toBe('its command did not end within 0.1 s.');
});

test('endpoints that name the same command share one run', async () => {
	const config = load(
		['a', 'b']
			.map(
				(name) =>
					`[endpoints.${name}]\nurl = "https://h.example.com"\nkey = "cmd:get"`,
			)
			.join('\n'),
	);
	const runs: string[] = [];
	const credentials = await resolveCredentials(config, {}, async (command) => {
		runs.push(command);
		return {kind: 'exited', code: 0, output: 'sk-5\n'};
	});
	expect(runs).toEqual(['get']);
	expect(
		[...credentials].map(([name, secret]) => [name, secret.reveal()]),
	).toEqual([
		['a', 'sk-5'],
		['b', 'sk-5'],
	]);
});

test('the message says where the key is set', async () => {
	const config = withKey('env:GATE_KEY');
	await expect(resolveCredentials(config, {})).rejects.toMatchObject({
		exitCode: 2,
		message: `${config.file}:3: The endpoint "gate" has no key: the variable GATE_KEY is not set.`,
		hint: 'Set GATE_KEY where Tollgate is started.',
	});
});

test('a variable with nearly that name is named, and not what it holds', async () => {
	const env = {GATE_KEYS: 'hunter2', GATE_NAME: 'x'};
	await expect(
		resolveCredentials(withKey('env:GATE_KEY'), env),
	).rejects.toMatchObject({
		hint: 'Did you mean GATE_KEYS? Set GATE_KEY where Tollgate is started.',
	});
	expect(await complaint('env:GATE_KEY', env)).toBe(
		'the variable GATE_KEY is not set.',
	);
});

test('nobody waits for a command that is not wanted any more', async () => {
	const wanted = new AbortController();
	const run = inShell({env: process.env, signal: wanted.signal});
	const result = run('sleep 60');
	wanted.abort();
	expect(await result).toEqual({kind: 'killed', signal: 'SIGKILL'});
	expect(await run('echo hunter2')).toEqual({
		kind: 'killed',
		signal: 'SIGKILL',
	});
});

test('a secret does not show itself', () => {
	const secret = new Secret('hunter2');
	const shown = [
		inspect(secret),
		inspect({deep: [secret]}, {showHidden: true, depth: 9}),
		JSON.stringify({secret}),
		String(secret),
		Object.entries(secret).join(','),
	].join('\n');
	expect(shown).toContain('[secret]');
	expect(shown).not.toContain('hunter2');
	expect(secret.reveal()).toBe('hunter2');
});

const withOwn = (source: string) =>
	load(`
[endpoints.gate]
url = "https://gate.example.com"
key = "cmd:print gate"
[endpoints.other]
url = "https://other.example.com"
key = "env:OTHER_KEY"
[keys.plain]
[keys.ci]
credentials = { gate = "${source}", other = "cmd:print gate" }
`);

test('a local key has its own credentials beside those of the endpoints, and a command runs once for both', async () => {
	const ran: string[] = [];
	const {credentials, keyCredentials} = await resolveAllCredentials(
		withOwn('env:CI_KEY'),
		{OTHER_KEY: 'sk-other', CI_KEY: 'sk-ci'},
		async (command) => {
			ran.push(command);
			return {kind: 'exited', code: 0, output: 'sk-gate\n'};
		},
	);
	const shown = (secrets: ReadonlyMap<string, Secret> | undefined) =>
		Array.from(secrets ?? [], ([name, secret]) => [name, secret.reveal()]);
	expect(shown(credentials)).toEqual([
		['gate', 'sk-gate'],
		['other', 'sk-other'],
	]);
	expect([...keyCredentials.keys()]).toEqual(['ci']);
	expect(shown(keyCredentials.get('ci'))).toEqual([
		['gate', 'sk-ci'],
		['other', 'sk-gate'],
	]);
	expect(ran).toEqual(['print gate']);
});

test('a credential that a local key lacks is said, with the line it stands in', async () => {
	const all = resolveAllCredentials(
		withOwn('env:CI_KEY'),
		{OTHER_KEY: 'sk-other'},
		async () => ({kind: 'exited', code: 0, output: 'sk-gate\n'}),
	);
	await expect(all).rejects.toThrow(
		/config\.toml:10: The key "ci" has none of its own for the endpoint "gate": the variable CI_KEY is not set\.$/v,
	);
});
