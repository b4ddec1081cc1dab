import {expect, test} from 'vitest';
import {publishedConfig} from '../../source/config/published.js';
import {complaint, load} from './load.js';

const hash = (digit: string) => `sha256:${digit.repeat(64)}`;
const key = (lines: string, name = 'ci') => `[keys.${name}]\n${lines}`;
const gate = `
[endpoints.gate]
url = "https://gate.example.com"
key = "env:GATE_KEY"
[endpoints.own]
url = "https://own.example.com"
key = "agent"
[aliases.fast]
targets = ["gate/m"]
`;

test('a key has its caps, steps, credentials and hash, in the order of the file', () => {
	const {keys, guard} = load(`${gate}
[keys.desktop]
daily_cap = 20.00
at_cap = "alias: fast"
hash = "${hash('a')}"
[keys.7]
daily_cap = 0.000000001
daily_tokens = 2000000
at_cap = "refuse"
warn_at = []
unpriced = "refuse"
credentials = { gate = "env:CI_KEY" }
[guard]
enabled = false
dollars_per_minute_factor = 2.5
same_body = 3
errors_in_row = 4
`);
	expect(keys).toEqual([
		{
			name: 'desktop',
			dailyCapNanodollars: 20_000_000_000,
			dailyTokens: undefined,
			atCap: {kind: 'alias', alias: 'fast'},
			warnAt: [0.5, 0.8],
			unpriced: 'allow',
			credentials: new Map(),
			hash: hash('a'),
		},
		{
			name: '7',
			dailyCapNanodollars: 1,
			dailyTokens: 2_000_000,
			atCap: {kind: 'refuse'},
			warnAt: [],
			unpriced: 'refuse',
			credentials: new Map([['gate', {kind: 'env', variable: 'CI_KEY'}]]),
			hash: undefined,
		},
	]);
	expect(guard).toEqual({
		enabled: false,
		dollarsPerMinuteFactor: 2.5,
		sameBody: 3,
		errorsInRow: 4,
	});
});

test('a config of nothing but a key goes with the endpoint that there is without one', () => {
	const {endpoints, keys} = load(key('daily_cap = 5'));
	expect(endpoints.map(({name}) => name)).toEqual(['anthropic']);
	expect(keys.map(({name}) => name)).toEqual(['ci']);
});

