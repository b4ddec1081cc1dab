import {away, here, testCases} from './client-cases.js';

testCases([
	{
		title: 'no codex, no word of it',
		check: 'codex',
		says: undefined,
	},
	{
		title: 'a config of codex without a base URL is fine',
		check: 'codex',
		files: {'user/.codex/config.toml': 'model = "gpt-5.2-codex"\n'},
		standing: 'ok',
		says: '~/.codex/config.toml names no base URL',
	},
	{
		title: 'a config of codex that points here is fine',
		check: 'codex',
		files: {'user/.codex/config.toml': `openai_base_url = "${here}/v1"\n`},
		standing: 'ok',
		says: 'points codex here',
	},
	{
		title: 'a provider of codex that is elsewhere is told',
		check: 'codex',
		files: {
			'user/.codex/config.toml': `model_provider = "relay"\n[model_providers.relay]\nbase_url = "${away}/v1"\nexperimental_bearer_token = "hush"\n`,
		},
		standing: 'warn',
		says: `~/.codex/config.toml sends codex to ${away}/v1`,
		fix: 'tollgate env --for codex',
	},
	{
		title: 'a provider of codex that is not in use is of no account',
		check: 'codex',
		files: {
			'user/.codex/config.toml': `[model_providers.relay]\nbase_url = "${away}/v1"\n`,
		},
		standing: 'ok',
		says: 'names no base URL',
	},
	{
		title: 'a config of codex that is no TOML is told, and not repeated',
		check: 'codex',
		files: {'user/.codex/config.toml': 'key = "hush\n'},
		standing: 'warn',
		says: '~/.codex/config.toml is not TOML',
	},
	{
		title: 'the folder of codex may be elsewhere',
		check: 'codex',
		env: {CODEX_HOME: '/nowhere'},
		files: {'user/.codex/config.toml': 'openai_base_url = "x"\n'},
		says: undefined,
	},
	{
		title: 'no opencode, no word of it',
		check: 'opencode',
		says: undefined,
	},
	{
		title: 'a provider of opencode that is elsewhere is told, comments or not',
		check: 'opencode',
		files: {
			'user/.config/opencode/opencode.jsonc': `{
	// "provider": {},
	"provider": {"main": {"options": {"baseURL": "${away}/v1", "apiKey": "hush"},},},
}`,
		},
		standing: 'warn',
		says: `~/.config/opencode/opencode.jsonc sends the provider main of opencode to ${away}/v1`,
		fix: `Write ${here}/v1 there`,
	},
	{
		title: "the project's config of opencode counts before the user's",
		check: 'opencode',
		files: {
			'user/.config/opencode/opencode.json': JSON.stringify({
				provider: {main: {options: {baseURL: away}}},
			}),
			'project/opencode.json': JSON.stringify({
				provider: {main: {options: {baseURL: `${here}/v1`}}},
			}),
		},
		standing: 'ok',
		says: '/project/opencode.json points the provider main of opencode here',
	},
	{
		title: 'a variable in the config of opencode is filled in',
		check: 'opencode',
		env: {RELAY: `${here}/v1`},
		files: {
			'project/opencode.json': JSON.stringify({
				provider: {main: {options: {baseURL: '{env:RELAY}'}}},
			}),
		},
		standing: 'ok',
		says: 'points the provider main of opencode here',
	},
	{
		title: 'a config of opencode without a base URL is fine',
		check: 'opencode',
		files: {'project/opencode.json': '{"theme": "x"}'},
		standing: 'ok',
		says: 'No config of opencode names a base URL.',
	},
]);
