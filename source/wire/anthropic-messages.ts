import type {Usage} from '../exchange/usage.js';
import {
	canonicalUsage,
	extraUsageOf,
	fallbackModel,
	mergeDelta,
	readCostUsd,
	readCounters,
	type AnthropicCounters,
} from './anthropic-usage.js';
import {
	carriesError,
	errorKeys,
	errorWords,
	noWords,
	type ErrorWords,
} from './error-words.js';
import {nameOf} from './event-name.js';
import {fieldsOf, isObject, parseJson, wordOf} from './foreign-json.js';
import type {
	Conclusion,
	RefusalWords,
	SseEvent,
	WireFormat,
} from './wire-format.js';

type State = Readonly<{
	counters: AnthropicCounters | undefined;
	/**
	As the gateway last told it.
	*/
	costUsd: number | undefined;
	model: string | undefined;
	messageId: string | undefined;
	stopReason: string | undefined;
	started: boolean;
	/**
	`message_stop` was seen, or the message came in one piece.
	*/
	stopped: boolean;
	/**
	The output was counted after the beginning, where it is but a placeholder.
	*/
	outputCounted: boolean;
	error: ErrorWords | undefined;
	flags: readonly string[];
	token: boolean;
	/**
	Characters of generated text so far.
	*/
	written: number;
}>;

const nothing: State = {
	counters: undefined,
	costUsd: undefined,
	model: undefined,
	messageId: undefined,
	stopReason: undefined,
	started: false,
	stopped: false,
	outputCounted: false,
	error: undefined,
	flags: [],
	token: false,
	written: 0,
};

/**
What surrounds the text in the data of a `content_block_delta`, in characters.
*/
const frameLength = 82;

/**
The Messages API (Anthropic: "Streaming messages"; types of the official SDK).
*/
export const anthropicMessages: WireFormat<State> = {
	name: 'anthropic-messages',
	start: () => nothing,
	event: foldEvent,
	bodyKeys: {
		...errorKeys,
		id: 'whole',
		model: 'whole',
		stop_reason: 'whole',
		usage: 'whole',
	},
	body: readBody,
	conclude,
	hasToken: ({token}) => token,
	estimatedOutput: ({written}) => Math.ceil(written / 4),
	usageSoFar,
	servedModel: ({counters, model}) => fallbackModel(counters) ?? model,
	refusal: ({anthropicType, message, requestId}: RefusalWords) => ({
		type: 'error',
		error: {type: anthropicType, message},
		request_id: requestId,
	}),
};

/**
Deltas are by far the most events and tell nothing but their length: they are not parsed.
*/
function foldEvent(state: State, event: SseEvent): State {
	switch (nameOf(event)) {
		case 'content_block_delta': {
			return withText(state, event.data);
		}

		case 'message_start': {
			return onObject(state, event, (body) =>
				begun(state, fieldsOf<'message'>(body).message),
			);
		}

		case 'message_delta': {
			return onObject(state, event, (body) => changed(state, body));
		}

		case 'message_stop': {
			return {...state, stopped: true};
		}

		case 'error': {
			return {
				...state,
				error: errorWords(parseJson(event.data)) ?? {
					...noWords,
					message: event.data.slice(0, 200),
				},
			};
		}

		default: {
			// The API adds events over time: pings and unknown ones mean nothing to us.
			return state;
		}
	}
}

function onObject(
	state: State,
	{data}: SseEvent,
	read: (body: unknown) => State,
): State {
	const body = parseJson(data);
	return isObject(body) ? read(body) : flagged(state, 'malformed_event');
}

function flagged(state: State, flag: string): State {
	return {...state, flags: [...state.flags, flag]};
}

function withText(state: State, data: string): State {
	// A signature is long and costs nothing.
	const text =
		data.length > 300 && data.includes('"signature_delta"')
			? 0
			: Math.max(0, data.length - frameLength);
	return {...state, token: true, written: state.written + text};
}

type MessageKey = 'id' | 'model' | 'usage' | 'stop_reason';

function begun(state: State, value: unknown): State {
	const message = fieldsOf<MessageKey>(value);
	const known = state.started
		? flagged(state, 'duplicate_message_start')
		: state;
	return {
		...known,
		started: true,
		model: wordOf(message.model) ?? state.model,
		messageId: wordOf(message.id) ?? state.messageId,
		stopReason: wordOf(message.stop_reason) ?? state.stopReason,
		counters: readCounters(message.usage) ?? state.counters,
		costUsd: readCostUsd(message.usage) ?? state.costUsd,
	};
}

function changed(state: State, body: unknown): State {
	const {delta, usage} = fieldsOf<'delta' | 'usage'>(body);
	const known: State = {
		...state,
		stopReason:
			wordOf(fieldsOf<'stop_reason'>(delta).stop_reason) ?? state.stopReason,
		costUsd: readCostUsd(usage) ?? state.costUsd,
	};
	const counters = readCounters(usage);
	if (counters === undefined) {
		return known;
	}

	const merged = mergeDelta(state.counters, counters);
	const next: State = {
		...known,
		counters: merged.counters,
		outputCounted: state.outputCounted || counters.output !== undefined,
	};
	return merged.zeroed ? flagged(next, 'delta_input_zeroed') : next;
}

function readBody(state: State, body: unknown): State {
	return carriesError(body)
		? {...state, error: errorWords(body) ?? noWords}
		: {...begun(state, body), stopped: true, outputCounted: true};
}

function usageSoFar({counters}: State): Usage | undefined {
	return counters && canonicalUsage(counters).usage;
}

function conclude(state: State): Conclusion {
	const {counters, error, stopped, stopReason} = state;
	const servedModel = fallbackModel(counters) ?? state.model;
	const {usage, assumedTtl} =
		counters === undefined
			? {usage: undefined, assumedTtl: false}
			: canonicalUsage(counters);
	const {extra, assumedTtl: assumedForExtra} = extraUsageOf(
		counters,
		servedModel,
	);
	const complete = error !== undefined || stopped || stopReason !== undefined;
	return {
		complete,
		usage,
		usageIsFinal: state.outputCounted,
		extraUsage: extra,
		servedModel,
		messageId: state.messageId,
		stopReason,
		serviceTier: counters?.serviceTier,
		speed: counters?.speed,
		inferenceGeo: counters?.inferenceGeo,
		webFetches: counters?.webFetches,
		// Of an answer that broke off at its beginning, the cost told there is no more than a placeholder.
		reportedCostUsd: state.outputCounted ? state.costUsd : undefined,
		error,
		anomalies: [
			...state.flags,
			...flagIf(assumedTtl || assumedForExtra, 'cache_ttl_assumed_5m'),
			...flagIf(counters?.fallbackCredit, 'fallback_credit'),
			...flagIf(
				complete && !stopped && error === undefined,
				'missing_message_stop',
			),
		],
	};
}

function flagIf(condition: boolean | undefined, flag: string): string[] {
	return condition === true ? [flag] : [];
}
