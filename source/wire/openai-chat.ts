import {carriesError, errorKeys, errorWords, noWords} from './error-words.js';
import {fieldsOf, isObject, listOf, parseJson, wordOf} from './foreign-json.js';
import {
	concludeOpenai,
	flagged,
	openaiAnswers,
	type OpenaiReading,
} from './openai-reading.js';
import {openaiRefusal} from './openai-refusal.js';
import {chatUsage} from './openai-usage.js';
import type {SseEvent, WireFormat} from './wire-format.js';

type State = OpenaiReading;

/**
The Chat Completions API and what gateways make of it (types of the official SDK).
*/
export const openaiChat: WireFormat<State> = {
	...openaiAnswers,
	name: 'openai-chat',
	event: foldEvent,
	bodyKeys: {
		...errorKeys,
		id: 'whole',
		model: 'whole',
		service_tier: 'whole',
		usage: 'whole',
		x_groq: 'whole',
		choices: ['finish_reason', 'usage'],
	},
	body: readBody,
	conclude: (reading) =>
		concludeOpenai(reading, reading.done || reading.stopReason !== undefined),
	refusal: openaiRefusal,
};

/**
A chunk worth parsing: one of these keys with a value that is not null. Most chunks carry them as
null. A quote inside a text is escaped, so text cannot look like a key.
*/
const telling = /"(?:usage|finish_reason|error)"\s*:\s*[^\sn]/;

function foldEvent(state: State, event: SseEvent): State {
	const {data} = event;
	if (data.startsWith('[DONE]')) {
		return {...state, done: true};
	}

	const counted = {...state, written: state.written + textLength(data)};
	if (state.token && event.event !== 'error' && !telling.test(data)) {
		return counted;
	}

	const body = parseJson(data);
	if (event.event === 'error' || carriesError(body)) {
		return foldError(counted, body);
	}

	if (isObject(body)) {
		return foldChunk(counted, body);
	}

	return data.startsWith('{') ? flagged(counted, 'malformed_event') : counted;
}

/**
The delta stands between these two keys in the chunks of all who are known.
*/
function textLength(data: string): number {
	const start = data.indexOf('"delta"');
	const end = start === -1 ? -1 : data.indexOf('"finish_reason"', start);
	return end === -1 ? 0 : Math.max(0, end - start - 25);
}

type ChunkKey =
	'id' | 'model' | 'service_tier' | 'choices' | 'usage' | 'x_groq';
type ChoiceKey = 'delta' | 'finish_reason' | 'usage';
type DeltaKey =
	| 'content'
	| 'refusal'
	| 'reasoning_content'
	| 'reasoning'
	| 'reasoning_details'
	| 'tool_calls'
	| 'function_call';

function foldChunk(state: State, body: unknown): State {
	const chunk = fieldsOf<ChunkKey>(body);
	const choices = listOf(chunk.choices).map((choice) =>
		fieldsOf<ChoiceKey>(choice),
	);
	const finished = choices.findLast(
		(choice) => wordOf(choice.finish_reason) !== undefined,
	);
	return {
		...state,
		model: state.model ?? wordOf(chunk.model),
		messageId: state.messageId ?? wordOf(chunk.id),
		serviceTier: wordOf(chunk.service_tier) ?? state.serviceTier,
		stopReason: wordOf(finished?.finish_reason) ?? state.stopReason,
		// Kimi puts usage into the first choice, Groq under a key of its own.
		usage:
			chatUsage(chunk.usage) ??
			chatUsage(choices[0]?.usage) ??
			chatUsage(fieldsOf<'usage'>(chunk.x_groq).usage) ??
			state.usage,
		token: state.token || choices.some(({delta}) => saysSomething(delta)),
	};
}

/**
The first chunk often has a role and nothing else.
*/
function saysSomething(value: unknown): boolean {
	const delta = fieldsOf<DeltaKey>(value);
	return [
		delta.content,
		delta.refusal,
		delta.reasoning_content,
		delta.reasoning,
		delta.reasoning_details,
		delta.tool_calls,
		delta.function_call,
	].some(
		(part) =>
			(typeof part === 'string' && part !== '') ||
			(Array.isArray(part) && part.length > 0) ||
			isObject(part),
	);
}

function foldError(state: State, body: unknown): State {
	return {...foldChunk(state, body), error: errorWords(body) ?? noWords};
}

function readBody(state: State, body: unknown): State {
	return carriesError(body)
		? foldError(state, body)
		: {...foldChunk(state, body), done: true};
}
