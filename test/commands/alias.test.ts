import fs from 'node:fs';
import {expect, test, vi} from 'vitest';
import type {By} from '../../source/control/control-rows.js';
import type {Active} from '../../source/control/steering.js';
import {switchTo} from '../../source/control/switch-to.js';
import {wish} from '../../source/control/wish.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {run, startServe, testHome, type TestHome} from '../helpers/program.js';
import {
	homeWithLog,
	nothingDone,
	standIn,
	steeredConfig,
	wishesIn,
} from './steered-home.js';

const clock = /\d\d:\d\d(?::\d\d)?/gv;

test('it shows which alias is active, and what each stands for and costs', async () => {
	using home = testHome(steeredConfig);
	await using _serving = await startServe(home.folder);
	const stdout = await vi.waitUntil(async () => {
		// Prices are told as soon as they are loaded, which nobody who serves waits for.
		const said = await run(['alias'], {home: home.folder});
		return said.stdout.includes('$') && said.stdout;
	}, 10_000);
	expect(stdout).toBe(`coding-default is active.
  coding-fast     main/claude-haiku-4-5 ($1.00 in, $5.00 out a million tokens)
* coding-default  main/claude-sonnet-4-6 ($3.00 in, $15.00 out a million tokens)
  coding-deep     main/claude-opus-4-6, then main/claude-sonnet-4-6 (the first $5.00 in, $25.00 out a million tokens)
  as-asked        leaves the model as it is asked for
`);
});

test('a switch is in force when the command says so, and says how long and what then', async () => {
	using home = testHome(steeredConfig);
	await using _serving = await startServe(home.folder);
	const said = async (...words: string[]) => {
		const {stdout, stderr, code} = await run(['alias', ...words], {
			home: home.folder,
		});
		expect({stderr, code}).toEqual({stderr: '', code: 0});
		return stdout.replaceAll(clock, 'TIME').split('\n', 1)[0];
	};

	expect(await said('coding-fast')).toBe('coding-fast is active.');
	expect(await said('coding-deep', '--for', '20m')).toBe(
		'coding-deep is active, for 20m (until TIME), then coding-fast.',
	);
	// What falls back itself is not what another falls back to.
	expect(await said('coding-default', '--next', '5')).toBe(
		'coding-default is active, for 5 more requests, then coding-fast.',
	);
	expect(await said()).toBe(
		'coding-default is active, for 5 more requests, then coding-fast.',
	);
	expect(await said('as-asked', '--next', '1', '--for', '1h')).toBe(
		'as-asked is active, for 1h00 (until TIME) or one more request, whichever ends first, then coding-fast.',
	);
	expect(await said('coding-fast')).toBe('coding-fast is active.');
	expect(await said('coding-fast')).toBe('coding-fast is active already.');
	expect(await said('coding-fast', '--for', '2h')).toBe(
		'coding-fast is active already, and stays so.',
	);
	expect(wishesIn(home).changes.active).toMatchObject({
		value: {alias: 'coding-fast', until: null, requestsLeft: null},
		setBy: 'command',
		reason: null,
	});
});

test('for scripts it shows the same in JSON', async () => {
	using home = testHome(steeredConfig);
	await using _serving = await startServe(home.folder);
	await run(['alias', 'coding-deep', '--next', '3'], {home: home.folder});
	const {stdout} = await run(['alias', '--json'], {home: home.folder});
	const said = JSON.parse(stdout) as {active: {then: string}; aliases: unknown};
	expect(said).toMatchObject({
		active: {alias: 'coding-deep', until: null, requestsLeft: 3},
		inForce: true,
		aliases: [
			{name: 'coding-fast', targets: ['main/claude-haiku-4-5']},
			{name: 'coding-default'},
			{name: 'coding-deep'},
		],
	});
	expect(said.active.then).toBe('coding-default');
});

test('where nothing runs, the config tells what will be active', async () => {
	using home = testHome(steeredConfig);
	const {stdout, code} = await run(['alias'], {home: home.folder});
	expect(code).toBe(0);
	expect(stdout).toMatch(
		/^When a passthrough starts, coding-default is active\.\n {2}coding-fast {5}main\/claude-haiku-4-5\n\* coding-default/v,
	);
	expect(fs.readdirSync(home.folder)).toEqual(['config.toml']);
});

