import {settingsTable} from '../../source/config/settings-table.js';
import {
	classesTable,
	endingsTable,
	limitsTable,
	networkTable,
	ownAnswersTable,
} from './errors-tables.js';
import {
	attemptsTable,
	exchangesTable,
	liveTable,
	sumsTable,
} from './log-tables.js';
import {houseTable} from './house-table.js';
import {aligned} from './markdown.js';
import {keysTable, statesTable} from './monitor-tables.js';

/**
A page and the tables in it that are made from the code, by the names they have there.
*/
export type Page = Readonly<{
	/**
	From the root of the project.
	*/
	file: string;
	tables: Readonly<Record<string, () => string>>;
}>;

export const pages: readonly Page[] = [
	{file: 'ARCHITECTURE.md', tables: {house: houseTable}},
	{file: 'docs/config.md', tables: {settings: escapedSettings}},
	{
		file: 'docs/errors.md',
		tables: {
			own: ownAnswersTable,
			classes: classesTable,
			limits: limitsTable,
			network: networkTable,
			endings: endingsTable,
		},
	},
	{
		file: 'docs/schema.md',
		tables: {
			exchanges: exchangesTable,
			attempts: attemptsTable,
			live: liveTable,
			sums: sumsTable,
		},
	},
	{file: 'docs/monitor.md', tables: {keys: keysTable, states: statesTable}},
];

// In Markdown a word in brackets is a link.
function escapedSettings(): string {
	return settingsTable().replaceAll('[brackets]', String.raw`\[brackets]`);
}

const end = '<!-- end -->';

/**
The text of a page with its tables made anew. Throws where the place of one is not marked.
*/
export function withTables(text: string, tables: Page['tables']): string {
	let fresh = text;
	for (const [name, table] of Object.entries(tables)) {
		const begin = `<!-- ${name}: made by scripts/docs.mjs -->`;
		const from = fresh.indexOf(begin);
		const until = fresh.indexOf(end, from);
		if (from === -1 || until === -1) {
			throw new Error(`Nothing marks the place of the table "${name}".`);
		}

		fresh = `${fresh.slice(0, from)}${begin}\n\n${aligned(table().trim())}\n\n${fresh.slice(until)}`;
	}

	return fresh;
}
