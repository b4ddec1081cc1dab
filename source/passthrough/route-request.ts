import {route} from '../policy/route.js';
import {headerOf} from './headers.js';
import {Refusal} from './refusal.js';
import type {Received, Routed} from './stage.js';
import type {World} from './world.js';

/**
Says where a request goes, and that it has a credential to go there with.
*/
export async function routeRequest(
	received: Received,
	world: World,
): Promise<Routed> {
	const {config} = world;
	const routed = route(
		{
			endpoints: config.endpoints,
			endpoint: config.routing.endpoint,
			aliases: config.aliases,
		},
		{format: received.wanted.format, model: received.facts?.model},
	);
	if (routed.kind === 'nowhere') {
		throw new Refusal('alias', routed.message);
	}

	const endpoints = await world.endpoints;
	const endpoint = endpoints.get(routed.endpoint)!;
	const {rawHeaders} = received.request;
	if (
		endpoint.key === undefined &&
		headerOf(rawHeaders, 'x-tollgate-key') !== undefined &&
		headerOf(rawHeaders, 'authorization') === undefined &&
		headerOf(rawHeaders, 'x-api-key') === undefined
	) {
		throw new Refusal(
			'key',
			`The endpoint ${routed.endpoint} has no key of its own, and the client sent only a local one. Set key of [endpoints.${routed.endpoint}], or give the client the endpoint's key.`,
		);
	}

	return {...received, endpoint, alias: routed.alias, model: routed.model};
}
