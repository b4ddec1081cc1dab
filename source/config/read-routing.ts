import {asAsked} from '../exchange/as-asked.js';
import type {RoutingConfig} from './config.js';
import {printable} from './printable.js';
import {readSection, type Report} from './read-section.js';
import {routingSettings} from './settings.js';
import {reportStranger} from './stranger.js';

/**
Reads `[routing]`, which must name what there is. Undefined where something in it is wrong.
*/
export function readRouting(
	found: unknown,
	{
		endpointNames,
		aliasNames,
	}: {
		endpointNames: readonly string[];
		aliasNames: readonly string[];
	},
	report: Report,
): RoutingConfig | undefined {
	const routing = readSection(
		routingSettings,
		{found, path: ['routing']},
		report,
	);
	if (routing === undefined) {
		return undefined;
	}

	const {endpoint = endpointNames[0]!} = routing;
	reportStranger(
		endpoint,
		{
			path: ['routing', 'endpoint'],
			what: 'the endpoint',
			names: endpointNames,
		},
		report,
	);
	for (const setting of ['active', 'background'] as const) {
		reportStranger(
			routing[setting],
			{
				path: ['routing', setting],
				what: 'the alias',
				names: [...aliasNames, asAsked],
			},
			report,
		);
	}

	for (const [index, pattern] of routing.steer.entries()) {
		if (aliasNames.includes(pattern)) {
			report({
				path: ['routing', 'steer', index],
				says: `routing.steer names the alias "${printable(pattern)}".`,
				hint: 'It holds the models that follow the active alias. Who asks for an alias by name gets that one.',
			});
		}
	}

	return {...routing, endpoint};
}
