import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import {startEndpoint, type Endpoint} from '../helpers/endpoint.js';
import {
	run,
	startServe,
	testHome,
	type Said,
	type TestHome,
} from '../helpers/program.js';

const apiKey = 'sk-simulated-0123456789abcdef';
const withKey = {GATEWAY_KEY: apiKey};

type Gateway = AsyncDisposable & Pick<SimulatedEndpoint, 'url' | 'seen'>;

async function startGateway(): Promise<Gateway> {
	const {url, seen, close} = await startSimulatedEndpoint({
		pace: 0,
		apiKey,
		script: () => undefined,
	});
	return {url, seen, [Symbol.asyncDispose]: close};
}

const init = async (
	{folder}: Pick<TestHome, 'folder'>,
	words: readonly string[],
	env: NodeJS.ProcessEnv = withKey,
): Promise<Said> => {
	const said = await run(['init', ...words], {home: folder, env});
	return said.stdout.startsWith('Wrote ') ? withoutFile(said, folder) : said;
};

/**
Before a file is written it is shown, word for word; the rest of what was said.
*/
function withoutFile(said: Said, folder: string): Said {
	const file = path.join(folder, 'config.toml');
	const shown = `This is what ${file} gets:\n\n${fs.readFileSync(file, 'utf8')}\n`;
	expect(said.stderr).toContain(shown);
	return {...said, stderr: said.stderr.replace(shown, '')};
}

/**
Lists these models, and refuses whatever else it is asked.
*/
const startLister = async (models: readonly unknown[]): Promise<Endpoint> =>
	startEndpoint(({heard, response}) => {
		const isList = heard.method === 'GET';
		response.writeHead(isList ? 200 : 400, {
			'content-type': 'application/json',
		});
		response.end(
			JSON.stringify(
				isList
					? {object: 'list', data: models}
					: {error: {type: 'invalid_request_error', message: 'No model.'}},
			),
		);
	});

const flagsFor = (url: string): readonly string[] => [
	'--url',
	url,
	'--key',
	'env:GATEWAY_KEY',
];

const configOf = (home: TestHome): string =>
	fs.readFileSync(home.file('config.toml'), 'utf8');

const filesOf = (home: TestHome): readonly string[] =>
	fs.readdirSync(home.folder);

const check = async ({folder}: TestHome): Promise<Said> =>
	run(['config', 'check'], {home: folder, env: withKey});

test('two flags are enough: the rest comes from the endpoint and from defaults', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const said = await init(home, flagsFor(gateway.url));
	expect(said).toMatchObject({
		code: 0,
		stderr: '',
		stdout: `Wrote ${home.file('config.toml')}\nNext: tollgate doctor\nThen: tollgate run -- claude\n`,
	});
	expect(configOf(home))
		.toBe(`# Tollgate reads this file. What is in force: tollgate config check

[endpoints.local]
url = "${gateway.url}"
key = "env:GATEWAY_KEY"  # the variable that holds it, where Tollgate is started

# Names for models. One is active; to switch: "a" in the monitor, or tollgate alias.
# Prices: dollars for a million tokens.
[aliases.coding-fast]
targets = ["local/claude-haiku-4-5"]  # $1 in, $5 out

[aliases.coding-default]
targets = ["local/claude-sonnet-4-6"]  # $3 in, $15 out

[aliases.coding-deep]
targets = ["local/claude-opus-5-5"]  # $4 in, $20 out

[routing]
active = "coding-default"  # at the first start

[keys.default]  # requests without a local key
daily_cap = 20.00
at_cap = "ask"  # wait for your word in the monitor

[day]
timezone = "system"  # that of this machine: ${/machine: (?<zone>\S+)/v.exec(configOf(home))?.groups?.['zone']}
`);
	expect(await check(home)).toMatchObject({code: 0});
});

test('the file and its folder are for the user alone', async () => {
	await using gateway = await startGateway();
	using parent = testHome();
	const folder = parent.file('new/home');
	expect(await init({folder}, flagsFor(gateway.url))).toMatchObject({code: 0});
	const modeOf = (file: string) => fs.statSync(file).mode % 0o1000;
	expect(modeOf(`${folder}/config.toml`)).toBe(0o600);
	expect(modeOf(folder)).toBe(0o700);
	expect(fs.readdirSync(folder)).toEqual(['config.toml']);
});

