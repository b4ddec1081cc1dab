import {asAsked} from '../../exchange/as-asked.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import type {LiveName} from './offered.js';

/**
The names that the config of a home has now. Empty where there is no config, or one that is wrong: whoever
presses Tab does not want to hear of it. Only such names as mean nothing to a shell.
*/
export async function liveValues(
	given: Given,
	of: LiveName,
): Promise<readonly string[]> {
	try {
		const {aliases, endpoints, keys} = await look(given).config();
		const named = {
			alias: [...aliases.map(({name}) => name), asAsked],
			endpoint: endpoints.map(({name}) => name),
			key: keys.map(({name}) => name),
		};
		return named[of].filter((name) => /^[\w\-.]+$/v.test(name));
	} catch {
		// See above.
		return [];
	}
}
