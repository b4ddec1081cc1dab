import fc from 'fast-check';
import {parse} from 'smol-toml';
import {expect, test} from 'vitest';
import {composeConfig} from '../../source/commands/init/compose.js';
import {endpointName} from '../../source/commands/init/endpoint-name.js';
import {likelyVariables} from '../../source/commands/init/likely-variables.js';
import {looksLikeKey} from '../../source/commands/init/looks-like-key.js';
import {newestOf} from '../../source/commands/init/model-choice.js';

test.each([
	['sonnet', ['claude-sonnet-4-5', 'claude-sonnet-4-6'], 'claude-sonnet-4-6'],
	['sonnet', ['claude-sonnet-4-6', 'claude-sonnet-5'], 'claude-sonnet-5'],
	[
		'sonnet',
		['claude-sonnet-4-20250514', 'claude-sonnet-4-5'],
		'claude-sonnet-4-5',
	],
	[
		'haiku',
		['claude-3-5-haiku-20241022', 'claude-haiku-4.5'],
		'claude-haiku-4.5',
	],
	[
		'haiku',
		['claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
		'claude-haiku-4-5',
	],
	[
		'opus',
		['anthropic/claude-opus-4.6', 'anthropic/claude-opus-4.6-fast'],
		'anthropic/claude-opus-4.6',
	],
	['opus', ['claude-opus-4-6:thinking', 'claude-opus-4-5'], 'claude-opus-4-5'],
	['opus', ['gpt-5.4', 'magnum-opusx-1'], undefined],
	['opus', ['claude-opus-4-6:thinking'], 'claude-opus-4-6:thinking'],
	['haiku', [], undefined],
] as const)('of class %s in %j it is %s', (line, ids, picked) => {
	const models = ids.map((id) => ({id}));
	expect(newestOf(line, models)).toBe(picked);
	expect(newestOf(line, models.toReversed())).toBe(picked);
});

test.each([
	['sk-ant-api03-abcdefghijkl', true],
	['sk-or-v1-0123456789abcdef', true],
	['Bearer abcdefghijkl', true],
	['a8f5f167f44f4964e6c998dee827110c', true],
	['Zx9dkE02mQp7LrT5vBnH', true],
	['0c8f5f16-f44f-4964-a6c9-98dee827110c', true],
	['GATEWAY_API_KEY', false],
	['gw-7f3a9c2b1d4e5f60.eu.example.com', false],
	['Qwen2.5-Coder-32B-Instruct', false],
	['us.anthropic.claude-3-5-haiku-20241022', false],
	['MY_COMPANY_GATEWAY_2_API_KEY', false],
	['my_company_gateway_api_key_2', false],
	['claude-haiku-4-5-20251001', false],
	['op read op://dev/gateway/key', false],
	['', false],
])('"%s": looks like a key: %s', (text, does) => {
	expect(looksLikeKey(text)).toBe(does);
});

test.each([
	['https://api.anthropic.com', 'anthropic'],
	['https://api.kissapi.ai/v1', 'kissapi'],
	['https://openrouter.ai/api/v1', 'openrouter'],
	['https://llm.example.co.uk', 'example'],
	['http://localhost:4000', 'local'],
	['http://127.0.0.1:4000', 'local'],
	['http://[::1]:4000', 'local'],
	['http://10.0.0.7:4000', '10-0-0-7-4000'],
	['http://gateway:4000', 'gateway'],
])('the endpoint at %s is called %s', (url, name) => {
	expect(endpointName(url)).toBe(name);
});

test('variables that most likely hold a key are offered, those of the endpoint first', () => {
	const env = {
		PATH: '/bin',
		OPENAI_API_KEY: 'x',
		ANTHROPIC_AUTH_TOKEN: 'x',
		EMPTY_API_KEY: '',
		KISSAPI_TOKEN: 'x',
		GITHUB_TOKEN: 'x',
		SSH_KEY: 'x',
	};
	expect(likelyVariables(env, 'kissapi')).toEqual([
		'KISSAPI_TOKEN',
		'ANTHROPIC_AUTH_TOKEN',
		'OPENAI_API_KEY',
	]);
});

test('whatever the answers hold, the file says that and nothing else', () => {
	const text = fc.string({unit: 'binary', minLength: 1});
	fc.assert(
		fc.property(
			fc.record({
				url: text,
				command: text,
				model: text,
				cap: fc.double({min: 0.001, max: 1e6, noNaN: true}),
			}),
			({url, command, model, cap}) => {
				const toml = composeConfig(
					{
						name: 'gate',
						url,
						key: `cmd:${command}`,
						formats: ['openai-chat'],
						auth: 'bearer',
						arePricesListed: true,
						models: {fast: undefined, default: model, deep: undefined},
						cap,
						atCap: 'ask',
						zone: 'Europe/Berlin',
					},
					[{id: model, input: 3e9, output: 15e9}],
				);
				expect(parse(toml)).toEqual({
					endpoints: {
						gate: {
							url,
							key: `cmd:${command}`,
							formats: ['openai-chat'],
							auth: 'bearer',
							prices: 'models',
						},
					},
					aliases: {'coding-default': {targets: [`gate/${model}`]}},
					routing: {active: 'coding-default'},
					keys: {default: {daily_cap: cap, at_cap: 'ask'}},
					day: {timezone: 'Europe/Berlin'},
				});
			},
		),
	);
});
