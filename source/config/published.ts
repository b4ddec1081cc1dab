import type {Config} from './config.js';

/**
The config as others may see it: no credentials, and nothing about where they come from.
*/
export const publishedConfig = (config: Config) => ({
	endpoints: config.endpoints.map(({name, url, formats}) => ({
		name,
		url: `${url.origin}${url.pathname}`,
		formats,
	})),
	aliases: config.aliases.map(({name, targets}) => ({
		name,
		targets: targets.map((target) => `${target.endpoint}/${target.model}`),
	})),
	endpoint: config.routing.endpoint,
});
