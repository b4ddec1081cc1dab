import fs from 'node:fs';
import {expect, test} from 'vitest';
import {startSimulatedEndpoint} from '../../source/simulated/endpoint.js';
import {run, testHome} from '../helpers/program.js';

const rest = ['--url', 'http://127.0.0.1:9', '--key', 'agent', '--offline'];
const secret = 'sk-ant-api03-Zx9Zx9Zx9Zx9Zx9Zx9Zx9';
const bare = 'a8f5f167f44f4964e6c998dee827110c';

test.each([
	[
		['--key', secret],
		'--key looks like a key itself, which belongs on no command line and in no file.',
		'Put it into a variable, and give the name of that: env:NAME.',
	],
	[
		['--key', `env:${bare}`],
		'--key looks like a key itself, which belongs on no command line and in no file.',
		'Put it into a variable, and give the name of that: env:NAME.',
	],
	[
		['--key', `cmd:echo ${secret}`],
		'--key looks like a key itself, which belongs on no command line and in no file.',
		'Put it into a variable, and give the name of that: env:NAME.',
	],
	[
		['--key', 'GATEWAY_KEY'],
		'--key does not say where the key is.',
		'Did you mean env:GATEWAY_KEY?',
	],
	[
		['--key', 'env:'],
		'--key does not say where the key is.',
		'Write "env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own).',
	],
	[
		['--url', `https://gate.example/v1?key=${bare}`],
		'--url looks like a key itself, which belongs on no command line and in no file.',
		'Write the URL alone; the key is asked for by name.',
	],
	[
		['--url', `https://me:${bare}@gate.example`],
		'--url holds a credential.',
		'Take it out of the URL and name it in key = "env:…".',
	],
	[
		['--url', 'ftp://gate.example'],
		'--url begins with "ftp:".',
		'Only http:// and https:// are spoken.',
	],
	[['--url', 'my gateway'], '--url is not a URL.', 'Try: tollgate init --help'],
	[
		['--formats', 'anthropic-message'],
		'--formats has "anthropic-message", which is no wire format.',
		'Did you mean "anthropic-messages"? It may hold anthropic-messages, openai-chat or openai-responses, with commas between them.',
	],
	[
		['--formats', ','],
		'--formats names no format.',
		'It may hold anthropic-messages, openai-chat or openai-responses, with commas between them.',
	],
	[
		['--default', 'Claude Sonnet 4.6'],
		'--default is "Claude Sonnet 4.6", and that is what people call a model, not its id.',
		'Write the exact id.',
	],
	[['--fast='], '--fast names no model.', 'Write its exact id, or "none".'],
	[
		['--cap', 'twenty'],
		'--cap is no amount of dollars.',
		'Write US dollars, a number above 0 and up to 1000000, like 20.00, or "none".',
	],
	[
		['--cap', '0'],
		'--cap is no amount of dollars.',
		'Write US dollars, a number above 0 and up to 1000000, like 20.00, or "none".',
	],
	[
		['--at-cap', 'refused'],
		'--at-cap is "refused".',
		'Did you mean "refuse"? It may be "ask", "refuse" or "alias:NAME".',
	],
	[
		['--at-cap', 'alias:cheap'],
		'--at-cap names an alias that the file does not get.',
		'Write "ask", "refuse", or one of "alias:coding-fast", "alias:coding-default" or "alias:coding-deep".',
	],
	[
		['--at-cap', 'alias:coding-fast'],
		'--at-cap names the alias "coding-fast", and the file gets none of that name.',
		'Give that alias a model, or write --at-cap ask.',
	],
	[
		['--zone', 'Europe/Berln'],
		'--zone is "Europe/Berln", a zone that is not known here.',
		'Did you mean "Europe/Berlin"? It may be "system" (this machine\'s) or an IANA name like "Europe/Berlin".',
	],
	[
		['--zone', '+02:00'],
		'--zone is "+02:00", a zone that is not known here.',
		'Try: tollgate init --help',
	],
	[
		['--name', 'my gate'],
		'--name cannot be the name of an endpoint.',
		'Try: tollgate init --help',
	],
	[['--yes=1'], '--yes takes no value.', 'Write --yes alone, or leave it out.'],
	[
		['--modle', 'x'],
		'There is no option --modle here.',
		'Try: tollgate init --help',
	],
])('%j is refused in one sentence', async (words, says, hint) => {
	using home = testHome();
	const flags = rest.filter(
		(word, index) =>
			!words.includes(word) && !words.includes(rest[index - 1] ?? ''),
	);
	const said = await run(['init', ...flags, ...words], {
		home: home.folder,
		env: {GATEWAY_KEY: 'x'},
	});
	expect(said).toMatchObject({
		code: 2,
		stdout: '',
		stderr: `${says}\n${hint}\n`,
	});
	expect(said.stderr).not.toContain(secret.slice(-12));
	expect(said.stderr).not.toContain(bare.slice(-12));
	expect(fs.readdirSync(home.folder)).toEqual([]);
});

test.each([
	['Claude Sonnet 4.6', 'claude-sonnet-4-6', ''],
	['sonnet', 'claude-sonnet-4-6', ' With --no-probe the id is taken as it is.'],
	[
		'claude-opus-5.5',
		'claude-opus-5-5',
		' With --no-probe the id is taken as it is.',
	],
	['gpt-5.5', 'gpt-5.4', ' With --no-probe the id is taken as it is.'],
])(
	'"%s" is not listed, and most likely "%s" is meant',
	async (written, meant, more) => {
		const endpoint = await startSimulatedEndpoint({pace: 0});
		using home = testHome();
		const said = await run(
			['init', '--url', endpoint.url, '--key', 'agent', '--default', written],
			{home: home.folder},
		);
		await endpoint.close();
		expect(said).toMatchObject({
			code: 2,
			stderr: `--default is "${written}", and the endpoint lists no model of that id.\nDid you mean "${meant}"?${more}\n`,
		});
		expect(fs.readdirSync(home.folder)).toEqual([]);
	},
);
