import type {Buffer} from 'node:buffer';
import {decodedString} from './json-range.js';
import type {FoundValue, Scan} from './json-scan.js';

/**
What a request body says of how much its answer may cost.
*/
export type RequestBound = Readonly<{
	/**
	The most tokens that one answer may have, if it says so as a plain whole number.
	*/
	maxOutputTokens: number | undefined;
	/**
	Answers asked for at once.
	*/
	choices: number;
	/**
	As they are asked for; whether they are served so only the answer tells.
	*/
	speed: string | undefined;
	inferenceGeo: string | undefined;
	serviceTier: string | undefined;
}>;

/**
Of Anthropic's Messages, OpenAI's Chat Completions (whose older models take `max_tokens`) and OpenAI's
Responses.
*/
const outputKeys = [
	'max_tokens',
	'max_completion_tokens',
	'max_output_tokens',
] as const;

/**
The top-level keys of a body that tell how much its answer may cost.
*/
export const boundKeys = [
	...outputKeys,
	'n',
	'speed',
	'inference_geo',
	'service_tier',
] as const;

export const boundless: RequestBound = {
	maxOutputTokens: undefined,
	choices: 1,
	speed: undefined,
	inferenceGeo: undefined,
	serviceTier: undefined,
};

/**
Of keys given twice the last counts, as for `JSON.parse`; of several names for the same the largest.
*/
export function readBound(body: Buffer, scan: Scan): RequestBound {
	const last = new Map(scan.values.map((value) => [value.key, value]));
	const numberOf = (key: string) => wholeNumber(body, last.get(key));
	const textOf = (key: string) => shortText(body, last.get(key));
	const limits = outputKeys
		.map((key) => numberOf(key))
		.filter((limit) => limit !== undefined);
	return {
		maxOutputTokens: limits.length === 0 ? undefined : Math.max(...limits),
		choices: Math.max(1, numberOf('n') ?? 1),
		speed: textOf('speed'),
		inferenceGeo: textOf('inference_geo'),
		serviceTier: textOf('service_tier'),
	};
}

const mostDigits = 15;

function wholeNumber(
	body: Buffer,
	value: FoundValue | undefined,
): number | undefined {
	if (value === undefined || value.end - value.start > mostDigits) {
		return undefined;
	}

	const text = body.toString('latin1', value.start, value.end);
	return /^\d+$/.test(text) ? Number(text) : undefined;
}

const longestText = 100;

const shortText = (
	body: Buffer,
	value: FoundValue | undefined,
): string | undefined =>
	value === undefined || value.end - value.start > longestText
		? undefined
		: decodedString(body, value);
