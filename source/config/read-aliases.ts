import type {Alias} from './config.js';
import {aliasNameProblem} from './alias-names.js';
import {readSection, type Report} from './read-section.js';
import {aliasSettings} from './settings.js';
import {reportStranger} from './stranger.js';
import type {Table} from './table.js';

type Known = Readonly<{
	endpointNames: readonly string[];
	/**
	Whether a name is that of a real model.
	*/
	isModel(name: string): boolean;
}>;

/**
Reads `[aliases.*]`, whose targets must be of the endpoints named. Leaves out what is wrong.
*/
export function readAliases(
	tables: ReadonlyArray<readonly [name: string, table: Table]>,
	{endpointNames, isModel}: Known,
	report: Report,
): readonly Alias[] {
	const read = tables.map(([name, table]) => {
		const path = ['aliases', name];
		return {
			name,
			path,
			values: readSection(aliasSettings, {found: table, path}, report),
		};
	});
	const models = new Set(
		read
			.flatMap(({values}) => values?.targets ?? [])
			.map(({model}) => model.toLowerCase()),
	);
	const names: string[] = [];
	for (const {name, path} of read) {
		const problem = aliasNameProblem(name, {
			earlier: names,
			isModel: (one) => models.has(one.toLowerCase()) || isModel(one),
		});
		names.push(name);
		if (problem !== undefined) {
			report({path, ...problem});
		}
	}

	return read.flatMap(({name, path, values}) => {
		for (const [index, {endpoint}] of (values?.targets ?? []).entries()) {
			reportStranger(
				endpoint,
				{
					path: [...path, 'targets', index],
					what: 'the endpoint',
					names: endpointNames,
				},
				report,
			);
		}

		const known = values?.targets.every(({endpoint}) =>
			endpointNames.includes(endpoint),
		);
		return values && known ? [{name, ...values}] : [];
	});
}
