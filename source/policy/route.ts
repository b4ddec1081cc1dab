import type {WireFormatName} from '../exchange/usage.js';

export type RouteTarget = Readonly<{endpoint: string; model: string}>;

/**
What routing goes by. Names alone: no addresses, no keys.
*/
export type Routes = Readonly<{
	endpoints: ReadonlyArray<
		Readonly<{name: string; formats: readonly WireFormatName[]}>
	>;
	/**
	Where everything goes that no alias decides.
	*/
	endpoint: string;
	aliases: ReadonlyArray<
		Readonly<{name: string; targets: readonly RouteTarget[]}>
	>;
}>;

export type Route = Readonly<
	| {
			kind: 'go';
			endpoint: string;
			alias: string | undefined;
			/**
			The model to ask for; undefined: as it was asked.
			*/
			model: string | undefined;
	  }
	| {kind: 'nowhere'; message: string}
>;

/**
Where a request goes, and as which model. `format` is undefined for what is not measured.
*/
export function route(
	routes: Routes,
	asked: Readonly<{
		format: WireFormatName | undefined;
		model: string | undefined;
	}>,
): Route {
	const alias =
		asked.format === undefined
			? undefined
			: routes.aliases.find(({name}) => name === asked.model);
	return alias === undefined
		? withoutAlias(routes, asked.format)
		: byAlias(routes, alias, asked.format!);
}

function byAlias(
	routes: Routes,
	alias: Routes['aliases'][number],
	format: WireFormatName,
): Route {
	const target = alias.targets.find(({endpoint}) =>
		speaks(routes, endpoint, format),
	);
	return target === undefined
		? {
				kind: 'nowhere',
				message: `No target of the alias ${alias.name} speaks ${format}: ${alias.targets.map(({endpoint, model}) => `${endpoint}/${model}`).join(', ')}. ${whoSpeaks(routes, format)}`,
			}
		: {
				kind: 'go',
				endpoint: target.endpoint,
				alias: alias.name,
				model: target.model,
			};
}

function withoutAlias(
	routes: Routes,
	format: WireFormatName | undefined,
): Route {
	const fitting =
		format === undefined || speaks(routes, routes.endpoint, format)
			? routes.endpoint
			: routes.endpoints.find(({formats}) => formats.includes(format))?.name;
	return fitting === undefined
		? {
				kind: 'nowhere',
				message: `No endpoint speaks ${format!}. ${whoSpeaks(routes, format!)}`,
			}
		: {kind: 'go', endpoint: fitting, alias: undefined, model: undefined};
}

const speaks = (routes: Routes, endpoint: string, format: WireFormatName) =>
	routes.endpoints.some(
		({name, formats}) => name === endpoint && formats.includes(format),
	);

function whoSpeaks(routes: Routes, format: WireFormatName): string {
	const names = routes.endpoints
		.filter(({formats}) => formats.includes(format))
		.map(({name}) => name);
	const aliases = routes.aliases.map(({name}) => name);
	return [
		names.length === 0
			? `Add ${format} to the formats of an endpoint that speaks it.`
			: `Endpoints that speak it: ${names.join(', ')}.`,
		...(aliases.length === 0 ? [] : [`Aliases: ${aliases.join(', ')}.`]),
	].join(' ');
}
