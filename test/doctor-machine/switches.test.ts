import {
	config,
	here,
	ownKey,
	sets,
	testCases,
	type Case,
} from './client-cases.js';

testCases([
	{
		title: 'a cloud of its own is bad where Claude Code was pointed here',
		check: 'provider',
		env: {ANTHROPIC_BASE_URL: here, CLAUDE_CODE_USE_BEDROCK: '1'},
		standing: 'bad',
		says: 'This shell sets CLAUDE_CODE_USE_BEDROCK: Claude Code goes to Amazon Bedrock',
		fix: 'Run: unset CLAUDE_CODE_USE_BEDROCK',
	},
	{
		title: 'a cloud of its own may be meant elsewhere',
		check: 'provider',
		env: {CLAUDE_CODE_USE_VERTEX: 'true'},
		standing: 'warn',
		says: 'CLAUDE_CODE_USE_VERTEX: Claude Code goes to Google Cloud',
	},
	{
		title: 'a cloud that the settings name is told with the file',
		check: 'provider',
		files: {
			'user/.claude/settings.json': sets({CLAUDE_CODE_USE_FOUNDRY: 1}),
		},
		standing: 'warn',
		says: '~/.claude/settings.json sets CLAUDE_CODE_USE_FOUNDRY',
		fix: 'out of that file',
	},
	...[
		'CLAUDE_CODE_USE_MANTLE',
		'CLAUDE_CODE_USE_ANTHROPIC_AWS',
		'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD',
	].map((name): Case => ({
		title: `${name} is a cloud of its own`,
		check: 'provider',
		env: {[name]: '1'},
		standing: 'warn',
		says: `This shell sets ${name}`,
	})),
	{
		title: 'a cloud that is switched off is fine',
		check: 'provider',
		env: {CLAUDE_CODE_USE_BEDROCK: '0'},
		standing: 'ok',
		says: 'Nothing sends Claude Code',
	},
	{
		title: 'no proxy is fine',
		check: 'proxy',
		standing: 'ok',
		says: 'No proxy stands between',
	},
	{
		title:
			'a proxy before the loopback is bad where the agent was pointed here',
		check: 'proxy',
		env: {
			ANTHROPIC_BASE_URL: here,
			HTTPS_PROXY: 'https://me:hush@proxy.example:3128',
		},
		standing: 'bad',
		says: 'HTTPS_PROXY is set, and NO_PROXY does not leave 127.0.0.1 out',
		fix: 'Run: export NO_PROXY=',
	},
	{
		title:
			'a proxy in small letters counts, and so does the name that the agent uses',
		check: 'proxy',
		env: {
			ANTHROPIC_BASE_URL: 'http://localhost:4141',
			all_proxy: 'https://proxy.example',
			no_proxy: '127.0.0.1',
		},
		standing: 'bad',
		says: 'ALL_PROXY is set, and NO_PROXY does not leave localhost out',
	},
	...['127.0.0.1', 'example.com, 127.0.0.1:4141', '*', '127.0.0.0/8'].map(
		(noProxy): Case => ({
			title: `a proxy with NO_PROXY=${noProxy} is fine`,
			check: 'proxy',
			env: {
				ANTHROPIC_BASE_URL: here,
				HTTP_PROXY: 'https://proxy.example',
				NO_PROXY: noProxy,
			},
			standing: 'ok',
			says: 'HTTP_PROXY is set, and NO_PROXY leaves 127.0.0.1 out.',
		}),
	),
	...['.example.com', '10.0.0.0/8', '1127.0.0.1', 'localhost'].map(
		(noProxy): Case => ({
			title: `a proxy with NO_PROXY=${noProxy} is in the way`,
			check: 'proxy',
			env: {
				ANTHROPIC_BASE_URL: here,
				HTTP_PROXY: 'https://proxy.example',
				NO_PROXY: noProxy,
			},
			standing: 'bad',
			says: 'does not leave 127.0.0.1 out',
		}),
	),
	{
		title: 'two keys at once are told where they go on',
		check: 'credentials',
		files: config(),
		env: {
			ANTHROPIC_API_KEY: 'sk-hush-hush',
			ANTHROPIC_AUTH_TOKEN: 'sk-hush-hush',
		},
		standing: 'warn',
		says: 'are both set: Claude Code sends both, and both go on to main',
		fix: 'Unset the one',
	},
	{
		title: 'two keys at once are of no account where both are replaced',
		check: 'credentials',
		files: ownKey,
		env: {
			ANTHROPIC_API_KEY: 'sk-hush-hush',
			ANTHROPIC_AUTH_TOKEN: 'sk-hush-hush',
		},
		standing: 'ok',
		says: 'both are replaced',
	},
	{
		title: 'tool search is off where nobody switched it on',
		check: 'tool_search',
		env: {ANTHROPIC_BASE_URL: here},
		standing: 'warn',
		says: 'ENABLE_TOOL_SEARCH is not set',
		fix: 'export ENABLE_TOOL_SEARCH=true',
	},
	...['true', 'auto', 'auto:5', '1'].map((value): Case => ({
		title: `tool search is on with ${value}`,
		check: 'tool_search',
		env: {ANTHROPIC_BASE_URL: here, ENABLE_TOOL_SEARCH: value},
		standing: 'ok',
		says: 'ENABLE_TOOL_SEARCH is set',
	})),
	{
		title:
			'tool search may be switched off by a settings file, whatever the shell says',
		check: 'tool_search',
		env: {ENABLE_TOOL_SEARCH: 'true'},
		files: {
			'user/.claude/settings.json': sets({ENABLE_TOOL_SEARCH: false}),
		},
		standing: 'warn',
		says: '~/.claude/settings.json switches tool search of Claude Code off',
	},
	{
		title: 'tool search is not ours where Claude Code is not pointed here',
		check: 'tool_search',
		standing: 'skipped',
		says: 'not pointed here',
	},
	{
		title:
			'the attribution line is in the way of an endpoint that is not Anthropic’s',
		check: 'attribution',
		files: config(),
		env: {ANTHROPIC_BASE_URL: here},
		standing: 'warn',
		says: 'keeps main from caching prompts',
		fix: 'export CLAUDE_CODE_ATTRIBUTION_HEADER=0',
	},
	{
		title: 'the attribution line is left out where that is set',
		check: 'attribution',
		files: config(),
		env: {ANTHROPIC_BASE_URL: here, CLAUDE_CODE_ATTRIBUTION_HEADER: '0'},
		standing: 'ok',
		says: 'prompts can be cached',
	},
	{
		title: 'the attribution line is no matter to Anthropic',
		check: 'attribution',
		env: {ANTHROPIC_BASE_URL: here},
		standing: 'ok',
		says: 'No endpoint needs',
	},
	{
		title: 'the attribution line stays where a login goes on to Anthropic',
		check: 'attribution',
		files: config(
			'key = "env:MAIN_KEY"\n[endpoints.anthropic]\nurl = "https://api.anthropic.com"\nkey = "agent"\n',
		),
		env: {ANTHROPIC_BASE_URL: here},
		standing: 'ok',
		says: 'stays, as a login goes on to Anthropic',
	},
	{
		title: 'the attribution line is no matter where Claude Code cannot go',
		check: 'attribution',
		files: config('formats = ["openai-chat"]\n'),
		env: {ANTHROPIC_BASE_URL: here},
		standing: 'ok',
		says: 'No endpoint needs',
	},
]);
