import type {Buffer} from 'node:buffer';
import {decodedString, type Range} from './json-range.js';
import {jsonBytes, skipString, type JsonBytes} from './json-string.js';
import {skipSpace, skipValue} from './json-value.js';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
The bytes of one value, and the key it belongs to as that key is meant.
*/
export type FoundValue = Range & Readonly<{key: string}>;

export type Scan = Readonly<{
	/**
	The offset behind the object's opening brace.
	*/
	open: number;
	empty: boolean;
	/**
	Every occurrence of every wanted key, in the order of the text.
	*/
	values: readonly FoundValue[];
}>;

/**
Finds the values of some keys of a JSON object in its bytes, at the top level only, wherever they
stand, without parsing or copying it. Keys are compared as JSON means them (`\u006dodel` is
`model`); the wanted ones are plain ASCII.

Undefined for what is not one whole JSON object: another value, a byte order mark, cut text,
unbalanced or crossed brackets, a missing colon or comma at the top level, a top-level word or
number that is none, anything behind the closing brace. Not looked at: what is between the quotes of
a string (control characters, unknown escapes) and, inside nested values, everything but strings and
brackets. So it accepts every object that `JSON.parse` accepts, and some more.
*/
export function scanTopLevel(
	body: Buffer,
	keys: readonly string[],
): Scan | undefined {
	const brace = skipSpace(body, 0);
	if (body[brace] !== openBrace) {
		return undefined;
	}

	const values: FoundValue[] = [];
	const first = skipSpace(body, brace + 1);
	const empty = body[first] === closeBrace;
	const last = empty
		? first
		: scanMembers(jsonBytes(body), first, {keys, values});
	const whole = last !== -1 && skipSpace(body, last + 1) === body.length;
	return whole ? {open: brace + 1, empty, values} : undefined;
}

/**
The same one level deeper, for a value that is itself an object. Offsets are the body's.
*/
export function scanInside(
	body: Buffer,
	{start, end}: Range,
	keys: readonly string[],
): Scan | undefined {
	const inner = scanTopLevel(body.subarray(start, end), keys);
	return (
		inner && {
			open: inner.open + start,
			empty: inner.empty,
			values: inner.values.map((value) => ({
				key: value.key,
				start: value.start + start,
				end: value.end + start,
			})),
		}
	);
}

/**
From the first member to the closing brace: the brace's offset, or -1.
*/
function scanMembers(
	bytes: JsonBytes,
	at: number,
	wanted: Readonly<{keys: readonly string[]; values: FoundValue[]}>,
): number {
	const {body} = bytes;
	for (;;) {
		const end = scanMember(bytes, at, wanted);
		if (end === -1) {
			return -1;
		}

		at = skipSpace(body, end);
		if (body[at] === closeBrace) {
			return at;
		}

		if (body[at] !== comma) {
			return -1;
		}

		at = skipSpace(body, at + 1);
	}
}

/**
One key and its value: the offset behind the value, or -1.
*/
function scanMember(
	bytes: JsonBytes,
	at: number,
	{keys, values}: Readonly<{keys: readonly string[]; values: FoundValue[]}>,
): number {
	const {body} = bytes;
	const keyEnd = body[at] === quote ? skipString(bytes, at + 1) : -1;
	const colonAt = keyEnd === -1 ? -1 : skipSpace(body, keyEnd);
	if (colonAt === -1 || body[colonAt] !== colon) {
		return -1;
	}

	const start = skipSpace(body, colonAt + 1);
	const end = skipValue(bytes, start);
	const key = wantedKey(body, {start: at, end: keyEnd}, keys);
	if (key !== undefined && end !== -1) {
		values.push({key, start, end});
	}

	return end;
}

/**
The wanted key that this string is, if any.
*/
function wantedKey(
	body: Buffer,
	text: Range,
	keys: readonly string[],
): string | undefined {
	for (let at = text.start + 1; at < text.end - 1; at++) {
		if (body[at] === backslash) {
			const decoded = decodedString(body, text);
			return keys.find((key) => key === decoded);
		}
	}

	return keys.find((key) => spells(body, text, key));
}

function spells(body: Buffer, {start, end}: Range, key: string): boolean {
	if (end - start - 2 !== key.length) {
		return false;
	}

	for (let index = 0; index < key.length; index++) {
		if (body[start + 1 + index] !== key.codePointAt(index)) {
			return false;
		}
	}

	return true;
}