test.each([
	['', ''],
	['/', ''],
	['/v1', '/v1'],
	['/v1/', '/v1'],
	['/v1/v1', '/v1'],
	['/v1/messages', '/v1'],
	['/v1/chat/completions', '/v1'],
	['/v1/models/', '/v1'],
	['/apis', ''],
])(
	'a base URL that ends in "%s" becomes one that ends in "%s", and the file serves',
	async (written, right) => {
		await using gateway = await startGateway();
		using home = testHome();
		const said = await init(home, [
			...flagsFor(gateway.url + written),
			'--name',
			'gate',
		]);
		expect(said.code).toBe(0);
		expect(configOf(home)).toContain(`url = "${gateway.url}${right}"\n`);
		expect(said.stderr).toBe(
			written.replace(/\/$/v, '') === right
				? ''
				: `The API is at ${gateway.url}${right}, not at ${gateway.url}${written.replace(/\/$/v, '')}: that is what is written.\n`,
		);
		expect(await check(home)).toMatchObject({code: 0});
		await using serving = await startServe(home.folder, ['--port', '0'], {
			env: withKey,
		});
		const answer = await fetch(`${serving.url}/v1/messages`, {
			method: 'POST',
			headers: {'content-type': 'application/json', 'x-api-key': 'none'},
			body: JSON.stringify({
				model: 'claude-sonnet-4-5',
				max_tokens: 8,
				messages: [{role: 'user', content: 'Hi'}],
			}),
		});
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({model: 'claude-sonnet-4-6'});
	},
);

test('every answer can be a flag', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const said = await init(home, [
		...flagsFor(gateway.url),
		'--name',
		'gate',
		'--formats',
		'openai-chat,anthropic-messages',
		'--fast',
		'glm-5.3',
		'--default',
		'gpt-5.4',
		'--deep',
		'none',
		'--cap',
		'7.5',
		'--at-cap',
		'alias:coding-fast',
		'--zone',
		'Asia/Tokyo',
	]);
	expect(said).toMatchObject({code: 0, stderr: ''});
	const lines = configOf(home)
		.split('\n')
		.map((line) => line.replace(/ {2}#.*$/v, ''))
		.filter((line) => line !== '' && !line.startsWith('#'));
	expect(lines).toEqual([
		'[endpoints.gate]',
		`url = "${gateway.url}"`,
		'key = "env:GATEWAY_KEY"',
		'formats = ["anthropic-messages", "openai-chat"]',
		'[aliases.coding-fast]',
		'targets = ["gate/glm-5.3"]',
		'[aliases.coding-default]',
		'targets = ["gate/gpt-5.4"]',
		'[routing]',
		'active = "coding-default"',
		'[keys.default]',
		'daily_cap = 7.50',
		'at_cap = "alias:coding-fast"',
		'[day]',
		'timezone = "Asia/Tokyo"',
	]);
	expect(await check(home)).toMatchObject({code: 0});
});

test('without a cap there is no section for it', async () => {
	await using gateway = await startGateway();
	for (const cap of ['none', '']) {
		using home = testHome();
		await init(home, [...flagsFor(gateway.url), `--cap=${cap}`]);
		expect(configOf(home)).not.toContain('[keys.');
	}
});

test('a dry run prints the file and writes nothing, also where a config is', async () => {
	await using gateway = await startGateway();
	using home = testHome('# mine\n');
	using other = testHome();
	const words = [...flagsFor(gateway.url), '--dry-run'];
	const said = await init(home, words);
	expect(said).toMatchObject({code: 0, stderr: ''});
	expect(configOf(home)).toBe('# mine\n');
	fs.rmSync(other.folder, {recursive: true});
	expect(await init(other, words)).toEqual(said);
	expect(fs.existsSync(other.folder)).toBe(false);
	// What it prints is what it would write.
	using third = testHome();
	await init(third, words.slice(0, -1));
	expect(configOf(third)).toBe(said.stdout);
});

test('a config that is there stays, and the endpoint is not asked', async () => {
	await using gateway = await startGateway();
	using home = testHome('# mine\n');
	const file = home.file('config.toml');
	const refused = {
		code: 1,
		stdout: '',
		stderr: `There is a config already: ${file}. It stays as it is.\nEdit it, and see what it says with: tollgate config check. For a new one, move it away first: mv ${file} ${file}.old\n`,
	};
	expect(await init(home, flagsFor(gateway.url))).toMatchObject(refused);
	expect(configOf(home)).toBe('# mine\n');
	fs.rmSync(file);
	fs.symlinkSync(home.file('elsewhere.toml'), file);
	expect(await init(home, flagsFor(gateway.url))).toMatchObject(refused);
	expect(filesOf(home)).toEqual(['config.toml']);
	expect(gateway.seen).toHaveLength(0);
});

test('two at once make one file', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const caps = ['11', '22', '33'];
	const all = await Promise.all(
		caps.map(async (cap) =>
			init(home, [...flagsFor(gateway.url), '--cap', cap]),
		),
	);
	const winner = all.findIndex(({code}) => code === 0);
	expect(all.map(({code}) => code).filter((code) => code === 1)).toHaveLength(
		2,
	);
	expect(configOf(home)).toContain(`daily_cap = ${caps[winner]}.00\n`);
});

