import fs from 'node:fs';
import {expect, test} from 'vitest';
import {factsFrom, reachable} from '../../source/commands/env/facts.js';
import {clients, clientOfProgram} from '../../source/commands/env/client.js';
import {setupFor} from '../../source/commands/env/setup-for.js';
import type {Facts} from '../../source/commands/env/setup.js';
import {findHome} from '../../source/config/home.js';
import {loadConfig} from '../../source/config/load.js';
import {testHome} from '../helpers/program.js';

const url = 'http://127.0.0.1:4141';

function factsOf(
	toml: string,
	{
		env = {},
		keyVariable,
	}: Readonly<{
		env?: NodeJS.ProcessEnv;
		keyVariable?: string;
	}> = {},
): Facts {
	using folder = testHome(toml);
	const home = findHome({flag: folder.folder, env: {}, platform: 'linux'});
	const config = loadConfig({home, env: {}, serving: false});
	return factsFrom(config, {
		url,
		keyVariable,
		env,
	});
}

const gateway =
	'[endpoints.gateway]\nurl = "https://gateway.example/v1"\nkey = "env:G"\n';
const subscription =
	'[endpoints.anthropic]\nurl = "https://api.anthropic.com"\nkey = "agent"\n';
const agentAtGateway = gateway.replace('env:G', 'agent');

test('with a login, Claude Code is given no credential', () => {
	const {variables} = setupFor('claude-code', factsOf(subscription));
	expect(variables).toEqual({
		ANTHROPIC_BASE_URL: url,
		API_TIMEOUT_MS: String(900_000 + 240_000),
		ENABLE_TOOL_SEARCH: 'true',
	});
});

test('where we hold the key it is given a placeholder, and leaves out what breaks caches elsewhere', () => {
	const {variables} = setupFor('claude-code', factsOf(gateway));
	expect(variables).toEqual({
		ANTHROPIC_BASE_URL: url,
		ANTHROPIC_AUTH_TOKEN: 'tollgate',
		API_TIMEOUT_MS: String(900_000 + 240_000),
		ENABLE_TOOL_SEARCH: 'true',
		CLAUDE_CODE_ATTRIBUTION_HEADER: '0',
	});
});

test.each([
	['a gateway', gateway, '0'],
	['a gateway with the key of the agent', agentAtGateway, '0'],
	['Anthropic', subscription, undefined],
	[
		'Anthropic with a key of ours',
		subscription.replace('agent', 'env:A'),
		undefined,
	],
	[
		'both, with the login for Anthropic',
		`${gateway}${subscription}`,
		undefined,
	],
	[
		'both, with keys of ours',
		`${gateway}${subscription.replace('agent', 'env:A')}`,
		'0',
	],
	[
		'a gateway that does not speak to it',
		`${gateway}formats = ["openai-chat"]\n`,
		undefined,
	],
])('the attribution of Claude Code, with %s', (_name, toml, value) => {
	const {variables} = setupFor('claude-code', factsOf(toml));
	expect(variables['CLAUDE_CODE_ATTRIBUTION_HEADER']).toBe(value);
});

test('what the user has set of the helping variables counts', () => {
	const env = {API_TIMEOUT_MS: '5000', ENABLE_TOOL_SEARCH: 'false'};
	const {variables} = setupFor('claude-code', factsOf(subscription, {env}));
	expect(variables).toEqual({ANTHROPIC_BASE_URL: url});
});

test('it waits as long as we wait for the endpoint', () => {
	const toml = `[server]\nheader_timeout = "100s"\n[hold]\nsilent = "20s"\n${gateway}`;
	const {variables} = setupFor('claude-code', factsOf(toml));
	expect(variables['API_TIMEOUT_MS']).toBe('120000');
});

const secret = {before: '', variable: 'KEY'};
const header = {before: 'x-tollgate-key: ', variable: 'KEY'};

test.each([
	['claude-code', gateway, 'ANTHROPIC_AUTH_TOKEN', secret],
	['claude-code', subscription, 'ANTHROPIC_CUSTOM_HEADERS', header],
	['anthropic-sdk', gateway, 'ANTHROPIC_API_KEY', secret],
	['anthropic-sdk', subscription, 'ANTHROPIC_CUSTOM_HEADERS', header],
	['openai', gateway, 'OPENAI_API_KEY', secret],
	['openai', agentAtGateway, 'OPENAI_CUSTOM_HEADERS', header],
] as const)(
	'a local key for %s stands where it belongs',
	(client, toml, name, value) => {
		const facts = factsOf(toml, {keyVariable: 'KEY'});
		const {variables} = setupFor(client, facts);
		const secrets = Object.entries(variables).filter(
			([, one]) => typeof one !== 'string',
		);
		expect(secrets).toEqual([[name, value]]);
	},
);

