import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {
	block,
	title,
	verdictLines,
} from '../../source/commands/doctor/block.js';
import {curlLines} from '../../source/commands/doctor/curl-lines.js';
import {byHand} from '../../source/doctor/by-hand.js';
import {verdictOf} from '../../source/doctor/verdict.js';
import type {Finding, Standing} from '../../source/doctor/check.js';
import {postRequest} from '../../source/doctor/requests.js';
import {tinyBody, toolBody} from '../../source/doctor/tiny.js';
import {wireFormatNames} from '../../source/exchange/usage.js';
import {textOf, type Line} from '../../source/summary/line.js';

const texts = (lines: readonly Line[]): string =>
	lines.map((line) => textOf(line)).join('\n');

const finding: Finding = {
	check: 'url',
	standing: 'bad',
	said: 'The url has /v1 in it twice; the API is at https://api.gateway.example/v1.',
	fix: 'Write url = "https://api.gateway.example/v1" in [endpoints.gateway].',
	curl: 'curl https://api.gateway.example/v1/models -H "authorization: Bearer $GATEWAY_KEY"',
};

test('at 80 columns a finding stands in columns', () => {
	expect(texts(block(finding, {columns: 80, isAscii: false})))
		.toMatchInlineSnapshot(`
		"✗ bad      url             The url has /v1 in it twice; the API is at
		                           https://api.gateway.example/v1.
		                           →  Write url = "https://api.gateway.example/v1" in
		                              [endpoints.gateway].
		           curl https://api.gateway.example/v1/models \\
		             -H "authorization: Bearer $GATEWAY_KEY""
	`);
});

test('at 40 columns its parts stand one below the other', () => {
	expect(texts(block(finding, {columns: 40, isAscii: true})))
		.toMatchInlineSnapshot(`
		"x bad url
		  The url has /v1 in it twice; the API
		  is at https://api.gateway.example/v1.
		  -> Write url =
		     "https://api.gateway.example/v1" in
		     [endpoints.gateway].
		  curl \\
		   https://api.gateway.example/v1/models \\
		   -H "authorization: Bearer $GATEWAY_KEY""
	`);
});

test('into a pipe no line is broken', () => {
	expect(
		block(finding, {columns: Infinity, isAscii: false}).map((line) =>
			textOf(line).trim(),
		),
	).toEqual([
		`✗ bad      url             ${finding.said}`,
		`→  ${finding.fix}`,
		finding.curl,
	]);
});

test('no sentence is wider than the screen', () => {
	for (const columns of [32, 40, 57, 80, 120, 200]) {
		const {curl: _, ...words} = finding;
		const lines = [
			...block(words, {columns, isAscii: false}),
			...title('gateway', 'https://api.gateway.example/v1', {
				columns,
				isAscii: false,
			}),
			...verdictLines(verdictOf([finding]), {columns, isAscii: false}),
		];
		expect(
			lines.map((line) => textOf(line)).filter((text) => text.length > columns),
		).toEqual([]);
	}
});

test.each(['ok', 'warn', 'bad', 'skipped'] satisfies Standing[])(
	'%s is told by its word, not by colour or glyph alone',
	(standing) => {
		const said = texts(
			block(
				{check: 'key', standing, said: 'So.'},
				{columns: 80, isAscii: false},
			),
		);
		expect(said).toMatch(new RegExp(String.raw`^\S ${standing}\s+key\s+So\.$`));
	},
);

test('what a command says can be pasted into a shell, however narrow the screen', () => {
	for (const format of wireFormatNames) {
		for (const body of [
			tinyBody(format, 'claude-sonnet-4-6'),
			toolBody(format, "it's/a-model"),
		]) {
			const command = byHand(
				postRequest(new URL('https://a.example/v1?code=x'), {
					format,
					credential: {key: 'secret-key', scheme: 'both'},
					body,
				}),
				{key: 'secret-key', shown: '$GATEWAY_KEY'},
			);
			for (const columns of [30, 40, 80, 200, Infinity]) {
				const words = inShell(curlLines(command, columns).join('\n'));
				expect(words.slice(0, -1)).toEqual(inShell(command).slice(0, -1));
				expect(JSON.parse(words.at(-1)!)).toEqual(body);
				expect(words).toContain('x-api-key: the-value');
				expect(words).toContain('authorization: Bearer the-value');
			}
		}
	}
});

/**
The words that a shell would give to curl.
*/
const inShell = (command: string): readonly string[] =>
	execFileSync(
		'/bin/sh',
		['-c', String.raw`curl() { printf '%s\0' "$@"; }; ${command}`],
		{env: {GATEWAY_KEY: 'the-value'}, encoding: 'utf8'},
	)
		.split('\0')
		.slice(0, -1);

test.each([
	[[], 'ok', 'Nothing was looked at.', undefined],
	[['ok', 'ok'], 'ok', 'All is well.', undefined],
	[['ok', 'warn'], 'warn', 'It works, and one thing is worth a look.', 'Do 1.'],
	[
		['warn', 'warn'],
		'warn',
		'It works, and 2 things are worth a look.',
		'Do 0.',
	],
	[['warn', 'bad'], 'bad', 'One thing has to be changed.', 'Do 1.'],
	[['bad', 'ok', 'bad'], 'bad', '2 things have to be changed.', 'Do 0.'],
	[['ok', 'skipped'], 'ok', 'All is well.', 'Do 1.'],
] as const)('%j come to %s', (standings, standing, said, next) => {
	expect(
		verdictOf(
			standings.map((one, index) => ({
				check: 'x',
				standing: one,
				said: 'So.',
				...(one !== 'ok' && {fix: `Do ${index}.`}),
			})),
		),
	).toEqual({standing, said, next});
});