test('without a terminal it says which flags are missing', async () => {
	using home = testHome();
	const cases = [
		[[], '--url and --key are missing.'],
		[['--key', 'agent'], '--url is missing.'],
		[['--url', 'http://127.0.0.1:9'], '--key is missing.'],
	] as const;
	for (const [words, missing] of cases) {
		const said = await init(home, words);
		expect(said).toMatchObject({code: 2, stdout: ''});
		expect(said.stderr.split('\n', 1)).toEqual([
			`There is no terminal to ask in, and ${missing}`,
		]);
	}

	expect(filesOf(home)).toEqual([]);
});

test('where the endpoint lists no model for everyday work, that flag is missing', async () => {
	await using endpoint = await startLister([{id: 'qwen-9', object: 'model'}]);
	using home = testHome();
	const words = flagsFor(endpoint.url);
	expect(await init(home, words)).toMatchObject({
		code: 2,
		stderr:
			'There is no terminal to ask in, and --default is missing.\nWrite --default ID, the model of coding-default; the endpoint has qwen-9. Or --default none.\n',
	});
	expect(await init(home, [...words, '--default', 'qwen-9'])).toMatchObject({
		code: 0,
	});
	expect(configOf(home)).toContain('targets = ["local/qwen-9"]\n');
	expect(configOf(home)).not.toContain('coding-fast');
	expect(await check(home)).toMatchObject({code: 0});
});

test('prices that the endpoint lists are written beside the models, and hold', async () => {
	await using endpoint = await startLister([
		{
			id: 'anthropic/claude-sonnet-4.6',
			context_length: 1_000_000,
			pricing: {prompt: '0.000002', completion: '0.000012'},
		},
	]);
	using home = testHome();
	await init(home, flagsFor(endpoint.url));
	expect(configOf(home)).toContain(
		'prices = "models"  # its own list of models tells them\n',
	);
	expect(configOf(home)).toContain(
		'targets = ["local/anthropic/claude-sonnet-4.6"]  # $2 in, $12 out\n',
	);
	expect(await check(home)).toMatchObject({code: 0});
});

test('a key that is not taken ends it, but for --yes', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const wrong = {GATEWAY_KEY: 'sk-wrong-0123456789abcdef'};
	const said = await init(home, flagsFor(gateway.url), wrong);
	expect(said).toMatchObject({code: 1, stdout: ''});
	expect(said.stderr).toMatch(
		/^The key in GATEWAY_KEY [^\n]*401[^\n]*\n[^\n]+ To write the file all the same, add --yes\.\n$/v,
	);
	expect(filesOf(home)).toEqual([]);
	const forced = await init(home, [...flagsFor(gateway.url), '--yes'], wrong);
	expect(forced.code).toBe(0);
	expect(forced.stderr).toContain('The key in GATEWAY_KEY ');
	expect(said.stderr + forced.stderr).not.toContain('0123456789');
	expect(configOf(home)).not.toContain('[aliases.');
});

