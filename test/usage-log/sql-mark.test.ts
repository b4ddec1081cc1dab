import {createHash} from 'node:crypto';
import {expect, test} from 'vitest';
import {sqlMark} from '../../source/usage-log/rollup-schema.js';
import {
	exchangeSumsView,
	triggerSql,
} from '../../source/usage-log/rollup-triggers.js';

test('the mark of the sums is that of the SQL that keeps them', () => {
	const mark = createHash('sha256')
		.update([exchangeSumsView, ...triggerSql].join('\n'))
		.digest('hex')
		.slice(0, 16);
	expect(sqlMark).toBe(mark);
});
