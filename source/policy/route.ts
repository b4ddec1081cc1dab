import {steers} from '../exchange/steers.js';
import type {WireFormatName} from '../exchange/usage.js';

export type RouteTarget = Readonly<{
	endpoint: string;
	/**
	The model to ask for; undefined: as it was asked.
	*/
	model: string | undefined;
}>;

type AliasRoutes = Readonly<{name: string; targets: readonly RouteTarget[]}>;

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
	aliases: readonly AliasRoutes[];
	/**
	Models that follow the active alias, with `*` for any letters.
	*/
	steer: readonly string[];
	/**
	The alias of the models that do not; undefined: as they were asked.
	*/
	background: string | undefined;
	/**
	The active alias; undefined: models are left alone.
	*/
	active: string | undefined;
}>;

export type Route = Readonly<
	| {
			kind: 'go';
			alias: string | undefined;
			/**
			The active alias decided, not the request.
			*/
			isSteered: boolean;
			/**
			Those that speak the format of the request, in their order: at least one.
			*/
			targets: readonly RouteTarget[];
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
	const {format, model} = asked;
	if (format === undefined || model === undefined) {
		return withoutAlias(routes, format);
	}

	const named = aliasOf(routes, model);
	if (named !== undefined) {
		return byAlias(routes, named, {format, isSteered: false});
	}

	const isSteered = steers(routes.steer, model);
	const alias = aliasOf(routes, isSteered ? routes.active : routes.background);
	return alias === undefined
		? withoutAlias(routes, format)
		: byAlias(routes, alias, {format, isSteered});
}

const aliasOf = (
	{aliases}: Routes,
	name: string | undefined,
): AliasRoutes | undefined =>
	name === undefined ? undefined : aliases.find((alias) => alias.name === name);

function byAlias(
	routes: Routes,
	{name, targets}: AliasRoutes,
	{format, isSteered}: Readonly<{format: WireFormatName; isSteered: boolean}>,
): Route {
	const fitting = targets.filter(({endpoint}) =>
		speaks(routes, endpoint, format),
	);
	return fitting.length === 0
		? {
				kind: 'nowhere',
				message: `No target of the alias ${name} speaks ${format}: ${targets.map(({endpoint, model}) => `${endpoint}/${model ?? ''}`).join(', ')}. ${whoSpeaks(routes, format)}`,
			}
		: {kind: 'go', alias: name, isSteered, targets: fitting};
}

function withoutAlias(
	routes: Routes,
	format: WireFormatName | undefined,
): Route {
	const endpoint =
		format === undefined || speaks(routes, routes.endpoint, format)
			? routes.endpoint
			: routes.endpoints.find(({formats}) => formats.includes(format))?.name;
	return endpoint === undefined
		? {
				kind: 'nowhere',
				message: `No endpoint speaks ${format!}. ${whoSpeaks(routes, format!)}`,
			}
		: {
				kind: 'go',
				alias: undefined,
				isSteered: false,
				targets: [{endpoint, model: undefined}],
			};
}

const speaks = (routes: Routes, endpoint: string, format: WireFormatName) =>
	routes.endpoints.some(
		({name, formats}) => name === endpoint && formats.includes(format),
	);

function whoSpeaks(routes: Routes, format: WireFormatName): string {
	const names = routes.endpoints
		.filter(({formats}) => formats.includes(format))
		.map(({name}) => name);
	const fitting = routes.aliases
		.filter(({targets}) =>
			targets.some(({endpoint}) => speaks(routes, endpoint, format)),
		)
		.map(({name}) => name);
	return [
		names.length === 0
			? `Add ${format} to the formats of an endpoint that speaks it.`
			: `Endpoints that speak it: ${names.join(', ')}.`,
		...(routes.aliases.length === 0
			? []
			: [
					fitting.length === 0
						? `Aliases: ${routes.aliases.map(({name}) => name).join(', ')}.`
						: `Aliases that would fit: ${fitting.join(', ')}.`,
				]),
	].join(' ');
}
