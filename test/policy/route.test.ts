import {expect, test} from 'vitest';
import {route} from '../../source/policy/route.js';

const routes = {
	endpoints: [
		{name: 'one', formats: ['anthropic-messages'] as const},
		{
			name: 'two',
			formats: ['anthropic-messages', 'openai-chat'] as const,
		},
	],
	endpoint: 'one',
	aliases: [
		{
			name: 'default',
			targets: [
				{endpoint: 'one', model: 'claude'},
				{endpoint: 'two', model: 'gpt'},
			],
		},
		{name: 'narrow', targets: [{endpoint: 'one', model: 'claude'}]},
	],
};

const go = (endpoint: string, alias?: string, model?: string) => ({
	kind: 'go',
	endpoint,
	alias,
	model,
});

test.each([
	['anthropic-messages', 'claude-x', go('one')],
	['anthropic-messages', undefined, go('one')],
	['openai-chat', 'gpt-x', go('two')],
	[undefined, undefined, go('one')],
	[undefined, 'default', go('one')],
	['anthropic-messages', 'default', go('one', 'default', 'claude')],
	['openai-chat', 'default', go('two', 'default', 'gpt')],
	['anthropic-messages', 'Default', go('one')],
] as const)('%s for %s', (format, model, expected) => {
	expect(route(routes, {format, model})).toEqual(expected);
});

test.each([
	[
		'openai-chat',
		'narrow',
		'No target of the alias narrow speaks openai-chat: one/claude. Endpoints that speak it: two. Aliases: default, narrow.',
	],
	[
		'openai-responses',
		'gpt-x',
		'No endpoint speaks openai-responses. Add openai-responses to the formats of an endpoint that speaks it. Aliases: default, narrow.',
	],
] as const)(
	'%s for %s goes nowhere, and says why',
	(format, model, message) => {
		expect(route(routes, {format, model})).toEqual({kind: 'nowhere', message});
	},
);
