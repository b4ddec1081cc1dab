// What the monitor costs, in a pseudo-terminal: its first frame before a log of a million, its work while
// twenty streams run, and when nothing does. Beside it, in the same run, htop. Run it with:
// npm run bench:monitor
import {execFileSync, fork} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';

const exchanges = Number(process.env.BENCH_EXCHANGES ?? 1_000_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 60);
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const streams = 20;
const deltaMs = 20;
const must = {
	firstFrame: 6,
	busyPercent: 5,
	idlePercent: 0.5,
	megabytes: 120,
};

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const program = here(`../${process.env.BENCH_DIST ?? 'dist'}/bin.js`);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-bench-'));
const home = path.join(folder, 'home');
const children = [];
const say = (text) => process.stdout.write(`${text}\n`);
const median = (values) =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const next = async (child) => {
	const [message] = await once(child, 'message');
	return message;
};

const start = async (name, ...arguments_) => {
	const child = fork(here(name), arguments_);
	children.push(child);
	return [child, await next(child)];
};

const inTerminal = (file, arguments_) => {
	const {CI: _ci, ...rest} = process.env;
	const env = {...rest, TOLLGATE_HOME: home};
	return pty.spawn(file, arguments_, {
		cols: 60,
		rows: 30,
		name: 'xterm-256color',
		env,
	});
};

/**
Milliseconds until something that matches has come, and then until the program is gone is waited for.
@param file
@param arguments_
@param shows
*/
async function untilShown(file, arguments_, shows) {
	const startedAt = performance.now();
	const terminal = inTerminal(file, arguments_);
	const gone = new Promise((resolve) => {
		terminal.onExit(resolve);
	});
	let seen = '';
	const tookMs = await new Promise((resolve) => {
		terminal.onData((data) => {
			seen += data;
			if (shows?.test(seen)) {
				resolve(performance.now() - startedAt);
			}
		});
		if (shows === undefined) {
			terminal.onExit(() => {
				resolve(performance.now() - startedAt);
			});
		}
	});
	terminal.kill('SIGTERM');
	await gone;
	return tookMs;
}

/**
Per cent of one processor over a while, its memory in megabytes, and bytes drawn each second.
@param terminal
@param forSeconds
*/
async function watched(terminal, forSeconds) {
	let bytes = 0;
	const counting = terminal.onData((data) => {
		bytes += data.length;
	});
	const before = ticksOf(terminal.pid);
	await delay(forSeconds * 1000);
	const used = ticksOf(terminal.pid) - before;
	counting.dispose();
	return {
		percent: used / ticksPerSecond / (forSeconds / 100),
		megabytes: memoryOf(terminal.pid),
		bytes: bytes / forSeconds,
	};
}

const ticksPerSecond = Number(
	execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}),
);

function ticksOf(pid) {
	const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return Number(fields[11]) + Number(fields[12]);
}

const memoryOf = (pid) =>
	Number(
		/VmRSS:\s+(?<kilobytes>\d+)/v.exec(
			fs.readFileSync(`/proc/${pid}/status`, 'utf8'),
		).groups.kilobytes,
	) / 1024;

const line = (name, {percent, megabytes, bytes}, limit) => {
	say(
		`${name.padEnd(26)} ${percent.toFixed(2).padStart(6)} %${limit === undefined ? ''.padEnd(12) : ` (must ${limit})`.padEnd(12)} ${megabytes.toFixed(0).padStart(4)} MB  ${bytes.toFixed(0).padStart(6)} bytes/s`,
	);
};

const hasHtop = () => {
	try {
		execFileSync('htop', ['--version']);
		return true;
	} catch {
		return false;
	}
};

async function measure() {
	const [, {url}] = await start('upstream.mjs');
	fs.mkdirSync(home, {mode: 0o700});
	execFileSync(process.execPath, [
		here('year.mjs'),
		path.join(home, 'usage.db'),
		JSON.stringify({
			count: exchanges,
			fromMs: Date.now() - 365 * 86_400_000,
			toMs: Date.now(),
		}),
	]);
	const [, {url: ours}] = await start(
		'tollgate.mjs',
		home,
		`[endpoints.bench]\nurl = "${url}"\n[concurrency]\nmax = 1000\n[guard]\nenabled = false\n[keys.default]\ndaily_cap = 1000000\n`,
	);
	const monitor = [program];

	const times = {bare: [], ours: []};
	for (let round = 0; round < rounds; round++) {
		times.bare.push(await untilShown(process.execPath, ['-e', '0']));
		times.ours.push(await untilShown(process.execPath, monitor, /LIVE/v));
	}

	const [bare, first] = [median(times.bare), median(times.ours)];
	say(
		`first frame, a log of ${exchanges}: ${first.toFixed(0)} ms, node -e 0: ${bare.toFixed(0)} ms, ratio ${(first / bare).toFixed(2)} (must ${must.firstFrame})`,
	);

	const shown = inTerminal(process.execPath, monitor);
	const beside = hasHtop() ? inTerminal('htop', []) : undefined;
	const both = async (name, limit) => {
		const [one, other] = await Promise.all([
			watched(shown, seconds),
			beside && watched(beside, seconds),
		]);
		line(`monitor, ${name}`, one, limit);
		if (other) {
			line(`htop, ${name}`, other);
		}
	};

	const [load] = await start('load.mjs');
	load.send({
		url: ours,
		bytes: 2000,
		stream: true,
		bench: `sse,250,${deltaMs}`,
		requests: 1e9,
		concurrency: streams,
	});
	// The streams do not end together any more.
	await delay(10_000);
	await both(`${streams} streams`, must.busyPercent);
	load.kill();
	// What flows is told of for a minute after its end.
	await delay(75_000);
	await both('idle', must.idlePercent);
	say(
		`memory of the monitor: ${memoryOf(shown.pid).toFixed(0)} MB (must ${must.megabytes})`,
	);
	shown.kill('SIGTERM');
	beside?.kill('SIGTERM');
	if (!beside) {
		say('htop is not installed: the monitor stands alone.');
	}
}

try {
	await measure();
} finally {
	for (const child of children) {
		child.kill('SIGKILL');
	}

	fs.rmSync(folder, {recursive: true, force: true});
}

process.exit();
