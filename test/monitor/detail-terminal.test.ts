import {Buffer} from 'node:buffer';
import {beforeAll, expect, test} from 'vitest';
import {bundleProgram} from '../helpers/bundle.js';
import {Terminal} from '../helpers/terminal.js';

let program: string;
beforeAll(async () => {
	program = await bundleProgram('test/monitor/stand-in-program.ts');
});

const start = (columns: number, rows: number) =>
	new Terminal([program, '--frozen'], {columns, rows});
const leave = async (terminal: Terminal) => {
	terminal.press('\u{3}');
	expect(await terminal.exited).toMatchObject({exitCode: 0});
	expect(terminal.isAlternate).toBe(false);
};

const begin = '\u{1B}]52;c;';
/**
What was handed to the clipboard last.
*/
const copiedTo = (terminal: Terminal): string | undefined =>
	terminal.raw.join('').split(begin)[1]?.split('\u{7}', 1)[0];

test.each([
	[30, 8],
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
])(
	'enter, e and esc go in and out at %ix%i, and y copies',
	async (columns, rows) => {
		const terminal = start(columns, rows);
		await terminal.waitFor((text) => text.includes('LIVE'));
		terminal.press('e');
		await terminal.waitFor((text) => text.includes('─ errors'));
		terminal.press('\u{1B}');
		await terminal.waitFor((text) => !text.includes('─ errors'));
		terminal.press('j');
		await terminal.waitFor((text) => text.includes('◦❯'));
		terminal.press('\r');
		await terminal.waitFor(
			(text) => /state +◦ waiting/.test(text) && text.includes('esc back'),
		);
		expect(copiedTo(terminal)).toBeUndefined();
		terminal.press('y');
		await terminal.waitFor((text) => text.includes('copied'));
		const text = copiedTo(terminal) ?? '';
		expect(JSON.parse(Buffer.from(text, 'base64').toString())).toMatchObject({
			id: 349,
			outcome: 'open',
			askedModel: 'claude-opus-4-8',
		});
		terminal.press('\u{1B}');
		await terminal.waitFor((screen) => screen.includes('requests'));
		await leave(terminal);
	},
);

const markedIn = (text: string): string | undefined =>
	text.split('\n').find((line) => line.includes('✖❯'));

test('a marked error is opened by enter, and esc goes back to it', async () => {
	const terminal = start(60, 40);
	await terminal.waitFor((text) => text.includes('LIVE'));
	terminal.press('e');
	await terminal.waitFor((text) => text.includes('─ failed'));
	for (let at = 0; at < 20 && !/✖❯.*529/.test(terminal.text()); at++) {
		// The clock above moves by itself.
		const before = markedIn(terminal.text());
		terminal.press('j');
		await terminal.waitFor((text) => markedIn(text) !== before);
	}

	terminal.press('\r');
	await terminal.waitFor((text) => text.includes('─ request 344'));
	expect(terminal.text()).toMatch(/remedy +Agents try again by themselves/);
	terminal.press('\u{1B}');
	await terminal.waitFor((text) => /✖❯.*529/.test(text));
	await leave(terminal);
});
