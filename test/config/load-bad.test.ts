import {expect, test} from 'vitest';
import {isRealModel} from '../../source/commands/real-model.js';
import {refuseLoop} from '../../source/config/loop.js';
import {complaint, load} from './load.js';

const endpoint = (name: string, rest = 'key = "env:K"') =>
	`[endpoints.${name}]\nurl = "https://${name}.example.com"\n${rest}\n`;
const server = (line: string) => `# ours\n[server]\n${line}`;
const alias = (targets: string) =>
	`${endpoint('kissapi')}[aliases.fast]\n${targets}`;

test.for([
	// Names that do not exist.
	[
		server('prot = 1'),
		'3: [server] has no setting "prot". | Did you mean "port"? It may hold host, port, log, require_key, allow_origins, if_not_recording, header_timeout, idle_timeout or max_body.',
	],
	[
		server('colour = "red"'),
		'3: [server] has no setting "colour". | It may hold host, port, log, require_key, allow_origins, if_not_recording, header_timeout, idle_timeout or max_body.',
	],
	[
		'[sever]\nport = 1',
		'1: There is no section [sever]. | Did you mean [server]? There are [server], [endpoints.NAME], [routing], [aliases.NAME], [retry], [hold], [concurrency], [guard], [keys.NAME], [prices.NAME], [day], [log] and [monitor.keys].',
	],
	[
		'[server]\nport = 1\n\n[gone]\nenabled = true',
		'4: There is no section [gone]. | There are [server], [endpoints.NAME], [routing], [aliases.NAME], [retry], [hold], [concurrency], [guard], [keys.NAME], [prices.NAME], [day], [log] and [monitor.keys].',
	],
	[
		'port = 1',
		'1: "port" stands outside of any section. | There are [server], [endpoints.NAME], [routing], [aliases.NAME], [retry], [hold], [concurrency], [guard], [keys.NAME], [prices.NAME], [day], [log] and [monitor.keys].',
	],
	[
		'server = 4',
		'1: server is not a section. | Write [server] on a line of its own, and its settings below.',
	],
	[
		'[[server]]\nport = 1',
		'1: server is not a section. | Write [server] on a line of its own, and its settings below.',
	],
	[
		endpoint('a', 'kee = "sk-secret"'),
		'3: [endpoints.a] has no setting "kee". | Did you mean "key"? It may hold url, formats, key, auth, openai_usage, price_multiplier, prices or billing.',
	],
	[
		endpoint('a', 'price_factor = 1.0'),
		'3: [endpoints.a] has no setting "price_factor". | It may hold url, formats, key, auth, openai_usage, price_multiplier, prices or billing.',
	],
	[
		'[endpoints]\nurl = "https://a.example.com"',
		'2: endpoints.url is not a section. | Write [endpoints.NAME] on a line of its own, and its settings below.',
	],
	[
		'endpoints = []',
		'1: endpoints is not a section. | Write [endpoints.NAME] on a line of its own, and its settings below.',
	],
	[
		'[routing]\nactiv = "x"',
		'2: [routing] has no setting "activ". | Did you mean "active"? It may hold endpoint, active, steer or background.',
	],
	[
		alias('targets = ["kissapi/m"]\nsistem = "x"'),
		'6: [aliases.fast] has no setting "sistem". | Did you mean "system"? It may hold targets, system or allow_signed.',
	],
	// Values of the server.
	[
		server('port = 70000'),
		'3: server.port is 70000. | Write a whole number from 0 to 65535.',
	],
	[
		server('port = "4141"'),
		'3: server.port is "4141". | Write a whole number from 0 to 65535.',
	],
	[
		server('port = 1.5'),
		'3: server.port is 1.5. | Write a whole number from 0 to 65535.',
	],
	[
		server('port = 1979-05-27'),
		'3: server.port is a date. | Write a whole number from 0 to 65535.',
	],
	[
		server('host = "0.0.0.0"'),
		'3: server.host is "0.0.0.0", which others can reach, and requests need no key. | Write require_key = true under [server] and make a key (tollgate key add NAME), or write "127.0.0.1".',
	],
	[
		server('host = 1'),
		'3: server.host is 1. | Write "127.0.0.1" (or another loopback address: "localhost", "::1"), or any other IP address with require_key = true.',
	],
	[
		server('require_key = true'),
		'3: server.require_key is true, and there is no key: every request would be refused. | Make one: tollgate key add NAME',
	],
	[
		server('require_key = "no"'),
		'3: server.require_key is "no". | Write true or false.',
	],
	[server('log = ""'), '3: server.log is "". | Write a path.'],
	[
		server('allow_origins = "http://a"'),
		'3: server.allow_origins is "http://a". | Write a list in [brackets], empty or each an origin like "http://localhost:5173", without a path.',
	],
	[
		server('allow_origins = [\n"http://a",\n"*"]'),
		'5: server.allow_origins has an element that is "*". | Write an origin like "http://localhost:5173", without a path.',
	],
	[
		server('allow_origins = ["https://A.example/"]'),
		'3: server.allow_origins has an element that is "https://A.example/". | Write an origin like "http://localhost:5173", without a path.',
	],
	[
		server('allow_origins = ["HTTP://LOCALHOST:80"]'),
		'3: server.allow_origins has an element that is "HTTP://LOCALHOST:80", which no browser sends. | Write "http://localhost".',
	],
	[
		server('if_not_recording = "serv"'),
		'3: server.if_not_recording is "serv". | Did you mean "serve"? It may be "serve" or "refuse".',
	],
	[
		server('header_timeout = 900'),
		'3: server.header_timeout is 900. | Write a duration with its unit, from "100ms" to "24h" (units: ms, s, m, h).',
	],
	[
		server('header_timeout = "900"'),
		'3: server.header_timeout is "900". | Write a duration with its unit, from "100ms" to "24h" (units: ms, s, m, h).',
	],
	[
		server('header_timeout = "10ms"'),
		'3: server.header_timeout is "10ms". | Write a duration with its unit, from "100ms" to "24h" (units: ms, s, m, h).',
	],
	[
		server('idle_timeout = "25h"'),
		'3: server.idle_timeout is "25h". | Write a duration with its unit, from "100ms" to "24h" (units: ms, s, m, h).',
	],
	[
		server('max_body = "64M"'),
		'3: server.max_body is "64M". | Write a size with its unit, from "1KB" to "1GB" (units: B, KB, MB, GB).',
	],
	[
		server('max_body = "2GB"'),
		'3: server.max_body is "2GB". | Write a size with its unit, from "1KB" to "1GB" (units: B, KB, MB, GB).',
	],
	// Endpoints.
	[
		'[endpoints.a]\nkey = "agent"',
		'1: endpoints.a.url is missing. | Add url = … under [endpoints.a]: the base URL of the API, like "https://api.anthropic.com".',
	],
	[
		'[endpoints."a b"]\nurl = "https://a.example.com"',
		'1: "a b" cannot be the name of an endpoint. | Use letters, digits, "-" and "_".',
	],
	[
		'[endpoints.a]\nurl = "api.example.com/v1"',
		'2: endpoints.a.url is not a URL. | Write the base URL of the API, like "https://api.anthropic.com".',
	],
	[
		'[endpoints.a]\nurl = "ftp://api.example.com"',
		'2: endpoints.a.url begins with "ftp:". | Only http:// and https:// are spoken.',
	],
	[
		'[endpoints.a]\nurl = "https://user:pw@api.example.com"',
		'2: endpoints.a.url holds a credential. | Take it out of the URL and name it in key = "env:…".',
	],
	[
		'[endpoints.a]\nurl = "https://api.example.com/?key=sk-secret#v1"',
		'2: endpoints.a.url has a fragment. | Write the URL up to the "#".',
	],
	[
		endpoint('a', 'formats = ["openai-caht"]'),
		'3: endpoints.a.formats has an element that is "openai-caht". | Did you mean "openai-chat"? It may be "anthropic-messages", "openai-chat" or "openai-responses".',
	],
	[
		endpoint('a', 'formats = []'),
		'3: endpoints.a.formats is an empty list. | Write a list in [brackets], each "anthropic-messages", "openai-chat" or "openai-responses".',
	],
	[
		endpoint('a', 'key = "sk-secret"'),
		'3: endpoints.a.key does not say where to get the key (a key itself does not belong in this file). | Write "env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own).',
	],
	[
		endpoint('a', 'key = "env:"'),
		'3: endpoints.a.key does not name a variable. | Write "env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own).',
	],
	[
		endpoint('a', 'key = "cmd: "'),
		'3: endpoints.a.key names no command. | Write "env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own).',
	],
	[
		endpoint('a', 'key = ["sk-secret"]'),
		'3: endpoints.a.key does not say where to get the key (a key itself does not belong in this file). | Write "env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own).',
	],
	[
		endpoint('a', 'key = ["env:K"]'),
		'3: endpoints.a.key does not say where to get the key (a key itself does not belong in this file). | Write "env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own).',
	],
	[
		endpoint('a', 'auth = "barer"'),
		'3: endpoints.a.auth is "barer". | Did you mean "bearer"? It may be "bearer", "x-api-key" or "both".',
	],
	[
		endpoint('a', 'auth = "basic"'),
		'3: endpoints.a.auth is "basic". | Write "bearer", "x-api-key" or "both".',
	],
	[
		endpoint('a', 'auth = "sk-secret"'),
		'3: endpoints.a.auth is a text of 9 characters. | Write "bearer", "x-api-key" or "both".',
	],
	[
		endpoint('a', 'openai_usage = true'),
		'3: endpoints.a.openai_usage is true. | Write "inject" or "observe".',
	],
	[
		endpoint('a') + endpoint('b', ''),
		'4: endpoints.b.key is missing. | With several endpoints each says where its key comes from: "env:NAME", "cmd:COMMAND" or "agent".',
	],
	[
		endpoint('a', 'key = "agent"') + endpoint('b', 'key = "agent"'),
		'6: endpoints.b would be sent the agent\'s own key, as endpoints.a is, and they are different hosts. | Only one host may have key = "agent": give the other "env:NAME" or "cmd:COMMAND".',
	],
	[
		'[endpoints.a]\nurl = "https://a.example.com"\nkey = "agent"\n[endpoints.b]\nurl = "HTTP://a.example.com"\nkey = "agent"',
		'6: endpoints.b would be sent the agent\'s own key, as endpoints.a is, and their schemes or ports differ. | Only one host may have key = "agent": give the other "env:NAME" or "cmd:COMMAND".',
	],
	[
		'[endpoints.a]\nurl = "https://a.example.com"\nkey = "env:A"\n[endpoints.b]\nurl = "HTTP://a.example.com"\nkey = "agent"\n[aliases.x]\ntargets = ["a/m", "b/m"]',
		'8: aliases.x.targets falls back from "a" to "b" of another scheme or port, which has key = "agent". | An agent\'s own key is for one host: put "b" first, or give it a key of its own ("env:NAME").',
	],
	// Aliases and routing.
	[
		alias(''),
		'4: aliases.fast.targets is missing. | Add targets = … under [aliases.fast]: a list in [brackets], each "ENDPOINT/MODEL".',
	],
	[
		alias('targets = []'),
		'5: aliases.fast.targets is an empty list. | Write a list in [brackets], each "ENDPOINT/MODEL".',
	],
	[
		alias('targets = "kissapi/m"'),
		'5: aliases.fast.targets is "kissapi/m". | Write a list in [brackets], each "ENDPOINT/MODEL".',
	],
	[
		alias('targets = ["m"]'),
		'5: aliases.fast.targets has an element that is "m". | Write "ENDPOINT/MODEL".',
	],
	[
		alias('targets = ["kissapi/"]'),
		'5: aliases.fast.targets has an element that is "kissapi/". | Write "ENDPOINT/MODEL".',
	],
	[
		alias('targets = [\n\t"kissapi/m", # one\n\t"kisapi/m",\n]'),
		'7: aliases.fast.targets names the endpoint "kisapi", which does not exist. | Did you mean "kissapi"? The config has kissapi.',
	],
	[
		`${endpoint('a')}[aliases.as-asked]\ntargets = ["a/m"]`,
		'4: "as-asked" cannot be the name of an alias: it means "no alias". | Choose another name.',
	],
	[
		`${endpoint('a')}[aliases."a/b"]\ntargets = ["a/m"]`,
		'4: "a/b" cannot be the name of an alias. | Use letters, digits, "-", "_" and ".".',
	],
	[
		`${endpoint('a')}[routing]\nendpoint = "b"`,
		'5: routing.endpoint names the endpoint "b", which does not exist. | The config has a.',
	],
	[
		`${endpoint('a')}${endpoint('b', 'key = "agent"')}[aliases.x]\ntargets = ["a/m", "b/m"]`,
		'8: aliases.x.targets falls back from "a" to "b" of another host, which has key = "agent". | An agent\'s own key is for one host: put "b" first, or give it a key of its own ("env:NAME").',
	],
	[
		`${endpoint('a', 'key = "agent"')}${endpoint('b')}[aliases.x]\ntargets = ["a/m", "b/m", "a/n"]`,
		'8: aliases.x.targets falls back from "b" to "a" of another host, which has key = "agent". | An agent\'s own key is for one host: put "a" first, or give it a key of its own ("env:NAME").',
	],
	[
		alias('targets = ["kissapi/m"]\nsystem = "  "'),
		'6: aliases.fast.system is "  ". | Write a text in double quotes.',
	],
	[
		alias('targets = ["kissapi/m"]\nallow_signed = "yes"'),
		'6: aliases.fast.allow_signed is "yes". | Write true or false.',
	],
	[
		`${alias('targets = ["kissapi/m"]')}\n[routing]\nactive = "fats"`,
		'7: routing.active names the alias "fats", which does not exist. | Did you mean "fast"? The config has fast and as-asked.',
	],
	[
		`${alias('targets = ["kissapi/m"]')}\n[routing]\nbackground = "cheap"`,
		'7: routing.background names the alias "cheap", which does not exist. | The config has fast and as-asked.',
	],
	[
		'[routing]\nactive = "asked"',
		'2: routing.active names the alias "asked", which does not exist. | The config has as-asked.',
	],
	[
		'[routing]\nactive = ""',
		'2: routing.active is "". | Write the name of an alias, or "as-asked".',
	],
	[
		'[routing]\nsteer = "*sonnet*"',
		'2: routing.steer is "*sonnet*". | Write a list in [brackets], empty or each a model, or a pattern with * for any text.',
	],
	[
		'[routing]\nsteer = [\n"*opus*",\n" "]',
		'4: routing.steer has an element that is " ". | Write a model, or a pattern with * for any text.',
	],
	[
		`${alias('targets = ["kissapi/m"]')}\n[routing]\nsteer = ["fast"]`,
		'7: routing.steer names the alias "fast". | It holds the models that follow the active alias. Who asks for an alias by name gets that one.',
	],
	[
		`${alias('targets = ["kissapi/m"]')}\n[aliases.Fast]\ntargets = ["kissapi/m"]`,
		'6: The aliases "fast" and "Fast" have one name: capitals make no difference between them. | Give one of them another name.',
	],
	[
		`${endpoint('a')}[aliases.claude-opus-4-6]\ntargets = ["a/m"]`,
		'4: "claude-opus-4-6" cannot be the name of an alias: it is the name of a model. | Who asks for that model would get the alias. Choose another name, like "my-claude-opus-4-6".',
	],
	[
		`${endpoint('a')}[aliases.big]\ntargets = ["a/Big", "a/other"]`,
		'4: "big" cannot be the name of an alias: it is the name of a model. | Who asks for that model would get the alias. Choose another name, like "my-big".',
	],
	[
		`${endpoint('a')}[aliases.other]\ntargets = ["a/m"]\n[aliases.big]\ntargets = ["a/m2", "a/other"]`,
		'4: "other" cannot be the name of an alias: it is the name of a model. | Who asks for that model would get the alias. Choose another name, like "my-other".',
	],
	[
		`${endpoint('a')}[aliases.As-Asked]\ntargets = ["a/m"]`,
		'4: "As-Asked" cannot be the name of an alias: it means "no alias". | Choose another name.',
	],
	// Retries, holds and slots.
	[
		'[retry]\nattempts = 0',
		'2: retry.attempts is 0. | Write a whole number from 1 to 10.',
	],
	[
		'[retry]\nattempts = 11',
		'2: retry.attempts is 11. | Write a whole number from 1 to 10.',
	],
	[
		'[retry]\nmax_prompt_tokens = "60k"',
		'2: retry.max_prompt_tokens is "60k". | Write a whole number from 0 to 100000000.',
	],
	[
		'[retry]\non_strikes = "nxt"',
		'2: retry.on_strikes is "nxt". | Did you mean "next"? It may be "next", "pause" or "return".',
	],
	[
		'[hold]\nsilent = "300s"',
		'2: hold.silent is "300s". | Write a duration with its unit, from "1s" to "290s" (units: ms, s, m, h).',
	],
	[
		'[hold]\nsilent = 240',
		'2: hold.silent is 240. | Write a duration with its unit, from "1s" to "290s" (units: ms, s, m, h).',
	],
	[
		'[hold]\nmode = "wait"',
		'2: hold.mode is "wait". | Write "hold" or "refuse".',
	],
	[
		'[concurrency]\nmax = 0',
		'2: concurrency.max is 0. | Write a whole number from 1 to 1000.',
	],
	// An agent's own key, with whatever alias is active.
	[
		`${endpoint('a')}${endpoint('b', 'key = "agent"')}[aliases.x]\ntargets = ["a/m"]\n[aliases.y]\ntargets = ["b/n", "a/m", "b/o"]\n[routing]\nactive = "y"`,
		'10: aliases.y.targets falls back from "a" to "b" of another host, which has key = "agent". | An agent\'s own key is for one host: put "b" first, or give it a key of its own ("env:NAME").',
	],
	// Not TOML.
	[
		server('port = 1\nport = 2'),
		'4: port stands here a second time. | Each section and each setting stands once: keep one of them, or give this one another name.',
	],
	[
		alias('targets = ["kissapi/m"]\n[aliases.fast]\ntargets = ["kissapi/m"]'),
		'6: [aliases.fast] stands here a second time. | Each section and each setting stands once: keep one of them, or give this one another name.',
	],
	[
		endpoint('a', 'auth = "sk-secret", auth = "both"'),
		'3: this is not TOML: each key-value declaration must be followed by an end-of-line (column 19). | Texts stand in double quotes, one setting to a line: name = "value".',
	],
	[
		"[aliases.'a b']\ntargets = [\"a/m\"]\n[aliases.'a b']",
		"3: [aliases.'a b'] stands here a second time. | Each section and each setting stands once: keep one of them, or give this one another name.",
	],
	[
		'[server]\n"the port" = {a = 1}\n"the port" = {a = 2}',
		'3: "the port" stands here a second time. | Each section and each setting stands once: keep one of them, or give this one another name.',
	],
	[
		'server = {port = 1, port = 2}',
		'1: port stands here a second time. | Each section and each setting stands once: keep one of them, or give this one another name.',
	],
	[
		endpoint('a', 'key = "sk-secret'),
		'3: this is not TOML: control characters are not allowed in strings (column 17). | Texts stand in double quotes, one setting to a line: name = "value".',
	],
	[
		'[server]\nhost = localhost',
		'2: this is not TOML: invalid value (column 8). | Texts stand in double quotes, one setting to a line: name = "value".',
	],
	// What an endpoint must not be: the listener.
	[
		'[endpoints.me]\nurl = "http://127.0.0.1:4141/v1"',
		'2: The endpoint "me" (http://127.0.0.1:4141) is this passthrough itself, listening on port 4141. | Write the address of the API in endpoints.me.url.',
	],
	[
		server('port = 443') + '\n[endpoints.me]\nurl = "https://localhost"',
		'5: The endpoint "me" (https://localhost) is this passthrough itself, listening on port 443. | Write the address of the API in endpoints.me.url.',
	],
	// Several at once: the first in the file.
	[
		`[routing]\nendpoint = "b"\n${endpoint('a', 'auth = 1')}[server]\nport = -1`,
		'2: routing.endpoint names the endpoint "b", which does not exist. | The config has a. (2 more after this one.)',
	],
] as const)('%j is refused', ([toml, expected]) => {
	expect(complaint(toml, {isModel: isRealModel})).toBe(expected);
});

