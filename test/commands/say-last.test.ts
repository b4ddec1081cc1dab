import {expect, test} from 'vitest';
import {foldedLine} from '../../source/commands/say-last.js';

test.each([
	['a pipe has no width', undefined, ['Seen here in 12m: $0.08, 2 requests.']],
	[
		'a narrow pane breaks between words',
		20,
		['Seen here in 12m:', '$0.08, 2 requests.'],
	],
])('what is said last: %s', (_what, columns, expected) => {
	expect(foldedLine('Seen here in 12m: $0.08, 2 requests.', columns)).toEqual(
		expected,
	);
});

test('a command is left whole', () => {
	const line = "Stop it with: tollgate stop --home '/tmp/a long name'";
	expect(foldedLine(line, 20)).toEqual([line]);
});
