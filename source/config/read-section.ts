import {nearest} from './nearest.js';
import {printable} from './printable.js';
import {either, pathText, type Problem} from './problem.js';
import type {Setting, Settings, ValuesOf} from './setting.js';
import {sectionNames, sections, sectionTitle} from './settings.js';
import {isTable, type Table} from './table.js';
import type {Path} from './toml-lines.js';

/**
Takes note of a problem and goes on, so that all of them are found.
*/
export type Report = (problem: Problem) => void;

/**
Reads one section by its declarations. Undefined when something in it is wrong; defaults filled in.
*/
export function readSection<S extends Settings>(
	declared: S,
	{found, path}: {found: unknown; path: Path},
	report: Report,
): ValuesOf<S> | undefined {
	if (found !== undefined && !isTable(found)) {
		report({
			path,
			says: `${pathText(path)} is not a section.`,
			hint: `Write [${pathText(path)}] on a line of its own, and its settings below.`,
		});
		return undefined;
	}

	const table: Table = found ?? {};
	const strangers = Object.keys(table).filter(
		(name) => !nameList(declared).includes(name),
	);
	for (const name of strangers) {
		report(unknownSetting(name, path, nameList(declared)));
	}

	const values = Object.entries(declared).map(
		([key, setting]) =>
			[key, readSetting(setting, {table, path}, report)] as const,
	);
	return values.some(([, value]) => value === failed)
		? undefined
		: (Object.fromEntries(values) as ValuesOf<S>);
}

const failed = Symbol('failed');
const nameList = (declared: Settings): string[] =>
	Object.values(declared).map((setting) => setting.name);

function readSetting(
	{name, kind, presence}: Setting,
	{table, path: parent}: {table: Table; path: Path},
	report: Report,
): unknown {
	const path = [...parent, name];
	const found =
		table[name] ?? (presence.kind === 'default' ? presence.value : undefined);
	if (found === undefined) {
		if (presence.kind === 'required') {
			report({
				path,
				says: `${pathText(path)} is missing.`,
				hint: `Add ${name} = … under [${pathText(parent)}]: ${kind.allowed}.`,
			});
			return failed;
		}

		return undefined;
	}

	const reading = kind.read(found);
	if (reading.kind === 'read') {
		return reading.value;
	}

	report({
		path: reading.index === undefined ? path : [...path, reading.index],
		says: `${pathText(path)} ${reading.wrong}.`,
		hint: reading.instead ?? `Write ${kind.allowed}.`,
	});
	return failed;
}

function unknownSetting(
	name: string,
	parent: Path,
	names: readonly string[],
): Problem {
	const near = nearest(name, names);
	return {
		path: [...parent, name],
		says: `[${pathText(parent)}] has no setting "${printable(name)}".`,
		hint: `${near ? `Did you mean "${near}"? ` : ''}It may hold ${either(names)}.`,
	};
}

/**
Reports what stands at the top of the file and is no section.
*/
export function reportUnknownSections(document: Table, report: Report): void {
	const strangers = Object.keys(document).filter(
		(name) => !sectionNames.includes(name),
	);
	for (const name of strangers) {
		const near = nearest(name, sectionNames);
		const titles = Object.keys(sections).map((key) =>
			sectionTitle(key as keyof typeof sections),
		);
		report({
			path: [name],
			says: isTable(document[name])
				? `There is no section [${printable(name)}].`
				: `"${printable(name)}" stands outside of any section.`,
			hint: `${near ? `Did you mean [${near}]? ` : ''}There are ${either(titles).replace(' or ', ' and ')}.`,
		});
	}
}

/**
The tables of a section that stands once for each name.
*/
export function namedTables(
	document: Table,
	section: string,
	report: Report,
): ReadonlyArray<readonly [name: string, table: Table]> {
	const found = document[section];
	const strangers = isTable(found)
		? Object.keys(found)
				.filter((name) => !isTable(found[name]))
				.map((name) => [section, name])
		: [[section]];
	for (const path of found === undefined ? [] : strangers) {
		report({
			path,
			says: `${pathText(path)} is not a section.`,
			hint: `Write [${section}.NAME] on a line of its own, and its settings below.`,
		});
	}

	return Object.entries(isTable(found) ? found : {}).flatMap(([name, table]) =>
		isTable(table) ? [[name, table]] : [],
	);
}
