// What a year's sums cost: 1,000,000 exchanges over a year are written, then read from the roll-ups
// and, for comparison, from the rows. Run it with: npm run bench:summary
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {registerHooks} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';

// Our imports name the JavaScript that becomes of each file; here the files run as they are.
registerHooks({
	resolve(specifier, context, nextResolve) {
		const isOurs =
			specifier.startsWith('.') &&
			!context.parentURL.includes('/node_modules/');
		return nextResolve(
			isOurs ? specifier.replace(/\.js$/v, '.ts') : specifier,
			context,
		);
	},
});
const {openLog} = await import('../source/usage-log/open.ts');
const {measureNames} = await import('../source/exchange/measures.ts');
const {readRollups, readSessions} =
	await import('../source/usage-log/rollups.ts');

const count = Number(process.argv[2] ?? 1_000_000);
const dayMs = 86_400_000;
const quarterMs = 900_000;
const folder =
	process.argv[3] ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-year-'));
const file = path.join(folder, 'usage.db');
const toMs = Date.UTC(2026, 5, 1);
const fromMs = toMs - 365 * dayMs;

function write() {
	const {db} = openLog(file, Date.now);
	db.pragma('synchronous = OFF');
	const insert = db.prepare(`
		INSERT INTO exchanges (revision, startedAt, endedAt, outcome, format, path, askedModel, sentModel, servedModel, alias, endpoint, key, session, attempts, httpStatus, usageStatus, inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, costNanodollars, countedNanodollars, priceSource, billing)
		SELECT id, startedAt, startedAt + 9000, CASE WHEN id % 50 THEN 'ok' ELSE 'error' END, 'anthropic-messages', '/v1/messages', model, model, model,
			CASE abs(random()) % 3 WHEN 0 THEN 'coding-fast' WHEN 1 THEN 'coding-deep' END, CASE abs(random()) % 2 WHEN 0 THEN 'main' ELSE 'other' END,
			CASE abs(random()) % 2 WHEN 0 THEN 'desktop' ELSE 'ci' END, 'session-' || (id / 60 * 4 + id % 4), 1, CASE WHEN id % 50 THEN 200 ELSE 429 END, 'exact',
			abs(random()) % 3000, abs(random()) % 900, abs(random()) % 90000, abs(random()) % 2000, abs(random()) % 90000000, 1, 'catalogue', 'api'
		FROM (SELECT CAST(value AS INTEGER) AS id, CAST(? + value * ? AS INTEGER) AS startedAt, 'claude-model-' || (abs(random()) % 5) AS model FROM (
			WITH RECURSIVE series(value) AS (SELECT ? UNION ALL SELECT value + 1 FROM series WHERE value < ?) SELECT value FROM series))
	`);
	const step = 5000;
	for (let first = 1; first <= count; first += step) {
		const last = Math.min(count, first + step - 1);
		insert.run(fromMs, Math.floor((toMs - fromMs) / (count + 1)), first, last);
		db.pragma('wal_checkpoint(PASSIVE)');
	}

	db.close();
}

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

if (process.argv[3] !== undefined) {
	write();
	process.exit();
}

const startedAt = performance.now();
// In a process of its own: its memory is not that of a reader.
execFileSync(process.execPath, [import.meta.filename, String(count), folder]);
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
