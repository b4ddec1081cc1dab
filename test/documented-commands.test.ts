import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import type {Command} from '../source/commands/command.js';
import {commands, type CommandName} from '../source/commands/commands.js';
import {written} from '../source/commands/completion/entries.js';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string =>
	fs.readFileSync(path.join(root, file), 'utf8');
const pages = [
	...fs.readdirSync(root),
	...fs.readdirSync(path.join(root, 'docs')).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md'));

const fence = /^```(?<language>\w*)\n(?<code>.*?)^```$/gmsv;
const withoutBlocks = (text: string): string => text.replaceAll(fence, '');

/**
As pages are shown on the web: words joined by hyphens, without other signs.
*/
const anchorsOf = (text: string): ReadonlySet<string> =>
	new Set(
		titlesIn(withoutBlocks(text)).map((title) =>
			title
				.toLowerCase()
				.replaceAll(/[^\p{Letter}\p{Number} \-_]/gv, '')
				.replaceAll(' ', '-'),
		),
	);

const titlesIn = (text: string): readonly string[] =>
	[...text.matchAll(/^#+ (?<title>.+)$/gm)].map(
		({groups}) => groups!['title']!,
	);

test.for(pages)('the links of %s lead to headings that there are', (page) => {
	const links = withoutBlocks(read(page)).matchAll(
		/\]\((?<file>[^\s#\):]*)(?:#(?<heading>[^\s\)]+))?\)/gv,
	);
	const lost = [...links]
		.map(({groups}) => ({
			file: path.join(path.dirname(page), groups!['file']!),
			isHere: groups!['file'] === '',
			heading: groups!['heading'],
		}))
		.filter(({file, isHere, heading}) =>
			!isHere && !fs.existsSync(path.join(root, file))
				? true
				: heading !== undefined &&
					!anchorsOf(read(isHere ? page : file)).has(heading),
		);
	expect(lost).toEqual([]);
});

/**
What a page has as code: its shell blocks, and the words that are set as code.
*/
function codeOf(page: string): readonly string[] {
	const text = read(page);
	const blocks = [...text.matchAll(fence)]
		.filter(({groups}) => groups!['language'] === 'sh')
		.flatMap(({groups}) => groups!['code']!.split('\n'));
	const spans = [...withoutBlocks(text).matchAll(/`(?<code>[^\n`]+)`/gv)].map(
		({groups}) => groups!['code']!,
	);
	return [...blocks, ...spans];
}

/**
What stands in the place of `tollgate …` in a line, without what a shell does with it.
*/
const callsIn = (code: string): ReadonlyArray<readonly string[]> =>
	[...code.matchAll(/(?:^|[\s"'\(])tollgate(?<rest>(?: [^"#'\);>\|]*)?)/gv)]
		.filter(({index}) => !code.slice(0, index + 1).endsWith('--global '))
		.map(({groups}) => groups!['rest']!.trim().split(/\s+/v))
		.map((words) => words.filter((word) => word !== ''));

const everywhere = ['--home', '--help', '--version', '-h'];
const flagsOf = (name: CommandName): readonly string[] => [
	...everywhere,
	...Object.entries<Command['flags'][string]>(commands[name].flags).map(
		([flag, kind]) => written(flag, kind),
	),
];

/**
What `tollgate` says, and no command.
*/
const said = new Set(['off']);

const calls = pages.flatMap((page) =>
	codeOf(page).flatMap((code) =>
		callsIn(code).map((words) => ({page, code, words})),
	),
);

test('there is a lot to be looked at', () => {
	expect(calls.length).toBeGreaterThan(100);
});

test('every command and every flag that a page names is there', () => {
	const wrong = calls.filter(({words}) => {
		const first = words.find((word) => !word.startsWith('-'));
		const hasName = words[0] !== undefined && !words[0].startsWith('-');
		if (hasName && !Object.hasOwn(commands, first!)) {
			return !said.has(first!);
		}

		const known = flagsOf(hasName ? (first as CommandName) : 'monitor');
		const end = words.indexOf('--');
		return words
			.slice(0, end === -1 ? undefined : end)
			.filter((word) => /^--?[a-z]/v.test(word))
			.some((word) => !known.includes(word.split('=', 1)[0]!));
	});
	expect(wrong).toEqual([]);
});

test.for(pages)('the flags that %s names alone are flags of ours', (page) => {
	const all = new Set(
		(Object.keys(commands) as CommandName[]).flatMap((name) => flagsOf(name)),
	);
	const strange = codeOf(page)
		.filter((code) => /^--[a-z]/v.test(code))
		.map((code) => /^--[\-a-z]+/v.exec(code)![0])
		.filter((flag) => !all.has(flag) && !ofOthers.has(flag));
	expect(strange).toEqual([]);
});

/**
Flags of other programs: Claude Code, and codex.
*/
const ofOthers = new Set(['--settings', '--oss', '--local-provider']);

test('the README names every command', () => {
	const named = new Set(
		calls
			.filter(({page}) => page === 'README.md')
			.map(({words}) => words[0] ?? 'monitor'),
	);
	expect(Object.keys(commands).filter((name) => !named.has(name))).toEqual([]);
});

test('the README leads to every page', () => {
	const readme = read('README.md');
	const unread = pages.filter(
		(page) => page !== 'README.md' && !readme.includes(`](${page}`),
	);
	expect(unread).toEqual([]);
});
