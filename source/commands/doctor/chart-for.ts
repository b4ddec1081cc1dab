import type {Config, Endpoint} from '../../config/config.js';
import {wireFormatNames} from '../../exchange/usage.js';
import type {Ask} from '../../doctor/ask.js';
import type {Chart} from '../../doctor/chart.js';
import {proxyFor} from '../../policy/proxy.js';
import {PriceBook} from '../../pricing/price-book.js';
import type {KeyFor} from './key-for.js';

/**
Who is to be looked at.
*/
export type Patient = Readonly<{
	endpoint: Endpoint;
	/**
	It stands in the config under its name.
	*/
	isNamed: boolean;
	areFormatsSaid: boolean;
}>;

export type Circumstances = Readonly<{
	/**
	Undefined where the config cannot be understood.
	*/
	config: Pick<Config, 'aliases' | 'prices'> | undefined;
	/**
	Hosts of all endpoints of the config.
	*/
	hosts: readonly string[];
	wantedModel: string | undefined;
	isFree: boolean;
	env: NodeJS.ProcessEnv;
	ask: Ask;
}>;

/**
What is known of an endpoint before anything is asked.
*/
export function chartFor(
	{endpoint, isNamed, areFormatsSaid}: Patient,
	{key, scheme}: KeyFor,
	{config, hosts, wantedModel, isFree, env, ask}: Circumstances,
): Chart {
	const {name, url, formats, auth} = endpoint;
	return {
		endpoint: isNamed ? name : undefined,
		given: url,
		base: url,
		formats,
		areFormatsSaid,
		auth: auth ?? scheme,
		key,
		proxy: proxyFor(url, env)?.host,
		knownHosts: [...hosts, ...wellKnown],
		wantedModel,
		namedModels: isNamed ? modelsOf(name, config?.aliases ?? []) : [],
		prices: new PriceBook({
			user: new Map(config?.prices.map(({model, price}) => [model, price])),
			host: url.hostname,
			multiplier: endpoint.priceMultiplier,
			takesListed: endpoint.prices === 'models',
		}),
		isFree,
		ask,
	};
}

const wellKnown = [
	'api.anthropic.com',
	'api.openai.com',
	'openrouter.ai',
	'api.deepseek.com',
	'api.mistral.ai',
	'api.groq.com',
	'api.x.ai',
	'api.z.ai',
	'api.moonshot.ai',
	'generativelanguage.googleapis.com',
];

const modelsOf = (
	endpoint: string,
	aliases: Config['aliases'],
): Chart['namedModels'] =>
	aliases.flatMap(({name, targets}) =>
		targets
			.filter((target) => target.endpoint === endpoint)
			.map(({model}) => ({id: model, place: `[aliases.${name}]`})),
	);

/**
An endpoint that is known by its URL alone, as it would be in a config.
*/
export const bareEndpoint = (
	url: URL,
	key: Endpoint['key'] | undefined,
): Endpoint => ({
	name: url.host,
	url,
	formats:
		url.hostname === 'api.anthropic.com'
			? ['anthropic-messages']
			: wireFormatNames,
	key: key ?? {kind: 'agent'},
	auth: undefined,
	openaiUsage: 'inject',
	priceMultiplier: 1,
	prices: 'models',
	billing: 'api',
});
