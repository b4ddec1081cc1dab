/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import {once} from 'node:events';
import fs from 'node:fs';
import https from 'node:https';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Finding} from '../../source/doctor/check.js';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import {certificate, privateKey} from '../helpers/certificate.js';
import {run, testHome, type Said, type TestHome} from '../helpers/program.js';

const key = 'gw-canary-9f31c07be5';

type Told = Readonly<{
	endpoint: string | null;
	url: string | null;
	findings: readonly Finding[];
	verdict: Readonly<{standing: string; said: string; next: string | null}>;
}>;

const told = ({stdout}: Said): readonly Told[] =>
	stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Told);

const bad = (one: Told | undefined): ReadonlyArray<readonly string[]> =>
	(one?.findings ?? [])
		.filter(({standing}) => standing === 'bad')
		.map(({check, said, fix = ''}) => [check, said, fix]);

let endpoint: SimulatedEndpoint;
let home: TestHome;

const configOf = (url: string): string => `
[server]
port = 0

[endpoints.sim]
url = "${url}/v1"
key = "env:SIM_KEY"

[endpoints.twice]
url = "${url}/v1/v1"
key = "env:SIM_KEY"

[endpoints.keyless]
url = "${url}/v1"
key = "agent"

[aliases.coding-default]
targets = ["sim/claude-sonnet-4-6"]
`;

beforeAll(async () => {
	endpoint = await startSimulatedEndpoint({pace: 0.1, apiKey: key});
	home = testHome(configOf(endpoint.url));
});

afterAll(async () => {
	await endpoint.close();
	home[Symbol.dispose]();
});

const clean = {
	SIM_KEY: key,
	ANTHROPIC_API_KEY: '',
	ANTHROPIC_AUTH_TOKEN: '',
	ANTHROPIC_BASE_URL: '',
	OPENAI_API_KEY: '',
	NO_PROXY: '127.0.0.1',
};

const doctor = async (
	args: readonly string[],
	env: NodeJS.ProcessEnv = {},
): Promise<Said> =>
	run(['doctor', ...args], {home: home.folder, env: {...clean, ...env}});

describe('an endpoint of the config', () => {
	test('that is as it should be comes out well', async () => {
		const said = await doctor(['sim', '--json']);
		const [one, ...others] = told(said);

		expect(said.stderr).toBe('');
		expect(others).toEqual([]);
		expect(one).toMatchObject({endpoint: 'sim', url: `${endpoint.url}/v1`});
		expect(bad(one)).toEqual([]);
		expect(said.code).toBe(0);
		expect(one?.findings.find(({check}) => check === 'messages')?.said).toMatch(
			/^claude-sonnet-4-6 answers in anthropic-messages/,
		);
		expect(said.stdout).not.toContain(key);
	});

	test('that has a wrong url is looked at where it should be', async () => {
		const said = await doctor(['twice', '--free', '--json']);
		const [one] = told(said);

		expect(bad(one)).toEqual([
			[
				'url',
				`The url has /v1 in it twice; the API is at ${endpoint.url}/v1.`,
				`Write url = "${endpoint.url}/v1" in [endpoints.twice].`,
			],
		]);
		expect(one?.url).toBe(`${endpoint.url}/v1`);
		expect(one?.verdict).toEqual({
			standing: 'bad',
			said: 'One thing has to be changed.',
			next: `Write url = "${endpoint.url}/v1" in [endpoints.twice].`,
		});
		expect(said.code).toBe(1);
	});

	test('in words ends in what it comes to and what to do', async () => {
		const said = await doctor(['twice', '--free', '--ascii']);

		expect(said.stdout).toContain(`twice  ${endpoint.url}/v1/v1\n`);
		expect(said.stdout).toContain('x bad      url');
		expect(said.stdout).toContain('"authorization: Bearer $SIM_KEY"');
		expect(said.stdout).toMatch(
			/\nx One thing has to be changed\.\n {2}Next: Write url = "[^\n]+\n$/,
		);
		expect(said.stdout).not.toContain(key);
		expect(said.stdout).not.toContain('\u{1B}');
		expect(said.code).toBe(1);
	});

	test('whose key the agent brings is asked with the key of this shell, where it has one', async () => {
		const without = await doctor(['keyless', '--free', '--json']);
		const withOne = await doctor(['keyless', '--free', '--json'], {
			ANTHROPIC_API_KEY: key,
		});
		const local = await doctor(['keyless', '--free', '--json'], {
			ANTHROPIC_AUTH_TOKEN: 'tollgate_desktop_0123456789abcdef',
		});
		const keyFinding = (said: Said) =>
			told(said)[0]?.findings.find(({check}) => check === 'key');

		expect(keyFinding(without)).toMatchObject({standing: 'skipped'});
		expect(keyFinding(withOne)).toMatchObject({standing: 'ok'});
		expect(keyFinding(local)).toMatchObject({standing: 'skipped'});
		expect([without.code, withOne.code, local.code]).toEqual([0, 0, 0]);
	});

	test('without its variable is told so', async () => {
		const said = await doctor(['sim', '--json'], {SIM_KEY: ''});

		expect(bad(told(said)[0]).filter(([check]) => check === 'key')).toEqual([
			[
				'key',
				'The endpoint "sim" has no key: the variable SIM_KEY is empty.',
				expect.stringContaining('SIM_KEY'),
			],
		]);
		expect(said.code).toBe(1);
	});
});

