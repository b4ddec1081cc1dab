import {carriesError, errorKeys, errorWords, noWords} from './error-words.js';
import {nameOf} from './event-name.js';
import {fieldsOf, isObject, parseJson, wordOf} from './foreign-json.js';
import {
	concludeOpenai,
	flagged,
	openaiAnswers,
	type OpenaiReading,
} from './openai-reading.js';
import {openaiRefusal} from './openai-refusal.js';
import {responsesUsage} from './openai-usage.js';
import type {SseEvent, WireFormat} from './wire-format.js';

type State = OpenaiReading;

/**
The Responses API (types of the official SDK). Usage comes with the terminal event alone.
*/
export const openaiResponses: WireFormat<State> = {
	...openaiAnswers,
	name: 'openai-responses',
	event: foldEvent,
	bodyKeys: {
		...errorKeys,
		object: 'whole',
		id: 'whole',
		model: 'whole',
		status: 'whole',
		incomplete_details: 'whole',
		usage: 'whole',
		service_tier: 'whole',
	},
	body: readBody,
	conclude: (reading) => concludeOpenai(reading, reading.done),
	refusal: openaiRefusal,
};

function foldEvent(state: State, event: SseEvent): State {
	const name = nameOf(event);
	switch (name) {
		case 'response.created':
		case 'response.queued':
		case 'response.in_progress': {
			// They repeat the whole request: once is enough.
			return state.model === undefined
				? foldResponse(state, event, readNames)
				: state;
		}

		case 'response.completed':
		case 'response.incomplete':
		case 'response.failed':
		case 'response.cancelled': {
			return foldResponse(state, event, readEnd);
		}

		case 'error': {
			return withError(state, parseJson(event.data));
		}

		// Some backends send the arguments of a call in one piece.
		case 'response.function_call_arguments.done': {
			return {...state, token: true};
		}

		default: {
			return name.endsWith('.delta')
				? {
						...state,
						token: true,
						written: state.written + textLength(event.data),
					}
				: state;
		}
	}
}

function textLength(data: string): number {
	const key = '"delta":"';
	const start = data.indexOf(key);
	if (start === -1) {
		return 0;
	}

	const end = data.indexOf('",', start + key.length);
	return (end === -1 ? data.length - 2 : end) - start - key.length;
}

function foldResponse(
	state: State,
	{data}: SseEvent,
	read: (state: State, response: unknown) => State,
): State {
	const body = parseJson(data);
	return isObject(body)
		? read(state, body['response'])
		: flagged(state, 'malformed_event');
}

type ResponseKey =
	| 'id'
	| 'model'
	| 'status'
	| 'error'
	| 'incomplete_details'
	| 'usage'
	| 'service_tier';

function readNames(state: State, value: unknown): State {
	const response = fieldsOf<ResponseKey>(value);
	return {
		...state,
		model: wordOf(response.model) ?? state.model,
		messageId: wordOf(response.id) ?? state.messageId,
	};
}

/**
`incomplete` is a normal, billed end. `failed` is an error, though HTTP said 200.
*/
function readEnd(state: State, value: unknown): State {
	const response = fieldsOf<ResponseKey>(value);
	const status = wordOf(response.status);
	const {reason} = fieldsOf<'reason'>(response.incomplete_details);
	const ended: State = {
		...readNames(state, value),
		done: true,
		serviceTier: wordOf(response.service_tier) ?? state.serviceTier,
		usage: responsesUsage(response.usage) ?? state.usage,
	};
	return status === 'failed' || isObject(response.error)
		? withError(ended, {error: response.error ?? {}})
		: {...ended, stopReason: wordOf(reason) ?? status};
}

function withError(state: State, body: unknown): State {
	return {...state, error: errorWords(body) ?? noWords};
}

function readBody(state: State, body: unknown): State {
	const {object} = fieldsOf<'object'>(body);
	return object === 'response' || !carriesError(body)
		? readEnd(state, body)
		: withError(state, body);
}
