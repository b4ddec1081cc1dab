import {beforeAll, expect, test} from 'vitest';
import {bundleProgram} from '../helpers/bundle.js';
import {Terminal} from '../helpers/terminal.js';

let program: string;
beforeAll(async () => {
	program = await bundleProgram('test/monitor/stand-in-program.ts');
});

/**
The part of each line that the list is drawn in: in a wide pane, right of the wall.
*/
const linesOf = (text: string): readonly string[] =>
	text.split('\n').map((line) => line.slice(line.indexOf('│ ') + 1).trim());
const rowsOf = (text: string): readonly string[] =>
	linesOf(text).filter((line) => /^[–‖↻▶▷◦✓✖][ ❯]/v.test(line));
const titleOf = (text: string): string =>
	linesOf(text).find((line) => /^─ (?:requests|frozen|\/)/v.test(line)) ?? '';

/**
Pastes as a terminal does that was asked to bracket what is pasted.
*/
const paste = (terminal: Terminal, text: string) => {
	terminal.press(`\u{1B}[200~${text}\u{1B}[201~`);
};

test.each([
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
] as const)(
	'a list is filtered, walked through, frozen, sorted and left at %i x %i',
	async (columns, rows) => {
		const terminal = new Terminal([program], {columns, rows});
		const seen = async (check: (text: string) => boolean) => {
			await terminal.waitFor(check);
			expect(terminal.brokenLines()).toEqual([]);
			expect(terminal.lines()[0]).toMatch(/^● LIVE/v);
		};

		await seen((text) => text.includes('q quit'));

		terminal.press('/');
		await seen((text) => text.includes('enter keeps'));
		terminal.press('qpS');
		await seen((text) => text.includes(' /qpS_') && text.includes('nothing'));
		// To the terminal, ctrl-u.
		terminal.press('\u{15}');
		paste(terminal, 'haiku\nrm -rf /');
		await seen(
			(text) =>
				text.includes(' /haiku_') &&
				rowsOf(text).length > 3 &&
				rowsOf(text).every((row) => row.includes('haiku')),
		);
		terminal.press('\r');
		await seen(
			(text) =>
				!text.includes('enter keeps') && titleOf(text).includes('/haiku'),
		);

		terminal.press('jj');
		await seen((text) => rowsOf(text)[1]?.[1] === '❯');
		terminal.press('G');
		await seen((text) => rowsOf(text).at(-1)?.[1] === '❯');
		terminal.press('g');
		await seen((text) => rowsOf(text)[0]?.[1] === '❯');

		// Follows, then stands still.
		terminal.press('f');
		await seen((text) => !text.includes('❯'));
		terminal.press('f');
		await seen((text) => titleOf(text).startsWith('─ frozen'));

		terminal.press('s');
		await seen((text) => titleOf(text).includes('time ▾'));
		terminal.press('S');
		await seen((text) => titleOf(text).includes('time ▴'));

		terminal.press('\u{1B}');
		await seen(
			(text) => !text.includes('/haiku') && titleOf(text).includes('frozen'),
		);
		terminal.press('\u{1B}');
		await seen((text) => titleOf(text).startsWith('─ requests'));

		terminal.press('\u{3}');
		expect(await terminal.exited).toMatchObject({exitCode: 0});
	},
);

test('what is pasted while nothing is typed does nothing', async () => {
	const terminal = new Terminal([program], {columns: 60, rows: 20});
	await terminal.waitFor((text) => text.includes('q quit'));
	paste(terminal, '/opus');
	terminal.press('?');
	await terminal.waitFor((text) => text.includes('this help'));
	terminal.press('\u{1B}');
	await terminal.waitFor((text) => text.includes('q quit'));
	expect(terminal.text()).not.toContain('opus_');
	expect(titleOf(terminal.text())).toContain('requests');
	terminal.press('\u{3}');
	await terminal.exited;
});
