import {expect, test} from 'vitest';
import {
	away,
	config,
	here,
	ownKey,
	sets,
	testCases,
	toUrl,
} from './client-cases.js';
import {testPlace} from './place.js';

testCases([
	{
		title: 'no settings of Claude Code are fine',
		check: 'claude',
		standing: 'ok',
		says: 'No settings file of Claude Code stands in the way.',
	},
	{
		title: "the user's settings beat the shell",
		check: 'claude',
		env: {ANTHROPIC_BASE_URL: here},
		files: {'user/.claude/settings.json': toUrl(away)},
		standing: 'bad',
		says: `~/.claude/settings.json sends Claude Code to ${away}, whatever the shell says`,
		fix: `Take ANTHROPIC_BASE_URL out of "env" in that file, or write ${here} there.`,
	},
	{
		title: 'the folder of the user settings may be elsewhere',
		check: 'claude',
		env: {CLAUDE_CONFIG_DIR: '/nowhere'},
		files: {'user/.claude/settings.json': toUrl(away)},
		standing: 'ok',
		says: 'No settings file',
	},
	{
		title: 'settings that point here are fine',
		check: 'claude',
		files: {'user/.claude/settings.json': toUrl(here)},
		standing: 'ok',
		says: 'points Claude Code here',
	},
	{
		title: "the project's settings count before the user's",
		check: 'claude',
		files: {
			'user/.claude/settings.json': toUrl(here),
			'project/.claude/settings.json': toUrl(away),
		},
		standing: 'bad',
		says: '/project/.claude/settings.json sends',
	},
	{
		title: "the local settings count before the project's",
		check: 'claude',
		files: {
			'project/.claude/settings.json': toUrl(away),
			'project/.claude/settings.local.json': toUrl(here),
		},
		standing: 'ok',
		says: '/project/.claude/settings.local.json points',
	},
	{
		title:
			'managed settings count before all, and are not the user’s to change',
		check: 'claude',
		files: {
			'project/.claude/settings.local.json': toUrl(here),
			'managed/managed-settings.json': toUrl(away),
		},
		standing: 'bad',
		says: '/managed/managed-settings.json sends',
		fix: 'Whoever manages this machine',
	},
	{
		title: 'the last managed file of the alphabet counts first',
		check: 'claude',
		files: {
			'managed/managed-settings.json': toUrl(away),
			'managed/managed-settings.d/10-a.json': toUrl(away),
			'managed/managed-settings.d/20-b.json': toUrl(here),
		},
		standing: 'ok',
		says: '20-b.json points',
	},
	{
		title: 'settings that are no JSON are told',
		check: 'claude',
		files: {'user/.claude/settings.json': '{"env":'},
		standing: 'warn',
		says: '~/.claude/settings.json is not JSON',
		fix: 'put it right',
	},
	{
		title: 'a key in the settings counts where the agent brings its own',
		check: 'claude',
		files: {
			...config(),
			'user/.claude/settings.json': sets({
				ANTHROPIC_AUTH_TOKEN: 'sk-hush-hush-hush',
			}),
		},
		standing: 'warn',
		says: '~/.claude/settings.json sets ANTHROPIC_AUTH_TOKEN',
		fix: 'take it out',
	},
	{
		title: 'a key helper in the settings counts there too',
		check: 'claude',
		files: {
			...config(),
			'user/.claude/settings.json': JSON.stringify({apiKeyHelper: 'echo hush'}),
		},
		standing: 'warn',
		says: '~/.claude/settings.json sets apiKeyHelper',
	},
	{
		title:
			'a key in the settings is of no account where the endpoint has its own',
		check: 'claude',
		files: {
			...ownKey,
			'user/.claude/settings.json': sets({ANTHROPIC_API_KEY: 'sk-hush-hush'}),
		},
		standing: 'ok',
		says: 'No settings file',
	},
]);

test('the local settings of a repository count in a folder below its root, its shared ones do not', async () => {
	using there = testPlace({
		...config(),
		'project/.git/HEAD': '',
		'project/below/file': '',
		'project/.claude/settings.json': toUrl(away),
	});
	using below = testPlace({}, {...there.place, cwd: there.at('project/below')});
	expect(await below.look('claude')).toMatchObject([{standing: 'ok'}]);
	there.write({'project/.claude/settings.local.json': toUrl(away)});
	expect(await below.look('claude')).toMatchObject([
		{
			standing: 'bad',
			said: expect.stringContaining(
				'/project/.claude/settings.local.json sends',
			) as string,
		},
	]);
});
