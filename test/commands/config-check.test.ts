import fs from 'node:fs';
import {expect, test} from 'vitest';
import {run, startServe, testHome} from '../helpers/program.js';
import {homeWithLog} from './steered-home.js';

const good = `
[endpoints.gateway]
url = "https://gateway.example/v1"
key = "env:GATEWAY_KEY"

[endpoints.anthropic]
url = "https://api.anthropic.com"
key = "cmd:echo sk-ant-secret"

[aliases.coding-fast]
targets = ["gateway/claude-haiku-4-5"]
`;
const env = {GATEWAY_KEY: 'sk-gateway-secret'};
const check = async (folder: string, ...words: readonly string[]) =>
	run(['config', 'check', ...words], {home: folder, env});

type Json = Readonly<{
	ok: boolean;
	file: string | null;
	problems: ReadonlyArray<Readonly<Record<string, unknown>>>;
	settings: ReadonlyArray<
		Readonly<{section: string; name: string}> &
			Readonly<Record<string, unknown>>
	>;
	running: Readonly<Record<string, unknown>> | null;
	otherActive: Readonly<Record<string, unknown>> | null;
}>;

async function checkJson(folder: string, ...words: readonly string[]) {
	const {stdout} = await check(folder, '--json', ...words);
	return JSON.parse(stdout) as Json;
}

test('a config in order: every setting, its value, and the line it comes from', async () => {
	using home = testHome(good);
	const {code, stdout, stderr} = await check(home.folder);
	expect(stderr).toBe('');
	expect(code).toBe(0);
	const lines = stdout
		.split('\n')
		.map((line) => line.replaceAll(/ {2,}/g, '  '));
	expect(lines.slice(0, 2)).toEqual([
		`${home.file('config.toml')} is in order.`,
		`The home is ${home.folder}`,
	]);
	expect(lines).toEqual(
		expect.arrayContaining([
			'[server]',
			'  port  4141  default',
			`  log  "usage.db" (${home.log})  default`,
			'[endpoints.gateway]',
			'  url  "https://gateway.example/v1"  line 3',
			'  key  env:GATEWAY_KEY (set)  line 4',
			'  formats  ["anthropic-messages", "openai-chat", "openai-responses"]  default',
			'  key  cmd:… (works)  line 8',
			'[aliases.coding-fast]',
			'  targets  ["gateway/claude-haiku-4-5"]  line 11',
			'[routing]',
			'  endpoint  "gateway"  default',
			'  active  "as-asked"  default',
			'  silent  "240s"  default',
		]),
	);
	expect(stdout).not.toContain('secret');
});

test('without a config it says what holds then', async () => {
	using home = testHome();
	const {code, stdout} = await run(['config', 'check'], {
		home: home.folder,
		env: {ANTHROPIC_BASE_URL: 'https://gateway.example'},
	});
	expect(code).toBe(0);
	expect(stdout).toContain(
		'There is no config, so everything has its default.',
	);
	expect(stdout).toMatch(
		/^ {2}url +"https:\/\/gateway\.example\/" +ANTHROPIC_BASE_URL$/m,
	);
	expect(stdout).toMatch(/^ {2}key +agent +default$/m);
	expect(fs.readdirSync(home.folder)).toEqual([]);
});

test('a flag of the start wins here too', async () => {
	using home = testHome(`[server]\nport = 4000\n${good}`);
	const {settings} = await checkJson(home.folder, '--port', '5000');
	expect(
		settings.find(({section, name}) => section === 'server' && name === 'port'),
	).toEqual({
		section: 'server',
		name: 'port',
		value: 5000,
		from: 'flag',
		line: null,
		flag: '--port',
		variable: null,
	});
});

test('all that is wrong is said, in the order of the file, and the exit code is 2', async () => {
	using home = testHome(
		[
			'[endpoints.gateway]',
			'url = "https://gateway.example"',
			'key = "env:NO_SUCH_KEY"',
			'[endpoints.anthropic]',
			'url = "https://api.anthropic.com"',
			'key = "cmd:echo sk-ant-secret; exit 3"',
			'[aliases.claude-opus-4-6]',
			'targets = ["gatway/m"]',
			'[aliases.empty]',
			'targets = []',
			'[routing]',
			'active = "emty"',
		].join('\n'),
	);
	const {code, stdout, stderr} = await check(home.folder);
	expect(code).toBe(2);
	expect(stderr).toBe('');
	const file = home.file('config.toml');
	expect(stdout.replaceAll(`${file}:`, '')).toBe(
		`3: The endpoint "gateway" has no key: the variable NO_SUCH_KEY is not set.
  Set NO_SUCH_KEY where Tollgate is started.

6: The endpoint "anthropic" has no key: its command failed with exit code 3.
  Run the command yourself to see why.

7: "claude-opus-4-6" cannot be the name of an alias: it is the name of a model.
  Who asks for that model would get the alias. Choose another name, like "my-claude-opus-4-6".

8: aliases.claude-opus-4-6.targets names the endpoint "gatway", which does not exist.
  Did you mean "gateway"? The config has gateway and anthropic.

10: aliases.empty.targets is an empty list.
  Write a list in [brackets], each "ENDPOINT/MODEL".

12: routing.active names the alias "emty", which does not exist.
  Did you mean "empty"? The config has claude-opus-4-6, empty and as-asked.

6 problems. Nothing starts with this config.
`,
	);
	const {ok, problems} = await checkJson(home.folder);
	expect(ok).toBe(false);
	expect(problems.map(({line, setting}) => [line, setting])).toEqual([
		[3, 'endpoints.gateway.key'],
		[6, 'endpoints.anthropic.key'],
		[7, 'aliases.claude-opus-4-6'],
		[8, 'aliases.claude-opus-4-6.targets'],
		[10, 'aliases.empty.targets'],
		[12, 'routing.active'],
	]);
});

