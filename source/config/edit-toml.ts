import {isDeepStrictEqual} from 'node:util';
import {parse} from 'smol-toml';
import {isTable, type Table} from './table.js';
import type {Path} from './toml-lines.js';
import {
	tomlOutline,
	type Header,
	type Outline,
	type Pair,
} from './toml-outline.js';

/**
One setting of a section and what it shall be; undefined: not there.
*/
export type Edit = Readonly<{
	section: Path;
	name: string;
	value: number | string | undefined;
}>;

/**
A TOML text with exactly these edits made: comments, order and formatting stay. A section that is missing is
added after those of its kind. Undefined where it is written in a way that this cannot do it in.
*/
export function editedToml(
	toml: string,
	edits: readonly Edit[],
): string | undefined {
	let wanted: Table = parse(toml);
	let edited = toml;
	try {
		for (const edit of edits) {
			wanted = withValue(wanted, edit, edit.section);
			edited = withEdit(edited, edit);
		}

		return isDeepStrictEqual(parse(edited), wanted) ? edited : undefined;
	} catch {
		// What came of it is no TOML.
		return undefined;
	}
}

/**
A setting as a line of its own.
*/
export const settingLine = (name: string, value: number | string): string =>
	`${name} = ${written(value)}`;

/**
Dollars with their cents.
*/
function written(value: number | string): string {
	if (typeof value === 'string') {
		return JSON.stringify(value);
	}

	const text = String(value);
	return /^\d+\.\d$/v.test(text) ? `${text}0` : text;
}

function withEdit(toml: string, edit: Edit): string {
	const {section, name, value} = edit;
	const outline = tomlOutline(toml);
	const pair = outline.pairs.find(({path}) =>
		isDeepStrictEqual(path, [...section, name]),
	);
	if (pair !== undefined) {
		return value === undefined
			? without(toml, pair)
			: spliced(toml, pair.valueFrom, pair.to, written(value));
	}

	return value === undefined
		? toml
		: added(toml, outline, {section, line: settingLine(name, value)});
}

const spliced = (
	text: string,
	from: number,
	to: number,
	instead: string,
): string => text.slice(0, from) + instead + text.slice(to);

/**
On a line of its own, that goes whole, with a comment behind it.
*/
function without(toml: string, {from, to, isInline}: Pair): string {
	if (!isInline) {
		const start = toml.lastIndexOf('\n', from - 1) + 1;
		const end = toml.indexOf('\n', to);
		return spliced(toml, start, end === -1 ? toml.length : end + 1, '');
	}

	const after = /^\s*,[\t ]*/v.exec(toml.slice(to))?.[0];
	if (after !== undefined) {
		return spliced(toml, from, to + after.length, '');
	}

	const before = toml.slice(0, from).trimEnd();
	const start = before.endsWith(',') ? before.length - 1 : from;
	return spliced(toml, start, to, '');
}

type Addition = Readonly<{section: Path; line: string}>;

function added(
	toml: string,
	{headers, pairs}: Outline,
	{section, line}: Addition,
): string {
	const header = headers.findLast(({path}) => isDeepStrictEqual(path, section));
	if (header !== undefined) {
		return addedBelow(toml, lastOf(header, {headers, pairs}), line);
	}

	const table = pairs.find(({path}) => isDeepStrictEqual(path, section));
	if (table !== undefined) {
		return addedInline(toml, table, line);
	}

	const near = headers.findLast(({path}) => path[0] === section[0]);
	const end = near && lastOf(near, {headers, pairs}).to;
	return addedSection(toml, end ?? toml.trimEnd().length, {section, line});
}

/**
The last setting of a section, or its header where it has none.
*/
function lastOf(
	header: Header,
	{headers, pairs}: Pick<Outline, 'headers' | 'pairs'>,
): Readonly<{from: number; to: number}> {
	const next = headers.find(({from}) => from > header.from)?.from ?? Infinity;
	return (
		pairs.findLast(
			({from, isInline}) => !isInline && from > header.from && from < next,
		) ?? header
	);
}

/**
Indented as the line before it.
*/
function addedBelow(
	toml: string,
	{from, to}: Readonly<{from: number; to: number}>,
	line: string,
): string {
	const indent = toml.slice(toml.lastIndexOf('\n', from - 1) + 1, from);
	const end = endOfLine(toml, to);
	return spliced(toml, end, end, newlineOf(toml) + indent + line);
}

function addedInline(
	toml: string,
	{valueFrom, to}: Pair,
	line: string,
): string {
	const inside = toml.slice(valueFrom + 1, to - 1);
	const end = valueFrom + 1 + inside.trimEnd().length;
	const comma = inside.trim() === '' || inside.trimEnd().endsWith(',');
	return spliced(toml, end, end, `${comma ? ' ' : ', '}${line}`);
}

function addedSection(
	toml: string,
	from: number,
	{section, line}: Addition,
): string {
	const newline = newlineOf(toml);
	const end = endOfLine(toml, from);
	const header = `[${section.join('.')}]`;
	const before = toml.slice(0, end).trim() === '' ? '' : newline + newline;
	const rest = toml.slice(end);
	return (
		toml.slice(0, end) +
		before +
		header +
		newline +
		line +
		(rest === '' ? newline : rest)
	);
}

/**
A comment behind what stands there belongs to it.
*/
function endOfLine(toml: string, from: number): number {
	const end = /\r?\n|$/v.exec(toml.slice(from))!.index;
	return from + end;
}

const newlineOf = (toml: string): string =>
	toml.includes('\r\n') ? '\r\n' : '\n';

function withValue(
	table: Table,
	{name, value}: Edit,
	[key, ...below]: Path,
): Table {
	if (key === undefined) {
		const {[name]: _before, ...others} = table;
		return own(value === undefined ? others : {...others, [name]: value});
	}

	const within = table[key];
	if (within === undefined && value === undefined) {
		return table;
	}

	const inner = isTable(within) ? within : own({});
	const edit = {section: below, name, value};
	return own({...table, [key]: withValue(inner, edit, below)});
}

/**
As the parser makes them.
*/
const own = (table: Table): Table =>
	Object.assign(Object.create(null) as Record<string, unknown>, table);
