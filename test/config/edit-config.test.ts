import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {editConfig} from '../../source/config/edit-config.js';
import type {Edit} from '../../source/config/edit-toml.js';
import {homeFiles} from '../../source/config/home.js';
import {UserError} from '../../source/user-error.js';
import {temporaryHome} from './folder.js';

const cap = (value: number, key = 'ci'): Edit => ({
	section: ['keys', key],
	name: 'daily_cap',
	value,
});
const toml = '# mine\n[keys.ci] # c\ndaily_cap = 20.00\n';
const changed = '# mine\n[keys.ci] # c\ndaily_cap = 30\n';

function home(text?: string) {
	const temporary = temporaryHome(text);
	const {config: file} = homeFiles(temporary.home);
	return {
		...temporary,
		file,
		edit: async (...edits: readonly Edit[]) =>
			editConfig({file, edits: () => edits, byHand: 'By hand.'}),
		text: () => fs.readFileSync(file, 'utf8'),
		names: () => fs.readdirSync(temporary.folder),
		[Symbol.dispose]() {
			temporary[Symbol.dispose]();
		},
	};
}

async function complaint(doing: Promise<unknown>): Promise<string> {
	try {
		await doing;
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		return `${(error as UserError).message} | ${(error as UserError).hint}`;
	}

	return 'no complaint';
}

test('one value is changed, for the eyes of the user only, and nothing is left beside it', async () => {
	using given = home(toml);
	fs.chmodSync(given.file, 0o644);
	expect(await given.edit(cap(30))).toBe(true);
	expect(given.text()).toBe(changed);
	expect(fs.statSync(given.file).mode % 0o1000).toBe(0o600);
	expect(given.names()).toEqual(['config.toml']);
});

test('what is so already is let be, the file with it', async () => {
	using given = home(changed);
	const {ino} = fs.statSync(given.file);
	expect(await given.edit(cap(30))).toBe(false);
	expect(fs.statSync(given.file).ino).toBe(ino);
	expect(given.names()).toEqual(['config.toml']);
});

test('without a config one is made', async () => {
	using given = home();
	expect(await given.edit(cap(30))).toBe(true);
	expect(given.text()).toBe('[keys.ci]\ndaily_cap = 30\n');
	expect(fs.statSync(given.file).mode % 0o1000).toBe(0o600);
});

test('a link stays one, and the file it leads to is changed', async () => {
	using given = home();
	using other = home(toml);
	fs.symlinkSync(other.file, given.file);
	fs.chmodSync(other.file, 0o644);
	await given.edit(cap(30));
	expect(fs.readlinkSync(given.file)).toBe(other.file);
	expect(other.text()).toBe(changed);
	expect(fs.statSync(other.file).mode % 0o1000).toBe(0o644);
});

test('edits made at once all count', async () => {
	using given = home('# mine\n');
	const keys = Array.from({length: 8}, (_, index) => `key-${index}`);
	await Promise.all(keys.map(async (key) => given.edit(cap(5, key))));
	for (const key of keys) {
		expect(given.text()).toContain(`[keys.${key}]\ndaily_cap = 5\n`);
	}
});

test("what a killed command has left behind is in nobody's way", async () => {
	using given = home(toml);
	const left = `${given.file}.new`;
	fs.writeFileSync(left, 'half');
	const longAgo = new Date(Date.now() - 60_000);
	fs.utimesSync(left, longAgo, longAgo);
	await given.edit(cap(30));
	expect(given.text()).toBe(changed);
	expect(given.names()).toEqual(['config.toml']);
});

test.for<[string, string, string]>([
	[
		'a way of writing that it does not know',
		'keys = {}\n',
		'FILE is written in a way that cannot be edited here, so it is as it was. | By hand.',
	],
	[
		'bytes that are no text',
		`# \u{FFFD}\n${toml}`,
		'FILE is written in a way that cannot be edited here, so it is as it was. | By hand.',
	],
	[
		'a file that is no TOML',
		'[keys.ci\n',
		'FILE:1: this is not TOML: illegal character in key (column 9). | Texts stand in double quotes, one setting to a line: name = "value".',
	],
])('%s is left as it is, and said', async ([, text, expected]) => {
	using given = home(text);
	const said = await complaint(given.edit(cap(30)));
	expect(said.replaceAll(given.file, 'FILE')).toBe(expected);
	expect(given.text()).toBe(text);
	expect(given.names()).toEqual(['config.toml']);
});

test('a link that leads nowhere is not replaced', async () => {
	using given = home();
	fs.symlinkSync(path.join(given.folder, 'gone'), given.file);
	expect(await complaint(given.edit(cap(30)))).toContain(
		'is a link that leads to no file.',
	);
	expect(given.names()).toEqual(['config.toml']);
});

test('a file that others can write to is not touched', async () => {
	using given = home(toml);
	fs.chmodSync(given.file, 0o666);
	expect(await complaint(given.edit(cap(30)))).toContain(
		'others can write to it',
	);
	expect(given.text()).toBe(toml);
});
