import type {Alias, Endpoint, KeyConfig} from './config.js';
import {defaultKey, isKeyName, keyNameRule} from './key-kinds.js';
import {printable} from './printable.js';
import {pathText} from './problem.js';
import {readSection, type Report} from './read-section.js';
import {keySettings} from './settings.js';
import {reportStranger} from './stranger.js';
import type {Table} from './table.js';
import type {Path} from './toml-lines.js';

type Known = Readonly<{
	/**
	Those that nothing is wrong with.
	*/
	endpoints: readonly Endpoint[];
	endpointNames: readonly string[];
	aliasNames: ReadonlyArray<Alias['name']>;
}>;

/**
Reads `[keys.*]`, which must name what there is. Leaves out what is wrong.
*/
export function readKeys(
	tables: ReadonlyArray<readonly [name: string, table: Table]>,
	known: Known,
	report: Report,
): readonly KeyConfig[] {
	const keys = tables.flatMap(([name, table]) => {
		const path = ['keys', name];
		if (!isKeyName(name)) {
			report({
				path,
				says: `"${printable(name)}" cannot be the name of a key.`,
				hint: keyNameRule,
			});
		}

		const read = readSection(keySettings, {found: table, path}, report);
		return read === undefined
			? []
			: [{...read, name, credentials: read.credentials ?? new Map()}];
	});
	for (const key of keys) {
		reportCap(key, known, report);
		reportCredentials(key, known, report);
	}

	reportHashes(keys, report);
	return keys;
}

function reportCap(
	{name, atCap}: KeyConfig,
	{aliasNames}: Known,
	report: Report,
): void {
	const path = ['keys', name, 'at_cap'];
	if (atCap.kind !== 'alias') {
		return;
	}

	if (aliasNames.length === 0) {
		report({
			path,
			says: `${pathText(path)} names the alias "${printable(atCap.alias)}", and the config has no aliases.`,
			hint: 'Write [aliases.NAME] with targets = ["ENDPOINT/MODEL"], or at_cap = "ask" or "refuse".',
		});
		return;
	}

	reportStranger(
		atCap.alias,
		{path, what: 'the alias', names: aliasNames},
		report,
	);
}

function reportCredentials(
	{name, credentials}: KeyConfig,
	{endpoints, endpointNames}: Known,
	report: Report,
): void {
	for (const endpoint of credentials.keys()) {
		const path: Path = ['keys', name, 'credentials', endpoint];
		reportStranger(
			endpoint,
			{
				path,
				what: 'the endpoint',
				names: endpointNames,
				setting: path.slice(0, -1),
			},
			report,
		);
		if (
			endpoints.some((one) => one.name === endpoint && one.key.kind === 'agent')
		) {
			report({
				path,
				says: `${pathText(path.slice(0, -1))} names "${printable(endpoint)}", which has key = "agent": it is always sent the agent's own key.`,
				hint: `Give endpoints.${printable(endpoint)} a key of its own ("env:NAME"), or take it out here.`,
			});
		}
	}
}

/**
A secret must say which key it is of, and that of nobody is not needed.
*/
function reportHashes(keys: readonly KeyConfig[], report: Report): void {
	for (const [index, {name, hash}] of keys.entries()) {
		const path = ['keys', name, 'hash'];
		const twin = keys
			.slice(0, index)
			.find((earlier) => hash !== undefined && earlier.hash === hash);
		if (hash !== undefined && name === defaultKey) {
			report({
				path,
				says: `${pathText(path)} is there, but "${defaultKey}" is the key of requests that have none.`,
				hint: 'Take the line out, or give the key another name.',
			});
		}

		if (twin !== undefined) {
			report({
				path,
				says: `${pathText(path)} is that of keys.${twin.name} too: one secret is of one key.`,
				hint: `Take the line out, and make a secret of its own: tollgate key add ${name}`,
			});
		}
	}
}