test.for([
	'claude-sonnet-4-6',
	'Claude-Sonnet-4-6',
	'claude-sonnet-4.6',
	'claude-sonnet-4-5-20250929',
	'gpt-5',
	'o3',
	'GLM-5.2',
])('%s is the name of a model', (name) => {
	expect(isRealModel(name)).toBe(true);
});

test.for(['coding-default', 'fast', 'sonnet', 'opus', 'claude', 'gpt'])(
	'%s is the name of no model',
	(name) => {
		expect(isRealModel(name)).toBe(false);
	},
);

test.for([
	[
		{ANTHROPIC_BASE_URL: 'nonsense'},
		'The variable ANTHROPIC_BASE_URL is not a URL. | Unset it, or give it the base URL of the API, like "https://api.anthropic.com".',
	],
	[
		{ANTHROPIC_BASE_URL: 'https://me:sk-secret@api.example.com'},
		'The variable ANTHROPIC_BASE_URL holds a credential. | Unset it, or give it the base URL of the API, like "https://api.anthropic.com".',
	],
	[
		{ANTHROPIC_BASE_URL: 'http://localhost:4141/v1'},
		'The endpoint "localhost-4141" (http://localhost:4141) is this passthrough itself, listening on port 4141. | Unset ANTHROPIC_BASE_URL here: it is meant for the agent.',
	],
	[
		{ANTHROPIC_BASE_URL: 'http://[::1]:4141'},
		'The endpoint "1-4141" (http://[::1]:4141) is this passthrough itself, listening on port 4141. | Unset ANTHROPIC_BASE_URL here: it is meant for the agent.',
	],
] as const)('without a config %j is refused', ([env, expected]) => {
	expect(complaint(undefined, {env})).toBe(expected);
});

