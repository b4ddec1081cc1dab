import fs from 'node:fs';
import {expect, test} from 'vitest';
import {reasonsInUse} from '../scripts/docs/reasons-table.js';
import {errorClasses} from '../source/exchange/usage.js';

const page = fs.readFileSync('docs/errors.md', 'utf8');

test.for([...errorClasses, ...reasonsInUse])(
	'the page of errors says what %s means and what to do',
	(name) => {
		expect(page).toContain(`\`${name}\``);
	},
);

test('no row of the page is without a meaning', () => {
	const rows = page
		.split('\n')
		.filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
		.map((line) => line.split(/(?<!\\)\|/v).map((cell) => cell.trim()));
	expect(rows.length).toBeGreaterThan(50);
	for (const cells of rows) {
		// Before the last: of some nothing is to be done.
		expect(cells.at(-3)).not.toBe('');
	}
});