test('without a name every endpoint is looked at, one object a line, this machine in the first', async () => {
	const said = await doctor(['--free', '--json']);
	const all = told(said);

	expect(all.map((one) => one.endpoint)).toEqual(['sim', 'twice', 'keyless']);
	expect(all[0]!.findings.map(({check}) => check)).toContain('config');
	expect(all[1]!.findings.map(({check}) => check)).not.toContain('config');
	expect(said.code).toBe(1);
});

test('--local looks at this machine alone', async () => {
	const said = await doctor(['--local', '--json']);
	const [one, ...others] = told(said);

	expect(others).toEqual([]);
	expect(one).toMatchObject({endpoint: null, url: null});
	expect(one?.findings.map(({check}) => check)).not.toContain('models');
});

describe('a URL', () => {
	test('needs no config, and no look at this machine', async () => {
		const said = await doctor([
			endpoint.url.replace('http://', ''),
			'--key',
			'env:SIM_KEY',
			'--model',
			'claude-opus-5.5',
			'--free',
			'--json',
		]);
		const [one] = told(said);

		expect(one).toMatchObject({endpoint: null, url: endpoint.url});
		expect(one?.findings[0]?.check).toBe('network');
		expect(bad(one)).toEqual([
			[
				'model',
				'"claude-opus-5.5" is no id of a model here.',
				'Write claude-opus-5-5 after --model.',
			],
		]);
	});

	test('without a key is looked at as far as that goes', async () => {
		const said = await doctor([endpoint.url, '--json'], {
			ANTHROPIC_API_KEY: key,
		});
		const [one] = told(said);

		expect(said.code).toBe(0);
		expect(one?.findings.find(({check}) => check === 'key')).toMatchObject({
			standing: 'skipped',
			fix: 'Name the variable that has it: --key env:NAME',
		});
		// What this shell has for the agent is not for any URL that is typed.
		expect(one?.findings.find(({check}) => check === 'models')?.standing).toBe(
			'skipped',
		);
	});

	test('is looked at with a config that cannot be read', async () => {
		using broken = testHome('[server\n');
		const {code, stdout} = await run(
			['doctor', endpoint.url, '--key', 'env:SIM_KEY', '--free', '--json'],
			{home: broken.folder, env: clean},
		);

		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({verdict: {standing: 'ok'}});
	});
});

test('over TLS it trusts whom Node is told to trust, and nobody else', async () => {
	using folder = testHome();
	fs.writeFileSync(folder.file('ca.pem'), certificate);
	const server = https.createServer(
		{cert: certificate, key: privateKey},
		(_request, response) => {
			response
				.writeHead(200, {'content-type': 'application/json'})
				.end('{"data":[{"id":"claude-sonnet-4-6"}]}');
		},
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const args = [`http://127.0.0.1:${port}/v1`, '--free', '--json'];
	try {
		const trusted = await doctor(args, {
			NODE_EXTRA_CA_CERTS: folder.file('ca.pem'),
		});
		const strange = await doctor(args);

		// That it is https is seen either way; further it goes with trust alone.
		for (const said of [trusted, strange]) {
			expect(bad(told(said)[0])[0]).toEqual([
				'url',
				`The url begins with http://, and 127.0.0.1:${port} speaks https there.`,
				`Write https://127.0.0.1:${port}/v1 instead.`,
			]);
		}

		const checksOf = (said: Said) =>
			told(said)[0]!.findings.map(({check}) => check);
		expect(checksOf(trusted)).toContain('models');
		expect(checksOf(strange)).toEqual(['url']);
	} finally {
		server.close();
		server.closeAllConnections();
	}
});

test('a config that cannot be read is told of once', async () => {
	using broken = testHome('[server\n');
	const all = await run(['doctor', '--json'], {
		home: broken.folder,
		env: clean,
	});
	const named = await run(['doctor', 'sim'], {home: broken.folder, env: clean});

	expect(bad(told(all)[0]).map(([check]) => check)).toEqual(['config']);
	expect(all.code).toBe(1);
	expect(all.stderr).toBe('');
	expect(named.code).toBe(2);
	expect(named.stdout).toBe('');
});

test('an endpoint that is the passthrough itself is not asked', async () => {
	using own = testHome(
		'[server]\nport = 4199\n[endpoints.own]\nurl = "http://localhost:4199"\nkey = "env:SIM_KEY"\n',
	);
	const said = await run(['doctor', 'own', '--json'], {
		home: own.folder,
		env: clean,
	});

	expect(bad(told(said)[0])).toContainEqual([
		'url',
		expect.stringContaining('is this passthrough itself'),
		expect.any(String),
	]);
	expect(said.code).toBe(1);
});

test('nothing is written, not even a home', async () => {
	using elsewhere = testHome();
	fs.rmdirSync(elsewhere.folder);
	await run(['doctor', endpoint.url, '--free', '--json'], {
		home: elsewhere.folder,
		env: clean,
	});

	expect(fs.existsSync(elsewhere.folder)).toBe(false);
});

test.each([
	[['nowhere'], 'There is no endpoint "nowhere" in the config.'],
	[['smi'], 'There is no endpoint "smi" in the config.'],
	[['sim', 'keyless'], '"keyless" is one word too many.'],
	[['--local', 'sim'], '--local looks at this machine alone'],
	[
		['sim', '--key', 'gw-canary-9f31c07be5'],
		'--key does not say where to get the key',
	],
	[['sim', '--model', ''], '--model is empty.'],
	[
		['https://user:gw-canary-9f31c07be5@host.invalid'],
		'This URL holds a credential.',
	],
])('%j is wrong usage', async (args, says) => {
	const said = await doctor(args);

	expect(said.code).toBe(2);
	expect(said.stderr).toContain(says);
	expect(said.stderr + said.stdout).not.toContain(key);
	expect(said.stdout).toBe('');
});
