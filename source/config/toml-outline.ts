import {parse} from 'smol-toml';
import type {Lines, Path} from './toml-lines.js';

/**
A setting as it stands in a text: from the first character of its name to behind the last of its value.
*/
export type Pair = Readonly<{
	path: Path;
	from: number;
	valueFrom: number;
	to: number;
	/**
	In an inline table, and not on a line of its own.
	*/
	isInline: boolean;
}>;

/**
A line in [brackets], without what follows it there.
*/
export type Header = Readonly<{path: Path; from: number; to: number}>;

/**
Where everything stands in a TOML document that has been parsed already: no mistakes are found here. All in
the order of the text.
*/
export type Outline = Readonly<{
	lines: Lines;
	headers: readonly Header[];
	/**
	One that holds an inline table comes after what that holds.
	*/
	pairs: readonly Pair[];
}>;

type Growing = Readonly<{
	lines: Map<string, number>;
	headers: Header[];
	pairs: Pair[];
}>;

export function tomlOutline(toml: string): Outline {
	const outline: Growing = {lines: new Map(), headers: [], pairs: []};
	const text = cursor(toml);
	let section: Path = [];
	text.take(space);
	while (!text.ended()) {
		const from = text.at();
		if (text.take(/\[\[?/y) === '') {
			readPair(text, section, outline, false);
		} else {
			section = readKeys(text, [], outline);
			text.take(/[\t ]*\]\]?/y);
			outline.headers.push({path: section, from, to: text.at()});
		}

		text.take(space);
	}

	return outline;
}

const space = /(?:[\t\n\r \u{FEFF}]|#[^\n]*)*/uy;
// Three quotes end a long string, but up to two more before them belong to it.
const quoted =
	/"""(?:\\[\s\S]|[^\\])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:\\.|[^\n"\\])*"|'[^\n']*'/y;
const bareKey = /[\w-]+/y;
// The last part is for texts that are no TOML: a step forward, so that the outline ends.
const bareValue = /[^\n#,\]}]+|[\s\S]/y;

type Cursor = Readonly<{
	/**
	What the sticky pattern matches here, and moves past it; '' when it does not match.
	*/
	take(pattern: RegExp): string;
	line(): number;
	/**
	How far it has come.
	*/
	at(): number;
	/**
	The same, without the white space before.
	*/
	atText(): number;
	ended(): boolean;
}>;

function cursor(text: string): Cursor {
	let at = 0;
	let [line, counted] = [1, 0];
	return {
		take(pattern) {
			pattern.lastIndex = at;
			const found = pattern.exec(text)?.[0] ?? '';
			at += found.length;
			return found;
		},
		line() {
			line += text.slice(counted, at).split('\n').length - 1;
			counted = at;
			return line;
		},
		at: () => at,
		atText: () => text.slice(0, at).trimEnd().length,
		ended: () => at >= text.length,
	};
}

function readPair(
	text: Cursor,
	parent: Path,
	outline: Growing,
	isInline: boolean,
): void {
	const from = text.at();
	const path = readKeys(text, parent, outline);
	text.take(/[\t ]*=?/y);
	text.take(space);
	const valueFrom = text.at();
	readValue(text, path, outline);
	// A bare value is read to the end of its line.
	const to = Math.max(valueFrom, text.atText());
	outline.pairs.push({path, from, valueFrom, to, isInline});
}

/**
Reads `a.b."c d"`, noting each part at the first line that mentions it.
*/
function readKeys(text: Cursor, parent: Path, {lines}: Growing): Path {
	const line = text.line();
	let path = parent;
	do {
		text.take(/[\t ]*/y);
		path = [...path, readKey(text)];
		note(lines, path, line);
		text.take(/[\t ]*/y);
	} while (text.take(/\./y) !== '');

	return path;
}

function readKey(text: Cursor): string {
	const bare = text.take(bareKey);
	if (bare !== '') {
		return bare;
	}

	const key = text.take(quoted);
	// A step forward whatever stands here, so that the outline always ends.
	return key === '' ? text.take(/[\s\S]/y) : decoded(key);
}

const decoded = (key: string): string => {
	const {text} = parse(`text = ${key}`);
	return typeof text === 'string' ? text : key;
};

function readValue(text: Cursor, path: Path, outline: Growing): void {
	if (text.take(/\[/y) !== '') {
		for (let index = 0; !ends(text, /\]/y); index++) {
			note(outline.lines, [...path, index], text.line());
			readValue(text, [...path, index], outline);
		}
	} else if (text.take(/\{/y) !== '') {
		while (!ends(text, /\}/y)) {
			readPair(text, path, outline, true);
		}
	} else if (text.take(quoted) === '') {
		text.take(bareValue);
	}
}

/**
Moves past commas, space and comments, and says whether the list or inline table is over.
*/
function ends(text: Cursor, bracket: RegExp): boolean {
	text.take(space);
	text.take(/,/y);
	text.take(space);
	return text.ended() || text.take(bracket) !== '';
}

function note(lines: Map<string, number>, path: Path, line: number): void {
	const key = JSON.stringify(path);
	if (!lines.has(key)) {
		lines.set(key, line);
	}
}
