import type {AuthScheme} from '../config/endpoint-kinds.js';
import {wireFormatNames, type WireFormatName} from '../exchange/usage.js';
import {PriceBook} from '../pricing/price-book.js';
import type {Ask} from './ask.js';
import {readBaseUrl, written} from './base-url.js';
import type {Chart} from './chart.js';
import type {Finding} from './check.js';
import {freeChecks} from './checks.js';
import {examine} from './examine.js';

export type Probe = Readonly<{
	/**
	The base URL to write into the config: as given, or the neighbour that answers like an API.
	*/
	url: string;
	works: boolean;
	/**
	Wire formats that this endpoint takes, as far as can be told without spending money.
	*/
	formats: readonly WireFormatName[];
	/**
	Ids of its /models list with the price known for each (nano-dollars a million tokens), newest order as
	sent; empty where it has none.
	*/
	models: ReadonlyArray<
		Readonly<{
			id: string;
			input?: number | undefined;
			output?: number | undefined;
		}>
	>;
	/**
	To be written as `auth`, where the key is taken in another header than the usual.
	*/
	auth: AuthScheme | undefined;
	findings: readonly Finding[];
}>;

/**
Looks at an endpoint that is not in the config yet. Costs nothing. Never rejects for the network.
*/
export async function probe({
	url,
	credential,
	auth,
	keyName = 'the variable',
	knownHosts = ['api.anthropic.com', 'api.openai.com', 'openrouter.ai'],
	proxy,
	ask,
}: Readonly<{
	url: string;
	credential: string | undefined;
	auth?: AuthScheme | undefined;
	/**
	The variable that holds the key, for what is said.
	*/
	keyName?: string | undefined;
	knownHosts?: readonly string[];
	/**
	On the way there.
	*/
	proxy?: string | undefined;
	ask: Ask;
}>): Promise<Probe> {
	const given = readBaseUrl(url);
	if (given === undefined) {
		return {
			url,
			works: false,
			formats: [],
			models: [],
			auth,
			findings: [
				{
					check: 'url',
					standing: 'bad',
					said: 'This is not a URL.',
					fix: 'Write the base URL of the API, like https://api.anthropic.com.',
				},
			],
		};
	}

	const findings: Finding[] = [];
	const chart = await examine(
		chartFor({given, credential, auth, keyName, knownHosts, proxy, ask}),
		freeChecks,
		(finding) => {
			findings.push(finding);
		},
	);
	return {
		url:
			chart.base.href === given.href && /^https?:/i.test(url.trim())
				? url.trim()
				: written(chart.base),
		works: findings.every(
			({standing, check}) =>
				standing !== 'bad' || (check === 'url' && chart.base !== given),
		),
		formats: chart.spoken ?? [],
		models: (chart.listed ?? []).map(({id}) => {
			const price = chart.prices.find(undefined, id)?.price;
			return {id, input: price?.input, output: price?.output};
		}),
		auth: chart.auth,
		findings,
	};
}

type Known = Readonly<{
	given: URL;
	credential: string | undefined;
	auth: AuthScheme | undefined;
	keyName: string;
	knownHosts: readonly string[];
	proxy: string | undefined;
	ask: Ask;
}>;

const chartFor = ({
	given,
	credential,
	auth,
	keyName,
	knownHosts,
	proxy,
	ask,
}: Known): Chart => ({
	endpoint: undefined,
	given,
	base: given,
	formats:
		given.hostname === 'api.anthropic.com'
			? ['anthropic-messages']
			: wireFormatNames,
	areFormatsSaid: false,
	auth,
	key:
		credential === undefined || credential === ''
			? {kind: 'none'}
			: {
					kind: 'here',
					text: credential,
					shown: /^\w+$/.test(keyName) ? `$${keyName}` : '$API_KEY',
					from: keyName,
				},
	proxy,
	knownHosts,
	wantedModel: undefined,
	namedModels: [],
	prices: new PriceBook({
		user: new Map(),
		host: given.hostname,
		multiplier: 1,
		takesListed: true,
	}),
	isFree: true,
	ask,
});
