import {isDeepStrictEqual} from 'node:util';
import type {Config} from '../../config/config.js';
import {publishedConfig} from '../../config/published.js';
import type {Found} from '../../control/find-passthrough.js';
import type {PublishedConfig} from '../../control/passthrough-row.js';
import type {Running} from './checked.js';

/**
The passthrough that serves, and whether it does by this config.
*/
export function runningOf(
	found: Found,
	config: Config | undefined,
): Running | undefined {
	if (found.kind !== 'serving') {
		return undefined;
	}

	const {holder, identity} = found;
	const problem = identity.steering?.configProblem ?? undefined;
	return {
		url: holder.url,
		pid: identity.pid,
		hasThis:
			config &&
			problem === undefined &&
			holder.log === config.server.log &&
			isSame(identity.config, publishedConfig(config)),
		problem,
	};
}

/**
Compares what both tell of: another version may tell of more or less. Prices may come from the endpoints.
*/
function isSame(theirs: PublishedConfig, ours: PublishedConfig): boolean {
	const others = new Map(Object.entries(withoutPrices(ours)));
	return Object.entries(withoutPrices(theirs)).every(
		([key, value]) =>
			!others.has(key) || isDeepStrictEqual(value, others.get(key)),
	);
}

const withoutPrices = (published: PublishedConfig) => ({
	...published,
	aliases: published.aliases.map(({price: _price, ...alias}) => alias),
});
