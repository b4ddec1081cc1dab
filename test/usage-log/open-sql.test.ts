import {expect, test} from 'vitest';
import {fromOpenSql} from '../../source/usage-log/open-sql.js';
import {logPlace} from '../helpers/log.js';

test.each([
	['the rows', `SELECT exchanges.* ${fromOpenSql}`],
	['how many', `SELECT count(*) ${fromOpenSql}`],
	[
		'those held',
		`SELECT count(*) ${fromOpenSql} JOIN live ON live.id = exchanges.id WHERE live.heldSince IS NOT NULL`,
	],
])('what is open is found without reading the whole log: %s', (_what, sql) => {
	using place = logPlace();
	place.record();
	const steps = place
		.connect()
		.prepare(`EXPLAIN QUERY PLAN ${sql}`)
		.all() as ReadonlyArray<Readonly<{detail: string}>>;
	const details = steps.map(({detail}) => detail).join('\n');
	expect(details).toContain('SEARCH exchanges USING INTEGER PRIMARY KEY');
	expect(details).not.toMatch(/SCAN exchanges|AUTOMATIC/);
});
