// Writes a usage log as if an agent had worked all the time: node bench/year.mjs FILE '{"count":1000,"fromMs":0,"toMs":1}'
import process from 'node:process';
import {runFromSource} from './from-source.mjs';

runFromSource();

const step = 5000;

/**
`count` exchanges, evenly from `fromMs` to `toMs` (epoch milliseconds), with their sums.
@param file
@param root0
@param root0.count
@param root0.fromMs
@param root0.toMs
*/
async function write(file, {count, fromMs, toMs}) {
	const {openLog} = await import('../source/usage-log/open.ts');
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
	for (let first = 1; first <= count; first += step) {
		const last = Math.min(count, first + step - 1);
		insert.run(fromMs, Math.floor((toMs - fromMs) / (count + 1)), first, last);
		db.pragma('wal_checkpoint(PASSIVE)');
	}

	db.close();
}

const [file, given] = process.argv.slice(2);
await write(file, JSON.parse(given));
