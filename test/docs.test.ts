import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {pages, withTables} from '../scripts/docs/pages.js';
import {exchangeFields} from '../source/exchange/exchange.js';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string =>
	fs.readFileSync(path.join(root, file), 'utf8');

const written = fs
	.readdirSync(path.join(root, 'docs'))
	.filter((file) => file.endsWith('.md'))
	.map((file) => `docs/${file}`);

test.for(pages)(
	'the tables of $file say what the code says (else run: npx node scripts/docs.mjs)',
	({file, tables}) => {
		const text = read(file);
		expect(text).toBe(withTables(text, tables));
	},
);

test('a table that is stale is made anew, and what stands around it stays', () => {
	const text =
		'before\n<!-- one: made by scripts/docs.mjs -->\nstale\n<!-- end -->\nafter\n';
	expect(withTables(text, {one: () => 'fresh'})).toBe(
		'before\n<!-- one: made by scripts/docs.mjs -->\n\nfresh\n\n<!-- end -->\nafter\n',
	);
});

test('a table without its place is an error', () => {
	expect(() => withTables('nothing', {one: () => 'fresh'})).toThrow('"one"');
});

test('every column of the log has a line of its own', () => {
	const lines = read('docs/schema.md').split('\n');
	for (const name of Object.keys(exchangeFields)) {
		expect(lines.some((line) => line.startsWith(`| \`${name}\` `))).toBe(true);
	}
});

test.for(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...written])(
	'the links of %s lead somewhere',
	(file) => {
		const links = [...read(file).matchAll(/\]\((?<to>[^\s#)]+)(?:#[^)]*)?\)/g)]
			.map(({groups}) => groups!['to']!)
			.filter((to) => !/^[a-z]+:/.test(to));
		const lost = links.filter(
			(to) => !fs.existsSync(path.join(root, path.dirname(file), to)),
		);
		expect(lost).toEqual([]);
	},
);
