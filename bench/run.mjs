// What the passthrough costs, as ratios to a raw node:http pipe in the same run. Absolute times say
// more about the machine than about us; the two take turns, so that its moods meet both.
import {execFile, fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const warmUpRequests = Number(process.env.BENCH_WARM_UP ?? 20_000);
const limits = {
	2000: {cpu: 1.2, first: 1.2},
	200_000: {cpu: 1.35, first: 1.2},
	2_000_000: {cpu: 1.6, first: 1},
};
const cases = [
	{bytes: 2000, bench: 'json', requests: 400, concurrency: 1},
	{bytes: 2000, bench: 'sse,40,0', requests: 300, concurrency: 1},
	{bytes: 200_000, bench: 'json', requests: 150, concurrency: 1},
	{bytes: 200_000, bench: 'sse,40,0', requests: 150, concurrency: 1},
	{bytes: 2_000_000, bench: 'json', requests: 30, concurrency: 1},
	{bytes: 2_000_000, bench: 'sse,40,0', requests: 30, concurrency: 1},
	{
		bytes: 2000,
		bench: 'sse,100,20',
		requests: 64,
		concurrency: 32,
		paced: true,
	},
];

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const next = async (child) => {
	const [message] = await once(child, 'message');
	return message;
};

const ask = async (child, message) => {
	const answer = next(child);
	child.send(message);
	return answer;
};

const median = (values) =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const total = ({user, system}) => user + system;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-bench-'));
const home = path.join(folder, 'home');
const children = [];
const start = async (name, ...arguments_) => {
	const child = fork(here(name), arguments_);
	children.push(child);
	return [child, await next(child)];
};

try {
	await measure();
} finally {
	for (const child of children) {
		child.kill('SIGKILL');
	}

	fs.rmSync(folder, {recursive: true, force: true});
}

async function measure() {
	const [, {url}] = await start('upstream.mjs');
	const [raw, {url: rawUrl}] = await start('raw-pipe.mjs', url);
	const config = `[endpoints.bench]\nurl = "${url}"\n[concurrency]\nmax = 1000\n[guard]\nenabled = false\n`;
	const [ours, {url: oursUrl}] = await start(
		'tollgate.mjs',
		home,
		`${config}[aliases.other]\ntargets = ["bench/other-model"]\n[routing]\nsteer = ["*"]\n`,
	);
	const idle = await ask(ours, {});
	const [load] = await start('load.mjs');
	for (const target of [rawUrl, oursUrl]) {
		await ask(load, {
			url: target,
			bytes: 2000,
			stream: false,
			bench: 'json',
			requests: warmUpRequests,
			concurrency: 1,
		});
	}

	console.log(
		`${'request'.padEnd(9)} ${'answer'.padEnd(12)} ${'at once'.padStart(7)}  CPU/request raw ours  ratio must  added first byte  must  with an alias  must`,
	);
	const peaks = [];
	for (const one of cases) {
		const figures = await compare({
			one,
			raw,
			ours,
			load,
			rawUrl,
			oursUrl,
			url,
		});
		print(one, figures);
		const {rss} = await ask(ours, {});
		peaks.push(rss);
	}

	const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;
	console.log(
		`memory: idle ${mb(idle.rss)} (must 85 MB), under load ${mb(Math.max(...peaks))} (must 200 MB), after each case ${peaks.map((peak) => mb(peak)).join(', ')}`,
	);
	await startUp(config);
}

async function compare({one, raw, ours, load, rawUrl, oursUrl, url}) {
	const cpu = {raw: [], ours: [], steered: []};
	const first = {raw: [], ours: [], steered: [], direct: []};
	const run = (target) =>
		ask(load, {...one, url: target, stream: one.bench !== 'json'});
	const taking = [
		['raw', raw, rawUrl],
		['ours', ours, oursUrl, 'as-asked'],
		// The same process: two that do the same differ by more than an alias costs.
		['steered', ours, oursUrl, 'other'],
	];
	for (let round = 0; round <= rounds; round++) {
		// Whoever comes first finds the caches as somebody else has left them: they take turns in that too.
		for (const [name, child, target, alias] of round % 2 === 0
			? taking
			: taking.toReversed()) {
			if (alias !== undefined) {
				await switchTo(alias);
			}

			const before = await ask(child, {});
			const {firstMs} = await run(target);
			const after = await ask(child, {});
			if (!(round > 0)) {
				continue;
			}

			cpu[name].push((total(after.cpu) - total(before.cpu)) / one.requests);
			first[name].push(firstMs);
		}

		const {firstMs} = await run(url);
		first.direct.push(firstMs);
	}

	const ratios = cpu.ours.map((value, index) => value / cpu.raw[index]);
	const direct = median(first.direct);
	return {
		raw: median(cpu.raw),
		ours: median(cpu.ours),
		cpu: median(ratios),
		steered: median(cpu.steered.map((value, index) => value / cpu.ours[index])),
		first: (median(first.ours) - direct) / (median(first.raw) - direct),
	};
}

async function switchTo(alias) {
	await promisify(execFile)(process.execPath, [
		here('../dist/bin.js'),
		'alias',
		alias,
		'--home',
		home,
	]);
}

function print(one, {raw, ours, cpu, first, steered}) {
	const must = one.paced ? {cpu: 1.2} : limits[one.bytes];
	console.log(
		[
			`${one.bytes / 1000} KB`.padEnd(9),
			one.bench.padEnd(12),
			String(one.concurrency).padStart(7),
			`${Math.round(raw)} µs`.padStart(15),
			`${Math.round(ours)} µs`.padStart(9),
			cpu.toFixed(2).padStart(6),
			String(must.cpu).padStart(5),
			first.toFixed(2).padStart(16),
			String(must.first ?? '-').padStart(6),
			steered.toFixed(2).padStart(13),
			'1.1'.padStart(5),
		].join(' '),
	);
}

/**
From the start of the program to its word that it listens, beside a Node that does nothing.
@param config
*/
async function startUp(config) {
	const times = {node: [], ours: []};
	for (let round = 0; round < 11; round++) {
		times.node.push(await timed([process.execPath, '-e', '0'], 'exit'));
		const place = path.join(folder, `start-${round}`);
		fs.mkdirSync(place, {mode: 0o700});
		fs.writeFileSync(path.join(place, 'config.toml'), config, {mode: 0o600});
		times.ours.push(
			await timed(
				[
					process.execPath,
					here('../dist/bin.js'),
					'serve',
					'--port',
					'0',
					'--home',
					place,
				],
				'listening',
			),
		);
	}

	const [node, ours] = [median(times.node), median(times.ours)];
	console.log(
		`start to listening: ${Math.round(ours)} ms, node -e 0: ${Math.round(node)} ms, ratio ${(ours / node).toFixed(2)} (must 4)`,
	);
}

async function timed([command, ...arguments_], until) {
	const began = performance.now();
	const child = spawn(command, arguments_, {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const gone = once(child, 'exit');
	await (until === 'exit' ? gone : once(child.stdout, 'data'));
	const ms = performance.now() - began;
	if (until !== 'exit') {
		child.kill('SIGTERM');
		await gone;
	}

	return ms;
}
