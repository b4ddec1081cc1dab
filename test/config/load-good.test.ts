import path from 'node:path';
import {expect, test} from 'vitest';
import type {Config} from '../../source/config/config.js';
import {monitorKeys} from '../../source/config/monitor-keys.js';
import {publishedConfig} from '../../source/config/published.js';
import {inspectConfig, loadConfig} from '../../source/config/load.js';
import {settingsInForce} from '../../source/config/settings-in-force.js';
import {lineOf} from '../../source/config/toml-lines.js';
import {temporaryHome} from './folder.js';
import {load} from './load.js';

const sample = `
[server]
host = "127.0.0.1"        # anything but loopback needs require_key = true
port = 4141
log = "usage.db"
require_key = false
allow_origins = []
if_not_recording = "serve" # serve | refuse
header_timeout = "900s"
idle_timeout = "300s"
max_body = "64MB"

[endpoints.kissapi]
url = "https://api.kissapi.ai/v1"
formats = ["anthropic-messages", "openai-chat"]
key = "env:KISSAPI_KEY"
auth = "bearer"
openai_usage = "inject"

[endpoints.anthropic]
url = "https://api.anthropic.com"
key = "env:ANTHROPIC_API_KEY"

[aliases.coding-fast]
targets = ["kissapi/claude-haiku-4-5"]
[aliases.coding-default]
targets = ["kissapi/claude-sonnet-4-6", "anthropic/claude-sonnet-4-6"]
[aliases.coding-deep]
targets = ["kissapi/claude-opus-4-6"]
system = "Summarize large files before editing."
allow_signed = true

[routing]
endpoint = "kissapi"
active = "coding-default"
steer = ["*sonnet*"]
background = "coding-fast"

[retry]
attempts = 3
max_prompt_tokens = 50_000
on_strikes = "pause"

[hold]
silent = "2m"
mode = "refuse"

[concurrency]
max = 4

[day]
timezone = "Europe/Berlin"
starts_at = "04:00"

[log]
keep = "90d"
`;

test('a complete config is read with every value in its unit', () => {
	using temporary = temporaryHome(sample);
	const config = loadConfig({home: temporary.home, env: {}});
	expect(config).toEqual({
		server: {
			host: '127.0.0.1',
			port: 4141,
			log: path.join(temporary.folder, 'usage.db'),
			requireKey: false,
			allowOrigins: [],
			ifNotRecording: 'serve',
			headerTimeoutMs: 900_000,
			idleTimeoutMs: 300_000,
			maxBodyBytes: 67_108_864,
		},
		endpoints: [
			{
				name: 'kissapi',
				url: new URL('https://api.kissapi.ai/v1'),
				formats: ['anthropic-messages', 'openai-chat'],
				key: {kind: 'env', variable: 'KISSAPI_KEY'},
				auth: 'bearer',
				openaiUsage: 'inject',
				priceMultiplier: 1,
				prices: 'catalogue',
				billing: 'api',
			},
			{
				name: 'anthropic',
				url: new URL('https://api.anthropic.com'),
				formats: ['anthropic-messages'],
				key: {kind: 'env', variable: 'ANTHROPIC_API_KEY'},
				auth: undefined,
				openaiUsage: 'inject',
				priceMultiplier: 1,
				prices: 'catalogue',
				billing: 'api',
			},
		],
		routing: {
			endpoint: 'kissapi',
			active: 'coding-default',
			steer: ['*sonnet*'],
			background: 'coding-fast',
		},
		aliases: [
			{
				name: 'coding-fast',
				targets: [{endpoint: 'kissapi', model: 'claude-haiku-4-5'}],
				system: undefined,
				allowSigned: false,
			},
			{
				name: 'coding-default',
				targets: [
					{endpoint: 'kissapi', model: 'claude-sonnet-4-6'},
					{endpoint: 'anthropic', model: 'claude-sonnet-4-6'},
				],
				system: undefined,
				allowSigned: false,
			},
			{
				name: 'coding-deep',
				targets: [{endpoint: 'kissapi', model: 'claude-opus-4-6'}],
				system: 'Summarize large files before editing.',
				allowSigned: true,
			},
		],
		retry: {attempts: 3, maxPromptTokens: 50_000, onStrikes: 'pause'},
		hold: {silentMs: 120_000, mode: 'refuse'},
		concurrency: {max: 4},
		guard: {
			enabled: true,
			dollarsPerMinuteFactor: 5,
			sameBody: 6,
			errorsInRow: 10,
		},
		keys: [],
		prices: [],
		day: {timezone: 'Europe/Berlin', startsAt: '04:00'},
		log: {keepMs: 90 * 86_400_000},
		monitorKeys,
		file: path.join(temporary.folder, 'config.toml'),
		lines: expect.any(Map) as Config['lines'],
	});
	expect(lineOf(config.lines, ['routing', 'active'])).toBe(
		sample.split('\n').indexOf('active = "coding-default"') + 1,
	);
});

