import type {ErrorWords} from './error-words.js';
import type {OpenaiUsage} from './openai-usage.js';
import type {Conclusion} from './wire-format.js';

/**
What is known of an answer in one of OpenAI's formats while it is read.
*/
export type OpenaiReading = Readonly<{
	model: string | undefined;
	messageId: string | undefined;
	serviceTier: string | undefined;
	stopReason: string | undefined;
	usage: OpenaiUsage | undefined;
	/**
	The terminal event was seen, or the answer came in one piece.
	*/
	done: boolean;
	error: ErrorWords | undefined;
	flags: readonly string[];
	token: boolean;
	/**
	Characters of generated text so far.
	*/
	written: number;
}>;

export const nothingRead: OpenaiReading = {
	model: undefined,
	messageId: undefined,
	serviceTier: undefined,
	stopReason: undefined,
	usage: undefined,
	done: false,
	error: undefined,
	flags: [],
	token: false,
	written: 0,
};

/**
What both formats answer in the same way.
*/
export const openaiAnswers = {
	start: () => nothingRead,
	hasToken: ({token}: OpenaiReading) => token,
	estimatedOutput: ({written}: OpenaiReading) => Math.ceil(written / 4),
	usageSoFar: ({usage}: OpenaiReading) => usage?.usage,
	servedModel: ({model}: OpenaiReading) => model,
} as const;

export function flagged(reading: OpenaiReading, flag: string): OpenaiReading {
	return {...reading, flags: [...reading.flags, flag]};
}

export function concludeOpenai(
	reading: OpenaiReading,
	complete: boolean,
): Conclusion {
	const {usage, error} = reading;
	return {
		complete: complete || error !== undefined,
		usage: usage?.usage,
		usageIsFinal: true,
		extraUsage: [],
		servedModel: reading.model,
		messageId: reading.messageId,
		stopReason: reading.stopReason,
		serviceTier: reading.serviceTier,
		speed: undefined,
		inferenceGeo: undefined,
		webFetches: undefined,
		reportedCostUsd: usage?.costUsd,
		error,
		anomalies: [
			...reading.flags,
			...(usage?.reasoningOutside === true
				? ['reasoning_outside_completion']
				: []),
			...(error === undefined && complete && !reading.done
				? ['missing_done']
				: []),
		],
	};
}
