import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {machineChecks} from '../../source/doctor/machine/machine.js';
import {openLog} from '../../source/usage-log/open.js';
import {startServe} from '../helpers/program.js';
import {nowMs, passthroughOf, processFiles, testPlace} from './place.js';

test('where all is well every check says so in one short line', async () => {
	using there = testPlace(
		{
			'home/config.toml':
				'[endpoints.main]\nurl = "https://api.example"\nkey = "env:MAIN_KEY"\n',
			'user/.codex/config.toml': '',
			'user/.config/opencode/opencode.json': '{}',
		},
		{env: {MAIN_KEY: 'sk-of-nobody'}, now: Date.now},
	);
	await using running = await passthroughOf(there.at('home'));
	there.write(
		processFiles(process.pid, {
			name: 'node',
			args: ['node'],
			env: {MAIN_KEY: 'sk-of-nobody'},
		}),
	);
	there.place.env['ANTHROPIC_BASE_URL'] = running.url;
	there.place.env['ENABLE_TOOL_SEARCH'] = 'true';
	there.place.env['CLAUDE_CODE_ATTRIBUTION_HEADER'] = '0';
	there.write({
		'home/config.toml': `[endpoints.main]\nurl = "https://api.example"\nkey = "env:MAIN_KEY"\n[server]\nport = ${running.port}\n`,
	});
	const findings = await there.look();
	expect(findings.filter(({standing}) => standing !== 'ok')).toEqual([]);
	expect([...new Set(findings.map(({check}) => check))]).toEqual(
		machineChecks.map(({check}) => check),
	);
	for (const {said, fix} of findings) {
		expect(said).not.toContain('\n');
		expect(fix).toBeUndefined();
	}
});

test('a machine on which much is wrong gives each its fix, and no check fails for another', async () => {
	using there = testPlace(
		{
			'home/config.toml': 'x',
			'home/passthrough.lock': 'x'.repeat(5000),
			'home/usage.db': 'x'.repeat(5000),
			'user/.claude/settings.json': '[',
			'user/.codex/config.toml': '[',
			'user/.config/opencode/opencode.json': '[',
		},
		{
			env: {ANTHROPIC_BASE_URL: '::', HTTP_PROXY: ':', NO_PROXY: ','},
			zone: '',
			now: () => 0,
		},
	);
	const findings = await there.look();
	for (const {standing, said, fix} of findings) {
		expect(said).not.toBe('');
		expect(fix !== undefined).toBe(standing === 'bad' || standing === 'warn');
	}

	expect(
		findings.filter(({standing}) => standing === 'bad').map(({check}) => check),
	).toEqual(['config', 'passthrough', 'log', 'clock']);
});

test('a passthrough that really runs is found, with its port and its log', async () => {
	using there = testPlace({}, {now: Date.now, processes: undefined});
	await using serving = await startServe(there.at('home'));
	there.place.env['ANTHROPIC_BASE_URL'] = serving.url;
	there.write({'home/config.toml': `[server]\nport = ${serving.port}\n`});
	const findings = await there.look();
	const saidBy = (name: string) =>
		findings.flatMap(({check, said}) => (check === name ? said : []));
	expect(saidBy('passthrough')).toEqual([
		`It serves at ${serving.url} (process ${serving.pid}) and records.`,
	]);
	expect(saidBy('port')).toEqual([
		`Port ${serving.port} is taken by the passthrough of this home.`,
	]);
	expect(saidBy('shell')).toEqual(['ANTHROPIC_BASE_URL points here.']);
	expect(saidBy('log')).toEqual([
		`${there.at('home/usage.db')} can be written; no request has come yet.`,
	]);
});

test('nothing is written: neither a file nor what stands in one', async () => {
	using there = testPlace(
		{
			'home/config.toml': '[endpoints.main]\nurl = "https://api.example"\n',
			'user/.claude/settings.json': '{"env": {"ANTHROPIC_BASE_URL": "x"}}',
			'user/.codex/config.toml': 'openai_base_url = "x"\n',
			'project/opencode.json': '{}',
		},
		{env: {ANTHROPIC_BASE_URL: 'https://gateway.example'}},
	);
	const {db} = openLog(there.at('home/usage.db'), () => nowMs);
	db.close();
	const before = filesIn(there.folder);
	const findings = await there.look();
	expect(findings.length).toBeGreaterThan(15);
	expect(filesIn(there.folder)).toEqual(before);
});

test('a home that is not there stays so', async () => {
	using there = testPlace();
	fs.rmdirSync(there.at('home'));
	const findings = await there.look();
	expect(findings.filter(({standing}) => standing === 'bad')).toEqual([]);
	expect(fs.existsSync(there.at('home'))).toBe(false);
});

/**
Every file with its text and when it was written. What SQLite keeps beside a log is for its readers to share, and
holds nothing.
*/
function filesIn(folder: string): Readonly<Record<string, string>> {
	return Object.fromEntries(
		fs
			.readdirSync(folder, {recursive: true, encoding: 'utf8'})
			.toSorted()
			.filter((file) => !/-(?:shm|wal)$/.test(file))
			.map((file) => {
				const stats = fs.statSync(path.join(folder, file));
				return [
					file,
					stats.isDirectory()
						? ''
						: `${stats.mtimeMs} ${fs.readFileSync(path.join(folder, file), 'base64')}`,
				];
			}),
	);
}
