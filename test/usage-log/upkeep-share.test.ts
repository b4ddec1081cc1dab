import {expect, test} from 'vitest';
import {buildSome} from '../../source/usage-log/build-rollups.js';
import {logPlace} from '../helpers/log.js';

test('a reader tells how much of an older log has its sums, until all of it has', () => {
	using place = logPlace();
	place.record().close();
	const db = place.connect();
	const insert = db.prepare(
		"INSERT INTO exchanges (revision, startedAt, outcome, format) VALUES (?, ?, 'ok', 'anthropic-messages')",
	);
	for (let id = 1; id <= 99; id++) {
		insert.run(id, 1_782_000_000_000 + id);
	}

	const reader = place.read();
	expect(reader.upkeep()).toBe(undefined);
	// As a log is that had no sums before.
	db.exec('UPDATE rollupMarks SET builtFrom = 100');
	expect(reader.upkeep()).toBe(0);
	buildSome(db, 33);
	expect(reader.upkeep()).toBeGreaterThan(0.2);
	expect(reader.upkeep()).toBeLessThan(0.5);
	for (let step = 0; step < 10; step++) {
		buildSome(db, 33);
	}

	expect(reader.upkeep()).toBe(undefined);
});

test('a log that has no marks of sums is not brought up to date by anybody', () => {
	using place = logPlace();
	place.record().close();
	const reader = place.read();
	place.connect().exec('ALTER TABLE rollupMarks RENAME TO forgotten');
	expect(reader.upkeep()).toBe(undefined);
});
