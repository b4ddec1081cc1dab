import type {ExtraUsage, Usage} from '../exchange/usage.js';
import {
	amountOf,
	countOf,
	fieldsOf,
	isObject,
	listOf,
	wordOf,
} from './foreign-json.js';

/**
The counters as they were last said, before they become our split.
*/
export type AnthropicCounters = Readonly<{
	input: number | undefined;
	cacheRead: number | undefined;
	cacheWritten: number | undefined;
	/**
	The cache writes by the time they live, where that is told.
	*/
	split: Readonly<{for5m: number; for1h: number}> | undefined;
	output: number | undefined;
	thinking: number | undefined;
	webSearches: number | undefined;
	webFetches: number | undefined;
	serviceTier: string | undefined;
	speed: string | undefined;
	inferenceGeo: string | undefined;
	iterations: readonly unknown[] | undefined;
	fallbackCredit: true | undefined;
}>;

const nothingCounted: AnthropicCounters = {
	input: undefined,
	cacheRead: undefined,
	cacheWritten: undefined,
	split: undefined,
	output: undefined,
	thinking: undefined,
	webSearches: undefined,
	webFetches: undefined,
	serviceTier: undefined,
	speed: undefined,
	inferenceGeo: undefined,
	iterations: undefined,
	fallbackCredit: undefined,
};

type UsageKey =
	| 'input_tokens'
	| 'cache_creation_input_tokens'
	| 'cache_read_input_tokens'
	| 'cache_creation'
	| 'output_tokens'
	| 'output_tokens_details'
	| 'server_tool_use'
	| 'service_tier'
	| 'speed'
	| 'inference_geo'
	| 'iterations'
	| 'fallback_credit';

/**
Reads one `usage` object (the official SDK's `Usage` and `BetaUsage`). Null, negative and non-finite
counters are left out. Undefined where it counts nothing.
*/
export function readCounters(value: unknown): AnthropicCounters | undefined {
	const usage = fieldsOf<UsageKey>(value);
	const details = fieldsOf<'thinking_tokens'>(usage.output_tokens_details);
	const tools = fieldsOf<'web_search_requests' | 'web_fetch_requests'>(
		usage.server_tool_use,
	);
	const counters: AnthropicCounters = {
		input: countOf(usage.input_tokens),
		cacheRead: countOf(usage.cache_read_input_tokens),
		cacheWritten: countOf(usage.cache_creation_input_tokens),
		split: splitOf(usage.cache_creation),
		output: countOf(usage.output_tokens),
		thinking: countOf(details.thinking_tokens),
		webSearches: countOf(tools.web_search_requests),
		webFetches: countOf(tools.web_fetch_requests),
		serviceTier: wordOf(usage.service_tier),
		speed: wordOf(usage.speed),
		inferenceGeo: wordOf(usage.inference_geo),
		iterations: Array.isArray(usage.iterations)
			? listOf(usage.iterations)
			: undefined,
		fallbackCredit: isObject(usage.fallback_credit) ? true : undefined,
	};
	return countsSomething(counters) ? counters : undefined;
}

/**
US dollars, as gateways add them to a `usage` object (OpenRouter's `usage.cost`).
*/
export const readCostUsd = (usage: unknown): number | undefined =>
	amountOf(fieldsOf<'cost'>(usage).cost);

function splitOf(value: unknown): AnthropicCounters['split'] {
	if (!isObject(value)) {
		return undefined;
	}

	const split = fieldsOf<
		'ephemeral_5m_input_tokens' | 'ephemeral_1h_input_tokens'
	>(value);
	return {
		for5m: countOf(split.ephemeral_5m_input_tokens) ?? 0,
		for1h: countOf(split.ephemeral_1h_input_tokens) ?? 0,
	};
}

function countsSomething(counters: AnthropicCounters): boolean {
	return Object.values(counters).some((value) => value !== undefined);
}