test('without a file everything has a default', () => {
	using temporary = temporaryHome();
	const config = loadConfig({home: temporary.home, env: {}});
	expect(config).toEqual({
		server: {
			host: '127.0.0.1',
			port: 4141,
			log: path.join(temporary.folder, 'usage.db'),
			requireKey: false,
			allowOrigins: [],
			ifNotRecording: 'serve',
			headerTimeoutMs: 900_000,
			idleTimeoutMs: 300_000,
			maxBodyBytes: 67_108_864,
		},
		endpoints: [
			{
				name: 'anthropic',
				url: new URL('https://api.anthropic.com'),
				formats: ['anthropic-messages'],
				key: {kind: 'agent'},
				auth: undefined,
				openaiUsage: 'inject',
				priceMultiplier: 1,
				prices: 'catalogue',
				billing: 'api',
			},
		],
		routing: {
			endpoint: 'anthropic',
			active: 'as-asked',
			steer: ['*sonnet*', '*opus*', '*fable*'],
			background: 'as-asked',
		},
		aliases: [],
		retry: {attempts: 2, maxPromptTokens: 60_000, onStrikes: 'next'},
		hold: {silentMs: 240_000, mode: 'hold'},
		concurrency: {max: 8},
		guard: {
			enabled: true,
			dollarsPerMinuteFactor: 5,
			sameBody: 6,
			errorsInRow: 10,
		},
		keys: [],
		prices: [],
		day: {timezone: 'system', startsAt: '00:00'},
		log: {keepMs: 400 * 86_400_000},
		monitorKeys,
		file: undefined,
		lines: new Map(),
	});
});

test.for([
	['https://gateway.example.com/v1', 'gateway-example-com', 3],
	['http://localhost:8080', 'localhost-8080', 3],
	['http://[::1]:8080', '1-8080', 3],
	['https://api.anthropic.com/', 'anthropic', 1],
	['', 'anthropic', 1],
] as const)(
	'without endpoints ANTHROPIC_BASE_URL=%s gives the endpoint %s',
	([url, name, formats]) => {
		const env = {ANTHROPIC_BASE_URL: url};
		for (const toml of [
			undefined,
			'',
			'[server]\nport = 5000',
			'[endpoints]',
		]) {
			const {endpoints, routing} = load(toml, {env});
			expect(endpoints).toMatchObject([{name, key: {kind: 'agent'}}]);
			expect(endpoints[0]!.formats).toHaveLength(formats);
			expect(routing.endpoint).toBe(name);
		}
	},
);

const endpoint = (name: string, rest = 'key = "env:K"') =>
	`[endpoints.${name}]\nurl = "https://${name}.example.com"\n${rest}\n`;

