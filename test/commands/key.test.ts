import fs from 'node:fs';
import {expect, test} from 'vitest';
import {hashOf} from '../../source/config/local-keys.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {run, startServe, testHome, type TestHome} from '../helpers/program.js';
import {nothingDone, standIn, homeWithLog} from './steered-home.js';

const secretForm = /tollgate_[\w\-]+_[\w\-]{43}/v;

const keyCommand = async ({folder}: TestHome, ...words: string[]) =>
	run(['key', ...words], {home: folder});

async function addedKey(home: TestHome, ...words: string[]): Promise<string> {
	const {stdout, stderr, code} = await keyCommand(home, 'add', ...words);
	expect({stderr, code}).toEqual({stderr: '', code: 0});
	return stdout.split('\n', 1)[0]!;
}

const configOf = (home: TestHome): string =>
	fs.readFileSync(home.file('config.toml'), 'utf8');

test('a new key is a section with a cap and a hash, and its secret is said once', async () => {
	using home = testHome('# mine\n[server]\nport = 0 # any\n');
	const {stdout, code} = await keyCommand(home, 'add', 'ci', '--cap', '20');
	expect(code).toBe(0);
	const [secret, ...rest] = stdout.split('\n');
	expect(secret).toMatch(/^tollgate_ci_[\w\-]{43}$/v);
	expect(rest).toEqual([
		'Beside the agent\'s own key it is sent as x-tollgate-key: with Claude Code set ANTHROPIC_CUSTOM_HEADERS="x-tollgate-key: …".',
		'It is shown this once: only its hash is kept.',
		'',
	]);
	expect(configOf(home)).toBe(
		`# mine\n[server]\nport = 0 # any\n\n[keys.ci]\ndaily_cap = 20\nhash = "${hashOf(secret!)}"\n`,
	);
});

test('it says for which endpoint a key is sent how', async () => {
	using home = testHome(
		'[endpoints.gate]\nurl = "http://127.0.0.1:9"\nkey = "env:K"\n[endpoints.own]\nurl = "http://127.0.0.1:8"\nkey = "agent"\n',
	);
	const {stdout} = await keyCommand(home, 'add', 'ci');
	expect(stdout.split('\n').slice(1, 3)).toEqual([
		'Give it to the agent as its API key (gate): it is sent as x-api-key or as Bearer, and goes no further.',
		'Beside the agent\'s own key (own) it is sent as x-tollgate-key: with Claude Code set ANTHROPIC_CUSTOM_HEADERS="x-tollgate-key: …".',
	]);
});

test('without a config one is made, and the passthrough starts with it', async () => {
	using home = testHome();
	const secret = await addedKey(home, 'ci', '--tokens', '5000');
	expect(configOf(home)).toBe(
		`[keys.ci]\ndaily_tokens = 5000\nhash = "${hashOf(secret)}"\n`,
	);
	await using _serving = await startServe(home.folder);
});

test('a key without a secret gets one, and a second one is refused', async () => {
	using home = testHome('[keys.ci]\ndaily_cap = 5.00 # enough\n');
	const secret = await addedKey(home, 'ci');
	const config = `[keys.ci]\ndaily_cap = 5.00 # enough\nhash = "${hashOf(secret)}"\n`;
	expect(configOf(home)).toBe(config);
	expect(await keyCommand(home, 'add', 'ci', '--cap', '9')).toMatchObject({
		code: 1,
		stdout: '',
		stderr:
			'There is a key "ci" already.\nFor a new secret: tollgate key revoke ci, then tollgate key add ci\n',
	});
	expect(configOf(home)).toBe(config);
});

test('with keys required, the first key can still be made', async () => {
	using home = testHome('[server]\nrequire_key = true\n');
	await addedKey(home, 'ci');
	const {code} = await run(['config', 'check'], {home: home.folder});
	expect(code).toBe(0);
});

