import type {Asked, Envelope, Tool} from './asked.js';
import {jsonLength, list, number, part, text} from './json.js';
import {nameConversation, tokensIn} from './read-anthropic.js';

/**
Reads a Chat Completions request; a sentence says what is missing.
*/
export function readChat(body: unknown, envelope: Envelope): Asked | string {
	const read = readShared(body, 'messages', envelope);
	if (typeof read === 'string') {
		return read;
	}

	const format = part(body, 'response_format');
	return {
		...read,
		tellsUsage:
			!read.stream ||
			part(part(body, 'stream_options'), 'include_usage') === true,
		limit:
			number(part(body, 'max_completion_tokens')) ??
			number(part(body, 'max_tokens')),
		schema: part(part(format, 'json_schema'), 'schema'),
		tools: list(part(body, 'tools')).flatMap((tool) =>
			functionTool(part(tool, 'function')),
		),
	};
}

/**
Reads a Responses request; a sentence says what is missing.
*/
export function readResponses(
	body: unknown,
	envelope: Envelope,
): Asked | string {
	const read = readShared(body, 'input', envelope);
	return typeof read === 'string'
		? read
		: {
				...read,
				limit: number(part(body, 'max_output_tokens')),
				schema: part(part(part(body, 'text'), 'format'), 'schema'),
				tools: list(part(body, 'tools')).flatMap((tool) =>
					part(tool, 'type') === 'function' ? functionTool(tool) : [],
				),
			};
}

function readShared(
	body: unknown,
	history: 'messages' | 'input',
	{length, session}: Envelope,
): Asked | string {
	const model = text(part(body, 'model'));
	const said = part(body, history);
	if (model === undefined) {
		return 'you must provide a model parameter';
	}

	if (said === undefined) {
		return `Missing required parameter: '${history}'.`;
	}

	const who = text(part(body, 'prompt_cache_key')) ?? session;
	return {
		model,
		stream: part(body, 'stream') === true,
		tellsUsage: true,
		limit: undefined,
		// Models that do not reason are asked by nobody's agent any more.
		thinks: true,
		tools: [],
		toolChoice: toolChoiceOf(part(body, 'tool_choice')),
		schema: undefined,
		fast: false,
		prompt: {
			tokens: tokensIn(length),
			stableTokens: tokensIn(
				jsonLength(part(body, 'tools')) +
					jsonLength(part(body, 'instructions')),
			),
			tailTokens: 0,
			stableTtl: undefined,
			messagesTtl: undefined,
			messages: list(said).length,
			conversation: nameConversation(model, who, list(said)[0] ?? said),
			automatic: true,
		},
	};
}

function functionTool(definition: unknown): readonly Tool[] {
	const name = text(part(definition, 'name'));
	return name === undefined
		? []
		: [{name, schema: part(definition, 'parameters')}];
}

function toolChoiceOf(choice: unknown): Asked['toolChoice'] {
	if (choice === 'none') {
		return 'none';
	}

	return choice === 'required' || typeof choice === 'object' ? 'must' : 'auto';
}
