import type {Config} from './config.js';
import {systemZone} from './day-kinds.js';
import {machineZone} from './machine-zone.js';

/**
The config as others may see it: no credentials, and nothing about where they come from.
*/
export const publishedConfig = (config: Config) => ({
	endpoints: config.endpoints.map(
		({name, url, formats, billing, priceMultiplier, prices}) => ({
			name,
			url: `${url.origin}${url.pathname}`,
			formats,
			billing,
			priceMultiplier,
			prices,
		}),
	),
	aliases: config.aliases.map(({name, targets}) => ({
		name,
		targets: targets.map((target) => `${target.endpoint}/${target.model}`),
	})),
	endpoint: config.routing.endpoint,
	day: {
		timezone:
			config.day.timezone === systemZone ? machineZone() : config.day.timezone,
		startsAt: config.day.startsAt,
	},
});
