import type {Bearer} from './local-key.js';
import type {ReachableEndpoint} from './world.js';

/**
The key that a request of this bearer goes to an endpoint with: the bearer's own, else the endpoint's;
undefined where it is the agent's own credential.
*/
export const keyTo = (
	{key, keysOf}: Pick<ReachableEndpoint, 'key' | 'keysOf'>,
	bearer: Bearer,
): string | undefined => keysOf.get(bearer.key) ?? key;
