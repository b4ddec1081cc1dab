import {expect, test} from 'vitest';
import {checkLog} from '../../source/usage-log/check.js';
import {keepUp, openForUpkeep} from '../../source/usage-log/upkeep.js';
import {logPlace} from '../helpers/log.js';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22);

/**
A log with so many requests an hour apart, the last of them now; `at` may put one elsewhere in time.
*/
function logOf(count: number, at: (index: number) => number | undefined) {
	const place = logPlace();
	place.record().close();
	const db = openForUpkeep(place.path);
	const insert = db.prepare(
		"INSERT INTO exchanges (revision, startedAt, endedAt, outcome, format, path, servedModel, session, attempts, inputTokens) VALUES (?, ?, ?, 'ok', 'anthropic-messages', '/v1/messages', 'm', ?, 1, 10)",
	);
	db.transaction(() => {
		for (let index = 0; index < count; index++) {
			const startedAt = at(index) ?? now - (count - 1 - index) * 3_600_000;
			insert.run(index + 1, startedAt, startedAt + 1, `s${index % 7}`);
		}
	})();
	return {
		db,
		[Symbol.dispose]() {
			db.close();
			place[Symbol.dispose]();
		},
	};
}

test('rows that were written while a clock was ahead do not end the search for old ones', async () => {
	using log = logOf(2000, (index) =>
		index >= 30 && index < 200 ? now + 400 * dayMs : undefined,
	);
	const {pruned} = await keepUp(log.db, {pruneBeforeMs: now - 10 * dayMs});
	const left = log.db
		.prepare('SELECT count(*) FROM exchanges WHERE startedAt < ?')
		.pluck()
		.get(now - 10 * dayMs);

	expect(pruned).toBe(2000 - 170 - 241);
	expect(left).toBe(0);
	expect(checkLog(log.db).problems).toEqual([]);
});

test('a seal that is damaged is still found after more was taken out under it', async () => {
	using log = logOf(100, (index) =>
		index < 50 ? now - 30 * dayMs : undefined,
	);
	await keepUp(log.db, {pruneBeforeMs: now - 10 * dayMs});
	log.db.prepare("UPDATE seals SET checksum = 'abc'").run();
	log.db
		.prepare('UPDATE exchanges SET startedAt = ? WHERE id = 60')
		.run(now - 30 * dayMs);

	const {pruned} = await keepUp(log.db, {pruneBeforeMs: now - 10 * dayMs});
	expect(pruned).toBe(1);
	expect(checkLog(log.db).problems).toEqual([
		{kind: 'seal', quarter: (now - 30 * dayMs) / 900_000},
	]);
});

test('a seal that tells of more or fewer exchanges than were taken out is found', async () => {
	using log = logOf(100, (index) =>
		index < 50 ? now - 30 * dayMs : undefined,
	);
	await keepUp(log.db, {pruneBeforeMs: now - 10 * dayMs});
	expect(checkLog(log.db).problems).toEqual([]);
	log.db.prepare('UPDATE seals SET exchanges = exchanges - 1').run();

	expect(checkLog(log.db).problems).toEqual([
		{kind: 'seal', quarter: (now - 30 * dayMs) / 900_000},
	]);
});

test('a session that spans less than its sums is found', () => {
	using log = logOf(100, () => undefined);
	expect(checkLog(log.db).problems).toEqual([]);
	log.db
		.prepare(
			"UPDATE sessionTotals SET firstQuarter = firstQuarter + 8 WHERE session = 's1'",
		)
		.run();

	expect(checkLog(log.db).problems).toMatchObject([
		{kind: 'sum', table: 'sessionTotals', key: {session: 's1'}, tooMuch: -8},
	]);
});