test('the secret opens the door until it is revoked, which is at once', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	using home = testHome(
		`[server]\nport = 0\nrequire_key = true\n[endpoints.main]\nurl = "${endpoint.url}"\nkey = "agent"\n`,
	);
	const secret = await addedKey(home, 'ci');
	await using serving = await startServe(home.folder);
	const status = async (key: string) => {
		const answer = await ask(serving.url, {
			headers: ['x-api-key', 'sk-agent', 'x-tollgate-key', key],
		});
		return answer.status;
	};

	expect(await status(secret)).toBe(200);
	const second = await addedKey(home, 'desk');
	expect(await status(second)).toBe(200);
	const {stdout, stderr} = await keyCommand(home, 'revoke', 'ci');
	expect(await status(secret)).toBe(401);
	expect({stdout, stderr}).toEqual({
		stdout: `The key "ci" is revoked: its secret is refused from now on. Its caps stay in ${home.file('config.toml')}.\n`,
		stderr: '',
	});
	// Also the last one: nobody gets in then.
	await keyCommand(home, 'revoke', 'desk');
	expect(await status(second)).toBe(401);
	expect(await status('')).toBe(401);
});

test('a key is revoked also where something else in the config is wrong', async () => {
	using home = testHome('[keys.ci]\ndaily_cap = 5\n');
	await addedKey(home, 'ci');
	fs.appendFileSync(home.file('config.toml'), '[retry]\nattempts = 0\n');
	expect(await keyCommand(home, 'revoke', 'ci')).toMatchObject({
		code: 0,
		stdout: `The key "ci" is revoked. Its caps stay in ${home.file('config.toml')}.\n`,
	});
	expect(configOf(home)).toBe(
		'[keys.ci]\ndaily_cap = 5\n[retry]\nattempts = 0\n',
	);
});

test('in a home that nobody has begun there is nothing to revoke', async () => {
	using home = testHome();
	fs.rmSync(home.folder, {recursive: true});
	expect(await keyCommand(home, 'revoke', 'ci')).toMatchObject({
		code: 1,
		stderr: 'There is no key "ci".\nWhat there is: tollgate key list\n',
	});
	expect(fs.existsSync(home.folder)).toBe(false);
	fs.mkdirSync(home.folder);
});

test('config check says what a key has, and nothing to get in with', async () => {
	using home = testHome(`[endpoints.gate]
url = "http://127.0.0.1:9"
key = "cmd:echo sk-gate"
[keys.ci]
credentials = { gate = "cmd:echo sk-ci" }
hash = "${hashOf('x')}"
`);
	const check = async (...words: string[]) => {
		const {stdout} = await run(['config', 'check', ...words], {
			home: home.folder,
		});
		return stdout;
	};

	const lines = await check();
	expect(lines).toMatch(/credentials +gate: cmd:… \(works\) +line 5\n/v);
	expect(lines).toMatch(/hash +sha256:2d711642… +line 6\n/v);
	expect(lines + (await check('--json'))).not.toMatch(/sk-|2d711642b7/v);
	fs.appendFileSync(
		home.file('config.toml'),
		'[keys.b]\ncredentials = { gate = "env:NOT_SET_HERE" }\n',
	);
	expect(await check()).toContain(
		'config.toml:8: The key "b" has none of its own for the endpoint "gate": the variable NOT_SET_HERE is not set.',
	);
});

test('a passthrough that does not take it is said, with its reason', async () => {
	using home = homeWithLog('[keys.ci]\n');
	await using _passthrough = await standIn(home, {
		steering: {...nothingDone, configProblem: 'Something is wrong.'},
	});
	fs.writeFileSync(
		home.file('config.toml'),
		`[keys.ci]\nhash = "${hashOf('x')}"\n`,
	);
	expect(await keyCommand(home, 'revoke', 'ci')).toMatchObject({
		code: 1,
		stdout: '',
		stderr:
			'The passthrough that runs may still take the key "ci": Something is wrong.\nPut that right, or stop it: tollgate stop\n',
	});
	expect(configOf(home)).toBe('[keys.ci]\n');
});

