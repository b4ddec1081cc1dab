import type {Config} from './config.js';
import {reportAgentKeyLeaks} from './agent-key.js';
import {readAliases, reportStranger} from './read-aliases.js';
import {impliedEndpoint, readEndpoints} from './read-endpoints.js';
import {readPrices} from './read-prices.js';
import {
	namedTables,
	readSection,
	reportUnknownSections,
	type Report,
	type Table,
} from './read-section.js';
import {
	daySettings,
	logSettings,
	routingSettings,
	serverSettings,
} from './settings.js';
import {lineOf, type Lines} from './toml-lines.js';

/**
What a document says. A section is undefined where something in it is wrong and was reported.
*/
export type DocumentConfig = Omit<Config, PlainSection | 'file'> & {
	readonly [Name in PlainSection]: Config[Name] | undefined;
};
type PlainSection = 'server' | 'day' | 'log';

/**
Reads a whole config, reporting all that is wrong in it; then what is returned is not complete.
*/
export function readDocument(
	document: Table,
	{lines, env}: {lines: Lines; env: NodeJS.ProcessEnv},
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
	const tables = named('endpoints');
	const implied = tables.length === 0 ? [impliedEndpoint(env)] : [];
	const endpoints = [...implied, ...readEndpoints(tables, report)];
	// Those too that something is wrong with: what names them is not wrong as well.
	const endpointNames = [
		...implied.map(({name}) => name),
		...tables.map(([name]) => name),
	];
	const aliases = readAliases(named('aliases'), endpointNames, report);
	reportAgentKeyLeaks({endpoints, aliases}, report);
	const routing = readSection(routingSettings, section('routing'), report);
	if (routing?.endpoint !== undefined) {
		reportStranger(
			routing.endpoint,
			{path: ['routing', 'endpoint'], endpointNames},
			report,
		);
	}

	return {
		server,
		endpoints,
		aliases,
		prices: readPrices(named('prices'), report),
		routing: {endpoint: routing?.endpoint ?? endpointNames[0]!},
		day: readSection(daySettings, section('day'), report),
		log: readSection(logSettings, section('log'), report),
	};
}