test('a variable that is not set is named, with the one that was meant', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const words = ['--url', gateway.url, '--key', 'env:GATEWAY_KEYS'];
	expect(await init(home, words)).toMatchObject({
		code: 1,
		stderr:
			'The endpoint "local" has no key: the variable GATEWAY_KEYS is not set.\nDid you mean GATEWAY_KEY? Set GATEWAY_KEYS where Tollgate is started. To write the file all the same, add --yes.\n',
	});
	expect(gateway.seen).toHaveLength(0);
});

test('a web page is no API', async () => {
	await using page = await startEndpoint(({response}) => {
		response.setHeader('content-type', 'text/html');
		response.end('<!doctype html><title>Welcome</title>');
	});
	using home = testHome();
	const said = await init(home, flagsFor(page.url));
	expect(said).toMatchObject({code: 1, stdout: ''});
	expect(said.stderr.split('\n')).toHaveLength(3);
	expect(filesOf(home)).toEqual([]);
});

test('the key that a command prints opens the endpoint', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const command = String.raw`printf '%s\n' "$GATEWAY_KEY"`;
	expect(
		await init(home, ['--url', gateway.url, '--key', `cmd:${command}`]),
	).toMatchObject({code: 0, stderr: ''});
	expect(configOf(home)).toContain(`key = ${JSON.stringify(`cmd:${command}`)}`);
	expect(await check(home)).toMatchObject({code: 0});
});

test('with the key of the agent nothing of this environment is sent', async () => {
	await using gateway = await startGateway();
	using home = testHome();
	const said = await init(home, ['--url', gateway.url, '--key', 'agent'], {
		ANTHROPIC_API_KEY: apiKey,
		ANTHROPIC_AUTH_TOKEN: apiKey,
	});
	expect(said).toMatchObject({code: 0});
	expect(gateway.seen.length).toBeGreaterThan(0);
	expect(JSON.stringify(gateway.seen)).not.toContain(apiKey);
	expect(configOf(home)).toContain('key = "agent"');
	expect(await check(home)).toMatchObject({code: 0});
	// What is named is sent.
	await init(home, [...flagsFor(gateway.url), '--dry-run']);
	expect(JSON.stringify(gateway.seen)).toContain(apiKey);
});

test('offline nobody is asked, and the ids are taken as they are', async () => {
	await using gateway = await startGateway();
	for (const flag of ['--no-probe', '--offline']) {
		using home = testHome();
		const said = await init(
			home,
			[...flagsFor(`${gateway.url}/v1/v1`), '--default', 'any-model', flag],
			{},
		);
		expect(said).toMatchObject({
			code: 0,
			stderr:
				'GATEWAY_KEY is not set here: set it where Tollgate is started.\n',
		});
		expect(configOf(home)).toContain('targets = ["local/any-model"]\n');
		expect(configOf(home)).toContain('/v1/v1"\n');
	}

	expect(gateway.seen).toHaveLength(0);
});

test('the models of a known API need no list', async () => {
	using home = testHome();
	const said = await init(home, [
		'--url',
		'api.anthropic.com',
		'--key',
		'agent',
		'--no-probe',
	]);
	expect(said).toMatchObject({code: 0, stderr: ''});
	const config = configOf(home);
	expect(config).toContain(
		'[endpoints.anthropic]\nurl = "https://api.anthropic.com"\n',
	);
	expect(config).toMatch(/"anthropic\/claude-sonnet-[\d\-]+"\] {2}# \$/v);
	expect(await check(home)).toMatchObject({code: 0});
});

test('Tollgate itself is no endpoint', async () => {
	using home = testHome();
	const said = await init(home, [
		'--url',
		'http://127.0.0.1:4141',
		'--key',
		'agent',
	]);
	expect(said).toMatchObject({code: 1});
	expect(said.stderr).toContain('is this passthrough itself');
	expect(filesOf(home)).toEqual([]);
});