test.for<[readonly string[], number, string]>([
	[[], 2, 'This does not say what to do with keys.'],
	[['ad', 'x'], 2, 'Did you mean "add"?'],
	[['add'], 2, 'Write: tollgate key add NAME'],
	[['add', 'CI'], 2, 'That cannot be the name of a key.'],
	[['add', 'default'], 2, '"default" is the key of requests that have none'],
	[['add', 'ci', '--cap', '0'], 2, '--cap takes US dollars'],
	[['add', 'ci', '--cap', '1e3'], 2, '--cap takes US dollars'],
	[['add', 'ci', '--tokens', '1.5'], 2, '--tokens takes a whole number'],
	[['list', 'ci'], 2, 'tollgate key list takes no name.'],
	[
		['revoke', 'desk', '--cap', '5'],
		2,
		'--cap and --tokens are for a new key.',
	],
	[['revoke', 'dsk'], 1, 'Did you mean "desk"?'],
	[
		['revoke', 'desk'],
		1,
		'The key "desk" has no secret, so nothing was changed.',
	],
])('%j ends with exit code %i', async ([words, code, expected]) => {
	using home = testHome('[keys.desk]\n');
	const said = await keyCommand(home, ...words);
	expect({...said, stderr: ''}).toMatchObject({code, stdout: ''});
	expect(said.stderr).toContain(expected);
	expect(configOf(home)).toBe('[keys.desk]\n');
});

test('a secret that stands where a name belongs is not repeated', async () => {
	using home = testHome('[keys.desk]\n');
	const secret = `tollgate_desk_${'x'.repeat(43)}`;
	for (const command of [
		['key', 'add', secret],
		['key', 'revoke', secret],
		['cap', secret],
		['cap', secret, '+5'],
		['cap', secret, '30'],
		['key', secret],
	]) {
		const {stdout, stderr, code} = await run(command, {home: home.folder});
		expect(`${stdout}${stderr}`).not.toContain(secret);
		expect(code).not.toBe(0);
	}
});

test('a way of writing keys that cannot be edited is left alone, and it says what to write', async () => {
	const config = 'keys = {}\n';
	using home = testHome(config);
	const {stdout, stderr, code} = await keyCommand(home, 'add', 'ci');
	expect({stdout, code}).toEqual({stdout: '', code: 1});
	expect(stderr).toContain('below a line [keys.ci], and say this again');
	expect(configOf(home)).toBe(config);
});

test('the list shows secrets that are there, spend and who was seen last, and nothing to get in with', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(200, {'content-type': 'application/json'});
		response.end(
			JSON.stringify({
				type: 'message',
				role: 'assistant',
				model: 'claude-sonnet-4-6',
				content: [],
				usage: {input_tokens: 1_000_000, output_tokens: 0},
			}),
		);
	});
	using home = testHome(
		`[server]\nport = 0\n[endpoints.main]\nurl = "${endpoint.url}"\nkey = "agent"\n[keys.unused]\n`,
	);
	const secret = await addedKey(home, 'ci', '--cap', '20');
	await using serving = await startServe(home.folder);
	await ask(serving.url, {
		headers: [
			'x-api-key',
			'sk-agent',
			'user-agent',
			'claude-cli/2.1.0',
			'x-tollgate-key',
			secret,
		],
	});
	const {stdout} = await keyCommand(home, 'list');
	expect(
		stdout.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/gv, 'WHEN').split('\n'),
	).toEqual([
		'unused   no secret     $0.00, no cap    never seen',
		expect.stringMatching(
			/^ci {7}has a secret {2}\$3\.00 of \$20\.00 {2}last seen WHEN \(claude-cli/v,
		),
		'default  no secret     $0.00, no cap    never seen',
		'',
	]);
	const json = await keyCommand(home, 'list', '--json');
	expect(JSON.parse(json.stdout)).toMatchObject({
		keys: [
			{name: 'unused', hasSecret: false, capNanodollars: null},
			{
				name: 'ci',
				hasSecret: true,
				spentNanodollars: 3_000_000_000,
				reservedNanodollars: 0,
				capNanodollars: 20_000_000_000,
				lastSeenAt: expect.any(Number) as number,
				client: expect.stringContaining('claude-cli') as string,
			},
			{name: 'default', lastSeenAt: null, client: null},
		],
	});
	const others = ['status', 'config check', 'cap', 'log export --json'];
	const said = await Promise.all(
		others.map(async (line) => run(line.split(' '), {home: home.folder})),
	);
	for (const text of [
		stdout,
		json.stdout,
		...said.map((one) => one.stdout + one.stderr),
	]) {
		expect(text).not.toMatch(secretForm);
		expect(text).not.toContain(hashOf(secret));
	}
});
