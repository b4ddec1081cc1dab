import fs from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {program, testHome, type TestHome} from '../helpers/program.js';
import {Terminal} from '../helpers/terminal.js';

const apiKey = 'sk-simulated-0123456789abcdef';
const pasted = 'sk-ant-api03-Zx9Zx9Zx9Zx9Zx9Zx9Zx9';

const startGateway = async (): Promise<
	AsyncDisposable & Pick<SimulatedEndpoint, 'url'>
> => {
	const {url, close} = await startSimulatedEndpoint({pace: 0, apiKey});
	return {url, [Symbol.asyncDispose]: close};
};

type Asked = Disposable &
	Readonly<{
		terminal: Terminal;
		user: TestHome;
		/**
		Waits for a question, and answers it.
		*/
		answer(question: string, keys: string): Promise<void>;
	}>;

/**
`tollgate init` as a user begins it, whose home is empty.
*/
function start(
	words: readonly string[] = [],
	{
		environment = {},
		columns = 60,
	}: Readonly<{
		environment?: Readonly<Record<string, string>>;
		columns?: number;
	}> = {},
): Asked {
	const user = testHome();
	const terminal = new Terminal([program, 'init', ...words], {
		columns,
		rows: 100,
		cwd: user.folder,
		environment: {
			TOLLGATE_HOME: undefined,
			XDG_CONFIG_HOME: undefined,
			XDG_DATA_HOME: undefined,
			ANTHROPIC_API_KEY: undefined,
			ANTHROPIC_AUTH_TOKEN: undefined,
			OPENAI_API_KEY: undefined,
			HOME: user.folder,
			TZ: 'Europe/Lisbon',
			GATEWAY_API_KEY: apiKey,
			...environment,
		},
	});
	return {
		terminal,
		user,
		async answer(question, keys) {
			await terminal.waitFor((text) => text.includes(`◆  ${question}`));
			terminal.press(keys);
			await terminal.waitFor((text) => !text.includes(`◆  ${question}`));
		},
		[Symbol.dispose]() {
			terminal.kill('SIGKILL');
			user[Symbol.dispose]();
		},
	};
}

const filesOf = (user: TestHome): readonly string[] =>
	fs
		.readdirSync(user.folder, {recursive: true, encoding: 'utf8'})
		.toSorted((one, other) => one.localeCompare(other));

const onlyConfig =
	process.platform === 'darwin'
		? [
				'Library',
				'Library/Application Support',
				'Library/Application Support/tollgate',
				'Library/Application Support/tollgate/config.toml',
			]
		: [
				'.config',
				'.config/tollgate',
				'.config/tollgate/config.toml',
				'.local',
				'.local/share',
				'.local/share/tollgate',
			];