test.for([
	'[routing]\nendpoint = "KEY"',
	'[routing]\nactive = "KEY"',
	'[server]\nKEY = 1',
	'KEY = 1',
	'[KEY]\nx = 1',
	'[keys.ci]\nat_cap = "alias:KEY"',
	'[keys.ci]\ncredentials = {KEY = "env:K"}',
	'[aliases.fast]\ntargets = ["KEY/model"]',
])('a key that stands where a name belongs is not repeated: %s', (toml) => {
	for (const key of [
		'sk-ant-api03-aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789',
		'tollgate_ci_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789',
	]) {
		const said = complaint(toml.replace('KEY', () => key));
		expect(said).not.toBe('no complaint');
		expect(said).not.toContain('aBcDeFgHiJkLmNoP');
	}
});

test.for([NaN, -1, 65_536, 1.5])(
	'a port %d given as a flag is refused',
	(port) => {
		expect(complaint(undefined, {flags: {port}})).toBe(
			`--port is ${port}. | Write a whole number from 0 to 65535.`,
		);
	},
);

test('a port given as a flag can make an endpoint the listener', () => {
	const toml = '[endpoints.me]\nurl = "http://localhost:5000"';
	expect(complaint(toml, {flags: {port: 5001}})).toBe('no complaint');
	expect(complaint(toml, {flags: {port: 5000}})).toBe(
		'2: The endpoint "me" (http://localhost:5000) is this passthrough itself, listening on port 5000. | Write the address of the API in endpoints.me.url.',
	);
});

test('an endpoint can turn out to be the listener once its port is known', () => {
	const env = {ANTHROPIC_BASE_URL: 'http://127.0.0.1:5000'};
	const config = load(undefined, {env, flags: {port: 0}});
	refuseLoop(config, {port: 5001, env});
	expect(() => {
		refuseLoop(config, {port: 5000, env});
	}).toThrow(
		expect.objectContaining({
			exitCode: 2,
			hint: 'Unset ANTHROPIC_BASE_URL here: it is meant for the agent.',
		}),
	);
});
