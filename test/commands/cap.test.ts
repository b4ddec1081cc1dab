import fs from 'node:fs';
import {expect, test} from 'vitest';
import {run, startServe, testHome, type TestHome} from '../helpers/program.js';
import {homeWithLog, nothingDone, standIn, wishesIn} from './steered-home.js';

const two = `# mine
[server]
port = 0
[keys.ci]
daily_cap = 5.00 # for tests
[keys.desk]
daily_tokens = 2000000
`;
const clock = /\d\d:\d\d/gv;

async function cap({folder}: TestHome, ...words: string[]): Promise<string> {
	const {stdout, stderr, code} = await run(['cap', ...words], {home: folder});
	expect({stderr, code}).toEqual({stderr: '', code: 0});
	return stdout.replaceAll(clock, 'TIME');
}

async function refusal({folder}: TestHome, ...words: string[]) {
	const {stdout, stderr, code} = await run(['cap', ...words], {home: folder});
	expect(stdout).toBe('');
	return `${code}: ${stderr.trimEnd().replaceAll('\n', ' | ')}`;
}

const configOf = (home: TestHome): string =>
	fs.readFileSync(home.file('config.toml'), 'utf8');

test('it shows every key, before there is a log as well', async () => {
	using home = testHome(two);
	const shown = `ci       $0.00 of $5.00, resets at TIME
desk     0 of 2,000,000 tokens, resets at TIME
default  $0.00, no cap
`;
	expect(await cap(home)).toBe(shown);
	expect(fs.readdirSync(home.folder)).toEqual(['config.toml']);
	await using _serving = await startServe(home.folder);
	expect(await cap(home)).toBe(shown);
	expect(await cap(home, 'desk')).toBe(
		'desk  0 of 2,000,000 tokens, resets at TIME\n',
	);
});

test('a cap raised for today is in force when it says so, twice is twice, and the config stays', async () => {
	using home = testHome(two);
	await using _serving = await startServe(home.folder);
	expect(await cap(home, 'ci', '+5')).toBe(
		'The cap of ci is $10.00 until TIME, then $5.00 a day again.\n',
	);
	await Promise.all([cap(home, 'ci', '+0.5'), cap(home, 'ci', '+0.25')]);
	await cap(home, 'desk', '+500000', 'tokens');
	expect(await cap(home))
		.toBe(`ci       $0.00 of $10.75 (today; else $5.00), resets at TIME
desk     0 of 2,500,000 tokens (today; else 2,000,000), resets at TIME
default  $0.00, no cap
`);
	expect(configOf(home)).toBe(two);
});

test('for scripts it shows the same in JSON', async () => {
	using home = testHome(two);
	await using _serving = await startServe(home.folder);
	await cap(home, 'ci', '+1');
	expect(JSON.parse(await cap(home, 'ci', '--json'))).toEqual({
		keys: [
			{
				name: 'ci',
				spentNanodollars: 0,
				reservedNanodollars: 0,
				capNanodollars: 6_000_000_000,
				usualNanodollars: 5_000_000_000,
				spentTokens: 0,
				reservedTokens: 0,
				capTokens: null,
				usualTokens: null,
				unpriced: 0,
				resetsAt: expect.any(Number) as number,
			},
		],
	});
});

test('a new daily cap is written into the config, holds at once, and ends what was raised', async () => {
	using home = testHome(two);
	await using _serving = await startServe(home.folder);
	await cap(home, 'ci', '+5');
	expect(await cap(home, 'ci', '7.5')).toBe(
		`The cap of ci is $7.50 a day from now on, and stands in ${home.file('config.toml')}.\n`,
	);
	expect(configOf(home)).toBe(two.replace('5.00 #', '7.50 #'));
	await expect
		.poll(async () => cap(home, 'ci'))
		.toBe('ci  $0.00 of $7.50, resets at TIME\n');
	expect(await cap(home, 'ci', '7.5')).toBe(
		'The cap of ci is $7.50 a day already.\n',
	);
	await cap(home, 'default', '1');
	expect(configOf(home)).toContain('\n[keys.default]\ndaily_cap = 1\n');
});

