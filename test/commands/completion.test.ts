import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import type {Command} from '../../source/commands/command.js';
import {commands, type CommandName} from '../../source/commands/commands.js';
import {usage} from '../../source/commands/usage.js';
import {entries, written} from '../../source/commands/completion/entries.js';
import {
	offered,
	shells,
	type Shell,
} from '../../source/commands/completion/offered.js';
import {program, run, testHome, type TestHome} from '../helpers/program.js';
import {Terminal} from '../helpers/terminal.js';

const config = `[endpoints.main]
url = "http://127.0.0.1:9"
key = "env:NOT_SET_HERE"
[endpoints.second]
url = "http://127.0.0.1:9"
key = "env:NOT_SET_HERE"
[aliases.coding-fast]
targets = ["main/claude-haiku-4-5"]
[aliases.coding-deep]
targets = ["main/claude-opus-4-6"]
[keys.desktop]
daily_cap = 20.0
[keys.ci]
daily_cap = 5.0
`;

test.for([
	['alias', 'coding-fast\ncoding-deep\nas-asked\n'],
	['endpoint', 'main\nsecond\n'],
	['key', 'desktop\nci\n'],
	['weather', ''],
] as const)('--values %s are the names of the config', async ([of, names]) => {
	using home = testHome(config);
	const {code, stdout, stderr} = await run(['completion', '--values', of], {
		home: home.folder,
	});
	expect({code, stdout, stderr}).toEqual({code: 0, stdout: names, stderr: ''});
});

test.for([
	['no home at all', undefined],
	['a config that is wrong', '[aliases'],
] as const)(
	'with %s, asking for names says nothing and makes nothing',
	async ([, text]) => {
		using home = testHome(text);
		const folder = text === undefined ? home.file('none') : home.folder;
		const before = fs.readdirSync(home.folder);
		const said = await run(['completion', '--values', 'key'], {home: folder});
		expect(said).toMatchObject({code: 0, stdout: '', stderr: ''});
		expect(fs.readdirSync(home.folder)).toEqual(before);
	},
);

test.for([
	[['completion'], 'This does not say for which shell.'],
	[['completion', 'tcsh'], 'There are no completions for "tcsh".'],
	[['completion', 'fsh'], 'There are no completions for "fsh".'],
] as const)('%j names the shells there are', async ([args, message]) => {
	const {code, stdout, stderr} = await run(args);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr).toContain(message);
	expect(stderr).toContain('Write: tollgate completion bash, zsh or fish');
});

test('every flag of every command is told in its help', () => {
	const untold = entries().flatMap(({name, flags}) =>
		flags
			.filter(
				({flag}) => !usage((name || 'monitor') as CommandName).includes(flag),
			)
			.map(({flag}) => `${name} ${flag}`.trim()),
	);
	expect(untold).toEqual([]);
});

test('what the help says of a flag is said beside it', () => {
	const said = new Map(
		entries().flatMap(({name, flags}) =>
			flags.map(({flag, says}) => [`${name} ${flag}`, says]),
		),
	);
	expect(said.get('serve --port')).toMatch(/^Listen on this port/v);
	expect(said.get('summary --month')).toMatch(/^The week or the month/v);
	expect(said.get('log --older-than')).toBe('What is older goes: 90d, 48h');
});

test('what is offered is offered for flags and words that there are', () => {
	for (const [name, {words = [], flags = {}}] of Object.entries(offered)) {
		const command: Command | undefined =
			commands[name as keyof typeof commands];
		expect(command, name).toBeDefined();
		expect(Object.keys(command.flags)).toEqual(
			expect.arrayContaining(Object.keys(flags)),
		);
		expect(Math.max(-1, ...words.map(({at}) => at))).toBeLessThan(
			command.words ?? 0,
		);
	}
});

