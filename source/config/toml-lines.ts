import {tomlOutline} from './toml-outline.js';

export type Path = ReadonlyArray<string | number>;
/**
Lines, counted from 1, by path.
*/
export type Lines = ReadonlyMap<string, number>;

/**
Where each section, key and list element of a TOML document stands, in the order of the file. The
document must have been parsed already: this reads its outline only and finds no mistakes.
*/
export const tomlLines = (toml: string): Lines => tomlOutline(toml).lines;

/**
The line of a path, or of the nearest thing around it that has one.
*/
export function lineOf(lines: Lines, path: Path): number | undefined {
	const line = lines.get(JSON.stringify(path));
	return line === undefined && path.length > 0
		? lineOf(lines, path.slice(0, -1))
		: line;
}
