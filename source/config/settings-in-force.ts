import {machineZone} from '../machine-zone.js';
import type {Config} from './config.js';
import {systemZone} from './day-kinds.js';
import {variable} from './environment.js';
import type {Inspected} from './load.js';
import {printable} from './printable.js';
import type {Setting, Settings} from './setting.js';
import {sections} from './settings.js';
import {isTable} from './table.js';
import {lineOf, type Path} from './toml-lines.js';

/**
Where a value comes from.
*/
export type Origin = Readonly<
	| {kind: 'file'; line: number | undefined}
	| {kind: 'flag'; flag: string}
	| {kind: 'environment'; variable: string}
	| {kind: 'default'}
>;

export type SettingInForce = Readonly<{
	/**
	`endpoints.gateway`, `server`
	*/
	section: string;
	name: string;
	/**
	As it would be written in the file; undefined where nothing is set and `words` say what holds then.
	*/
	value: unknown;
	words?: string | undefined;
	from: Origin;
}>;

/**
Every setting of a config that is right, in the order of the settings page, with where it comes from.
Sections that stand once for each name are in the order of the file.
*/
export function settingsInForce(
	{config, document, lines}: Inspected & Readonly<{config: Config}>,
	{env, port}: Readonly<{env: NodeJS.ProcessEnv; port: number | undefined}>,
): readonly SettingInForce[] {
	const told = (path: Path, setting: Setting): SettingInForce => {
		const written = valueAt(document, [...path, setting.name]);
		const common = {section: sectionText(path), name: setting.name};
		return written === undefined
			? {...common, ...leftOut(setting, path, {config, env})}
			: {
					...common,
					value:
						isUrl(path, setting) && typeof written === 'string'
							? withoutQuery(written)
							: written,
					from: {kind: 'file', line: lineOf(lines, [...path, setting.name])},
				};
	};

	return pathsOf(config)
		.flatMap(([path, settings]) =>
			Object.values(settings).map((one) => told(path, one)),
		)
		.map((one) =>
			port !== undefined && one.section === 'server' && one.name === 'port'
				? {...one, value: port, from: {kind: 'flag', flag: '--port'}}
				: one,
		);
}

const isUrl = ([section]: Path, {name}: Setting): boolean =>
	section === 'endpoints' && name === 'url';

/**
What is in a query may be a key.
*/
function withoutQuery(url: string): string {
	const query = url.indexOf('?');
	return query === -1 ? url : `${url.slice(0, query)}?…`;
}

function pathsOf(config: Config): ReadonlyArray<readonly [Path, Settings]> {
	const names: Readonly<Record<string, readonly string[]>> = {
		endpoints: config.endpoints.map(({name}) => name),
		aliases: config.aliases.map(({name}) => name),
		keys: config.keys.map(({name}) => name),
		prices: config.prices.map(({model}) => model),
	};
	return Object.entries<{settings: Settings}>(sections).flatMap(
		([section, {settings}]) => {
			const paths = names[section]?.map((name) => [section, name]) ?? [
				section.split('.'),
			];
			return paths.map((path) => [path, settings] as const);
		},
	);
}

/**
As it could be written between the brackets.
*/
const sectionText = (path: Path): string =>
	path
		.map((key) =>
			/^[\w-]+$/.test(String(key))
				? String(key)
				: `"${printable(String(key))}"`,
		)
		.join('.');

function valueAt(found: unknown, [key, ...rest]: Path): unknown {
	if (key === undefined) {
		return found;
	}

	return isTable(found) ? valueAt(found[key], rest) : undefined;
}

type Surroundings = Readonly<{config: Config; env: NodeJS.ProcessEnv}>;

/**
What holds where the file says nothing.
*/
function leftOut(
	{name, presence}: Setting,
	[section, key]: Path,
	{config, env}: Surroundings,
): Pick<SettingInForce, 'value' | 'words' | 'from'> {
	const from: Origin = {kind: 'default'};
	const endpoint =
		section === 'endpoints'
			? config.endpoints.find((one) => one.name === key)
			: undefined;
	if (endpoint !== undefined && name === 'url') {
		// The one that holds where the file has none.
		const isSet = variable(env, 'ANTHROPIC_BASE_URL') !== undefined;
		return {
			value: withoutQuery(endpoint.url.href),
			from: isSet
				? {kind: 'environment', variable: 'ANTHROPIC_BASE_URL'}
				: from,
		};
	}

	if (endpoint !== undefined && name === 'formats') {
		return {value: endpoint.formats, from};
	}

	if (endpoint !== undefined && name === 'key') {
		return {value: 'agent', from};
	}

	if (section === 'routing' && name === 'endpoint') {
		return {value: config.routing.endpoint, from};
	}

	return presence.kind === 'default'
		? {value: presence.value, from}
		: {
				value: undefined,
				words: presence.kind === 'derived' ? presence.words : '',
				from,
			};
}

/**
What a value that names something else stands for, where that is worth a word.
*/
export function meaningOf(
	{section, name, value}: SettingInForce,
	config: Config,
): string | undefined {
	if (section === 'server' && name === 'log') {
		return value === config.server.log ? undefined : config.server.log;
	}

	return section === 'day' && name === 'timezone' && value === systemZone
		? machineZone()
		: undefined;
}
