import type {Buffer} from 'node:buffer';
import {
	aliasModel,
	modelIdAsked,
	shapeAsked,
	withAliases,
} from '../wire/alias-models.js';
import type {Received, Routed} from './stage.js';
import type {World} from './world.js';

/**
What adds the aliases to a list of models on its way; undefined where there is no list, or no alias.
*/
export function aliasesAdded(
	{wanted, method, request}: Routed,
	{inForce, startedAt}: Pick<World, 'inForce' | 'startedAt'>,
): ((body: Buffer) => Buffer) | undefined {
	if (
		wanted.kind !== 'models' ||
		method !== 'GET' ||
		modelIdAsked(wanted.upstreamPath) !== undefined
	) {
		return undefined;
	}

	const aliases = inForce().config.aliases.map(({name}) => name);
	return aliases.length === 0
		? undefined
		: (body) =>
				withAliases(body, {
					aliases,
					shape: shapeAsked(request.rawHeaders),
					createdAt: startedAt,
				});
}

/**
The description of a model that is an alias of ours; undefined where another is asked for.
*/
export function aliasDescribed(
	{wanted, method, request}: Received,
	{inForce, startedAt}: Pick<World, 'inForce' | 'startedAt'>,
): string | undefined {
	if (wanted.kind !== 'models' || method !== 'GET') {
		return undefined;
	}

	const id = modelIdAsked(wanted.upstreamPath);
	const alias = inForce().config.aliases.find(({name}) => name === id);
	return (
		alias && aliasModel(alias.name, shapeAsked(request.rawHeaders), startedAt)
	);
}
