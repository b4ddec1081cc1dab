import type Database from 'better-sqlite3';
import {nextRevisionSql} from './numbers.js';

const seenTokens = [
	'inputTokens',
	'cacheReadTokens',
	'cacheWrite5mTokens',
	'cacheWrite1hTokens',
	'estimatedOutputTokens',
]
	.map((column) => `coalesce(seen.${column}, 0)`)
	.join(' + ');

/**
Marks what a dead writer left open as `lost`, with what its progress had shown until then. What was
reserved for it counts: nobody knows how much of that was used. Runs inside a transaction of the caller.
Answers how many exchanges there were.
*/
export function markLost(db: Database.Database, owner: string): number {
	const open = db
		.prepare(
			`SELECT exchanges.id FROM writers JOIN exchanges
			ON exchanges.id >= writers.openFrom AND exchanges.owner = writers.owner AND outcome = 'open'
			WHERE writers.owner = ?`,
		)
		.pluck()
		.all(owner) as number[];
	const lose = db.prepare(`
		UPDATE exchanges SET revision = ${nextRevisionSql}, outcome = 'lost', state = NULL,
			endedAt = coalesce(seen.lastByteAt, exchanges.startedAt),
			firstByteAt = seen.firstByteAt, firstTokenAt = seen.firstTokenAt,
			inputTokens = seen.inputTokens, cacheReadTokens = seen.cacheReadTokens,
			cacheWrite5mTokens = seen.cacheWrite5mTokens, cacheWrite1hTokens = seen.cacheWrite1hTokens, servedModel = seen.servedModel, responseBytes = seen.responseBytes,
			countedNanodollars = CASE WHEN bound.exchange IS NULL THEN countedNanodollars ELSE max(bound.nanodollars, coalesce(countedNanodollars, 0)) END,
			countedTokens = CASE WHEN bound.exchange IS NULL THEN countedTokens ELSE max(bound.tokens, coalesce(countedTokens, 0), ${seenTokens}) END,
			usageStatus = CASE WHEN format IS NULL OR path LIKE '%/count_tokens' THEN 'none' WHEN seen.inputTokens IS NULL THEN 'missing' ELSE 'partial' END
		FROM (SELECT @id AS wanted) LEFT JOIN live AS seen ON seen.id = wanted LEFT JOIN reservations AS bound ON bound.exchange = wanted
		WHERE exchanges.id = @id
	`);
	for (const id of open) {
		lose.run({id});
	}

	db.prepare('DELETE FROM live WHERE owner = ?').run(owner);
	// Those of its exchanges went with them.
	db.prepare('DELETE FROM reservations WHERE owner = ?').run(owner);
	db.prepare('DELETE FROM writers WHERE owner = ?').run(owner);
	return open.length;
}