test.each([
	[gateway, undefined, 'env_key="TOLLGATE_KEY"', {TOLLGATE_KEY: 'tollgate'}],
	[gateway, 'KEY', 'env_key="KEY"', {}],
	[agentAtGateway, undefined, 'requires_openai_auth=true', {}],
	[
		agentAtGateway,
		'KEY',
		'requires_openai_auth=true,env_http_headers={"x-tollgate-key"="KEY"}',
		{},
	],
])('codex is told by its words', (toml, keyVariable, how, variables) => {
	const setup = setupFor(
		'codex',
		factsOf(toml, {...(keyVariable && {keyVariable})}),
	);
	expect(setup.args).toEqual([
		'-c',
		'model_provider="tollgate"',
		'-c',
		`model_providers.tollgate={name="Tollgate",base_url="${url}/v1",wire_api="responses",${how}}`,
	]);
	expect(setup.variables).toEqual(variables);
	expect(setup.byHand?.where).toBe('~/.codex/config.toml');
	expect(setup.byHand?.text).toContain(`base_url = "${url}/v1"\n`);
});

test.each([
	[gateway, undefined, {apiKey: 'tollgate'}],
	[gateway, 'KEY', {apiKey: '{env:KEY}'}],
	[agentAtGateway, undefined, {}],
	[agentAtGateway, 'KEY', {headers: {'x-tollgate-key': '{env:KEY}'}}],
])(
	'opencode is told by the config it merges last',
	(toml, keyVariable, more) => {
		const {variables} = setupFor(
			'opencode',
			factsOf(toml, {...(keyVariable && {keyVariable})}),
		);
		const options = {baseURL: `${url}/v1`, ...more};
		expect(JSON.parse(variables['OPENCODE_CONFIG_CONTENT'] as string)).toEqual({
			enabled_providers: ['anthropic', 'openai'],
			provider: {anthropic: {options}, openai: {options}},
		});
	},
);

test('Claude Desktop is told by hand', () => {
	const {variables, byHand} = setupFor('claude-desktop', factsOf(gateway));
	expect(variables).toEqual({});
	expect(byHand?.text).toContain(`Gateway base URL      ${url}\n`);
});

test('any other program gets what some client reads', () => {
	const {variables} = setupFor(undefined, factsOf(gateway));
	expect(Object.keys(variables).toSorted()).toEqual([
		'ANTHROPIC_AUTH_TOKEN',
		'ANTHROPIC_BASE_URL',
		'API_TIMEOUT_MS',
		'CLAUDE_CODE_ATTRIBUTION_HEADER',
		'ENABLE_TOOL_SEARCH',
		'OPENAI_API_KEY',
		'OPENAI_BASE_URL',
		'OPENCODE_CONFIG_CONTENT',
	]);
});

const loopback = '127.0.0.1,localhost,::1';

test.each([
	[{HTTPS_PROXY: 'http://proxy:1'}, loopback],
	[{all_proxy: 'socks5://proxy:1'}, loopback],
	[
		{http_proxy: 'x', NO_PROXY: 'a.example, b.example'},
		`a.example,b.example,${loopback}`,
	],
	[
		{http_proxy: 'x', no_proxy: 'a.example', NO_PROXY: 'localhost'},
		'a.example,localhost,127.0.0.1,::1',
	],
	[{NO_PROXY: 'a.example'}, undefined],
	[{HTTP_PROXY: ''}, undefined],
])('with %j a proxy is kept away from this machine: %s', (env, value) => {
	for (const client of clients) {
		if (client === 'claude-desktop') {
			continue;
		}

		const {variables} = setupFor(client, factsOf(gateway, {env}));
		expect(variables['NO_PROXY']).toBe(value);
		expect(variables['no_proxy']).toBe(value);
	}
});

test.each([
	['claude', 'claude-code'],
	['/usr/local/bin/claude', 'claude-code'],
	['codex', 'codex'],
	['./opencode', 'opencode'],
	['claude.exe', 'claude-code'],
	['node', undefined],
	['constructor', undefined],
	['', undefined],
])('the program %j is %s', (program, client) => {
	expect(clientOfProgram(program)).toBe(client);
});

test.each([
	['http://127.0.0.1:4141', 'http://127.0.0.1:4141'],
	['http://0.0.0.0:4141', 'http://127.0.0.1:4141'],
	['http://[::]:4141', 'http://[::1]:4141'],
	['http://192.168.1.5:4141', 'http://192.168.1.5:4141'],
])('what listens on %s is asked on %s', (listening, asked) => {
	expect(reachable(listening)).toBe(asked);
});

test('the page about uninstalling takes back every variable that is set, but for NO_PROXY', () => {
	const [, unset = ''] =
		/^unset (?<names>(?:[^\n]*\\\n)*[^\n]*)$/mv.exec(
			fs.readFileSync('docs/uninstall.md', 'utf8'),
		) ?? [];
	const names = [gateway, subscription, agentAtGateway].flatMap((toml) =>
		['KEY', undefined].flatMap((keyVariable) =>
			Object.keys(
				setupFor(
					undefined,
					factsOf(toml, {...(keyVariable !== undefined && {keyVariable})}),
				).variables,
			),
		),
	);
	expect(unset.split(/[\s\\]+/v).toSorted()).toEqual(
		[...new Set(names)].toSorted(),
	);
});
