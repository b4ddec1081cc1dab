import type {WireFormatName} from '../exchange/usage.js';

/**
The most tokens that one answer may have. Enough to see whether it streams.
*/
export const tinyOutput = 64;

const question = 'Count from 1 to 20.';
const toolQuestion = 'What time is it?';
const tool = {
	name: 'get_time',
	description: 'Tells the time.',
	schema: {type: 'object', properties: {}},
} as const;

/**
What had to be done differently for an endpoint.
*/
export type Manner = Readonly<{
	/**
	The newer name of the limit in Chat Completions.
	*/
	saysCompletionTokens?: boolean;
	/**
	Usage is not asked for in streams.
	*/
	withoutUsage?: boolean;
	output?: number;
}>;

/**
A streamed question in a few words.
*/
export function tinyBody(
	format: WireFormatName,
	model: string,
	manner: Manner = {},
): unknown {
	const limit = limitFor(format, model, manner);
	switch (format) {
		case 'anthropic-messages': {
			return {
				model,
				...limit,
				stream: true,
				messages: [{role: 'user', content: question}],
			};
		}

		case 'openai-chat': {
			return {
				model,
				...limit,
				stream: true,
				...(!manner.withoutUsage && {stream_options: {include_usage: true}}),
				messages: [{role: 'user', content: question}],
			};
		}

		case 'openai-responses': {
			return {model, ...limit, stream: true, input: question};
		}
	}
}

/**
A question with a tool to answer it by, not streamed.
*/
export function toolBody(
	format: WireFormatName,
	model: string,
	manner: Manner = {},
): unknown {
	const limit = limitFor(format, model, manner);
	const {name, description, schema} = tool;
	switch (format) {
		case 'anthropic-messages': {
			return {
				model,
				...limit,
				messages: [{role: 'user', content: toolQuestion}],
				tools: [{name, description, input_schema: schema}],
			};
		}

		case 'openai-chat': {
			return {
				model,
				...limit,
				messages: [{role: 'user', content: toolQuestion}],
				tools: [
					{type: 'function', function: {name, description, parameters: schema}},
				],
			};
		}

		case 'openai-responses': {
			return {
				model,
				...limit,
				input: toolQuestion,
				tools: [{type: 'function', name, description, parameters: schema}],
			};
		}
	}
}

export const countBody = (model: string): unknown => ({
	model,
	messages: [{role: 'user', content: question}],
});

/**
OpenAI's reasoning models know the newer name alone, most gateways the older one.
*/
function limitFor(
	format: WireFormatName,
	model: string,
	{output = tinyOutput, saysCompletionTokens = isReasoning(model)}: Manner,
): Readonly<Record<string, number>> {
	switch (format) {
		case 'anthropic-messages': {
			return {max_tokens: output};
		}

		case 'openai-chat': {
			return saysCompletionTokens
				? {max_completion_tokens: output}
				: {max_tokens: output};
		}

		case 'openai-responses': {
			return {max_output_tokens: output};
		}
	}
}

const isReasoning = (model: string): boolean =>
	/(?:^|\/)(?:gpt-[5-9]|o\d)/.test(model);
