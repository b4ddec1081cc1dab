import type {Usage} from '../exchange/usage.js';
import {amountOf, countOf, fieldsOf} from './foreign-json.js';

/**
Usage in our split, and what was odd or extra about it.
*/
export type OpenaiUsage = Readonly<{
	usage: Usage;
	/**
	US dollars (OpenRouter's `usage.cost`).
	*/
	costUsd: number | undefined;
	/**
	The reasoning was not in the completion's count and has been added to the output.
	*/
	reasoningOutside: boolean;
}>;

type ChatKey =
	| 'prompt_tokens'
	| 'completion_tokens'
	| 'total_tokens'
	| 'prompt_tokens_details'
	| 'completion_tokens_details'
	| 'cached_tokens'
	| 'prompt_cache_hit_tokens'
	| 'cost';
type DetailKey = 'cached_tokens' | 'cache_write_tokens' | 'reasoning_tokens';

/**
Chat Completions usage (`CompletionUsage` of the official SDK), undefined where it has no prompt count
yet. `prompt_tokens` includes what was read from and written to the cache. DeepSeek says a cache hit
twice and Kimi beside the details: the first present counts. xAI and some Gemini shims leave reasoning
out of `completion_tokens`; the total tells.
*/
export function chatUsage(value: unknown): OpenaiUsage | undefined {
	const said = fieldsOf<ChatKey>(value);
	const prompt = countOf(said.prompt_tokens);
	if (prompt === undefined) {
		return undefined;
	}

	const details = fieldsOf<DetailKey>(said.prompt_tokens_details);
	const completion = countOf(said.completion_tokens) ?? 0;
	const reasoning = countOf(
		fieldsOf<DetailKey>(said.completion_tokens_details).reasoning_tokens,
	);
	const outside = reasoningOutside(said, {prompt, completion, reasoning});
	return {
		usage: split({
			prompt,
			read:
				countOf(details.cached_tokens) ??
				countOf(said.cached_tokens) ??
				countOf(said.prompt_cache_hit_tokens) ??
				0,
			written: countOf(details.cache_write_tokens) ?? 0,
			output: outside ? completion + (reasoning ?? 0) : completion,
			reasoning,
		}),
		costUsd: amountOf(said.cost),
		reasoningOutside: outside,
	};
}

function reasoningOutside(
	{total_tokens: total}: ReturnType<typeof fieldsOf<ChatKey>>,
	counted: {
		prompt: number;
		completion: number;
		reasoning: number | undefined;
	},
): boolean {
	const {prompt, completion, reasoning = 0} = counted;
	return reasoning > 0 && total === prompt + completion + reasoning;
}

type ResponsesKey =
	| 'input_tokens'
	| 'output_tokens'
	| 'input_tokens_details'
	| 'output_tokens_details'
	| 'cost';

/**
Responses usage (`ResponseUsage`): input includes the cached, output includes the reasoning.
*/
export function responsesUsage(value: unknown): OpenaiUsage | undefined {
	const said = fieldsOf<ResponsesKey>(value);
	const prompt = countOf(said.input_tokens);
	if (prompt === undefined) {
		return undefined;
	}

	const details = fieldsOf<DetailKey>(said.input_tokens_details);
	return {
		usage: split({
			prompt,
			read: countOf(details.cached_tokens) ?? 0,
			written: countOf(details.cache_write_tokens) ?? 0,
			output: countOf(said.output_tokens) ?? 0,
			reasoning: countOf(
				fieldsOf<DetailKey>(said.output_tokens_details).reasoning_tokens,
			),
		}),
		costUsd: amountOf(said.cost),
		reasoningOutside: false,
	};
}

/**
There is one OpenAI rate for cache writes; it has the place of the 5 minute one.
*/
function split(counted: {
	prompt: number;
	read: number;
	written: number;
	output: number;
	reasoning: number | undefined;
}): Usage {
	return {
		input: Math.max(0, counted.prompt - counted.read - counted.written),
		output: counted.output,
		cacheRead: counted.read,
		cacheWrite5m: counted.written,
		cacheWrite1h: 0,
		reasoning: counted.reasoning,
		webSearch: 0,
	};
}
