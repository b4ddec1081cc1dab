import {Buffer} from 'node:buffer';
import {cleanText} from '../exchange/clean.js';
import {anthropicTypeOf} from './error-class.js';
import {errorWordsOfBody} from './error-words.js';
import {fieldsOf, isObject, parseJson} from './foreign-json.js';

/**
The headers of a stream that we begin ourselves, names and values in turn. It has no length.
*/
export function sseHeaders(): string[] {
	return [
		'content-type',
		'text/event-stream; charset=utf-8',
		'cache-control',
		'no-cache',
	];
}

/**
A comment that keeps a waiting client's connection alive: clients read it and do nothing. One line.
*/
export function comment(word: string): Buffer {
	return Buffer.from(`: ${word.replaceAll(/[\n\r]+/g, ' ')}\n\n`);
}

/**
An error as the last event of an Anthropic stream that has begun, for what came in place of a stream. A
body that is one of Anthropic's errors goes on as it is; of anything else its words are told, cleaned,
with the error type for `status`, the HTTP status it came with. `body` in plain bytes.
*/
export function errorEvent(
	body: Uint8Array | string,
	{
		status,
		requestId,
		secrets = [],
	}: Readonly<{
		status: number;
		requestId?: string | undefined;
		secrets?: readonly string[];
	}>,
): Buffer {
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	const text = new TextDecoder().decode(bytes).trim();
	const data = isAnthropicError(parseJson(text))
		? text
		: JSON.stringify({
				type: 'error',
				error: {
					type: anthropicTypeOf(status),
					message: messageOf(bytes, status, secrets),
				},
				request_id: requestId ?? null,
			});
	const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
	return Buffer.from(`event: error\n${lines.join('')}\n`);
}

/**
`{type: "error", error: {type, message}}`, as `resources/shared.d.ts` of the Anthropic SDK has it.
*/
function isAnthropicError(body: unknown): boolean {
	const {type, error} = fieldsOf<'type' | 'error'>(body);
	return (
		type === 'error' && isObject(error) && typeof error['type'] === 'string'
	);
}

function messageOf(
	bytes: Uint8Array,
	status: number,
	secrets: readonly string[],
): string {
	const said = cleanText(errorWordsOfBody(bytes)?.message ?? '', secrets);
	if (status >= 400) {
		return said || `The endpoint answered ${status}.`;
	}

	return cleanText(
		`The endpoint answered ${status}, but not with a stream${said && `: ${said}`}`,
	);
}
