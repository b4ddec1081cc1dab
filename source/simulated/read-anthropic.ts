import {createHash} from 'node:crypto';
import type {Asked, Envelope, Tool} from './asked.js';
import {jsonLength, list, number, part, text} from './json.js';
import type {CacheTtl, Prompt} from './prompt-cache.js';

const charactersPerToken = 3.6;

/**
Reads the body of a Messages request; a sentence says what is missing.
*/
export function readAnthropic(
	body: unknown,
	envelope: Envelope,
): Asked | string {
	const model = text(part(body, 'model'));
	if (model === undefined) {
		return 'model: Field required';
	}

	if (!Array.isArray(part(body, 'messages'))) {
		return 'messages: Field required';
	}

	const choice = part(part(body, 'tool_choice'), 'type');
	const named = part(part(body, 'tool_choice'), 'name');
	return {
		model,
		stream: part(body, 'stream') === true,
		tellsUsage: true,
		limit: number(part(body, 'max_tokens')),
		thinks: thinks(part(body, 'thinking')),
		tools: ownTools(body).filter(
			({name}) => choice !== 'tool' || name === named,
		),
		toolChoice:
			choice === 'none'
				? 'none'
				: choice === 'any' || choice === 'tool'
					? 'must'
					: 'auto',
		schema: part(part(part(body, 'output_config'), 'format'), 'schema'),
		fast: part(body, 'speed') === 'fast',
		prompt: readPrompt(body, model, envelope),
	};
}

/**
Tokens of a prompt, reckoned from its length in characters.
*/
export function tokensIn(characters: number): number {
	return Math.ceil(characters / charactersPerToken);
}

/**
A name for the conversation: who asks, or how it begins.
*/
export function nameConversation(
	model: string,
	session: string | undefined,
	beginning: unknown,
): string {
	const who =
		session ??
		createHash('sha1')
			.update(JSON.stringify(beginning ?? null).slice(0, 4096))
			.digest('base64url');
	return `${model} ${who}`;
}

function thinks(thinking: unknown): boolean {
	const type = part(thinking, 'type');
	return type !== undefined && type !== 'disabled';
}

function ownTools(body: unknown): readonly Tool[] {
	return list(part(body, 'tools')).flatMap((tool) => {
		const name = text(part(tool, 'name'));
		const schema = part(tool, 'input_schema');
		// Tools without a schema run at the endpoint itself.
		return name === undefined || schema === undefined ? [] : [{name, schema}];
	});
}

function readPrompt(
	body: unknown,
	model: string,
	{length, session}: Envelope,
): Prompt {
	const system = part(body, 'system');
	const tools = part(body, 'tools');
	const messages = list(part(body, 'messages'));
	const tokens = tokensIn(length);
	const {ttl: messagesTtl, tail} = lastMark(messages);
	// A mark at the top level stands for one on the last block.
	const whole = ttlOf(body);
	return {
		tokens,
		stableTokens: Math.min(
			tokens,
			tokensIn(jsonLength(system) + jsonLength(tools)),
		),
		tailTokens: whole === undefined ? Math.min(tokens, tokensIn(tail) + 3) : 3,
		stableTtl: lastMark([{content: [...list(tools), ...list(system)]}]).ttl,
		messagesTtl: whole ?? messagesTtl,
		messages: messages.length,
		conversation: nameConversation(model, session, [system, messages[0]]),
		automatic: false,
	};
}

/**
The last cache mark in these messages, and the characters behind it.
*/
function lastMark(messages: readonly unknown[]): {
	ttl: CacheTtl | undefined;
	tail: number;
} {
	let tail = 0;
	for (const message of messages.toReversed()) {
		const content = part(message, 'content');
		for (const block of list(content).toReversed()) {
			const ttl = ttlOf(block);
			if (ttl !== undefined) {
				return {ttl, tail};
			}

			tail += jsonLength(block);
		}

		tail += text(content)?.length ?? 0;
	}

	return {ttl: undefined, tail};
}

function ttlOf(block: unknown): CacheTtl | undefined {
	const mark = part(block, 'cache_control');
	if (part(mark, 'type') !== 'ephemeral') {
		return undefined;
	}

	return part(mark, 'ttl') === '1h' ? '1h' : '5m';
}
