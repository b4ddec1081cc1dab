import fs from 'node:fs';
import path from 'node:path';
import {parse, TomlError} from 'smol-toml';
import {UserError} from '../user-error.js';
import {refuseIfOthersCanWrite} from './permissions.js';
import {printable} from './printable.js';
import {place} from './problem.js';
import type {Table} from './table.js';
import {tomlLines, type Lines} from './toml-lines.js';

/**
A config as it stands in its file.
*/
export type ConfigFile = Readonly<{
	file: string;
	document: Table;
	lines: Lines;
}>;

/**
Reads and parses a config file; undefined when there is none. Throws when others can write to it.
*/
export function readConfigFile(file: string): ConfigFile | undefined {
	const toml = readConfigText(file);
	return toml === undefined
		? undefined
		: {file, document: parseToml(toml, file), lines: tomlLines(toml)};
}

/**
The text of a config file; undefined when there is none. Throws when others can write to it.
*/
export function readConfigText(file: string): string | undefined {
	let descriptor: number | undefined;
	try {
		descriptor = fs.openSync(file, readWithoutWaiting);
		const stats = fs.fstatSync(descriptor);
		refuseIfNoFile(file, stats);
		refuseIfOthersCanWrite(file, stats);
		for (const folder of foldersOf(file)) {
			refuseIfOthersCanWrite(folder, fs.statSync(folder));
		}

		return fs.readFileSync(descriptor, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === undefined || error instanceof UserError) {
			throw error;
		}

		if (code === 'ENOENT') {
			return undefined;
		}

		throw new UserError(
			`${file} cannot be read (${code}).`,
			'See that it is a file and yours.',
			{
				cause: error,
				exitCode: 2,
			},
		);
	} finally {
		if (descriptor !== undefined) {
			fs.closeSync(descriptor);
		}
	}
}

/**
To open a named pipe takes else until somebody writes into it.
*/
// eslint-disable-next-line no-bitwise
const readWithoutWaiting = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK;

function refuseIfNoFile(file: string, stats: fs.Stats): void {
	if (!stats.isFile()) {
		throw new UserError(
			`${file} cannot be read: it is no file${stats.isDirectory() ? ', but a folder' : ''}.`,
			'Put a file with the settings in its place, or take it away: then everything has its default.',
			{exitCode: 2},
		);
	}
}

/**
Where it stands, and, behind a link, where it lies.
*/
const foldersOf = (file: string): ReadonlySet<string> =>
	new Set([path.dirname(file), path.dirname(fs.realpathSync(file))]);

/**
Throws a UserError that says where a text is no TOML, and repeats nothing of it.
*/
export function parseToml(toml: string, file: string): Table {
	try {
		return parse(toml);
	} catch (error) {
		if (!(error instanceof TomlError)) {
			throw error;
		}

		// The parser's own message, and so the error itself, quotes the lines around: a key may stand there.
		const [says = ''] = error.message
			.replace('Invalid TOML document: ', '')
			.split('\n', 1);
		const where = place(file, error.line);
		const twice = says.startsWith('trying to redefine')
			? nameIn(toml.split('\n')[error.line - 1] ?? '', error.column)
			: undefined;
		throw new UserError(
			twice === undefined
				? `${where}this is not TOML: ${says} (column ${error.column}).`
				: `${where}${twice} stands here a second time.`,
			twice === undefined
				? 'Texts stand in double quotes, one setting to a line: name = "value".'
				: 'Each section and each setting stands once: keep one of them, or give this one another name.',
			{exitCode: 2},
		);
	}
}

/**
The section or the setting that begins in a column of a line, counted from 1, as it is written there.
*/
function nameIn(line: string, column: number): string {
	const from = line.slice(column - 1);
	const [name = 'a name'] =
		/^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w\-.])+/v.exec(from) ?? [];
	return /^\s*\[+\s*$/v.test(line.slice(0, column - 1))
		? `[${printable(name)}]`
		: printable(name);
}
