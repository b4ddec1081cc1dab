import type {Config} from './config.js';
import {reportAgentKeyLeaks} from './agent-key.js';
import {readAliases} from './read-aliases.js';
import {impliedEndpoint, readEndpoints} from './read-endpoints.js';
import {readKeys} from './read-keys.js';
import {readMonitorKeys} from './read-monitor-keys.js';
import {readPrices} from './read-prices.js';
import {readRouting} from './read-routing.js';
import {
	namedTables,
	readSection,
	reportUnknownSections,
	type Report,
} from './read-section.js';
import {
	concurrencySettings,
	daySettings,
	guardSettings,
	holdSettings,
	logSettings,
	retrySettings,
	serverSettings,
} from './settings.js';
import {reportOpenDoor} from './shut-door.js';
import type {Table} from './table.js';
import {lineOf, type Lines} from './toml-lines.js';

/**
What a document says. A section is undefined where something in it is wrong and was reported.
*/
export type DocumentConfig = Omit<
	Config,
	PlainSection | 'monitorKeys' | 'file' | 'lines'
> & {
	readonly [Name in PlainSection | 'monitorKeys']: Config[Name] | undefined;
};
type PlainSection =
	| 'server'
	| 'routing'
	| 'retry'
	| 'hold'
	| 'concurrency'
	| 'guard'
	| 'day'
	| 'log';

/**
Reads a whole config, reporting all that is wrong in it; then what is returned is not complete.
*/
export function readDocument(
	document: Table,
	{
		lines,
		env,
		isModel,
	}: {
		lines: Lines;
		env: NodeJS.ProcessEnv;
		isModel(name: string): boolean;
	},
	report: Report,
): DocumentConfig {
	reportUnknownSections(document, report);
	const section = (name: string) => ({found: document[name], path: [name]});
	const named = (name: string) =>
		// In the order of the file: the engine moves names like "7" to the front.
		namedTables(document, name, report).toSorted(
			([a], [b]) =>
				(lineOf(lines, [name, a]) ?? 0) - (lineOf(lines, [name, b]) ?? 0),
		);

	const server = readSection(serverSettings, section('server'), report);
	if (server !== undefined) {
		reportOpenDoor(server, report);
	}

	const tables = named('endpoints');
	const implied = tables.length === 0 ? [impliedEndpoint(env)] : [];
	const endpoints = [...implied, ...readEndpoints(tables, report)];
	// Those too that something is wrong with: what names them is not wrong as well.
	const endpointNames = [
		...implied.map(({name}) => name),
		...tables.map(([name]) => name),
	];
	const aliasTables = named('aliases');
	const aliasNames = aliasTables.map(([name]) => name);
	const aliases = readAliases(aliasTables, {endpointNames, isModel}, report);
	reportAgentKeyLeaks({endpoints, aliases}, report);
	return {
		server,
		endpoints,
		aliases,
		routing: readRouting(
			document['routing'],
			{endpointNames, aliasNames},
			report,
		),
		retry: readSection(retrySettings, section('retry'), report),
		hold: readSection(holdSettings, section('hold'), report),
		concurrency: readSection(
			concurrencySettings,
			section('concurrency'),
			report,
		),
		guard: readSection(guardSettings, section('guard'), report),
		keys: readKeys(
			named('keys'),
			{endpoints, endpointNames, aliasNames},
			report,
		),
		prices: readPrices(named('prices'), report),
		day: readSection(daySettings, section('day'), report),
		log: readSection(logSettings, section('log'), report),
		monitorKeys: readMonitorKeys(document['monitor'], lines, report),
	};
}