test.for([
	['[server]\nport = 0', {server: {port: 0}}],
	['server.port = 65535', {server: {port: 65_535}}],
	['server = {port = 1, host = "::1"}', {server: {port: 1, host: '::1'}}],
	['[server]\nhost = "localhost"', {server: {host: 'localhost'}}],
	['[server]\nheader_timeout = "1500ms"', {server: {headerTimeoutMs: 1500}}],
	['[server]\nidle_timeout = "5m"', {server: {idleTimeoutMs: 300_000}}],
	['[server]\nidle_timeout = "1.5h"', {server: {idleTimeoutMs: 5_400_000}}],
	['[server]\nmax_body = "512KB"', {server: {maxBodyBytes: 524_288}}],
	['[server]\nmax_body = "1GB"', {server: {maxBodyBytes: 1_073_741_824}}],
	[
		'[server]\nif_not_recording = "refuse"',
		{server: {ifNotRecording: 'refuse'}},
	],
	[
		'[server]\nallow_origins = ["http://localhost:5173", "vscode-webview://abc"]',
		{server: {allowOrigins: ['http://localhost:5173', 'vscode-webview://abc']}},
	],
	['[server]\nlog = "/var/log/u.db"', {server: {log: '/var/log/u.db'}}],
	['[server]\nlog = "~/u.db"', {server: {log: '/home/me/u.db'}}],
	['\u{FEFF}[server]\r\nport = 7\r\n', {server: {port: 7}}],
	[endpoint('one', 'auth = "both"'), {endpoints: [{auth: 'both'}]}],
	[endpoint('one', ''), {endpoints: [{key: {kind: 'agent'}, auth: undefined}]}],
	[
		endpoint('one', 'key = "cmd: op read op://x/y "'),
		{endpoints: [{key: {kind: 'cmd', command: 'op read op://x/y'}}]},
	],
	[
		endpoint('one', 'formats = ["openai-responses", "openai-chat"]'),
		{endpoints: [{formats: ['openai-responses', 'openai-chat']}]},
	],
	[
		endpoint('one', 'openai_usage = "observe"'),
		{endpoints: [{openaiUsage: 'observe'}]},
	],
	[endpoint('b') + endpoint('a'), {routing: {endpoint: 'b'}}],
	[
		endpoint('b') + endpoint('7'),
		{endpoints: [{name: 'b'}, {name: '7'}], routing: {endpoint: 'b'}},
	],
	[
		endpoint('b') + endpoint('a') + '[routing]\nendpoint = "a"',
		{routing: {endpoint: 'a'}},
	],
	[
		endpoint('a') + '[aliases.x]\ntargets = ["a/vendor/model/v2:free"]',
		{aliases: [{targets: [{endpoint: 'a', model: 'vendor/model/v2:free'}]}]},
	],
	[
		endpoint('a') +
			endpoint('b', 'key = "agent"') +
			'[aliases.x]\ntargets = ["b/m", "a/m"]',
		{aliases: [{name: 'x'}]},
	],
	[
		'[endpoints]\na = {url = "https://h.example.com", key = "agent"}\nb = {url = "https://h.example.com/v1", key = "agent"}\n[aliases]\nx.targets = ["a/m", "b/m"]',
		{aliases: [{name: 'x'}]},
	],
	// Aliases and what is steered to them.
	[
		endpoint('a') + '[routing]\nsteer = []\nactive = "as-asked"',
		{routing: {steer: [], active: 'as-asked'}},
	],
	[
		endpoint('a') + '[routing]\nsteer = ["gpt-5", "*", "vendor/*:free"]',
		{routing: {steer: ['gpt-5', '*', 'vendor/*:free']}},
	],
	[
		'[routing]\nbackground = "x"\n[aliases.x]\ntargets = ["a/m"]\n' +
			endpoint('a'),
		{routing: {active: 'as-asked', background: 'x'}},
	],
	[
		endpoint('a') +
			'[aliases.x]\ntargets = ["a/m"]\nsystem = """\nOne "line".\nAnother.\n"""',
		{aliases: [{system: 'One "line".\nAnother.\n'}]},
	],
	['[retry]\nattempts = 1', {retry: {attempts: 1}}],
	['[retry]\nattempts = 10', {retry: {attempts: 10}}],
	['[retry]\nmax_prompt_tokens = 0', {retry: {maxPromptTokens: 0}}],
	['[retry]\non_strikes = "return"', {retry: {onStrikes: 'return'}}],
	['[hold]\nsilent = "1s"', {hold: {silentMs: 1000}}],
	['[hold]\nsilent = "290s"', {hold: {silentMs: 290_000}}],
	['[concurrency]\nmax = 1', {concurrency: {max: 1}}],
	['[concurrency]\nmax = 1000', {concurrency: {max: 1000}}],
	// The agent's own key stays with its host, and with those who have keys of their own it is not needed.
	[
		endpoint('a', 'key = "agent"') +
			endpoint('b') +
			'[aliases.x]\ntargets = ["b/m"]\n[aliases.y]\ntargets = ["a/m", "b/m"]\n[routing]\nendpoint = "a"\nactive = "x"\nbackground = "y"',
		{routing: {endpoint: 'a', active: 'x', background: 'y'}},
	],
	[
		endpoint('a') +
			endpoint('b', 'key = "agent"') +
			'[aliases.x]\ntargets = ["b/m"]\n[routing]\nendpoint = "a"\nactive = "x"',
		{routing: {endpoint: 'a', active: 'x'}},
	],
] as const)('%j is understood', ([toml, expected]) => {
	expect(load(toml, {env: {HOME: '/home/me'}})).toMatchObject(expected);
});

