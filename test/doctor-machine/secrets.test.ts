import process from 'node:process';
import {expect, test} from 'vitest';
import {passthroughOf, processFiles, testPlace} from './place.js';

const config = `[endpoints.main]
url = "https://api.example"
key = "env:MAIN_KEY"
`;
const secret = 'sk-of-nobody-7f3a91';

test.for([
	['is not set', undefined, 'bad', 'is not set here', 'export MAIN_KEY='],
	['is empty', '', 'bad', 'is empty', 'export MAIN_KEY='],
	['is blank', '  ', 'bad', 'is empty', 'export MAIN_KEY='],
	['ends with a line break', `${secret}\n`, 'bad', 'line break', 'tr -d'],
	['begins with a space', ` ${secret}`, 'bad', 'space', 'tr -d'],
	['has two lines', `${secret}\n${secret}`, 'bad', 'several lines', 'one line'],
	['has quotes', `"${secret}"`, 'bad', 'quotes', 'without them'],
	['has curly quotes', `“${secret}”`, 'bad', 'quotes', 'without them'],
	['is fine', secret, 'ok', 'MAIN_KEY is set.', undefined],
] as const)(
	'a variable that %s is told so, and its value never is',
	async ([, value, standing, says, fix]) => {
		using there = testPlace(
			{'home/config.toml': config},
			{env: {MAIN_KEY: value}},
		);
		const findings = await there.look('secrets');
		expect(findings).toMatchObject([
			{standing, said: expect.stringContaining(says) as string},
		]);
		expect(findings[0]?.fix ?? '').toContain(fix ?? '');
		expect(JSON.stringify(findings)).not.toContain('nobody');
	},
);

test('each variable is named once, those of local keys too, and commands are not run', async () => {
	using there = testPlace(
		{
			'home/config.toml': `${config}
[endpoints.other]
url = "https://other.example"
key = "cmd:touch ran"
[endpoints.third]
url = "https://third.example"
key = "env:MAIN_KEY"
[keys.ci]
credentials = { main = "env:CI_KEY" }
`,
		},
		{env: {MAIN_KEY: secret}},
	);
	const findings = await there.look('secrets');
	expect(findings.map(({standing, said}) => `${standing}: ${said}`)).toEqual([
		'ok: MAIN_KEY is set.',
		'bad: The variable CI_KEY, which keys.ci.credentials.main names, is not set here.',
		'skipped: A key comes from a command, which is not run here: tollgate config check',
	]);
});

test('variables are looked at though something else is wrong in the config', async () => {
	using there = testPlace({
		'home/config.toml': `${config}[server]\nport = "x"\n`,
	});
	expect(await there.look('secrets')).toMatchObject([{standing: 'bad'}]);
});

test.for([
	['without it', {}, 'was started without MAIN_KEY.'],
	[
		'with another one',
		{MAIN_KEY: `${secret}-old`},
		'was started with another MAIN_KEY than is set here.',
	],
	['with the same', {MAIN_KEY: secret}, undefined],
] as const)(
	'a passthrough that runs %s is told apart',
	async ([, theirs, says]) => {
		using there = testPlace(
			{
				'home/config.toml': config,
				...processFiles(process.pid, {
					name: 'node',
					args: ['node'],
					env: theirs,
				}),
			},
			{env: {MAIN_KEY: secret}},
		);
		await using running = await passthroughOf(there.at('home'));
		expect(running.port).toBeGreaterThan(0);
		const findings = await there.look('secrets');
		expect(
			findings.flatMap(({standing, said}) => (standing === 'warn' ? said : [])),
		).toEqual(
			says === undefined
				? []
				: [`The passthrough that runs (process ${process.pid}) ${says}`],
		);
		expect(JSON.stringify(findings)).not.toContain('nobody');
	},
);
