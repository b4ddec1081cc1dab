import type Database from 'better-sqlite3';
import {quarterMs} from '../exchange/measures.js';
import type {Problem} from './check.js';
import {hasLedger} from './ledger.js';
import {quarterOfLast} from './ledger-fill.js';
import {contributionSql, countedMeasures} from './ledger-sql.js';

/**
A day less than the log is counted back when it gets its counters.
*/
const checkedMs = 2 * 86_400_000;
const dayQuarters = 96;

type Row = Readonly<Record<string, string | number>>;

/**
What caps count of the last two days against the exchanges. Where some were taken out, and a day after that,
for exchanges that had been held, more may be counted than is there; so too before the first one, where a log has
taken the place of another on the same day. Nothing in a log of a version without caps.
*/
export function wronglyCounted(db: Database.Database): readonly Problem[] {
	if (!hasLedger(db)) {
		return [];
	}

	const rows = db
		.prepare(
			`SELECT key, quarter, ${countedMeasures.map((name) => `sum(${name}) AS ${name}`).join(', ')},
				quarter > coalesce((SELECT max(quarter) FROM seals) + ${dayQuarters}, 0)
					AND quarter >= coalesce((SELECT startedAt FROM exchanges ORDER BY id LIMIT 1), 0) / ${quarterMs} AS isWhole
			FROM (
				SELECT key, quarter, ${countedMeasures.join(', ')} FROM counted
				UNION ALL
				SELECT key, quarter, ${countedMeasures.map((name) => `-${name}`).join(', ')} FROM (${contributionSql('exchanges')})
			) WHERE quarter >= ? GROUP BY key, quarter`,
		)
		.all(quarterOfLast(db, checkedMs)) as readonly Row[];
	return rows.flatMap((row) =>
		countedMeasures
			.filter((measure) =>
				row['isWhole'] === 1 ? row[measure] !== 0 : Number(row[measure]) < 0,
			)
			.map((measure) => ({
				kind: 'sum' as const,
				table: 'counted',
				key: {key: row['key']!, quarter: row['quarter']!},
				measure,
				tooMuch: Number(row[measure]),
			})),
	);
}
