import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {askIdentity} from '../../source/control/identity.js';
import {run, startProgram, startServe, testHome} from '../helpers/program.js';

test('a second one of a home says who has it and how to join', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	const {code, stderr, stdout} = await run(['serve', '--port', '0'], {
		home: home.folder,
	});
	expect({code, stdout}).toEqual({code: 1, stdout: ''});
	expect(stderr).toBe(
		`A passthrough of this home is running already: ${serving.url}, process ${serving.pid}.
Run "tollgate" to see it, "tollgate stop" to stop it, or give this one another home with --home DIR.
`,
	);
	expect(await askIdentity(serving.url)).toMatchObject({state: 'serving'});
});

test('many that start at once leave one to serve', async () => {
	using home = testHome();
	const starts = Array.from({length: 4}, () =>
		startProgram(['serve', '--port', '0'], {home: home.folder}),
	);
	const ended = new Set<number>();
	for (const [index, {ended: end}] of starts.entries()) {
		void end.then(() => ended.add(index));
	}

	await vi.waitUntil(() => ended.size === 3, {timeout: 20_000});
	const winner = starts.findIndex((_start, index) => !ended.has(index));
	await vi.waitFor(() => {
		expect(starts[winner]!.stdout()).toContain('listening');
	});
	starts[winner]!.child.kill('SIGTERM');
	const said = await Promise.all(starts.map(async (start) => start.ended));
	expect(said.map(({code}) => code).toSorted((a, b) => a! - b!)).toEqual([
		0, 1, 1, 1,
	]);
});

test('a port that another program has is said with its name', async () => {
	using home = testHome();
	const other = net.createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const {port} = other.address() as AddressInfo;
	const {code, stderr} = await run(['serve', '--port', String(port)], {
		home: home.folder,
	});
	other.close();
	expect(code).toBe(1);
	expect(stderr).toMatch(
		new RegExp(
			process.platform === 'linux'
				? `^Port ${port} is taken by another program \\(.+, process ${process.pid}\\)\\.\n`
				: `^Port ${port} is taken by another program\\.\n`,
			'v',
		),
	);
	expect(stderr.trimEnd().split('\n')).toHaveLength(2);
});

test('a port that the Tollgate of another home has is said with its home', async () => {
	using theirs = testHome();
	using ours = testHome();
	await using serving = await startServe(theirs.folder);
	const {code, stderr} = await run(['serve', '--port', String(serving.port)], {
		home: ours.folder,
	});
	expect(code).toBe(1);
	expect(stderr).toBe(
		`Port ${serving.port} is taken by the Tollgate of ${theirs.folder}, process ${serving.pid}.
Join that one with: tollgate --home ${theirs.folder}. Or choose another port with --port N, or port in [server].
`,
	);
	// It must be possible to try again at once.
	await using again = await startServe(ours.folder);
	expect(again.port).not.toBe(serving.port);
});
