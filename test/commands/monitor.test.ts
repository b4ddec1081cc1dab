import fs from 'node:fs';
import net, {type AddressInfo} from 'node:net';
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {run, startServe, testHome} from '../helpers/program.js';
import {
	expectRestored,
	holderOf,
	isLive,
	kill,
	openMonitor,
	serves,
} from './open-monitor.js';

const anyPort = '[server]\nport = 0\n';

test('it starts a passthrough, and leaves it serving at q', async () => {
	using home = testHome(anyPort);
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	const {url, pid} = holderOf(home.folder)!;
	expect(monitor.text()).toContain(`${url} → anthropic`);
	expect(monitor.isAlternate).toBe(true);

	monitor.press('q');
	expect(await monitor.exited).toMatchObject({exitCode: 0});
	expectRestored(monitor);
	expect(monitor.text()).toContain(
		`The passthrough goes on at ${url} (pid ${pid}).`,
	);
	expect(monitor.text()).toContain('Stop it with: tollgate stop');
	expect(await serves(home.folder)).toBe(true);
	expect(holderOf(home.folder)!.pid).toBe(pid);
});

test.runIf(process.platform === 'linux')(
	'what it starts has a session of its own, and a crash.log for the user alone',
	async () => {
		using home = testHome(anyPort);
		await using monitor = openMonitor(home.folder);
		await monitor.waitFor(isLive);
		const {pid} = holderOf(home.folder)!;
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		const session = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 4)[3];
		expect(Number(session)).toBe(pid);
		const crashLog = fs.statSync(home.file('crash.log'));
		// eslint-disable-next-line no-bitwise
		expect(crashLog.mode & 0o777).toBe(0o600);
	},
);

test('it joins the passthrough that runs', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	expect(monitor.text()).toContain(serving.url);
	monitor.press('q');
	await monitor.exited;
	expect(monitor.text()).toContain(`(pid ${serving.pid})`);
	expect(await serves(home.folder)).toBe(true);
});

test('where the variable for the agent is set, it still joins', async () => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	await using monitor = openMonitor(home.folder, {
		environment: {ANTHROPIC_BASE_URL: serving.url},
	});
	await monitor.waitFor(isLive);
});

test('Q stops the passthrough too', async () => {
	using home = testHome(anyPort);
	await using monitor = openMonitor(home.folder);
	await monitor.waitFor(isLive);
	monitor.press('Q');
	expect(await monitor.exited).toMatchObject({exitCode: 0});
	expectRestored(monitor);
	expect(monitor.text()).toContain('The passthrough has stopped.');
	expect(holderOf(home.folder)).toBeUndefined();
});

test.each([
	['ctrl-c', 0],
	['SIGTERM', 130],
	['SIGHUP', 130],
	['SIGINT', 130],
] as const)(
	'%s gives the terminal back, and the passthrough goes on',
	async (how, exitCode) => {
		using home = testHome(anyPort);
		await using monitor = openMonitor(home.folder);
		await monitor.waitFor(isLive);
		if (how === 'ctrl-c') {
			monitor.press('\u{3}');
		} else {
			monitor.kill(how);
		}

		expect(await monitor.exited).toMatchObject({exitCode});
		expectRestored(monitor);
		expect(monitor.text()).toContain('The passthrough goes on');
		expect(await serves(home.folder)).toBe(true);
	},
);

test('a monitor that is killed takes nothing with it, and the next one joins', async () => {
	using home = testHome(anyPort);
	await using killed = openMonitor(home.folder);
	await killed.waitFor(isLive);
	const {pid} = holderOf(home.folder)!;
	kill(killed.pid, 'SIGKILL');
	await killed.exited;
	expect(await serves(home.folder)).toBe(true);

	await using next = openMonitor(home.folder);
	await next.waitFor(isLive);
	expect(holderOf(home.folder)!.pid).toBe(pid);
	next.press('q');
	await next.exited;
	expect(next.text()).toContain(`(pid ${pid})`);
});

test('two monitors that start at once share one passthrough', async () => {
	using home = testHome(anyPort);
	await using one = openMonitor(home.folder);
	await using other = openMonitor(home.folder);
	await one.waitFor(isLive, 30_000);
	await other.waitFor(isLive, 30_000);
	const {url} = holderOf(home.folder)!;
	expect(one.text()).toContain(url);
	expect(other.text()).toContain(url);
});

test('a config error is told before anything is drawn', async () => {
	using home = testHome('[server]\nprot = 1\n');
	await using monitor = openMonitor(home.folder);
	expect(await monitor.exited).toMatchObject({exitCode: 2});
	expect(monitor.raw.join('')).not.toContain('\u{1B}[?1049h');
	expect(monitor.text()).toContain('prot');
	expect(holderOf(home.folder)).toBeUndefined();
});

test('a port that is taken is told on the screen; a changed config is tried at once', async () => {
	const occupied = net.createServer().listen(0, '127.0.0.1');
	await vi.waitUntil(() => occupied.listening);
	const {port} = occupied.address() as AddressInfo;
	using home = testHome(`[server]\nport = ${port}\n`);
	await using monitor = openMonitor(home.folder, {columns: 160});
	await monitor.waitFor((text) => text.includes(`Port ${port} is taken`));
	expect(monitor.text()).toContain('DOWN');
	fs.writeFileSync(home.file('config.toml'), anyPort);
	await monitor.waitFor(isLive);
	occupied.close();
});

test.each([
	[['--once', '--columns', '60']],
	[['--once', '--columns', '60', '--ascii']],
])('%j prints one plain frame of what runs', async (args) => {
	using home = testHome();
	await using serving = await startServe(home.folder);
	const {code, stdout, stderr} = await run(args, {home: home.folder});
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	const lines = stdout.split('\n');
	expect(lines[0]).toContain('LIVE');
	expect(lines[0]).toContain(`:${serving.port}`);
	expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(60);
	expect(stdout).not.toContain('\u{1B}');
	expect(/^[\n\u{20}-\u{7E}]*$/u.test(stdout)).toBe(args.includes('--ascii'));
});

test('--once starts nothing', async () => {
	using home = testHome(anyPort);
	const {code, stdout} = await run(['--once'], {home: home.folder});
	expect(code).toBe(0);
	expect(stdout).toContain('DOWN');
	expect(holderOf(home.folder)).toBeUndefined();
});

test('without a terminal it says what to use instead', async () => {
	using home = testHome(anyPort);
	expect(await run([], {home: home.folder})).toEqual({
		code: 2,
		signal: null,
		stdout: '',
		stderr:
			'The monitor needs a terminal, and this is none.\nUse "tollgate --plain" for a line per event, "tollgate --once" for one plain frame, or "tollgate status".\n',
	});
});