test('where nothing runs it is kept for the next passthrough', async () => {
	using home = homeWithLog(two);
	expect(await cap(home, 'ci', '+5')).toBe(
		'No passthrough takes requests now. When one starts before TIME, the cap of ci is $10.00 until then.\n',
	);
	expect(await cap(home, 'ci')).toBe(
		'ci  $0.00 of $10.00 (today; else $5.00), resets at TIME\n',
	);
	expect(await cap(home, 'desk', '3000000', 'tokens')).toBe(
		`The cap of desk is 3,000,000 tokens a day when a passthrough starts, and stands in ${home.file('config.toml')}.\n`,
	);
	expect(wishesIn(home).changes.caps).toMatchObject({
		value: {ci: {nanodollars: 10_000_000_000, tokens: null}},
		setBy: 'command',
	});
	await using _serving = await startServe(home.folder);
	expect(await cap(home)).toContain('$0.00 of $10.00 (today; else $5.00)');
});

test('with one key alone its name may be left out', async () => {
	using home = homeWithLog('[keys.ci]\ndaily_cap = 5\n');
	expect(await cap(home, '+5')).toContain('the cap of ci is $10.00');
	await cap(home, '30');
	expect(configOf(home)).toBe('[keys.ci]\ndaily_cap = 30\n');
});

test('without any key it is that of requests that have none', async () => {
	using home = homeWithLog('# mine\n');
	expect(await refusal(home, '+5')).toBe(
		'1: The key default has no cap in dollars, so there is nothing to raise. | To give it one: tollgate cap default 20',
	);
	await cap(home, '30');
	expect(configOf(home)).toBe('# mine\n\n[keys.default]\ndaily_cap = 30\n');
});

test.for<[readonly string[], string]>([
	[
		['+5'],
		'2: This does not say which key is meant. | Write: tollgate cap KEY AMOUNT. Keys: ci, desk',
	],
	[
		['30'],
		'2: This does not say which key is meant. | Write: tollgate cap KEY AMOUNT. Keys: ci, desk',
	],
	[
		['cii'],
		'2: There is no key "cii". | Did you mean "ci"? Keys: ci, desk, default',
	],
	[['other', '+5'], '2: There is no key "other". | Keys: ci, desk, default'],
	[
		['other', '5'],
		'2: There is no key "other". | Keys: ci, desk, default. To make one: tollgate key add NAME',
	],
	[
		['desk', '+5'],
		'1: The key desk has no cap in dollars, so there is nothing to raise. | It has one in tokens: tollgate cap desk +50000 tokens',
	],
	[
		['ci', '+5', 'tokens'],
		'1: The key ci has no cap in tokens, so there is nothing to raise. | It has one in dollars: tollgate cap ci +5',
	],
	[
		['ci', '0'],
		'2: That amount is not understood. | Write US dollars, a number above 0 and up to 1000000, like 20.00; with a "+" before it, it is added for today.',
	],
	[
		['ci', '1e3'],
		'2: That amount is not understood. | Write US dollars, a number above 0 and up to 1000000, like 20.00; with a "+" before it, it is added for today.',
	],
	[
		['ci', '1.5', 'tokens'],
		'2: That amount is not understood. | Write a whole number from 1 to 1000000000000; with a "+" before it, it is added for today.',
	],
	[
		['ci', '5', 'dollars'],
		'2: This is not understood. | Write: tollgate cap KEY, tollgate cap KEY +5, or tollgate cap KEY 30',
	],
])('%j changes nothing, and says why', async ([words, expected]) => {
	using home = homeWithLog(two);
	expect(await refusal(home, ...words)).toBe(expected);
	expect(configOf(home)).toBe(two);
	expect(wishesIn(home).newest).toBe(0);
});

test('a passthrough that does not take a raise is said', async () => {
	using home = homeWithLog(two);
	await using _passthrough = await standIn(home, {steering: nothingDone});
	expect(await refusal(home, 'ci', '+5')).toContain(
		'It is kept, but not in force:',
	);
});

test('status and the status line say how a cap stands', async () => {
	using home = testHome(two);
	await using _serving = await startServe(home.folder);
	const said = async (command: string) => {
		const {stdout} = await run([command], {home: home.folder});
		return stdout.replaceAll(clock, 'TIME');
	};

	expect(await said('status')).toContain(`
cap          ci: $0.00 of $5.00; until TIME
cap          desk: 0 of 2,000,000 tokens; until TIME
`);
	expect(await said('statusline')).toBe('$0.00 today · ci 0% of $5.00\n');
});
