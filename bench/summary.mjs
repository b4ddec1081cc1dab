// What a year's sums cost: 1,000,000 exchanges over a year are written, then read from the roll-ups
// and, for comparison, from the rows. Run it with: npm run bench:summary
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import Database from 'better-sqlite3';
import {runFromSource} from './from-source.mjs';

runFromSource();
const {measureNames} = await import('../source/exchange/measures.ts');
const {readRollups, readSessions} =
	await import('../source/usage-log/rollups.ts');

const count = Number(process.argv[2] ?? 1_000_000);
const dayMs = 86_400_000;
const quarterMs = 900_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-year-'));
const file = path.join(folder, 'usage.db');
const toMs = Date.UTC(2026, 5, 1);
const fromMs = toMs - 365 * dayMs;

/**
Milliseconds of processor time, the best of some runs.
@param read
@param runs
*/
function cost(read, runs = 5) {
	let best = Infinity;
	for (let run = 0; run < runs; run++) {
		const before = process.cpuUsage();
		read();
		const {user, system} = process.cpuUsage(before);
		best = Math.min(best, (user + system) / 1000);
	}

	return best;
}

const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;
const say = (text) => process.stdout.write(`${text}\n`);

/**
Processor time and the most memory of a process, until it ends.
@param words
*/
function runAlone(words) {
	const telling =
		'process.on("exit",()=>{const{userCPUTime:u,systemCPUTime:s,maxRSS:m}=process.resourceUsage();process.getBuiltinModule("fs").writeSync(3,[(u+s)/1e3,m/1024].join(" "))})';
	const {status, output} = spawnSync(
		process.execPath,
		['--import', `data:text/javascript,${telling}`, ...words],
		{
			env: {...process.env, TOLLGATE_HOME: folder},
			stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
			encoding: 'utf8',
		},
	);
	if (status !== 0) {
		throw new Error(`It ended with ${status}: ${words.join(' ')}`);
	}

	const [milliseconds, megabytes] = output[3].split(' ').map(Number);
	return {milliseconds, megabytes};
}

const startedAt = performance.now();
// In a process of its own: its memory is not that of a reader.
execFileSync(process.execPath, [
	fileURLToPath(new URL('year.mjs', import.meta.url)),
	file,
	JSON.stringify({count, fromMs, toMs}),
]);
say(
	`${count} exchanges over a year: written in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${(fs.statSync(file).size / 2 ** 20).toFixed(0)} MB`,
);

const db = new Database(file, {readonly: true});
const year = {
	fromQuarter: fromMs / quarterMs + 22,
	toQuarter: toMs / quarterMs,
};
say(`memory before: ${peakMegabytes().toFixed(0)} MB`);
const readings = {
	'in all': () => readRollups(db, {...year, by: []}),
	'by model and endpoint': () =>
		readRollups(db, {...year, by: ['model', 'endpoint']}),
	'by day'() {
		for (let day = year.fromQuarter; day < year.toQuarter; day += 96) {
			readRollups(db, {fromQuarter: day, toQuarter: day + 96, by: []});
		}
	},
	'the five dearest sessions': () => readSessions(db, {...year, limit: 5}),
};
const costs = {};
for (const [name, read] of Object.entries(readings)) {
	costs[name] = cost(read);
	say(`a year ${name}: ${costs[name].toFixed(1)} ms`);
}

say(`memory until here: ${peakMegabytes().toFixed(0)} MB`);
const sums = measureNames.map((name) => `sum(${name})`).join(', ');
const rows = cost(
	() =>
		db
			.prepare(
				`SELECT ${sums} FROM exchangeSums WHERE quarter >= ? AND quarter < ?`,
			)
			.get(year.fromQuarter, year.toQuarter),
	1,
);
say(
	`the same from the rows: ${rows.toFixed(0)} ms, ${(rows / costs['in all']).toFixed(0)} times as much as in all`,
);
db.close();

fs.chmodSync(folder, 0o700);
fs.writeFileSync(
	path.join(folder, 'config.toml'),
	'[endpoints.bench]\nurl = "http://127.0.0.1:9"\n',
);
const program = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const since = [
	'summary',
	'--since',
	new Date(fromMs).toISOString().slice(0, 10),
];
const whole = {
	'node -e 0': ['-e', '0'],
	'the screen': [program, ...since],
	'--by model --json': [program, ...since, '--by', 'model', '--json'],
	'--by day --json': [program, ...since, '--by', 'day', '--json'],
	'--by hour --json': [program, ...since, '--by', 'hour', '--json'],
	'--by session --json': [program, ...since, '--by', 'session', '--json'],
};
// In turn, so that what else runs on the machine meets them all.
const rounds = Array.from({length: 9}, () =>
	Object.values(whole).map((words) => runAlone(words)),
);
const bare = Math.min(...rounds.map(([one]) => one.milliseconds));
for (const [index, name] of Object.keys(whole).entries()) {
	const best = Math.min(...rounds.map((round) => round[index].milliseconds));
	const most = Math.max(...rounds.map((round) => round[index].megabytes));
	say(
		`${name}: ${best.toFixed(0)} ms${index === 0 ? '' : `, ${(best - bare).toFixed(0)} ms above that`}, ${most.toFixed(0)} MB`,
	);
}

fs.rmSync(folder, {recursive: true, force: true});