test('a port given as a flag wins over the one in the file', () => {
	expect(load('[server]\nport = 5000', {flags: {port: 6000}}).server.port).toBe(
		6000,
	);
	expect(load(undefined, {flags: {port: 0}}).server.port).toBe(0);
});

test('what is published holds names and addresses, and not where keys come from', () => {
	const published = publishedConfig(load(sample));
	expect(published).toEqual({
		endpoints: [
			{
				name: 'kissapi',
				url: 'https://api.kissapi.ai/v1',
				formats: ['anthropic-messages', 'openai-chat'],
				billing: 'api',
				priceMultiplier: 1,
				prices: 'catalogue',
			},
			{
				name: 'anthropic',
				url: 'https://api.anthropic.com/',
				formats: ['anthropic-messages'],
				billing: 'api',
				priceMultiplier: 1,
				prices: 'catalogue',
			},
		],
		aliases: [
			{
				name: 'coding-fast',
				targets: ['kissapi/claude-haiku-4-5'],
				hasSystem: false,
			},
			{
				name: 'coding-default',
				targets: ['kissapi/claude-sonnet-4-6', 'anthropic/claude-sonnet-4-6'],
				hasSystem: false,
			},
			{
				name: 'coding-deep',
				targets: ['kissapi/claude-opus-4-6'],
				hasSystem: true,
			},
		],
		steer: ['*sonnet*'],
		background: 'coding-fast',
		guard: {
			enabled: true,
			dollarsPerMinuteFactor: 5,
			sameBody: 6,
			errorsInRow: 10,
		},
		keys: [],
		prices: [],
		requireKey: false,
		ifNotRecording: 'serve',
		hold: {silentMs: 120_000, mode: 'refuse'},
		endpoint: 'kissapi',
		day: {timezone: 'Europe/Berlin', startsAt: '04:00'},
	});
	expect(JSON.stringify(published)).not.toMatch(/_KEY|env|Summarize/);
});

test("what is published tells the price of each alias's first target, where it is known", () => {
	const price = {input: 1, output: 2, cacheWrite5m: 3};
	const {aliases} = publishedConfig(load(sample), ({model}) =>
		model === 'claude-sonnet-4-6' ? price : null,
	);
	expect(aliases.map(({name, ...rest}) => [name, rest.price])).toEqual([
		['coding-fast', null],
		['coding-default', price],
		['coding-deep', null],
	]);
});

test('those who only look can read a config whose endpoint is the listener', () => {
	const env = {ANTHROPIC_BASE_URL: 'http://127.0.0.1:4141'};
	expect(load(undefined, {env, serving: false}).endpoints).toHaveLength(1);
});

test.each(['Europe/Berlin', 'Asia/Kathmandu', 'UTC', 'Etc/GMT+5', 'system'])(
	'%s is a time zone',
	(timezone) => {
		const {day} = load(`[day]\ntimezone = "${timezone}"`);
		expect(day).toEqual({timezone, startsAt: '00:00'});
	},
);

test("what is published names this machine's zone", () => {
	const {timezone} = publishedConfig(load(undefined)).day;
	expect(
		() => new Intl.DateTimeFormat('en', {timeZone: timezone}),
	).not.toThrow();
	const now = new Date();
	expect(now.toLocaleString('en', {timeZone: timezone})).toBe(
		now.toLocaleString('en'),
	);
});

test('a URL keeps its query, of which nothing is published or shown', () => {
	using temporary = temporaryHome(
		'[endpoints.azure]\nurl = "https://azure.example/openai/v1?api-version=preview&key=sk-secret"\nkey = "agent"\n',
	);
	const inspected = inspectConfig({home: temporary.home, env: {}});
	const config = inspected.config!;
	expect(config.endpoints[0]!.url.search).toBe(
		'?api-version=preview&key=sk-secret',
	);
	expect(publishedConfig(config).endpoints[0]!.url).toBe(
		'https://azure.example/openai/v1',
	);
	const settings = settingsInForce(
		{...inspected, config},
		{env: {}, port: undefined},
	);
	expect(settings.find(({name}) => name === 'url')?.value).toBe(
		'https://azure.example/openai/v1?…',
	);
});
