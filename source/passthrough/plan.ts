import {aliasOrNone} from '../exchange/as-asked.js';
import {route} from '../policy/route.js';
import {headerOf} from './headers.js';
import {keyTo} from './key-to.js';
import type {Plan} from './journey.js';
import {Refusal} from './refusal.js';
import type {Received} from './stage.js';
import {targetName} from './traffic.js';
import type {InForce, ReachableEndpoint} from './world.js';

/**
Says where a request may go, first place first, and that it has a credential to go there with. `active`
is the active alias, null for none; a `diverted` one goes to that alias, whatever it asks for.
*/
export async function planFor(
	received: Received,
	{
		inForce: {config, endpoints},
		active,
		diverted,
	}: Readonly<{
		inForce: InForce;
		active: string | null;
		diverted?: string | undefined;
	}>,
): Promise<Plan> {
	const reachable = await endpoints;
	const {background, steer, endpoint} = config.routing;
	const routed = route(
		{
			endpoints: config.endpoints,
			endpoint,
			aliases: config.aliases,
			steer,
			background: aliasOrNone(background) ?? undefined,
			active: active ?? undefined,
		},
		{
			format: received.wanted.format,
			model: diverted ?? received.facts?.model,
		},
	);
	if (routed.kind === 'nowhere') {
		throw new Refusal('alias', routed.message);
	}

	const stops = routed.targets
		.map((target) => ({
			endpoint: reachable.get(target.endpoint)!,
			model: target.model,
			target: targetName(
				target.endpoint,
				target.model ?? received.beginning.askedModel,
			),
		}))
		.filter((stop) => hasCredential(stop.endpoint, received));
	if (stops.length === 0) {
		const {name} = reachable.get(routed.targets[0]!.endpoint)!.config;
		throw new Refusal(
			'key',
			`The endpoint ${name} has no key of its own, and the client sent only a local one. Set key of [endpoints.${name}], or give the client the endpoint's key.`,
		);
	}

	const alias = config.aliases.find(({name}) => name === routed.alias);
	return {
		alias: routed.alias,
		isSteered: routed.isSteered,
		system: alias?.system,
		allowSigned: alias?.allowSigned ?? false,
		stops,
	};
}

/**
An endpoint without a key of ours needs the client's own; a local key is none.
*/
function hasCredential(
	endpoint: ReachableEndpoint,
	{request: {rawHeaders}, bearer}: Received,
): boolean {
	return (
		keyTo(endpoint, bearer) !== undefined ||
		bearer.headers.length === 0 ||
		['authorization', 'x-api-key'].some(
			(name) =>
				!bearer.headers.includes(name) &&
				headerOf(rawHeaders, name) !== undefined,
		)
	);
}
