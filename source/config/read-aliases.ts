import type {Alias} from './config.js';
import {nearest} from './nearest.js';
import {either, pathText, printable} from './problem.js';
import {readSection, type Report, type Table} from './read-section.js';
import {aliasSettings} from './settings.js';
import type {Path} from './toml-lines.js';

/**
What `active` and `background` say for "no alias"; so no alias may be called that.
*/
const asAsked = 'as-asked';

/**
Reads `[aliases.*]`, whose targets must be of the endpoints named. Leaves out what is wrong.
*/
export function readAliases(
	tables: ReadonlyArray<readonly [name: string, table: Table]>,
	endpointNames: readonly string[],
	report: Report,
): readonly Alias[] {
	return tables.flatMap(([name, table]) => {
		const path = ['aliases', name];
		reportName(name, path, report);
		const targets = readSection(
			aliasSettings,
			{found: table, path},
			report,
		)?.targets;
		for (const [index, target] of (targets ?? []).entries()) {
			reportStranger(
				target.endpoint,
				{path: [...path, 'targets', index], endpointNames},
				report,
			);
		}

		const known = targets?.every((target) =>
			endpointNames.includes(target.endpoint),
		);
		return targets && known ? [{name, targets}] : [];
	});
}

/**
Reports a name that is no endpoint's.
*/
export function reportStranger(
	name: string,
	{path, endpointNames}: {path: Path; endpointNames: readonly string[]},
	report: Report,
): void {
	if (endpointNames.includes(name)) {
		return;
	}

	const near = nearest(name, endpointNames);
	const setting = path.filter((key) => typeof key === 'string');
	report({
		path,
		says: `${pathText(setting)} names the endpoint "${printable(name)}", which does not exist.`,
		hint: `${near ? `Did you mean "${near}"? ` : ''}The config has ${either(endpointNames).replace(' or ', ' and ')}.`,
	});
}

function reportName(name: string, path: Path, report: Report): void {
	if (name === asAsked) {
		report({
			path,
			says: `"${asAsked}" cannot be the name of an alias: it means "no alias".`,
			hint: 'Choose another name.',
		});
	} else if (!/^[\w\-.]+$/.test(name)) {
		report({
			path,
			says: `"${printable(name)}" cannot be the name of an alias.`,
			hint: 'Use letters, digits, "-", "_" and ".".',
		});
	}
}
