import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {
	program,
	run,
	startServe,
	testHome,
	type RunOptions,
} from '../helpers/program.js';
import {playWhole} from '../helpers/stream.js';
import {Terminal} from '../helpers/terminal.js';

/**
Where everything goes that is not asked to go elsewhere: the user's home folder, the one of temporary
files, and the one that a shell is in. All are empty at first.
*/
function emptyPlaces() {
	const root = testHome();
	const [home, temporary, here] = ['home', 'temporary', 'here'].map((name) => {
		const folder = root.file(name);
		fs.mkdirSync(folder);
		return folder;
	}) as [string, string, string];
	const env: Record<string, string | undefined> = {
		HOME: home,
		TMPDIR: temporary,
		// An empty one names no folder.
		TOLLGATE_HOME: '',
		XDG_CONFIG_HOME: undefined,
		XDG_DATA_HOME: undefined,
		XDG_CACHE_HOME: undefined,
		XDG_STATE_HOME: undefined,
	};
	return {
		home,
		temporary,
		here,
		env,
		[Symbol.dispose]() {
			root[Symbol.dispose]();
		},
	};
}

/**
The folders that files are in, from the one given; those without any by themselves.
*/
const foldersIn = (folder: string): readonly string[] => [
	...new Set(
		fs
			.readdirSync(folder, {recursive: true, withFileTypes: true})
			.filter((entry) => !entry.isDirectory())
			.map((entry) => path.relative(folder, entry.parentPath)),
	),
];

const isOwn = (folder: string): boolean =>
	/^(?:\.config|\.local\/share|Library\/Application Support)\/tollgate$/v.test(
		folder,
	);

test('whatever is run, files are only written where the docs say', async () => {
	using places = emptyPlaces();
	const options: RunOptions = {env: places.env};
	await using endpoint = await startEndpoint(playWhole);
	const demo = await run(['demo', '--headless', '--requests', '5'], options);
	expect(demo).toMatchObject({code: 0, stderr: ''});
	expect(fs.readdirSync(places.home)).toEqual([]);

	await using serving = await startServe('', ['--port', '0'], {
		env: {...places.env, ANTHROPIC_BASE_URL: endpoint.url},
	});
	const answer = await ask(serving.url);
	expect(answer.status).toBe(200);
	const terminal = new Terminal([program], {
		columns: 100,
		cwd: places.here,
		environment: places.env,
	});
	await terminal.waitFor((text) => text.includes('claude'));
	terminal.press('q');
	await terminal.exited;
	for (const args of [
		['summary'],
		['status'],
		['statusline'],
		['alias'],
		['cap'],
		['config', 'check'],
		['log', 'check'],
		['log', 'export', '--json'],
		['completion', 'bash'],
	]) {
		expect(await run(args, options), args.join(' ')).toMatchObject({code: 0});
	}

	await run(['stop'], options);
	await serving.ended;
	expect(foldersIn(places.here)).toEqual([]);
	expect(foldersIn(places.home).filter((folder) => !isOwn(folder))).toEqual([]);
	expect(fs.readdirSync(places.temporary)).toEqual([
		expect.stringMatching(/^compile-cache-tollgate-\d+$/v),
	]);
});
