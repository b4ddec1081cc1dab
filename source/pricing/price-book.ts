import {type Price, inUnits, roundedInUnits} from '../exchange/price.js';
import {findModel, type CatalogueModel} from './catalogue.js';
import {providerOf} from './host.js';
import {modelIds} from './model-id.js';
import type {Ratio} from './multipliers.js';

/**
What a gateway lists for a model: US dollars for one token, and for one web search.
*/
export type ListedModel = Readonly<{
	id: string;
	price:
		| Readonly<{
				prompt: number | undefined;
				completion: number | undefined;
				cacheRead: number | undefined;
				cacheWrite: number | undefined;
				webSearch: number | undefined;
		  }>
		| undefined;
}>;

/**
The price of one model, and who told it.
*/
export type Found = Readonly<{
	price: Price;
	source: 'user' | 'models' | 'catalogue';
	/**
	The id it stands under there.
	*/
	id: string;
	/**
	The model as the catalogue knows it, whoever told the price.
	*/
	model: CatalogueModel | undefined;
}>;

export type PriceBookOptions = Readonly<{
	/**
	By model id, as the user wrote them.
	*/
	user: ReadonlyMap<string, Price>;
	/**
	The host of the endpoint, without a port.
	*/
	host: string;
	/**
	What this endpoint charges of any price.
	*/
	multiplier: number;
	/**
	Whether its own list of models tells the prices.
	*/
	takesListed: boolean;
}>;

const mostRemembered = 500;
const mostListed = 5000;

/**
The prices that hold at one endpoint. A model is looked up once; after that its price is remembered.
*/
export class PriceBook {
	/**
	What this endpoint's tokens cost more or less than their price.
	*/
	readonly multipliers: readonly Ratio[];
	readonly takesListed: boolean;
	readonly #user: ReadonlyMap<string, Price>;
	readonly #provider: string | undefined;
	readonly #remembered = new Map<string, Found | undefined>();
	#listed: ReadonlyMap<string, Price> = new Map();

	constructor({user, host, multiplier, takesListed}: PriceBookOptions) {
		this.#user = user;
		this.#provider = providerOf(host);
		this.multipliers = multiplier === 1 ? [] : [[inUnits(multiplier, 9)!, 1e9]];
		this.takesListed = takesListed;
	}

	/**
	Takes the prices of the endpoint's own list, where it is to tell them. A list without a price changes
	nothing: a gateway may answer other clients in another shape.
	*/
	learn(models: readonly ListedModel[]): void {
		const listed = this.takesListed
			? models.slice(0, mostListed).flatMap(({id, price}) => {
					const taken = price && priceOfListed(price);
					return taken === undefined ? [] : [[id, taken] as const];
				})
			: [];
		if (listed.length === 0) {
			return;
		}

		this.#listed = new Map(listed);
		this.#remembered.clear();
	}

	/**
	The price of a model under the name it answered by. Where the user or the gateway named a price, the
	name it was asked by will do as well: a gateway may answer with a name of its own.
	*/
	find(
		served: string | undefined,
		sent: string | undefined,
	): Found | undefined {
		const key = `${served ?? ''}\n${sent ?? ''}`;
		if (this.#remembered.has(key)) {
			return this.#remembered.get(key);
		}

		if (this.#remembered.size >= mostRemembered) {
			this.#remembered.clear();
		}

		const found = this.#lookUp(served, sent);
		this.#remembered.set(key, found);
		return found;
	}

	#lookUp(
		served: string | undefined,
		sent: string | undefined,
	): Found | undefined {
		const names = [served, sent].filter((name) => name !== undefined);
		const [name] = names;
		if (name === undefined) {
			return undefined;
		}

		const model = findModel(name, this.#provider);
		const found =
			among(this.#user, 'user', names) ??
			among(this.#listed, 'models', names) ??
			(model && {price: model.price, source: 'catalogue', id: model.id});
		return (
			found && {
				...found,
				price: {
					...found.price,
					// A search costs the same whatever the tokens do.
					webSearchPer1k:
						found.price.webSearchPer1k ?? model?.price.webSearchPer1k,
				},
				model,
			}
		);
	}
}

function among<Source extends Found['source']>(
	prices: ReadonlyMap<string, Price>,
	source: Source,
	names: readonly string[],
): Readonly<{price: Price; source: Source; id: string}> | undefined {
	for (const {id} of names.flatMap((name) => modelIds(name))) {
		const price = prices.get(id);
		if (price !== undefined) {
			return {price, source, id};
		}
	}

	return undefined;
}

/**
Nano-dollars for a million are 15 places below dollars for one.
*/
function priceOfListed({
	prompt,
	completion,
	cacheRead,
	cacheWrite,
	webSearch,
}: NonNullable<ListedModel['price']>): Price | undefined {
	const input = scaled(prompt, 15);
	const output = scaled(completion, 15);
	return input === undefined || output === undefined
		? undefined
		: {
				input,
				output,
				cacheRead: scaled(cacheRead, 15),
				cacheWrite5m: scaled(cacheWrite, 15),
				webSearchPer1k: scaled(webSearch, 12),
			};
}

const scaled = (
	dollars: number | undefined,
	places: number,
): number | undefined =>
	dollars === undefined ? undefined : roundedInUnits(dollars, places);
