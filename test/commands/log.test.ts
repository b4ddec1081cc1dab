import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {Recorder} from '../../source/usage-log/recorder.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {asked, begin, ended, finish} from '../helpers/log.js';
import {program, run, startServe, testHome} from '../helpers/program.js';
import {playWhole} from '../helpers/stream.js';

const linesOf = (text: string) =>
	text
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line) as Record<string, unknown>);

async function fill(log: string, count: number) {
	const recorder = new Recorder({path: log, owner: 'ours', now: Date.now});
	const begun = Array.from({length: count}, (_, index) =>
		begin(recorder, {...asked, path: `/${index}`}),
	);
	await begun.at(-1)!.recorded;
	await Promise.all(
		begun.map(async ({recording}) => finish(recorder, recording, ended)),
	);
	recorder.close();
}

test('it exports what the passthrough wrote, while it runs and after', async () => {
	await using endpoint = await startEndpoint(playWhole);
	using home = testHome(`[endpoints.main]\nurl = "${endpoint.url}"\n`);
	await using serving = await startServe(home.folder);
	await ask(serving.url);
	await ask(serving.url);
	const args = ['log', 'export', '--json'];
	const during = await run(args, {home: home.folder});
	expect(during).toMatchObject({code: 0, stderr: ''});
	const rows = linesOf(during.stdout);
	expect(rows).toMatchObject([
		{
			outcome: 'ok',
			endpoint: 'main',
			usageStatus: 'exact',
			path: '/v1/messages',
		},
		{outcome: 'ok', endpoint: 'main', usageStatus: 'exact'},
	]);
	const since = await run([...args, '--since', String(rows[0]!['revision'])], {
		home: home.folder,
	});
	expect(linesOf(since.stdout)).toEqual([rows[1]]);

	serving.child.kill('SIGTERM');
	await serving.ended;
	expect(await run(args, {home: home.folder})).toMatchObject({
		code: 0,
		stdout: during.stdout,
	});
});

test('a long log comes whole through a pipe', async () => {
	using home = testHome();
	await fill(home.log, 3000);
	const {stdout, code} = await run(['log', 'export', '--json'], {
		home: home.folder,
	});
	expect(code).toBe(0);
	expect(linesOf(stdout).map((row) => row['path'])).toEqual(
		Array.from({length: 3000}, (_, index) => `/${index}`),
	);
});

test('and through one of the shell, with no word besides', async () => {
	using home = testHome();
	await fill(home.log, 3000);
	const {stdout, stderr} = spawnSync(
		'sh',
		[
			'-c',
			'"$0" "$@" | wc -l',
			process.execPath,
			program,
			'log',
			'export',
			'--json',
		],
		{
			env: {...process.env, TOLLGATE_HOME: home.folder},
			encoding: 'utf8',
		},
	);
	expect({stdout: stdout.trim(), stderr}).toEqual({stdout: '3000', stderr: ''});
});

test('whoever has seen enough may leave: no error, no trace', async () => {
	using home = testHome();
	await fill(home.log, 3000);
	const child = spawn(process.execPath, [program, 'log', 'export', '--json'], {
		env: {...process.env, TOLLGATE_HOME: home.folder},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	await once(child.stdout, 'data');
	child.stdout.destroy();
	expect(await once(child, 'close')).toEqual([0, null]);
	expect(errors).toBe('');
	expect(fs.existsSync(home.file('crash.log'))).toBe(false);
});

test.each([
	['nothing there yet', undefined, 'There is no usage log yet: '],
	[
		'no database',
		'just notes, and nothing that looks like a table',
		'The usage log is broken: ',
	],
	['an empty file', '', 'This is no usage log, or one of an older version: '],
])('%s is said in words', async (_what, content, beginning) => {
	using home = testHome();
	if (content !== undefined) {
		fs.writeFileSync(home.log, content);
	}

	const {code, stdout, stderr} = await run(['log', 'export', '--json'], {
		home: home.folder,
	});
	expect({code, stdout}).toEqual({code: 1, stdout: ''});
	expect(stderr.split('\n')).toHaveLength(3);
	expect(stderr.startsWith(`${beginning}${home.log}\n`)).toBe(true);
});

test('the log is where the config says', async () => {
	using elsewhere = testHome();
	using home = testHome(`[server]\nlog = "${elsewhere.log}"\n`);
	await fill(elsewhere.log, 1);
	const {stdout} = await run([
		'log',
		'export',
		'--json',
		'--home',
		home.folder,
	]);
	expect(linesOf(stdout)).toMatchObject([{path: '/0'}]);
});
