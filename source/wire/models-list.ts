import {countOf, fieldsOf, isObject, listOf, wordOf} from './foreign-json.js';

/**
US dollars for one token (one request for `webSearch`), as a gateway lists them.
*/
export type ListedPrice = Readonly<{
	prompt: number | undefined;
	completion: number | undefined;
	cacheRead: number | undefined;
	cacheWrite: number | undefined;
	webSearch: number | undefined;
}>;

export type ListedModel = Readonly<{
	id: string;
	/**
	Tokens that fit into a prompt.
	*/
	context: number | undefined;
	price: ListedPrice | undefined;
}>;

/**
One page of a model list.
*/
export type ModelsList = Readonly<{
	shape: 'anthropic' | 'openai' | 'openrouter';
	models: readonly ListedModel[];
	hasMore: boolean;
	/**
	What to ask the next page with, where there is one.
	*/
	next: Readonly<{afterId: string}> | undefined;
}>;

type EntryKey =
	'id' | 'type' | 'max_input_tokens' | 'context_length' | 'pricing';

/**
Reads the answer to `GET /models`. The server chooses the shape on one and the same path, so the
content decides: Anthropic's has `type: "model"` entries and pages, OpenAI's a bare list, OpenRouter's
adds context and prices. Undefined where it is no list of models.
*/
export function readModelsList(body: unknown): ModelsList | undefined {
	const page = fieldsOf<'data' | 'has_more' | 'last_id'>(body);
	const data = Array.isArray(body) ? body : page.data;
	if (!Array.isArray(data)) {
		return undefined;
	}

	const entries = listOf(data).map((entry) => fieldsOf<EntryKey>(entry));
	const models = entries.flatMap((entry) => listedModel(entry) ?? []);
	const hasMore = page.has_more === true;
	const afterId = wordOf(page.last_id) ?? models.at(-1)?.id;
	return {
		shape: shapeOf(entries, page.has_more !== undefined),
		models,
		hasMore,
		next: hasMore && afterId !== undefined ? {afterId} : undefined,
	};
}

type Entry = ReturnType<typeof fieldsOf<EntryKey>>;

function shapeOf(
	entries: readonly Entry[],
	paged: boolean,
): ModelsList['shape'] {
	if (paged || entries.some((entry) => entry.type === 'model')) {
		return 'anthropic';
	}

	return entries.some(
		(entry) => isObject(entry.pricing) || entry.context_length !== undefined,
	)
		? 'openrouter'
		: 'openai';
}

function listedModel(entry: Entry): ListedModel | undefined {
	const id = wordOf(entry.id);
	return id === undefined
		? undefined
		: {
				id,
				context:
					countOf(entry.max_input_tokens) ?? countOf(entry.context_length),
				price: listedPrice(entry.pricing),
			};
}

function listedPrice(value: unknown): ListedPrice | undefined {
	if (!isObject(value)) {
		return undefined;
	}

	return {
		prompt: dollars(value['prompt']),
		completion: dollars(value['completion']),
		cacheRead: dollars(value['input_cache_read']),
		cacheWrite: dollars(value['input_cache_write']),
		webSearch: dollars(value['web_search']),
	};
}

/**
Prices come as strings, so that no digit is lost. A negative one means "it depends".
*/
function dollars(value: unknown): number | undefined {
	const number =
		typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0
		? number
		: undefined;
}
