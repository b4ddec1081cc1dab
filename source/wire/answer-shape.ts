import {Buffer} from 'node:buffer';

export const answerKinds = [
	'generate',
	'count_tokens',
	'models',
	'other',
] as const;
/**
What an answer is to us: only the first has usage, the last is not read at all.
*/
export type AnswerKind = (typeof answerKinds)[number];

/**
How the bytes of an answer are to be read. `unknown` until the first of them have been seen.
*/
export type AnswerShape = 'unknown' | 'events' | 'json' | 'error' | 'opaque';

/**
What the status and the request alone say of the shape.
*/
export function shapeFor(status: number, kind: AnswerKind): AnswerShape {
	if (status >= 400) {
		return 'error';
	}

	if (kind === 'other' || status < 200 || status >= 300) {
		return 'opaque';
	}

	return kind === 'generate' ? 'unknown' : 'json';
}

const longestLook = 64;
const fieldName = /^(?::|data:|event:|id:|retry:)/;
const maybeFieldName =
	/^(?:d(?:a(?:ta?)?)?|e(?:v(?:e(?:nt?)?)?)?|id?|r(?:e(?:t(?:ry?)?)?)?)$/;

/**
Events or JSON, from the label and the first bytes. Gateways mislabel both, and leave labels out; no
JSON text begins like an event stream, nor the other way round. Undefined where more bytes must tell.
*/
export function shapeOfBytes(
	contentType: string,
	bytes: Uint8Array,
): 'events' | 'json' | undefined {
	const start = beginning(bytes);
	if (start === '' && bytes.length < longestLook) {
		return undefined;
	}

	if (/^\s*text\/event-stream/i.test(contentType)) {
		return beginsLikeJson(start) ? 'json' : 'events';
	}

	if (maybeFieldName.test(start)) {
		return undefined;
	}

	return fieldName.test(start) ? 'events' : 'json';
}

/**
False for what can be no answer in JSON, like a page of HTML.
*/
export function looksLikeJson(bytes: Uint8Array): boolean {
	return beginsLikeJson(beginning(bytes));
}

function beginsLikeJson(start: string): boolean {
	return start.startsWith('{') || start.startsWith('[');
}

/**
The first characters that mean something: behind a byte order mark and blanks.
*/
function beginning(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
		.toString('latin1', 0, longestLook)
		.replace(/^[\s\u{BB}\u{BF}\u{EF}]+/u, '');
}