/**
Lays the usage of a `message_delta` over what was known. Its counters are totals of the whole message,
left out where they do not apply: they replace, they are never added (the official SDK's
`MessageStream`). Some gateways repeat the input as zeros; a running total cannot fall to zero.
*/
export function mergeDelta(
	before: AnthropicCounters | undefined,
	delta: AnthropicCounters,
): Readonly<{counters: AnthropicCounters; zeroed: boolean}> {
	const known = before ?? nothingCounted;
	const zeroed = delta.input === 0 && prompt(delta) === 0 && prompt(known) > 0;
	const told = zeroed ? known : delta;
	return {
		counters: {
			input: told.input ?? known.input,
			cacheRead: told.cacheRead ?? known.cacheRead,
			cacheWritten: told.cacheWritten ?? known.cacheWritten,
			split: delta.split ?? known.split,
			output: delta.output ?? known.output,
			thinking: delta.thinking ?? known.thinking,
			webSearches: delta.webSearches ?? known.webSearches,
			webFetches: delta.webFetches ?? known.webFetches,
			serviceTier: delta.serviceTier ?? known.serviceTier,
			speed: delta.speed ?? known.speed,
			inferenceGeo: delta.inferenceGeo ?? known.inferenceGeo,
			iterations: delta.iterations ?? known.iterations,
			fallbackCredit: delta.fallbackCredit ?? known.fallbackCredit,
		},
		zeroed,
	};
}

function prompt({
	input = 0,
	cacheRead = 0,
	cacheWritten = 0,
}: AnthropicCounters): number {
	return input + cacheRead + cacheWritten;
}

/**
The counters in our split. `assumedTtl`: a cache write of unknown lifetime was taken for 5 minutes.
*/
export function canonicalUsage(
	counters: AnthropicCounters,
): Readonly<{usage: Usage; assumedTtl: boolean}> {
	const written = writtenSplit(counters);
	return {
		usage: {
			input: counters.input ?? 0,
			output: counters.output ?? 0,
			cacheRead: counters.cacheRead ?? 0,
			cacheWrite5m: written.for5m,
			cacheWrite1h: written.for1h,
			reasoning: counters.thinking,
			webSearch: counters.webSearches ?? 0,
		},
		assumedTtl: written.assumed,
	};
}

function writtenSplit({cacheWritten, split}: AnthropicCounters) {
	const {for5m, for1h} = split ?? {for5m: 0, for1h: 0};
	const told = for5m + for1h;
	const total = cacheWritten ?? told;
	return {
		for5m: told < total ? total - for1h : for5m,
		for1h,
		assumed: told === 0 && total > 0,
	};
}

type IterationKey = 'type' | 'model';

/**
Billed calls that the top level leaves out: compactions at the message's model, advisors at their own
(`BetaUsage.iterations`). `message` and `fallback_message` entries are in the top level already.
*/
export function extraUsageOf(
	counters: AnthropicCounters | undefined,
	messageModel: string | undefined,
): Readonly<{extra: readonly ExtraUsage[]; assumedTtl: boolean}> {
	const extra: ExtraUsage[] = [];
	let assumedTtl = false;
	for (const iteration of counters?.iterations ?? []) {
		const entry = fieldsOf<IterationKey>(iteration);
		const kind = extraKinds.get(entry.type);
		if (kind === undefined) {
			continue;
		}

		const read = canonicalUsage(readCounters(iteration) ?? nothingCounted);
		assumedTtl ||= read.assumedTtl;
		extra.push({
			kind,
			model: kind === 'compaction' ? messageModel : wordOf(entry.model),
			...read.usage,
		});
	}

	return {extra, assumedTtl};
}

const extraKinds = new Map<unknown, ExtraUsage['kind']>([
	['compaction', 'compaction'],
	['advisor_message', 'advisor'],
]);

/**
The model that answered in place of the one asked, where a server-side fallback took over.
*/
export function fallbackModel(
	counters: AnthropicCounters | undefined,
): string | undefined {
	const served = (counters?.iterations ?? [])
		.map((iteration) => fieldsOf<IterationKey>(iteration))
		.findLast(({type}) => type === 'fallback_message');
	return wordOf(served?.model);
}
