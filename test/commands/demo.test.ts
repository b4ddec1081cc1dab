import fs from 'node:fs';
import process from 'node:process';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {differences} from '../../source/commands/demo/compare.js';
import {createCounter, type Counted} from '../../source/simulated/count.js';
import {run, startProgram, testHome} from '../helpers/program.js';
import {
	expectRestored,
	holderOf,
	isGone,
	isLive,
	openProgram,
} from './open-monitor.js';

/**
The one home that a demo has made in a folder of temporary files.
*/
function demoHome(folder: string): string {
	const [name = '', ...others] = leftIn(folder);
	expect(others).toEqual([]);
	return path.join(folder, name);
}

const leftIn = (folder: string): readonly string[] =>
	fs.readdirSync(folder).filter((name) => name.startsWith('tollgate-'));

test('without a monitor it prints totals that the log, the endpoint and the agent agree on', async () => {
	using temporary = testHome();
	const {code, stdout, stderr} = await run(
		['demo', '--headless', '--requests', '200', '--seed', '7'],
		{env: {TMPDIR: temporary.folder}},
	);
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	const {seen} =
		/^200 requests in \S+ \(\d+ a second\), (?<seen>\d+) with what was tried again, seed 7\n/v.exec(
			stdout,
		)?.groups ?? {};
	expect(Number(seen)).toBeGreaterThan(200);
	expect(stdout).toMatch(/^claude-sonnet-4-6 +\d+ /mv);
	expect(stdout).toMatch(new RegExp(`^requests +${seen} +${seen} +200$`, 'mv'));
	expect(stdout).toContain('The log has the totals of the endpoint');
	expect(stdout.includes('memory of the passthrough')).toBe(
		process.platform === 'linux',
	);
	expect(leftIn(temporary.folder)).toEqual([]);
});

test('interrupted without a monitor, it leaves nothing behind', async () => {
	using temporary = testHome();
	await using demo = startProgram(
		['demo', '--headless', '--requests', '100000'],
		{env: {TMPDIR: temporary.folder}},
	);
	const pid = await vi.waitUntil(
		() => holderOf(demoHome(temporary.folder))?.pid,
		{timeout: 15_000},
	);
	demo.child.kill('SIGINT');
	expect(await demo.ended).toMatchObject({code: 130, stdout: ''});
	expect(isGone(pid)).toBe(true);
	expect(leftIn(temporary.folder)).toEqual([]);
});

test.each([
	[40, 12],
	[80, 24],
	[200, 50],
])(
	'at %ix%i it shows a live day, and ctrl-c leaves nothing of it',
	async (columns, rows) => {
		using temporary = testHome();
		await using demo = openProgram(['demo'], {
			columns,
			rows,
			environment: {TMPDIR: temporary.folder},
		});
		// Few rows may be full of what still runs.
		await demo.waitFor((text) => isLive(text) && /✓|[1-9] req\b/v.test(text));
		expect(demo.lines()[0]).toContain('coding-default');
		expect(demo.lines().at(-1)).toContain('q quit');
		const {pid} = holderOf(demoHome(temporary.folder))!;
		demo.press('\u{3}');
		expect(await demo.exited).toMatchObject({exitCode: 0});
		expectRestored(demo);
		expect(demo.text()).toContain('The demo has ended');
		expect(isGone(pid)).toBe(true);
		expect(leftIn(temporary.folder)).toEqual([]);
	},
);

test.each(['ctrl-c', 'Q', 'SIGTERM', 'SIGHUP', 'SIGINT', 'a bug'] as const)(
	'%s leaves nothing of it either',
	async (how) => {
		using temporary = testHome();
		await using demo = openProgram(['demo'], {
			columns: 80,
			rows: 24,
			environment: {
				TMPDIR: temporary.folder,
				...(how === 'a bug' && {NODE_OPTIONS: crashing}),
			},
		});
		await demo.waitFor(isLive);
		const {pid} = holderOf(demoHome(temporary.folder))!;
		switch (how) {
			case 'ctrl-c': {
				demo.press('\u{3}');
				break;
			}

			case 'Q': {
				demo.press('Q');
				// It asks where requests are open just now.
				await demo.waitFor((text) => text.includes('y/n') || !demo.isAlternate);
				demo.press('y');
				break;
			}

			case 'SIGTERM':
			case 'SIGHUP':
			case 'SIGINT': {
				demo.kill(how);
				break;
			}

			case 'a bug': {
				break;
			}
		}

		const {exitCode} = await demo.exited;
		expect(exitCode).toBe(
			how.startsWith('SIG') ? 130 : how === 'a bug' ? 1 : 0,
		);
		expectRestored(demo);
		expect(demo.text()).toContain(
			how === 'a bug' ? 'a bug of ours' : 'The demo has ended',
		);
		await vi.waitUntil(() => isGone(pid), {timeout: 10_000});
		expect(leftIn(temporary.folder)).toEqual([]);
	},
);

/**
Throws in the demo's own process, a while after it has begun.
*/
const crashing = `--import=data:text/javascript,${encodeURIComponent(
	'if (process.argv[2] === "demo") setTimeout(() => { throw new Error("a bug of ours"); }, 4000);',
)}`;

test('a passthrough of the demo that is killed comes back at the same address', async () => {
	using temporary = testHome();
	await using demo = openProgram(['demo'], {
		columns: 80,
		rows: 24,
		environment: {TMPDIR: temporary.folder},
	});
	await demo.waitFor(isLive);
	const home = demoHome(temporary.folder);
	const first = holderOf(home)!;
	process.kill(first.pid, 'SIGKILL');
	await demo.waitFor((text) => text.includes('PASSTHROUGH DOWN'));
	await demo.waitFor(isLive);
	expect(holderOf(home)).toMatchObject({url: first.url});
	expect(holderOf(home)!.instance).not.toBe(first.instance);
	demo.press('\u{3}');
	await demo.exited;
	expect(leftIn(temporary.folder)).toEqual([]);
});

test.each([
	[['demo'], 'needs a terminal', 'tollgate demo --headless'],
	[['demo', '--headless', '--home', '/nowhere'], 'a home of its own', '--home'],
	[['demo', '--headless', '--requests', '0'], '--requests', 'from 1 to'],
])('%j is refused with what to do', async (args, says, hint) => {
	const {code, stderr, stdout} = await run(args);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr).toContain(says);
	expect(stderr).toContain(hint);
});

test('two counts are held side by side, in all and by model', () => {
	const one: Counted = {
		model: 'claude-sonnet-4-6',
		ending: 'complete',
		status: 200,
		told: {input: 3, output: 5, cacheRead: 0, cacheWrite5m: 1, cacheWrite1h: 1},
	};
	const count = (...all: readonly Counted[]) => {
		const counter = createCounter();
		for (const counted of all) {
			counter.add(counted);
		}

		return counter.read();
	};

	expect(differences(count(one), count(one))).toEqual([]);
	expect(differences(count(one), count())).toContain(
		'in all: requests 1 at the endpoint, 0 in the log',
	);
	const more = {...one, told: {...one.told!, output: 6}};
	expect(differences(count(one), count(more))).toEqual([
		'in all: tokens out 5 at the endpoint, 6 in the log',
		'claude-sonnet-4-6: tokens out 5 at the endpoint, 6 in the log',
	]);
	expect(
		differences(count(one), count({...one, model: 'claude-opus-5-5'})),
	).toHaveLength(10);
});