test('where nothing runs, a switch is kept for the next start', async () => {
	using home = homeWithLog();
	const {stdout, code} = await run(['alias', 'coding-deep'], {
		home: home.folder,
	});
	expect(code).toBe(0);
	expect(stdout).toBe(
		'No passthrough takes requests now. When one starts, coding-deep is active.\n',
	);
	await using _serving = await startServe(home.folder);
	const shown = await run(['alias'], {home: home.folder});
	expect(shown.stdout).toMatch(/^coding-deep is active\.$/mv);
});

test('without a log there is nowhere to keep a switch', async () => {
	using home = testHome(steeredConfig);
	const {stderr, code} = await run(['alias', 'coding-deep'], {
		home: home.folder,
	});
	expect(code).toBe(1);
	expect(stderr).toBe(
		`There is no usage log yet: ${home.log}\nIt begins with the first "tollgate" or "tollgate serve".\n`,
	);
	expect(fs.readdirSync(home.folder)).toEqual(['config.toml']);
});

const names = 'coding-fast, coding-default, coding-deep, as-asked';
test.each([
	[
		['codng-deep'],
		'There is no alias "codng-deep".',
		`Did you mean "coding-deep"? Aliases: ${names}`,
	],
	[['gpt'], 'There is no alias "gpt".', `Aliases: ${names}`],
	[
		['--for', '20m'],
		'This does not say which alias is to be active.',
		'Write: tollgate alias NAME --for 20m, or tollgate alias NAME --next 5',
	],
	[
		['coding-deep', '--for', '20'],
		'--for is "20".',
		'Write a duration with its unit, from "1s" to "24h" (units: ms, s, m, h): --for 20m',
	],
	[
		['coding-deep', '--for', '48h'],
		'--for is "48h".',
		'Write a duration with its unit, from "1s" to "24h" (units: ms, s, m, h): --for 20m',
	],
	[
		['coding-deep', '--next', '0'],
		'--next takes a whole number of requests from 1 to 10000.',
		'Write --next 5',
	],
	[
		['coding-deep', '--next', '1.5'],
		'--next takes a whole number of requests from 1 to 10000.',
		'Write --next 5',
	],
	[
		['coding-deep', '--next', '1e3'],
		'--next takes a whole number of requests from 1 to 10000.',
		'Write --next 5',
	],
	[
		['coding-deep', '--for', '-5m'],
		'-5 is taken for an option, and there is none.',
		'A value that begins with "-" is written with "=": --name=-5. Try: tollgate alias --help',
	],
	[
		['coding-deep', '--next', 'five'],
		'--next takes a whole number of requests from 1 to 10000.',
		'Write --next 5',
	],
])(
	'of %j it says what to write instead, and changes nothing',
	async (words, message, hint) => {
		using home = homeWithLog();
		const {stdout, stderr, code} = await run(['alias', ...words], {
			home: home.folder,
		});
		expect({stdout, stderr, code}).toEqual({
			stdout: '',
			stderr: `${message}\n${hint}\n`,
			code: 2,
		});
		expect(wishesIn(home).newest).toBe(0);
	},
);

test('a config without aliases says how to have one', async () => {
	using home = homeWithLog(
		'[endpoints.main]\nurl = "http://127.0.0.1:9"\nkey = "agent"\n',
	);
	const {stderr, code} = await run(['alias', 'deep'], {home: home.folder});
	expect(code).toBe(2);
	expect(stderr).toBe(
		'There is no alias "deep".\nThe config has none: write [aliases.NAME] with targets = ["ENDPOINT/MODEL"] into it.\n',
	);
});

test('a passthrough that does not take the switch is said not to have', async () => {
	using home = homeWithLog();
	await using _stuck = await standIn(home, {
		config: {
			endpoints: [],
			aliases: [{name: 'deep', targets: ['main/opus']}],
			endpoint: 'main',
		},
	});
	const {stdout, stderr, code} = await run(['alias', 'deep'], {
		home: home.folder,
	});
	expect({stdout, stderr, code}).toEqual({
		stdout: '',
		stderr:
			'It is kept, but not in force: the passthrough is of a version that cannot be steered.\nStart the new one in its place: tollgate stop, then tollgate serve.\n',
		code: 1,
	});
	expect(wishesIn(home).changes.active?.value.alias).toBe('deep');
});

