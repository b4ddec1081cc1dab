import {expect, test} from 'vitest';
import {route, type Routes} from '../../source/policy/route.js';

const one = {endpoint: 'one', model: 'claude'};
const two = {endpoint: 'two', model: 'gpt'};
const routes: Routes = {
	endpoints: [
		{name: 'one', formats: ['anthropic-messages']},
		{name: 'two', formats: ['anthropic-messages', 'openai-chat']},
	],
	endpoint: 'one',
	aliases: [
		{name: 'default', targets: [one, two]},
		{name: 'narrow', targets: [one]},
	],
	steer: ['*sonnet*', '*opus*'],
	background: undefined,
	active: undefined,
};

const asAsked = (endpoint: string) => ({
	kind: 'go',
	alias: undefined,
	isSteered: false,
	targets: [{endpoint, model: undefined}],
});
const by = (
	alias: string,
	targets: ReadonlyArray<typeof one>,
	isSteered = false,
) => ({kind: 'go', alias, isSteered, targets});
const steered = (alias: string, targets: ReadonlyArray<typeof one>) =>
	by(alias, targets, true);

const anthropic = 'anthropic-messages';
const chat = 'openai-chat';

test.each([
	[
		'a model that nothing is said of',
		{},
		anthropic,
		'claude-x',
		asAsked('one'),
	],
	['a request without a model', {}, anthropic, undefined, asAsked('one')],
	['a format the default lacks', {}, chat, 'gpt-x', asAsked('two')],
	['what is not measured', {}, undefined, undefined, asAsked('one')],
	[
		'what is not measured, whatever it names',
		{},
		undefined,
		'default',
		asAsked('one'),
	],
	['an alias by name', {}, anthropic, 'default', by('default', [one, two])],
	[
		'an alias by name, in a format that one target speaks',
		{},
		chat,
		'default',
		by('default', [two]),
	],
	['nearly an alias', {}, anthropic, 'Default', asAsked('one')],
	[
		'a steered model while none is active',
		{},
		anthropic,
		'claude-sonnet-4-6',
		asAsked('one'),
	],
	[
		'a steered model',
		{active: 'narrow'},
		anthropic,
		'claude-sonnet-4-6',
		steered('narrow', [one]),
	],
	[
		'an alias by name while another is active',
		{active: 'narrow'},
		anthropic,
		'default',
		by('default', [one, two]),
	],
	[
		'a model that is not steered',
		{active: 'narrow'},
		anthropic,
		'claude-haiku-4-5',
		asAsked('one'),
	],
	[
		'one with an alias for the background',
		{background: 'narrow'},
		anthropic,
		'claude-haiku-4-5',
		by('narrow', [one]),
	],
	[
		'a steered model, whatever the background does',
		{background: 'narrow'},
		anthropic,
		'claude-opus-4-6',
		asAsked('one'),
	],
	[
		'a request without a model, whatever is active',
		{active: 'default', background: 'narrow'},
		anthropic,
		undefined,
		asAsked('one'),
	],
	[
		'an active alias that is gone',
		{active: 'gone'},
		anthropic,
		'claude-opus-4-6',
		asAsked('one'),
	],
] as const)(
	'%s',
	// eslint-disable-next-line max-params -- A column each.
	(_what, also, format, model, expected) => {
		expect(route({...routes, ...also}, {format, model})).toEqual(expected);
	},
);

test.each([
	[
		chat,
		'narrow',
		'No target of the alias narrow speaks openai-chat: one/claude. Endpoints that speak it: two. Aliases that would fit: default.',
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
