import type {
	ErrorClass,
	ExtraUsage,
	RateLimits,
	Usage,
	UsageStatus,
	WireFormatName,
} from '../exchange/usage.js';
import type {ErrorWords} from './error-words.js';
import type {WantedKeys} from './json-body.js';
import type {ModelsList} from './models-list.js';

/**
One server-sent event as it was dispatched.
*/
export type SseEvent = Readonly<{event?: string | undefined; data: string}>;

/**
What is known of an error: ours by class, the endpoint's own words beside it.
*/
export type ErrorFacts = Readonly<{
	class: ErrorClass;
	type: string | undefined;
	code: string | undefined;
	/**
	Cleaned for display, 200 characters at most.
	*/
	message: string | undefined;
	/**
	It came inside a 2xx answer.
	*/
	inStream: boolean;
	/**
	The endpoint's word, not our decision.
	*/
	retryable: boolean;
	retryAfterMs: number | undefined;
	hint: string | undefined;
}>;

/**
What an answer said of itself: all that a wire format reads from it.
*/
export type Said = Readonly<{
	usage: Usage | undefined;
	extraUsage: readonly ExtraUsage[];
	servedModel: string | undefined;
	messageId: string | undefined;
	stopReason: string | undefined;
	serviceTier: string | undefined;
	speed: string | undefined;
	inferenceGeo: string | undefined;
	webFetches: number | undefined;
	/**
	US dollars, as the gateway itself reported them.
	*/
	reportedCostUsd: number | undefined;
}>;

/**
What the events or the body of one answer come to.
*/
export type Conclusion = Said &
	Readonly<{
		/**
		The answer said that it had ended, or ended in an error.
		*/
		complete: boolean;
		/**
		The usage is final, not a snapshot from the beginning.
		*/
		usageIsFinal: boolean;
		error: ErrorWords | undefined;
		/**
		In no order; those of an answer that never ended are left out.
		*/
		anomalies: readonly string[];
	}>;

/**
All that one answer said, once it has ended.
*/
export type AnswerFacts = Said &
	Readonly<{
		outcome: 'ok' | 'error' | 'truncated';
		usageStatus: UsageStatus;
		countedInputTokens: number | undefined;
		/**
		Where a list of models was asked for.
		*/
		models: ModelsList | undefined;
		requestId: string | undefined;
		error: ErrorFacts | undefined;
		rateLimits: RateLimits | undefined;
		/**
		Sorted, each once.
		*/
		anomalies: readonly string[];
		/**
		Server-sent events dispatched, pings and unknown ones included.
		*/
		events: number;
	}>;

/**
What a refusal of ours says, before a wire format gives it its shape.
*/
export type RefusalWords = Readonly<{
	/**
	Error type in Anthropic's terms.
	*/
	anthropicType: string;
	openaiType: string;
	openaiCode: string | null;
	message: string;
	requestId: string;
}>;

/**
All that is known of one wire format: pure folds, no I/O, no clock. `State` is private to the
format; the meter carries it from event to event.
*/
export type WireFormat<State = unknown> = Readonly<{
	name: WireFormatName;
	start(): State;
	/**
	Folds one event of a stream into what is known so far. Never throws on foreign data.
	*/
	event(state: State, event: SseEvent): State;
	/**
	The top-level keys that `body` looks at.
	*/
	bodyKeys: WantedKeys;
	/**
	Reads a whole JSON answer, or of a large one the keys above.
	*/
	body(state: State, body: unknown): State;
	/**
	What it all comes to, if nothing follows. May be asked at any time.
	*/
	conclude(state: State): Conclusion;
	/**
	True once the first token of the answer (text, thinking or tool call) has been seen.
	*/
	hasToken(state: State): boolean;
	/**
	Tokens generated so far, reckoned from the text; for display alone.
	*/
	estimatedOutput(state: State): number;
	/**
	Usage seen so far, for display while the stream runs.
	*/
	usageSoFar(state: State): Usage | undefined;
	servedModel(state: State): string | undefined;
	/**
	The body of a refusal in the shape this format's clients expect.
	*/
	refusal(words: RefusalWords): unknown;
}>;
