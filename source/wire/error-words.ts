import {fieldsOf, isObject, parseJson, wordOf} from './foreign-json.js';

/**
The words of an error as the endpoint said them, whatever shape it gave them.
*/
export type ErrorWords = Readonly<{
	type: string | undefined;
	/**
	`error.details.error_code`, else `error.code`; numbers as text.
	*/
	code: string | undefined;
	/**
	Not cleaned yet.
	*/
	message: string | undefined;
	requestId: string | undefined;
	/**
	It has the shape and the type of Anthropic's not_found_error.
	*/
	anthropicNotFound: boolean;
}>;

/**
An error that says nothing but that it is one.
*/
export const noWords: ErrorWords = {
	type: undefined,
	code: undefined,
	message: undefined,
	requestId: undefined,
	anthropicNotFound: false,
};

type ErrorKey =
	| 'type'
	| 'error'
	| 'message'
	| 'code'
	| 'details'
	| 'detail'
	| 'request_id'
	| 'error_code';

/**
Where a body that tells of an error has the words for it.
*/
export const errorKeys = {
	type: 'whole',
	error: 'whole',
	message: 'whole',
	code: 'whole',
	detail: 'whole',
	request_id: 'whole',
} as const;

const longestMessage = 4096;
/**
What is kept of a body that is no JSON.
*/
const keptBytes = 200;

/**
Finds the error in a parsed body or event: `{error: {…}}` (Anthropic, OpenAI), `{type: "error",
message: {…}}` (seen from gateways), `{type: "error", code, message}` (OpenAI Responses), or a bare
`{message}` or `{detail}`. Undefined where nothing says what went wrong.
*/
export function errorWords(body: unknown): ErrorWords | undefined {
	const whole = fieldsOf<ErrorKey>(Array.isArray(body) ? body[0] : body);
	const said = saidIn(whole);
	if (said === undefined) {
		return undefined;
	}

	const type = wordOf(said.type);
	return {
		type,
		code: codeOf(said),
		message: messageOf(said),
		requestId: wordOf(whole.request_id),
		anthropicNotFound: whole.type === 'error' && type === 'not_found_error',
	};
}

/**
True where a whole body or chunk tells of an error, whatever its HTTP status.
*/
export function carriesError(body: unknown): boolean {
	const {error, type} = fieldsOf<ErrorKey>(
		Array.isArray(body) ? body[0] : body,
	);
	return Boolean(error) || type === 'error';
}

/**
The words of an error answer from its bytes, which may be a page of HTML or an event stream.
*/
export function errorWordsOfBody(bytes: Uint8Array): ErrorWords | undefined {
	const text = new TextDecoder().decode(bytes);
	const parsed =
		parseJson(text) ??
		parseJson(/^data:(?<json>.*)$/m.exec(text)?.groups?.['json'] ?? '');
	const words = errorWords(parsed);
	if (words !== undefined || text.trim() === '') {
		return words;
	}

	return {
		...noWords,
		// In streaming mode a character cut in two is left out.
		message: new TextDecoder().decode(bytes.subarray(0, keptBytes), {
			stream: true,
		}),
	};
}

type Said = ReturnType<typeof fieldsOf<ErrorKey>>;

function saidIn(whole: Said): Said | undefined {
	if (isObject(whole.error)) {
		return whole.error;
	}

	if (Boolean(whole.error) && typeof whole.error !== 'object') {
		return {...whole, message: whole.message ?? whole.error};
	}

	if (whole.type === 'error' && isObject(whole.message)) {
		return whole.message;
	}

	const {type, ...rest} = whole;
	const message = rest.message ?? rest.detail;
	return message === undefined && rest.code === undefined
		? undefined
		: {...rest, ...(type !== 'error' && {type}), message};
}

function codeOf(said: Said): string | undefined {
	const {error_code: exact} = fieldsOf<'error_code'>(said.details);
	return wordOf(exact) ?? numberOrWord(said.code);
}

function numberOrWord(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : wordOf(value);
}

function messageOf(said: Said): string | undefined {
	const text =
		typeof said.message === 'string' || said.message === undefined
			? said.message
			: JSON.stringify(said.message);
	return text?.slice(0, longestMessage);
}