test.for<[string, string]>([
	[
		key('daily_cap = 0'),
		'2: keys.ci.daily_cap is 0. | Write US dollars, a number above 0 and up to 1000000, like 20.00.',
	],
	[
		key('daily_cap = 1000000.01'),
		'2: keys.ci.daily_cap is 1000000.01. | Write US dollars, a number above 0 and up to 1000000, like 20.00.',
	],
	[
		key('daily_cap = "20"'),
		'2: keys.ci.daily_cap is "20". | Write US dollars, a number above 0 and up to 1000000, like 20.00.',
	],
	[
		key('daily_cap = 0.1234567891'),
		'2: keys.ci.daily_cap is 0.1234567891, which has too many decimals. | Write 9 decimals at most.',
	],
	[
		key('daily_tokens = 1.5'),
		'2: keys.ci.daily_tokens is 1.5. | Write a whole number from 1 to 1000000000000.',
	],
	[
		key('dayly_cap = 1'),
		'2: [keys.ci] has no setting "dayly_cap". | Did you mean "daily_cap"? It may hold daily_cap, daily_tokens, at_cap, warn_at, unpriced, credentials or hash.',
	],
	[
		key('warn_at = [0.5, 1]'),
		'2: keys.ci.warn_at has an element that is 1. | Write a fraction between 0 and 1, like 0.8.',
	],
	[
		key('warn_at = [\n0.8,\n0.5]'),
		'4: keys.ci.warn_at has 0.5 after 0.8. | Write them in ascending order, each once.',
	],
	[
		key('at_cap = "refus"'),
		'2: keys.ci.at_cap is "refus". | Did you mean "refuse"? It may be "ask", "refuse" or "alias:NAME".',
	],
	[
		key('at_cap = "alias:"'),
		'2: keys.ci.at_cap is "alias:". | Write "ask", "refuse" or "alias:NAME".',
	],
	[
		key('at_cap = "alias:fast"'),
		'2: keys.ci.at_cap names the alias "fast", and the config has no aliases. | Write [aliases.NAME] with targets = ["ENDPOINT/MODEL"], or at_cap = "ask" or "refuse".',
	],
	[
		gate + key('at_cap = "alias:fats"'),
		'11: keys.ci.at_cap names the alias "fats", which does not exist. | Did you mean "fast"? The config has fast.',
	],
	[
		key('unpriced = "no"'),
		'2: keys.ci.unpriced is "no". | Write "allow" or "refuse".',
	],
	[
		gate + key('credentials = { gat = "env:K" }'),
		'11: keys.ci.credentials names the endpoint "gat", which does not exist. | Did you mean "gate"? The config has gate and own.',
	],
	[
		gate + key('credentials = { gate = "agent" }'),
		'11: keys.ci.credentials has a key for "gate" that is "agent": that is no key of yours. | Write "env:NAME" (a variable) or "cmd:COMMAND" (what it prints).',
	],
	[
		gate + key('credentials = { gate = "sk-secret-key" }'),
		'11: keys.ci.credentials has a key for "gate" that does not say where to get the key (a key itself does not belong in this file). | Write "env:NAME" (a variable) or "cmd:COMMAND" (what it prints).',
	],
	[
		gate + key('credentials = { own = "env:K" }'),
		'11: keys.ci.credentials names "own", which has key = "agent": it is always sent the agent\'s own key. | Give endpoints.own a key of its own ("env:NAME"), or take it out here.',
	],
	[
		key('credentials = "sk-secret-key"'),
		'2: keys.ci.credentials is not a table of endpoints. | Write it like { gateway = "env:GATEWAY_CI_KEY" }.',
	],
	[
		key('hash = "sk-secret-key"'),
		'2: keys.ci.hash is not the hash of a key. | It is written by: tollgate key add NAME',
	],
	[
		key(`hash = "${hash('A')}"`),
		'2: keys.ci.hash is not the hash of a key. | It is written by: tollgate key add NAME',
	],
	[
		key(`hash = "${hash('a')}"\n${key(`hash = "${hash('a')}"`, 'b')}`),
		'4: keys.b.hash is that of keys.ci too: one secret is of one key. | Take the line out, and make a secret of its own: tollgate key add b',
	],
	[
		key(`hash = "${hash('a')}"`, 'default'),
		'2: keys.default.hash is there, but "default" is the key of requests that have none. | Take the line out, or give the key another name.',
	],
	[
		key('', 'CI'),
		'1: "CI" cannot be the name of a key. | Use up to 32 of: small letters, digits, "-" and "_".',
	],
	[
		key('', 'a'.repeat(33)),
		`1: "${'a'.repeat(33)}" cannot be the name of a key. | Use up to 32 of: small letters, digits, "-" and "_".`,
	],
	[
		'keys = 1',
		'1: keys is not a section. | Write [keys.NAME] on a line of its own, and its settings below.',
	],
	[
		'[guard]\ndollars_per_minute_factor = 0.5',
		'2: guard.dollars_per_minute_factor is 0.5. | Write a number from 1 to 1000, like 5.',
	],
	[
		'[guard]\nsame_body = 1',
		'2: guard.same_body is 1. | Write a whole number from 2 to 1000.',
	],
	[
		'[server]\nrequire_key = true\n[keys.ci]\ndaily_cap = 1',
		'2: server.require_key is true, and there is no key: every request would be refused. | Make one: tollgate key add NAME',
	],
	[
		'[server]\nhost = "192.168.1.5"',
		'2: server.host is "192.168.1.5", which others can reach, and requests need no key. | Write require_key = true under [server] and make a key (tollgate key add NAME), or write "127.0.0.1".',
	],
	[
		'[server]\nhost = "example.com"\nrequire_key = true',
		'2: server.host is "example.com". | Write "127.0.0.1" (or another loopback address: "localhost", "::1"), or any other IP address with require_key = true.',
	],
])('%j is refused', ([toml, expected]) => {
	const said = complaint(toml);
	expect(said).toBe(expected);
});

test.for(['0.0.0.0', '::', '192.168.1.5', 'fe80::1'])(
	'with keys that are required it may listen on %s',
	(host) => {
		const {server} = load(
			`[server]\nhost = "${host}"\nrequire_key = true\n${key(`hash = "${hash('a')}"`)}`,
		);
		expect(server).toMatchObject({host, requireKey: true});
	},
);

test('those who only look, or serve already, can read a config whose door no key opens', () => {
	const toml = '[server]\nrequire_key = true';
	expect(load(toml, {serving: false}).server.requireKey).toBe(true);
});

test('what is published of keys is their caps, and nothing of their secrets', () => {
	const published = publishedConfig(
		load(`${gate}
[keys.ci]
daily_cap = 5
at_cap = "alias:fast"
credentials = { gate = "cmd:print-the-key" }
hash = "${hash('a')}"
`),
	);
	expect(published.keys).toEqual([
		{
			name: 'ci',
			capNanodollars: 5_000_000_000,
			capTokens: null,
			atCap: 'alias:fast',
			warnAt: [0.5, 0.8],
			unpriced: 'allow',
			hasSecret: true,
			ownKeyFor: ['gate'],
		},
	]);
	expect(JSON.stringify(published)).not.toMatch(/sha256|print|aaa/v);
});
