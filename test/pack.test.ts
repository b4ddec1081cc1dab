import {spawnSync, type SpawnSyncOptions} from 'node:child_process';
import fs from 'node:fs';
import {isBuiltin} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {rolldown} from 'rolldown';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {asked, begin, ended, finish, logPlace} from './helpers/log.js';

const root = path.resolve(import.meta.dirname, '..');
const run = (
	file: string,
	args: readonly string[],
	options: SpawnSyncOptions = {},
) => spawnSync(file, args, {...options, encoding: 'utf8'});

type Packed = Readonly<{
	filename: string;
	size: number;
	files: ReadonlyArray<Readonly<{path: string; mode: number}>>;
}>;

let folder: string;
let packed: Packed;
/**
The package as it is unpacked in a `node_modules`.
*/
let installed: string;
let dependencies: readonly string[];

beforeAll(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-pack-'));
	// What is in dist/ was built before the tests.
	const {stdout} = run(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{cwd: root, env: {...process.env, npm_config_cache: folder}},
	);
	[packed] = Object.values(JSON.parse(stdout) as Packed[]) as [Packed];
	const modules = path.join(folder, 'node_modules');
	fs.mkdirSync(modules);
	run('tar', ['-xzf', path.join(folder, packed.filename), '-C', modules]);
	installed = path.join(modules, 'tollgate');
	fs.renameSync(path.join(modules, 'package'), installed);
	const manifest = JSON.parse(
		fs.readFileSync(path.join(installed, 'package.json'), 'utf8'),
	) as Readonly<{dependencies: Readonly<Record<string, string>>}>;
	dependencies = Object.keys(manifest.dependencies);
	for (const name of dependencies) {
		const link = path.join(modules, name);
		fs.mkdirSync(path.dirname(link), {recursive: true});
		fs.symlinkSync(path.join(root, 'node_modules', name), link);
	}
});

afterAll(() => {
	fs.rmSync(folder, {recursive: true, force: true});
});

test('the package has the program, its papers, and nothing else', () => {
	const strange = packed.files
		.map((file) => file.path)
		.filter((file) => !/^dist\/[\w\-]+\.js$/v.test(file));
	expect(strange.toSorted()).toEqual([
		'LICENSE',
		'README.md',
		'dist/third-party-licences.txt',
		'package.json',
	]);
	expect(packed.size).toBeLessThan(1_500_000);
});

test('it depends on what it loads, and on nothing that is inside it', async () => {
	const loaded = new Set<string>();
	const bundle = await rolldown({
		input: ['bin.js', 'checkpoint-worker.js', 'upkeep-worker.js'].map((file) =>
			path.join(installed, 'dist', file),
		),
		platform: 'node',
		external(id) {
			if (id.startsWith('.') || path.isAbsolute(id)) {
				return false;
			}

			loaded.add(id);
			return true;
		},
	});
	await bundle.generate({format: 'esm'});
	await bundle.close();
	// What is loaded when it is needed, by a name that no bundler follows.
	for (const {path: file} of packed.files) {
		const text = fs.readFileSync(path.join(installed, file), 'utf8');
		for (const {groups} of file.endsWith('.js')
			? text.matchAll(/\brequire\(["'](?<id>[^"'.][^"']*)["']\)/gv)
			: []) {
			loaded.add(groups!['id']!);
		}
	}

	const foreign = [...loaded].filter((id) => !isBuiltin(id));
	expect(foreign.toSorted()).toEqual(dependencies.toSorted());
});

test('the program can be started as a file', () => {
	const file = path.join(installed, 'dist', 'bin.js');
	expect(() => {
		fs.accessSync(file, fs.constants.X_OK);
	}).not.toThrow();
	expect(fs.readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/v);
});

test('the licences of what is inside are told', () => {
	const texts = fs.readFileSync(
		path.join(installed, 'dist', 'third-party-licences.txt'),
		'utf8',
	);
	for (const name of ['ink', 'meow', 'react', 'smol-toml', 'undici']) {
		expect(texts).toMatch(new RegExp(String.raw`^${name} \d`, 'mv'));
	}
});

test.for([
	[['--version'], /^\d+\.\d+\.\d+\n$/v],
	[['serve', '--help'], /Runs the passthrough/v],
	[['demo', '--headless', '--requests', '20'], /20/v],
	[['summary', '--help'], /Says what a day cost/v],
] as const)(
	'%j runs in an empty folder, with an empty home',
	([args, says]) => {
		const [cwd, home] = ['empty', 'home'].map((name) =>
			fs.mkdtempSync(path.join(folder, name)),
		) as [string, string];
		const {status, stdout, stderr} = run(
			path.join(installed, 'dist', 'bin.js'),
			args,
			{cwd, env: {PATH: process.env['PATH'], HOME: home, TMPDIR: folder}},
		);
		expect(stdout).toMatch(says);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(fs.readdirSync(cwd)).toEqual([]);
		expect(fs.readdirSync(home)).toEqual([]);
	},
);

test('names of any script have their width in an installed program', async () => {
	const home = fs.mkdtempSync(path.join(folder, 'wide'));
	{
		using place = logPlace(home);
		const recorder = place.record();
		const servedModel = '模型';
		const startedAt = Date.now();
		const begun = begin(recorder, {...asked, startedAt});
		await begun.recorded;
		await finish(recorder, begun.recording, {
			...ended,
			servedModel,
			endedAt: startedAt,
		});
	}

	const said = run(
		path.join(installed, 'dist', 'bin.js'),
		['summary', '--home', home],
		{cwd: folder, env: {PATH: process.env['PATH'], TMPDIR: folder}},
	);
	expect(said).toMatchObject({status: 0, stderr: ''});
	// Two cells for each letter of its name.
	expect(said.stdout).toMatch(/^MODEL {9}REQ.*\n模型 {12}1 /mv);
});
