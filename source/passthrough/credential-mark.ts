import {Buffer} from 'node:buffer';
import {headerOf} from './headers.js';
import {keyTo} from './key-to.js';
import type {Routed} from './stage.js';
import type {World} from './world.js';

/**
Tells the credentials of agents apart without telling anything of them: a keyed hash, cut to eight
characters. Empty where the endpoint's own key is used.
*/
export function credentialMark(
	{endpoint, request, bearer}: Routed,
	{hashBody}: Pick<World, 'hashBody'>,
): string {
	const {rawHeaders} = request;
	const secret =
		keyTo(endpoint, bearer) === undefined
			? (headerOf(rawHeaders, 'x-api-key') ??
				headerOf(rawHeaders, 'authorization'))
			: undefined;
	return secret === undefined ? '' : hashBody(Buffer.from(secret)).slice(0, 8);
}