/**
Completed by a shell, alone on its line.
*/
const completed = (
	home: TestHome,
): ReadonlyArray<readonly [string, string]> => [
	['tollgate resu', 'tollgate resume'],
	['tollgate --read', 'tollgate --read-only'],
	['tollgate status --js', 'tollgate status --json'],
	['tollgate summary --by h', 'tollgate summary --by hour'],
	['tollgate alias coding-d', 'tollgate alias coding-deep'],
	['tollgate alias --for 20m as', 'tollgate alias --for 20m as-asked'],
	['tollgate key rev', 'tollgate key revoke'],
	['tollgate key revoke d', 'tollgate key revoke desktop'],
	['tollgate cap c', 'tollgate cap ci'],
	['tollgate run --alias coding-f', 'tollgate run --alias coding-fast'],
	['tollgate run -- tollg', 'tollgate run -- tollgate'],
	[
		`tollgate --home ${home.folder} alias o`,
		`tollgate --home ${home.folder} alias only-there`,
	],
];

const started: Readonly<Record<Shell, readonly string[]>> = {
	bash: ['--norc', '--noprofile', '-i'],
	zsh: ['-f', '-i'],
	fish: ['--no-config', '-i'],
};
const loading: Readonly<Record<Shell, string>> = {
	bash: 'eval "$(tollgate completion bash)"',
	zsh: 'eval "$(tollgate completion zsh)"',
	fish: 'tollgate completion fish | source',
};

describe.for(shells)('%s', (shell) => {
	const file = (process.env['PATH'] ?? '')
		.split(path.delimiter)
		.map((folder) => path.join(folder, shell))
		.find((one) => fs.existsSync(one));

	test.skipIf(file === undefined)('finds no fault in the script', async () => {
		const {stdout} = await run(['completion', shell]);
		using home = testHome();
		const script = home.file('script');
		fs.writeFileSync(script, stdout);
		const {status, stderr} = spawnSync(file!, ['-n', script], {
			encoding: 'utf8',
		});
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
	});

	test('is told every command and every flag', async () => {
		const {stdout} = await run(['completion', shell]);
		const words = new Set(stdout.split(/[^\w\-]+/v));
		const wanted = Object.entries<Command>(commands).flatMap(
			([name, {flags}]) => [
				...(name === 'monitor' ? [] : [name]),
				...Object.entries(flags)
					.filter(([flag]) => flag !== 'values')
					.map(([flag, kind]) => written(flag, kind)),
			],
		);
		const missing = wanted.filter(
			(word) => !words.has(shell === 'fish' ? word.replace(/^--/v, '') : word),
		);
		expect(missing).toEqual([]);
	});

	test.skipIf(file === undefined)(
		'completes commands, flags and names of the config',
		async () => {
			using home = testHome(config);
			using other = testHome(
				`${config}[aliases.only-there]\ntargets = ["main/gpt-5"]\n`,
			);
			// On the path as an installation has it.
			const bin = home.file('bin');
			fs.mkdirSync(bin);
			fs.writeFileSync(
				path.join(bin, 'tollgate'),
				`#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
				{mode: 0o700},
			);
			const terminal = new Terminal(started[shell], {
				file: file!,
				columns: 100,
				cwd: home.folder,
				environment: {
					PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
					HOME: home.folder,
					TOLLGATE_HOME: home.folder,
					PS1: '> ',
				},
			});
			try {
				// The second word is made by the shell: its echo is not its answer.
				terminal.press(`${loading[shell]}; echo load''ed\r`);
				await terminal.waitFor((text) => /^loaded/m.test(text));
				for (const [typed, line] of completed(other)) {
					terminal.press(`${typed}\t`);
					await terminal.waitFor((text) => hasLine(text, line));
					// Empties the line.
					terminal.press('\u{15}');
					await terminal.waitFor((text) => !hasLine(text, line));
				}
			} finally {
				terminal.kill('SIGKILL');
				await terminal.exited;
			}
		},
	);
});

const hasLine = (text: string, line: string): boolean =>
	text.split('\n').some((one) => one.trimEnd().endsWith(line));