test.for([
	['[server\n', 1],
	['[aliases.a]\n\n[aliases.a]\n', 3],
] as const)('%j is no config, and it is said where', async ([toml, line]) => {
	using home = testHome(toml);
	const {code, stdout} = await check(home.folder);
	expect(code).toBe(2);
	expect(stdout).toContain(`${home.file('config.toml')}:${line}: `);
	const {problems} = await checkJson(home.folder);
	expect(problems).toMatchObject([{line, setting: null}]);
});

test('a config that others can write is not read', async () => {
	using home = testHome(good);
	fs.chmodSync(home.file('config.toml'), 0o646);
	const {code, stdout} = await check(home.folder);
	expect(code).toBe(2);
	expect(stdout).toContain('is not used: others can write to it.');
});

test('it says whether the passthrough that runs has this config in force', async () => {
	using home = testHome(good);
	await using serving = await startServe(home.folder, ['--port', '0'], {env});
	const same = await check(home.folder);
	expect(same.code).toBe(0);
	expect(same.stdout).toMatch(
		new RegExp(
			String.raw`\n\nThe passthrough at ${serving.url} \(process ${serving.pid}\) runs with this config\.\n$`,
		),
	);
	const {running} = await checkJson(home.folder);
	expect(running).toEqual({
		url: serving.url,
		pid: serving.pid,
		hasThisConfig: true,
		problem: null,
	});
});

test('it says where a passthrough runs with another config', async () => {
	using home = testHome(good);
	await using serving = await startServe(home.folder, ['--port', '0'], {env});
	// That process was started without this variable.
	fs.writeFileSync(
		home.file('config.toml'),
		good.replace('env:GATEWAY_KEY', 'env:LATER_KEY') +
			'[aliases.later]\ntargets = ["anthropic/claude-opus-4-6"]\n',
	);
	const {code, stdout} = await run(['config', 'check'], {
		home: home.folder,
		env: {LATER_KEY: 'sk-later'},
	});
	expect(code).toBe(0);
	expect(stdout).toContain(
		`The passthrough at ${serving.url} (process ${serving.pid}) has another config in force.`,
	);
	fs.writeFileSync(home.file('config.toml'), '[server');
	const broken = await check(home.folder);
	expect(broken.stdout).toContain(
		`The passthrough at ${serving.url} (process ${serving.pid}) goes on with the config that it has.`,
	);
});

test.for([
	[['config'], 'This does not say what to do with the config.'],
	[['config', 'chek'], 'There is nothing called "config chek".'],
	[['config', 'check', 'it'], '"it" is one word too many.'],
	[['config', 'check', '--port', '70000'], '--port takes a whole number'],
] as const)('%j is refused', async ([words, says]) => {
	using home = testHome();
	const {code, stderr} = await run(words, {home: home.folder});
	expect(code).toBe(2);
	expect(stderr).toContain(says);
});

test('where another alias is active than the config names, it says which', async () => {
	using home = homeWithLog();
	const others = async () => {
		const {stdout} = await run(['config', 'check'], {home: home.folder});
		const {otherActive} = await checkJson(home.folder);
		return [/^Not the alias .+$/mv.exec(stdout)?.[0], otherActive] as const;
	};

	expect(await others()).toEqual([undefined, null]);
	await run(['alias', 'coding-deep'], {home: home.folder});
	const [line, inJson] = await others();
	expect(line).toMatch(
		/^Not the alias of \[routing\] is active, but coding-deep: set by a command at .+, and kept in the log\. To change it: tollgate alias NAME$/v,
	);
	expect(inJson).toMatchObject({alias: 'coding-deep', setBy: 'command'});
	await run(['alias', 'coding-default'], {home: home.folder});
	expect(await others()).toEqual([undefined, null]);
});