test('where something else is active in the end, it says so, and why', async () => {
	using home = homeWithLog();
	await using _deciding = await standIn(home, {
		config: {
			endpoints: [],
			aliases: [{name: 'deep', targets: ['main/opus']}],
			endpoint: 'main',
		},
		steering: {
			...nothingDone,
			change: 99,
			active: {
				...nothingDone.active,
				change: 99,
				reason: 'The alias deep is no longer in the config.',
			},
		},
	});
	const {stderr, code} = await run(['alias', 'deep'], {home: home.folder});
	expect(code).toBe(1);
	expect(stderr).toBe(
		'as-asked is active, and not deep: The alias deep is no longer in the config.\nWhat is in force: tollgate status\n',
	);
});

const deepConfig = {
	endpoints: [],
	aliases: [{name: 'deep', targets: ['main/opus']}],
	endpoint: 'main',
};

test.each([
	[
		'count',
		['--next', '1'],
		'deep was active for 1 request, as-asked is active again.\n',
	],
	[
		'time',
		['--for', '1s', '--next', '9'],
		'deep was active until TIME, as-asked is active again.\n',
	],
] as const)(
	'a switch that has run out by %s before it could be shown is said to have been',
	async (setter, lasting, says) => {
		using home = homeWithLog();
		await using _quick = await standIn(home, {
			config: deepConfig,
			steering: {
				...nothingDone,
				change: 99,
				active: {...nothingDone.active, change: 99, setBy: setter},
			},
		});
		const {stdout, stderr, code} = await run(['alias', 'deep', ...lasting], {
			home: home.folder,
		});
		expect({
			stdout: stdout.replaceAll(clock, 'TIME'),
			stderr,
			code,
		}).toEqual({stdout: says, stderr: '', code: 0});
	},
);

test('requests that come all the time do not make a counted switch fail', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.writeHead(200, {'content-type': 'application/json'});
		response.end('{}');
	});
	using home = testHome(
		steeredConfig.replace('http://127.0.0.1:9', () => endpoint.url),
	);
	await using serving = await startServe(home.folder);
	const done = new AbortController();
	const client = async () => {
		while (!done.signal.aborted) {
			await ask(serving.url);
		}
	};

	const clients = [client(), client()];
	const {stdout, stderr, code} = await run(
		['alias', 'coding-deep', '--next', '1'],
		{home: home.folder},
	);
	done.abort();
	await Promise.all(clients);
	expect({stderr, code}).toEqual({stderr: '', code: 0});
	expect(stdout).toMatch(
		/^coding-deep (?:was active for 1 request, coding-default is active again|is active, for one more request, then coding-default)\.$/mv,
	);
});

const keptIn = (
	home: TestHome,
	active: Partial<Active>,
	by: Partial<By> = {},
) =>
	wish(
		home.log,
		home.folder,
		'active',
		{...switchTo(null, undefined), ...active},
		{setBy: 'command', setAt: Date.now(), reason: null, ...by},
	);

test.each<readonly [string, Partial<Active>, Partial<By>, string]>([
	[
		'that is gone',
		{alias: 'gone'},
		{},
		'When a passthrough starts, coding-default is active.',
	],
	[
		'that is gone, for a while',
		switchTo('gone', switchTo('coding-fast', undefined), {
			until: null,
			requestsLeft: 3,
		}),
		{},
		'When a passthrough starts, coding-fast is active.',
	],
	[
		'that the config named before',
		{alias: 'coding-fast'},
		{setBy: 'config'},
		'When a passthrough starts, coding-default is active.',
	],
	[
		'that took the place of one that was gone',
		{alias: 'coding-fast'},
		{setBy: 'config', reason: 'The alias old is no longer in the config.'},
		'When a passthrough starts, coding-fast is active.',
	],
])(
	'where nothing runs, of an alias %s it says what a start finds',
	async (_what, active, by, says) => {
		using home = homeWithLog();
		keptIn(home, active, by);
		const {stdout} = await run(['alias'], {home: home.folder});
		expect(stdout.split('\n', 1)[0]).toBe(says);
	},
);
