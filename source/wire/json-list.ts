import type {Buffer} from 'node:buffer';
import type {Range} from './json-range.js';
import {jsonBytes} from './json-string.js';
import {skipSpace, skipValue} from './json-value.js';

const comma = 0x2c;
const openBracket = 0x5b;

export function isList(body: Buffer, {start}: Range): boolean {
	return body[start] === openBracket;
}

/**
Whether nothing but white space is between the brackets of a list.
*/
export function isEmptyList(body: Buffer, {start, end}: Range): boolean {
	return skipSpace(body, start + 1) === end - 1;
}

/**
The values of a JSON list, one after the other, found in its bytes. Ends where the list does, and
before that where something is no value or no comma follows. A value that is no list has none.

@yields the bytes of one value.
*/
export function* elementsOf(body: Buffer, list: Range): Generator<Range> {
	if (!isList(body, list) || isEmptyList(body, list)) {
		return;
	}

	const bytes = jsonBytes(body.subarray(0, list.end));
	let at = list.start + 1;
	do {
		const start = skipSpace(body, at);
		const end = skipValue(bytes, start);
		if (end === -1) {
			return;
		}

		yield {start, end};
		at = skipSpace(body, end);
	} while (body[at++] === comma);
}

/**
Whether one of a list's values is such a one. Looks no further than that.
*/
export function someElement(
	body: Buffer,
	list: Range,
	isSuch: (element: Range) => boolean,
): boolean {
	for (const element of elementsOf(body, list)) {
		if (isSuch(element)) {
			return true;
		}
	}

	return false;
}
