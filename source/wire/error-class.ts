import {cleanName, cleanText} from '../exchange/clean.js';
import type {ErrorClass} from '../exchange/usage.js';
import type {ErrorWords} from './error-words.js';
import {headerOf, type HeaderList} from './header-list.js';
import {retryAfterMs} from './retry-after.js';
import type {ErrorFacts} from './wire-format.js';

export type ErrorContext = Readonly<{
	/**
	Of the HTTP answer.
	*/
	status: number;
	/**
	As the client asked, without the query.
	*/
	path: string;
	headers: HeaderList;
	/**
	Epoch milliseconds.
	*/
	now: number | undefined;
	secrets: readonly string[];
}>;

/**
What an error means to us. An error inside a 2xx answer gets the status its words stand for.
`retryable` is the endpoint's word: `x-should-retry`, else what both official SDKs do by status.
*/
export function errorFacts(
	words: ErrorWords,
	context: ErrorContext,
): ErrorFacts {
	const inStream = context.status < 400;
	const status = inStream ? statusOfWords(words) : context.status;
	const errorClass = classify(words, status);
	const {secrets} = context;
	return {
		class: errorClass,
		type: words.type && cleanName(words.type, secrets),
		code: words.code && cleanName(words.code, secrets),
		message: cleanText(words.message ?? '', secrets) || undefined,
		inStream,
		retryable: errorClass !== 'quota' && saysRetry(context.headers, status),
		retryAfterMs: retryAfterMs(context.headers, context.now),
		hint: hintFor(errorClass, context.path),
	};
}

/**
The first rule that matches wins.
*/
function classify(words: ErrorWords, status: number): ErrorClass {
	return classOfWords(words, status) ?? classOfStatus(words, status);
}

function classOfWords(
	{type, code = '', message = ''}: ErrorWords,
	status: number,
): ErrorClass | undefined {
	if (
		code === 'insufficient_quota' ||
		type === 'insufficient_quota' ||
		code.endsWith('spend_limit_reached')
	) {
		return 'quota';
	}

	// By the words and not by the status: gateways wrap this one in 503 and in 200.
	if (
		code === 'model_not_found' ||
		(type === 'not_found_error' && /^\s*model/i.test(message))
	) {
		return 'model_not_found';
	}

	if (
		code === 'context_length_exceeded' ||
		(status === 400 &&
			/prompt is too long|maximum context length/i.test(message))
	) {
		return 'context_length';
	}

	return code === 'invalid_api_key' ? 'auth' : undefined;
}

const classes = new Map<number, ErrorClass>([
	[401, 'auth'],
	[402, 'billing'],
	[403, 'permission'],
	[408, 'timeout'],
	[409, 'conflict'],
	[413, 'too_large'],
	[429, 'rate_limit'],
	[504, 'timeout'],
	[529, 'overloaded'],
]);

function classOfStatus(words: ErrorWords, status: number): ErrorClass {
	if (status === 404) {
		return words.anthropicNotFound && !/invalid url/i.test(words.message ?? '')
			? 'not_found'
			: 'route_not_found';
	}

	return classes.get(status) ?? (status >= 500 ? 'server' : 'invalid_request');
}

/**
Anthropic's error types and the statuses they come with.
*/
const typeStatus = new Map<string | undefined, number>([
	['invalid_request_error', 400],
	['authentication_error', 401],
	['billing_error', 402],
	['permission_error', 403],
	['not_found_error', 404],
	['conflict_error', 409],
	['request_too_large', 413],
	['rate_limit_error', 429],
	['api_error', 500],
	['timeout_error', 504],
	['overloaded_error', 529],
]);

const statusType = new Map(
	Array.from(typeStatus, ([type, status]) => [status, type] as const),
)
	.set(408, 'timeout_error')
	.set(503, 'overloaded_error');

/**
Anthropic's error type for an HTTP status of 400 and above; any other is an endpoint's fault.
*/
export function anthropicTypeOf(status: number): string {
	return (
		statusType.get(status) ??
		(status >= 400 && status < 500 ? 'invalid_request_error' : 'api_error')
	);
}

const codeStatus = new Map<string | undefined, number>([
	['rate_limit_exceeded', 429],
	['server_error', 500],
]);

function statusOfWords({type, code}: ErrorWords): number {
	const number = Number(code);
	return (
		typeStatus.get(type) ??
		(number >= 400 && number <= 599 ? number : undefined) ??
		codeStatus.get(code) ??
		codeStatus.get(type) ??
		500
	);
}

function saysRetry(headers: HeaderList, status: number): boolean {
	const word = headerOf(headers, 'x-should-retry')?.trim().toLowerCase();
	return word === 'true' || word === 'false'
		? word === 'true'
		: status === 408 || status === 409 || status === 429 || status >= 500;
}

function hintFor(errorClass: ErrorClass, path: string): string | undefined {
	const lost = errorClass === 'route_not_found' || errorClass === 'not_found';
	return lost && path.includes('/v1/v1/') ? 'duplicate_v1' : undefined;
}
