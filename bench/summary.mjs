// What a year's sums cost: 1,000,000 exchanges over a year are written, then read from the roll-ups
// and, for comparison, from the rows. Run it with: npm run bench:summary
import {execFileSync} from 'node:child_process';
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
fs.rmSync(folder, {recursive: true, force: true});
