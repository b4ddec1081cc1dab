import {UserError} from '../user-error.js';
import {printable} from './printable.js';
import {lineOf, type Lines, type Path} from './toml-lines.js';

/**
One thing wrong in the config. Never holds the text of a credential.
*/
export type Problem = Readonly<{
	/**
	Where it stands, e.g. `['server', 'port']`.
	*/
	path: Path;
	/**
	What is so, as a sentence.
	*/
	says: string;
	/**
	What to write instead.
	*/
	hint: string;
}>;

/**
The problem that stands first in the file, as an error that also counts the others.
*/
export function firstProblem(
	problems: readonly Problem[],
	{file, lines}: {file: string | undefined; lines: Lines},
): UserError | undefined {
	const [first, ...others] = inOrder(problems, lines);
	if (first === undefined) {
		return undefined;
	}

	const more =
		others.length === 0 ? '' : ` (${others.length} more after this one.)`;
	return new UserError(
		`${place(file, first.line)}${first.says}`,
		first.hint + more,
		{exitCode: 2},
	);
}

/**
Problems with the lines they stand in, in the order of the file.
*/
export const inOrder = (
	problems: readonly Problem[],
	lines: Lines,
): ReadonlyArray<Problem & Readonly<{line: number | undefined}>> =>
	problems
		.map((problem) => ({...problem, line: lineOf(lines, problem.path)}))
		.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));

/**
`/home/me/.config/tollgate/config.toml:12: `, as far as it is known.
*/
export function place(file: string | undefined, line?: number): string {
	return (
		[file, line].filter((part) => part !== undefined).join(':') +
		(file ? ': ' : '')
	);
}

/**
How a path is written in a message: `endpoints.kissapi.url`.
*/
export const pathText = (path: Path): string =>
	path.map((key) => printable(String(key))).join('.');

/**
What was found, short and without control characters. A long text is not repeated: it may be a key.
*/
export function show(found: unknown): string {
	if (typeof found === 'string') {
		return found.length > 24 || found.startsWith('sk-')
			? `a text of ${found.length} characters`
			: `"${printable(found)}"`;
	}

	if (Array.isArray(found)) {
		return found.length === 0 ? 'an empty list' : 'a list';
	}

	if (found instanceof Date) {
		return 'a date';
	}

	return typeof found === 'number' || typeof found === 'boolean'
		? String(found)
		: 'a section';
}

/**
`one, two or three`.
*/
export function either(names: readonly string[]): string {
	// Intl.ListFormat says the same, and takes half a start of Node to load what it knows of languages.
	const last = names.at(-1) ?? '';
	return names.length < 2
		? last
		: `${names.slice(0, -1).join(', ')} or ${last}`;
}
