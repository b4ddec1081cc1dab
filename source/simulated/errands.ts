import type {Errand} from './ask.js';
import type {Conversation} from './conversation.js';
import {text} from './json.js';

/**
Who asks: goes into headers and bodies.
*/
export type Identity = Readonly<{
	session: string;
	/**
	Of a subagent.
	*/
	agentId?: string;
	apiKey: string;
}>;

type Manner = Readonly<{
	model: string;
	stream?: boolean;
	/**
	Leaves before the end of the answer.
	*/
	leaves?: Readonly<{after: number; simulate: string | undefined}>;
	pauseMs?: number;
}>;

/**
A turn of a coding session, as Claude Code asks for it.
*/
export function turnErrand(
	conversation: Conversation,
	who: Identity,
	{model, stream = true, leaves, pauseMs = 0}: Manner,
): Errand {
	return {
		...blank(model, claudeHeaders(who)),
		path: '/v1/messages?beta=true',
		headers: {
			...claudeHeaders(who),
			...(leaves?.simulate !== undefined && {'x-simulate': leaves.simulate}),
		},
		body: JSON.stringify({
			model,
			...prompt(conversation, '1h'),
			max_tokens: stream ? 32_000 : 64_000,
			metadata: {user_id: `user_simulated_session_${who.session}`},
			thinking: {type: 'adaptive'},
			stream,
		}),
		format: 'anthropic-messages',
		stream,
		leaveAfter: leaves?.after,
		pauseMs,
	};
}

/**
The small request that finds a session's title: no tools, an answer in JSON.
*/
export function titleErrand(
	first: string,
	who: Identity,
	model: string,
): Errand {
	return {
		...blank(model, claudeHeaders(who)),
		path: '/v1/messages?beta=true',
		body: JSON.stringify({
			model,
			system: [{type: 'text', text: first}],
			messages: [{role: 'user', content: first.slice(0, 200)}],
			max_tokens: 512,
			output_config: {format: {type: 'json_schema', schema: titleSchema}},
			stream: true,
		}),
		format: 'anthropic-messages',
		stream: true,
	};
}

export function countErrand(
	conversation: Conversation,
	who: Identity,
	model: string,
): Errand {
	return {
		...blank(model, claudeHeaders(who)),
		path: '/v1/messages/count_tokens?beta=true',
		body: JSON.stringify({model, ...prompt(conversation, '1h')}),
	};
}

/**
The first thing that Claude Code does: is anybody there?
*/
export function helloErrand(who: Identity): Errand {
	return {
		...blank('', claudeHeaders(who)),
		method: 'HEAD',
		path: '/api/hello',
	};
}

export function chatErrand(
	conversation: Conversation,
	who: Identity,
	{model, stream = true}: Manner,
): Errand {
	return {
		...blank(model, openaiHeaders(who)),
		path: '/v1/chat/completions',
		body: JSON.stringify({
			model,
			messages: plainMessages(conversation),
			tools: conversation.tools.map((tool) => ({
				type: 'function',
				function: openaiTool(tool),
			})),
			...(stream && {stream, stream_options: {include_usage: true}}),
		}),
		format: 'openai-chat',
		stream,
	};
}

export function responsesErrand(
	conversation: Conversation,
	who: Identity,
	{model, stream = true}: Manner,
): Errand {
	const [system, ...input] = plainMessages(conversation);
	return {
		...blank(model, openaiHeaders(who)),
		path: '/v1/responses',
		body: JSON.stringify({
			model,
			instructions: system?.content,
			input,
			tools: conversation.tools.map((tool) => ({
				type: 'function',
				...openaiTool(tool),
			})),
			prompt_cache_key: who.session,
			stream,
		}),
		format: 'openai-responses',
		stream,
	};
}

function blank(model: string, headers: Errand['headers']): Errand {
	return {
		method: 'POST',
		path: '/',
		headers,
		body: '',
		format: undefined,
		model,
		stream: false,
		leaveAfter: undefined,
		pauseMs: 0,
	};
}

function prompt(conversation: Conversation, ttl: '5m' | '1h') {
	return {
		system: [
			{
				type: 'text',
				text: conversation.system,
				cache_control: {type: 'ephemeral', ttl},
			},
		],
		tools: conversation.tools,
		messages: conversation.messages(),
	};
}

function plainMessages(conversation: Conversation) {
	const said = conversation.messages().map(({role, content}) => ({
		role,
		content: content
			.map((block) => text(block['text']) ?? text(block['content']) ?? '')
			.join('\n'),
	}));
	return [{role: 'system', content: conversation.system}, ...said];
}

function openaiTool(tool: unknown): Readonly<Record<string, unknown>> {
	const {
		name,
		description,
		input_schema: parameters,
	} = tool as Readonly<Record<string, unknown>>;
	return {name, description, parameters};
}

function claudeHeaders({session, agentId, apiKey}: Identity) {
	return {
		accept: 'application/json',
		'accept-encoding': 'gzip, deflate, br, zstd',
		authorization: `Bearer ${apiKey}`,
		'content-type': 'application/json',
		'user-agent': 'claude-cli/2.1.330 (external, cli)',
		'anthropic-version': '2023-06-01',
		'anthropic-beta':
			'claude-code-20250219,interleaved-thinking-2025-05-14,extended-cache-ttl-2025-04-11',
		'x-app': 'cli',
		'x-claude-code-session-id': session,
		...(agentId !== undefined && {'x-claude-code-agent-id': agentId}),
		'x-stainless-lang': 'js',
		'x-stainless-retry-count': '0',
	};
}

function openaiHeaders({apiKey}: Identity) {
	return {
		accept: 'application/json',
		authorization: `Bearer ${apiKey}`,
		'content-type': 'application/json',
		'user-agent': 'OpenAI/JS 7.57.0',
		'x-stainless-lang': 'js',
		'x-stainless-retry-count': '0',
	};
}

const titleSchema = {
	type: 'object',
	properties: {title: {type: 'string'}},
	required: ['title'],
	additionalProperties: false,
};
