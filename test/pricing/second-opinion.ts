import {
	findProvider,
	type ModelInfo,
	type ModelPrice,
} from '@pydantic/genai-prices';
import {
	catalogueModels,
	catalogueProvenance,
	type CatalogueModel,
} from '../../source/pricing/catalogue.js';

/**
Our names of providers by theirs.
*/
const providers: Readonly<Record<string, string>> = {
	anthropic: 'anthropic',
	openai: 'openai',
	google: 'google',
	deepseek: 'deepseek',
	zai: 'zai',
	moonshotai: 'moonshotai',
	xai: 'x-ai',
	mistral: 'mistral',
	minimax: 'minimax',
};

/**
Each rate on which genai-prices says something else, as one line. Compared are models that both have
under the very same id.
*/
export function disagreements(): readonly string[] {
	return catalogueModels().flatMap((model) => {
		const other = theirModel(model);
		return other === undefined
			? []
			: differences(model, pricesOn(catalogueProvenance.date, other));
	});
}

export const comparedModels = (): number =>
	catalogueModels().filter((model) => theirModel(model) !== undefined).length;

function theirModel({provider, id}: CatalogueModel): ModelInfo | undefined {
	const providerId = providers[provider];
	return providerId === undefined
		? undefined
		: findProvider({providerId})?.models.find((model) => model.id === id);
}

/**
The day's last price; of those by the hour, the dearest stands last.
*/
function pricesOn(date: string, {prices}: ModelInfo): ModelPrice {
	if (!Array.isArray(prices)) {
		return prices;
	}

	return prices.findLast(
		({constraint}) =>
			constraint === undefined ||
			constraint.type === 'time_of_date' ||
			constraint.start_date <= date,
	)!.prices;
}

function differences(
	{provider, id, price}: CatalogueModel,
	theirs: ModelPrice,
): readonly string[] {
	const rates = [
		['input', price.input, theirs['input_mtok']],
		['output', price.output, theirs['output_mtok']],
		['cache read', price.cacheRead, theirs['cache_read_mtok']],
		['cache write', price.cacheWrite5m, theirs['cache_write_mtok']],
		['cache write 1h', price.cacheWrite1h, theirs['cache_write_1h_mtok']],
	] as const;
	const tiers = [
		'tiers',
		price.tiers?.length ?? 0,
		Math.max(...rates.map((rate) => tiersOf(rate[2]))),
	] as const;
	return [
		...rates.map(
			([name, ours, other]) => [name, shown(ours), shownOther(other)] as const,
		),
		[tiers[0], String(tiers[1]), String(tiers[2])] as const,
	].flatMap(([name, ours, other]) =>
		ours === other
			? []
			: [`${provider} ${id}: ${name} ${ours}, they say ${other}`],
	);
}

type TheirRate = ModelPrice[string];

const tiersOf = (rate: TheirRate): number =>
	typeof rate === 'object' ? rate.tiers.length : 0;

const shown = (nano: number | undefined): string =>
	nano === undefined ? '-' : String(nano / 1e9);

const shownOther = (rate: TheirRate): string =>
	rate === undefined
		? '-'
		: String(typeof rate === 'object' ? rate.base : rate);