test('each question answered makes the file that was shown, and nothing else', async () => {
	await using gateway = await startGateway();
	using asked = start();
	const {terminal, user, answer} = asked;
	await answer('Base URL of the API?', `${gateway.url}/v1/v1\r`);
	await answer('Where is its key?', '\r');
	await answer('Wire formats it speaks?', '\r');
	await answer('coding-fast', '\r');
	await answer('coding-default', '\r');
	await answer('coding-deep', 'kk\r');
	await answer('Dollars a day?', '\u{7F}5\r');
	await answer('What happens at the cap?', 'jj\r');
	await answer('Your time zone?', 'j\r');
	await answer('Which time zone?', 'berl\r');
	await terminal.waitFor((text) => text.includes('Write this file?'));
	const text = terminal.text();
	expect(text).toContain('that is what is written.');
	expect(text).toContain('[endpoints.local]');
	expect(filesOf(user)).toEqual([]);
	terminal.press('\r');
	expect(await terminal.exited).toMatchObject({exitCode: 0});
	expect(filesOf(user)).toEqual(onlyConfig);
	const config = fs.readFileSync(
		user.file(onlyConfig.find((name) => name.endsWith('.toml'))!),
		'utf8',
	);
	expect(config.replaceAll(/ {2}#.*/gv, ''))
		.toBe(`# Tollgate reads this file. What is in force: tollgate config check

[endpoints.local]
url = "${gateway.url}/v1"
key = "env:GATEWAY_API_KEY"

# Names for models. One is active; to switch: "a" in the monitor, or tollgate alias.
# Prices: dollars for a million tokens.
[aliases.coding-fast]
targets = ["local/claude-haiku-4-5"]

[aliases.coding-default]
targets = ["local/claude-sonnet-4-6"]

[aliases.coding-deep]
targets = ["local/glm-5.3"]

[routing]
active = "coding-default"

[keys.default]
daily_cap = 25.00
at_cap = "alias:coding-fast"

[day]
timezone = "Europe/Berlin"
`);
	expect(terminal.text()).toContain('Next: tollgate doctor');
});

const nothing = 'Nothing was written.';

test.each([
	['ctrl-c', '\u{3}'],
	['ctrl-d', '\u{4}'],
	['escape', '\u{1B}'],
])('%s leaves at any question, and nothing is written', async (_, keys) => {
	await using gateway = await startGateway();
	{
		using asked = start();
		await asked.answer('Base URL of the API?', keys);
		expect(await asked.terminal.exited).toMatchObject({exitCode: 130});
		expect(lastLine(asked.terminal)).toBe(nothing);
		expect(filesOf(asked.user)).toEqual([]);
	}

	using asked = start(flagsFor(gateway.url));
	await asked.answer('Wire formats it speaks?', '\r');
	await asked.answer('coding-fast', keys);
	expect(await asked.terminal.exited).toMatchObject({exitCode: 130});
	expect(lastLine(asked.terminal)).toBe(nothing);
	expect(filesOf(asked.user)).toEqual([]);
	// The cursor is to be seen again.
	expect(
		asked.terminal.raw.join('').lastIndexOf('\u{1B}[?25h'),
	).toBeGreaterThan(asked.terminal.raw.join('').lastIndexOf('\u{1B}[?25l'));
});

test('ctrl-c leaves while the endpoint is asked', async () => {
	const {promise: asked, resolve} = Promise.withResolvers<void>();
	await using endpoint = await startEndpoint(() => {
		resolve();
	});
	using begun = start(flagsFor(endpoint.url));
	await asked;
	begun.terminal.press('\u{3}');
	expect(await begun.terminal.exited).toMatchObject({exitCode: 130});
	expect(lastLine(begun.terminal)).toBe(nothing);
	expect(filesOf(begun.user)).toEqual([]);
});

test('a signal leaves as ctrl-c does', async () => {
	using asked = start();
	await asked.terminal.waitFor((text) => text.includes('Base URL'));
	asked.terminal.kill('SIGTERM');
	expect(await asked.terminal.exited).toMatchObject({exitCode: 130});
	expect(lastLine(asked.terminal)).toBe(nothing);
});

test('who sees the file may still say no', async () => {
	using asked = start([...restFor('http://127.0.0.1:9'), '--offline']);
	await asked.answer('Your time zone?', '\r');
	await asked.answer('Write this file?', 'n');
	expect(await asked.terminal.exited).toMatchObject({exitCode: 130});
	expect(lastLine(asked.terminal)).toBe(nothing);
	expect(filesOf(asked.user)).toEqual([]);
});

test('where the flags say it all nothing is asked', async () => {
	using asked = start([
		...restFor('http://127.0.0.1:9'),
		'--offline',
		'--zone',
		'system',
	]);
	expect(await asked.terminal.exited).toMatchObject({exitCode: 0});
	expect(asked.terminal.text()).not.toContain('◆');
	expect(filesOf(asked.user)).toEqual(onlyConfig);
});

test('a key that is pasted never stands on the screen, and is asked for by name', async () => {
	await using gateway = await startGateway();
	using asked = start(['--url', gateway.url]);
	const {terminal, answer} = asked;
	await answer('Where is its key?', 'j\r');
	await terminal.waitFor((text) => text.includes('◆  Name of the variable?'));
	terminal.press(pasted);
	await terminal.waitFor((text) =>
		text.includes('That looks like a key itself: it is not taken.'),
	);
	await answer('Name of the variable?', 'GATEWAY_API_KEY\r');
	await terminal.waitFor((text) => text.includes('Wire formats'));
	expect(terminal.raw.join('')).not.toContain(pasted.slice(-8));
});

test('what the endpoint finds wrong can be changed', async () => {
	await using gateway = await startGateway();
	using asked = start(['--url', `${gateway.url}/v1`], {
		environment: {
			GATEWAY_API_KEY: 'sk-wrong-0123456789',
			OTHER_API_KEY: apiKey,
		},
	});
	const {terminal, answer} = asked;
	await answer('Where is its key?', '\r');
	await terminal.waitFor((text) => text.includes('What now?'));
	expect(terminal.text()).toMatch(/■ {2}The key in GATEWAY_API_KEY .*401/v);
	await answer('What now?', 'j\r');
	await answer('Where is its key?', 'j\r');
	await terminal.waitFor((text) => text.includes('Wire formats'));
	expect(terminal.raw.join('')).not.toContain('0123456789');
});

test('a long list is searched by typing, with the likeliest first', async () => {
	const others = Array.from({length: 60}, (_, index) => `qwen-${index}`);
	await using endpoint = await startEndpoint(({heard, response}) => {
		const isList = heard.method === 'GET';
		response.writeHead(isList ? 200 : 400, {
			'content-type': 'application/json',
		});
		response.end(
			JSON.stringify(
				isList
					? {data: [...others, 'claude-haiku-4-5'].map((id) => ({id}))}
					: {error: {type: 'invalid_request_error', message: 'No model.'}},
			),
		);
	});
	using asked = start([...flagsFor(endpoint.url), '--formats', 'openai-chat'], {
		columns: 40,
	});
	const {terminal, answer} = asked;
	await terminal.waitFor((text) => text.includes('◆  coding-fast'));
	expect(terminal.text()).toContain('● claude-haiku-4-5  $1/$5');
	terminal.press('zz');
	await terminal.waitFor((text) => text.includes('No matches found'));
	terminal.press('\r');
	await terminal.waitFor((text) =>
		text.includes('No model has that in its id.'),
	);
	terminal.press('\u{7F}\u{7F}');
	await terminal.waitFor((text) => text.includes('● claude-haiku-4-5'));
	await answer('coding-fast', '\r');
	await answer('coding-default', 'qwen 59\r');
	await answer('coding-deep', 'none\r');
	await terminal.waitFor((text) => text.includes('Dollars a day?'));
	expect(terminal.text()).toContain('qwen-59  price not known');
});

test('in 40 columns no line is broken by the terminal, and NO_COLOR is heard', async () => {
	await using gateway = await startGateway();
	using asked = start([], {columns: 40, environment: {NO_COLOR: '1'}});
	const {terminal, answer} = asked;
	await answer('Base URL of the API?', `${gateway.url}\r`);
	await answer('Where is its key?', '\r');
	await answer('Wire formats it speaks?', '\r');
	await answer('coding-fast', '\r');
	await answer('coding-default', '\r');
	await answer('coding-deep', '\r');
	await answer('Dollars a day?', '\r');
	await answer('What happens at the cap?', '\r');
	await answer('Your time zone?', '\r');
	await terminal.waitFor((text) => text.includes('Write this file?'));
	expect(terminal.brokenLines()).toEqual([]);
	const escapes = terminal.raw.join('').split('\u{1B}[').slice(1);
	expect(escapes.filter((escape) => /^[\d;]*m/v.test(escape))).toEqual([]);
});

test('a dry run goes into a file while the questions stay on the terminal', async () => {
	using user = testHome();
	const terminal = new Terminal(
		[
			'-c',
			`"${process.execPath}" "${program}" init ${restFor('http://127.0.0.1:9').join(' ')} --offline --dry-run > out.toml`,
		],
		{
			file: '/bin/sh',
			cwd: user.folder,
			environment: {TOLLGATE_HOME: user.file('home'), GATEWAY_API_KEY: apiKey},
		},
	);
	await terminal.waitFor((text) => text.includes('◆  Your time zone?'));
	terminal.press('\r');
	expect(await terminal.exited).toMatchObject({exitCode: 0});
	expect(filesOf(user)).toEqual(['out.toml']);
	const printed = fs.readFileSync(user.file('out.toml'), 'utf8');
	expect(printed.split('\n', 1).at(0)).toMatch(
		/^# Tollgate reads this file\./v,
	);
	expect(printed).toMatch(/\n\[day\]\ntimezone = "system"[^\n]*\n$/v);
	expect(printed).not.toContain('\u{1B}');
});

test('a terminal that cannot move its cursor is asked nothing', async () => {
	using user = testHome();
	const terminal = new Terminal(
		['-c', `TERM=dumb exec "${process.execPath}" "${program}" init`],
		{file: '/bin/sh', environment: {TOLLGATE_HOME: user.folder}},
	);
	expect(await terminal.exited).toMatchObject({exitCode: 2});
	expect(terminal.text()).toContain('--url and --key are');
});

const flagsFor = (url: string): readonly string[] => [
	'--url',
	url,
	'--key',
	'env:GATEWAY_API_KEY',
];

/**
All but the zone.
*/
const restFor = (url: string): readonly string[] => [
	...flagsFor(url),
	'--formats',
	'openai-chat',
	'--fast',
	'none',
	'--default',
	'any',
	'--deep',
	'none',
	'--cap',
	'none',
];

const lastLine = (terminal: Terminal): string | undefined =>
	terminal.text().trimEnd().split('\n').at(-1);
