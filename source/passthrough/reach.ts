import type {Config, Endpoint} from '../config/config.js';
import type {Credentials, KeyCredentials} from '../config/credentials.js';
import {publishedConfig} from '../config/published.js';
import type {PublishedConfig} from '../control/passthrough-row.js';
import type {PriceBook} from '../pricing/price-book.js';
import {learnPrices, type Learning} from './learn-prices.js';
import {createUpstream, type Upstream} from './upstream.js';
import {secretsInQuery} from './query-secrets.js';
import {targetPrice} from './target-price.js';
import type {InForce, ReachableEndpoint} from './world.js';

type Given = Readonly<{
	config: Config;
	credentials: Credentials;
	keyCredentials?: KeyCredentials | undefined;
}>;
type Endpoints = ReadonlyMap<string, ReachableEndpoint>;

export type ReachOptions = Given &
	Readonly<{
		env: NodeJS.ProcessEnv;
		instance: string;
		/**
		Settles when it is time to load the client of the endpoints.
		*/
		start: Promise<void>;
	}>;

/**
The config in force and the connections to its endpoints. When another config takes its place, what goes
on over the old connections ends in peace.
*/
export class Reach {
	readonly #env: NodeJS.ProcessEnv;
	readonly #instance: string;
	#inForce: InForce;
	/**
	The endpoints in force, once they are there.
	*/
	#reached: Endpoints | undefined;
	#learning: Learning | undefined;
	#replacing: Promise<void> = Promise.resolve();

	constructor({env, instance, start, ...given}: ReachOptions) {
		this.#env = env;
		this.#instance = instance;
		this.#inForce = {
			config: given.config,
			endpoints: start.then(async () => this.#build(given, undefined)),
		};
		void this.#inForce.endpoints.then((reached) => {
			this.#arrive(reached, this.#inForce);
		});
	}

	current(): InForce {
		return this.#inForce;
	}

	/**
	The config in force as others may see it, with what its aliases cost.
	*/
	published(): PublishedConfig {
		const {config} = this.#inForce;
		const reached = this.#reached;
		return publishedConfig(
			config,
			reached &&
				(({endpoint, model}) => {
					const prices = reached.get(endpoint)?.prices;
					return prices ? targetPrice(prices, model) : null;
				}),
		);
	}

	/**
	The alias whose first target costs least, where that is less than what the `active` one costs; null where
	there is none.
	*/
	cheaper(active: string | null): string | null {
		const priced = this.published().aliases.flatMap(({name, price}) =>
			price ? [{name, costs: price.input + price.output}] : [],
		);
		const cheapest = priced.toSorted(
			(one, other) => one.costs - other.costs,
		)[0];
		const now = priced.find(({name}) => name === active);
		return cheapest !== undefined &&
			(now === undefined || cheapest.costs < now.costs)
			? cheapest.name
			: null;
	}

	/**
	Puts another config in force, for requests that come from now on.
	*/
	async replace(given: Given): Promise<void> {
		// One after the other: each goes by what the one before it has built.
		const replaced = this.#replacing.then(async () => this.#replace(given));
		this.#replacing = replaced.catch(() => undefined);
		await replaced;
	}

	async #replace(given: Given): Promise<void> {
		const before = await this.#inForce.endpoints;
		const reached = await this.#build(given, before);
		const next: InForce = {
			config: given.config,
			endpoints: Promise.resolve(reached),
		};
		this.#inForce = next;
		this.#arrive(reached, next);
		const kept = new Set(
			Array.from(reached.values(), ({upstream}) => upstream),
		);
		for (const {upstream} of before.values()) {
			if (!kept.has(upstream)) {
				void upstream.retire();
			}
		}
	}

	async close(): Promise<void> {
		const reached = await this.#inForce.endpoints;
		this.#learning?.stop();
		await Promise.all(
			Array.from(reached.values(), async ({upstream}) => upstream.close()),
		);
	}

	#arrive(reached: Endpoints, inForce: InForce): void {
		if (inForce !== this.#inForce) {
			return;
		}

		this.#reached = reached;
		this.#learning?.stop();
		this.#learning = learnPrices(reached.values(), {
			instance: this.#instance,
		});
	}

	async #build(
		{config, credentials, keyCredentials = new Map()}: Given,
		before: Endpoints | undefined,
	): Promise<Endpoints> {
		const secrets = [credentials, ...keyCredentials.values()].flatMap((all) =>
			Array.from(all.values(), (secret) => secret.reveal()),
		);
		// Not before somebody needs it: the list of prices is long.
		const {PriceBook: Book} = await import('../pricing/price-book.js');
		const old = before && this.#inForce.config;
		const entries = config.endpoints.map(
			async (endpoint): Promise<[string, ReachableEndpoint]> => {
				const earlier = before?.get(endpoint.name);
				return [
					endpoint.name,
					{
						config: endpoint,
						key: credentials.get(endpoint.name)?.reveal(),
						keysOf: keysTo(endpoint.name, keyCredentials),
						secrets: [...secrets, ...secretsInQuery(endpoint.url.search)],
						// Another API may know it.
						refusesUsageOption:
							earlier?.config.url.href === endpoint.url.href &&
							earlier.refusesUsageOption,
						prices: pricesFor(endpoint, config, Book),
						upstream:
							earlier !== undefined &&
							old !== undefined &&
							isSameWay([earlier.config, old], [endpoint, config])
								? earlier.upstream
								: await this.#upstreamTo(endpoint, config),
					},
				];
			},
		);
		return new Map(await Promise.all(entries));
	}

	async #upstreamTo(
		{url}: Endpoint,
		{server: {headerTimeoutMs, idleTimeoutMs}}: Config,
	): Promise<Upstream> {
		return createUpstream({
			origin: url,
			headerTimeoutMs,
			idleTimeoutMs,
			env: this.#env,
		});
	}
}

const keysTo = (
	endpoint: string,
	keyCredentials: KeyCredentials,
): ReadonlyMap<string, string> =>
	new Map(
		[...keyCredentials].flatMap(([key, credentials]) => {
			const secret = credentials.get(endpoint)?.reveal();
			return secret === undefined ? [] : [[key, secret] as const];
		}),
	);

function pricesFor(
	endpoint: Endpoint,
	{prices}: Config,
	Book: typeof PriceBook,
): PriceBook {
	return new Book({
		user: new Map(prices.map(({model, price}) => [model, price])),
		host: endpoint.url.hostname,
		multiplier: endpoint.priceMultiplier,
		takesListed: endpoint.prices === 'models',
	});
}

type Way = readonly [Endpoint, Config];

const isSameWay = (
	[one, {server: before}]: Way,
	[other, {server: after}]: Way,
): boolean =>
	one.url.origin === other.url.origin &&
	before.headerTimeoutMs === after.headerTimeoutMs &&
	before.idleTimeoutMs === after.idleTimeoutMs;
