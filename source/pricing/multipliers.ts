import type {WireFormatName} from '../exchange/usage.js';
import type {CatalogueModel} from './catalogue.js';

/**
A fraction of whole numbers, so that nothing is lost: 1.1 is 11/10.
*/
export type Ratio = readonly [over: number, under: number];

export const one: Ratio = [1, 1];

/**
What an answer says of how it was served; always the answer's own words, never the request's.
*/
export type Served = Readonly<{
	format: WireFormatName | undefined;
	speed: string | undefined;
	inferenceGeo: string | undefined;
	serviceTier: string | undefined;
}>;

/**
A multiplier, and what of the answer it is for.
*/
export type NamedRatio = Readonly<{
	ratio: Ratio;
	why: 'fast' | 'geography' | 'tier';
}>;

/**
What the rates of a model are multiplied by, all classes of tokens alike. Undefined where fast mode was
charged for and its price for this model is not known. `model` is undefined where the catalogue does not
have it: then only what holds for every model does.
*/
export function namedMultipliersOf(
	model: Pick<CatalogueModel, 'provider' | 'id'> | undefined,
	served: Served,
): readonly NamedRatio[] | undefined {
	const fast = served.speed === 'fast' ? fastOf(model) : one;
	return fast === undefined
		? undefined
		: [
				{why: 'fast', ratio: fast} as const,
				{why: 'geography', ratio: geographyOf(model, served)} as const,
				{why: 'tier', ratio: tierOf(model, served)} as const,
			].filter(({ratio}) => ratio !== one);
}

/**
Anthropic's fast mode (platform.claude.com, Fast mode).
*/
const fastModels: ReadonlyMap<string, Ratio> = new Map([
	['claude-fable-5-2', [2, 1]],
	['claude-opus-5-5', [2, 1]],
	['claude-opus-5', [2, 1]],
	['claude-opus-4-8', [2, 1]],
	['claude-opus-4-7', [6, 1]],
	['claude-opus-4-6', [6, 1]],
]);

const fastOf = (
	model: Pick<CatalogueModel, 'provider' | 'id'> | undefined,
): Ratio | undefined =>
	model?.provider === 'anthropic' ? fastModels.get(model.id) : undefined;

/**
Inference in the US costs a tenth more on Opus 4.6 and newer models (platform.claude.com, Pricing, Data
residency). The rows of Amazon Bedrock's regional ids have theirs in them.
*/
function geographyOf(
	model: Pick<CatalogueModel, 'provider' | 'id'> | undefined,
	{inferenceGeo}: Served,
): Ratio {
	return inferenceGeo === 'us' &&
		model?.provider === 'anthropic' &&
		!olderClaude.test(model.id)
		? [11, 10]
		: one;
}

const olderClaude =
	/^claude-(?:v?[1-3]|instant|(?:haiku|opus|sonnet)-4(?:-[015])?(?:-\d{8})?$)/;

/**
Anthropic's batches cost half; its priority tier is sold by contract and stands at the list price.
OpenAI's tiers are those of its API (openai.com, API pricing).
*/
function tierOf(
	model: Pick<CatalogueModel, 'provider' | 'id'> | undefined,
	{format, serviceTier}: Served,
): Ratio {
	if (format === 'anthropic-messages') {
		return serviceTier === 'batch' ? [1, 2] : one;
	}

	if (model?.provider !== 'openai') {
		return one;
	}

	if (serviceTier === 'flex' || serviceTier === 'batch') {
		return [1, 2];
	}

	if (serviceTier !== 'priority') {
		return one;
	}

	return model.id === 'gpt-5.5' ? [5, 2] : [2, 1];
}
