import {expect, test, vi} from 'vitest';
import {run, startProgram, testHome} from '../helpers/program.js';
import {holderOf, kill} from './open-monitor.js';

const anyPort = '[server]\nport = 0\n';

/**
Neither it nor the passthrough that it starts outlives the test.
*/
function startPlain(home: string) {
	const plain = startProgram(['--plain'], {home});
	return Object.assign(plain, {
		async [Symbol.asyncDispose]() {
			plain.child.kill('SIGKILL');
			await plain.ended;
			const holder = holderOf(home);
			if (holder) {
				kill(holder.pid, 'SIGKILL');
			}
		},
	});
}

const untilSaid = async (plain: {stdout(): string}, text: string | RegExp) => {
	await vi.waitFor(
		() => {
			expect(plain.stdout()).toMatch(text);
		},
		{timeout: 15_000},
	);
};

test('into a pipe it starts a passthrough, tells of what happens, and leaves three lines', async () => {
	using home = testHome(anyPort);
	await using plain = startPlain(home.folder);
	await untilSaid(plain, /^\d\d:\d\d:\d\d {2}passthrough serves at http:/mv);
	await run(['pause'], {home: home.folder});
	await untilSaid(
		plain,
		/paused, new requests wait, by a command; "tollgate resume" goes on/v,
	);
	await run(['resume'], {home: home.folder});
	await untilSaid(plain, /resumed, by a command/v);
	const {url, pid} = holderOf(home.folder)!;
	plain.child.kill('SIGINT');
	const {code, stdout, stderr} = await plain.ended;
	expect(code).toBe(130);
	expect(stderr).toBe('');
	expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
		expect.stringMatching(/^Seen here in .*: no request ended\.$/v),
		`The passthrough goes on at ${url} (pid ${pid}).`,
		'Stop it with: tollgate stop',
	]);

	expect(stdout).toMatch(/^[\n\u{20}-\u{7E}]*$/v);
});

test('it ends quietly where nobody reads it any more', async () => {
	using home = testHome(anyPort);
	await using plain = startPlain(home.folder);
	await untilSaid(plain, 'passthrough serves');
	plain.child.stdout!.destroy();
	await run(['pause'], {home: home.folder});
	const {code, stderr} = await plain.ended;
	expect(code).toBe(0);
	expect(stderr).toBe('');
});

test('it cannot be had together with one frame', async () => {
	using home = testHome(anyPort);
	expect(await run(['--plain', '--once'], {home: home.folder})).toMatchObject({
		code: 2,
		stderr:
			'--plain tells of every event, and --once prints one frame and leaves.\nLeave one of them out.\n',
	});
});
