import {parse} from 'smol-toml';

export type Path = ReadonlyArray<string | number>;
/**
Lines, counted from 1, by path.
*/
export type Lines = ReadonlyMap<string, number>;

/**
Where each section, key and list element of a TOML document stands, in the order of the file. The
document must have been parsed already: this reads its outline only and finds no mistakes.
*/
export function tomlLines(toml: string): Lines {
	const lines = new Map<string, number>();
	const text = cursor(toml);
	let section: Path = [];
	text.take(space);
	while (!text.ended()) {
		if (text.take(/\[\[?/y) === '') {
			readPair(text, section, lines);
		} else {
			section = readKeys(text, [], lines);
			text.take(/[\t ]*\]\]?/y);
		}

		text.take(space);
	}

	return lines;
}

/**
The line of a path, or of the nearest thing around it that has one.
*/
export function lineOf(lines: Lines, path: Path): number | undefined {
	const line = lines.get(JSON.stringify(path));
	return line === undefined && path.length > 0
		? lineOf(lines, path.slice(0, -1))
		: line;
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
		ended: () => at >= text.length,
	};
}

function readPair(
	text: Cursor,
	parent: Path,
	lines: Map<string, number>,
): void {
	const path = readKeys(text, parent, lines);
	text.take(/[\t ]*=?/y);
	text.take(space);
	readValue(text, path, lines);
}

/**
Reads `a.b."c d"`, noting each part at the first line that mentions it.
*/
function readKeys(
	text: Cursor,
	parent: Path,
	lines: Map<string, number>,
): Path {
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

function readValue(text: Cursor, path: Path, lines: Map<string, number>): void {
	if (text.take(/\[/y) !== '') {
		for (let index = 0; !ends(text, /\]/y); index++) {
			note(lines, [...path, index], text.line());
			readValue(text, [...path, index], lines);
		}
	} else if (text.take(/\{/y) !== '') {
		while (!ends(text, /\}/y)) {
			readPair(text, path, lines);
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
