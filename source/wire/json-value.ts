/* eslint no-bitwise: "off" -- One bit tells a brace from a bracket. */
import type {Buffer} from 'node:buffer';
import {skipString, type JsonBytes} from './json-string.js';

const quote = 0x22;
const openBrace = 0x7b;
const openBracket = 0x5b;

const wordOrNumber =
	/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee](?:\+|-)?\d+)?)$/;

/**
The closing byte that each open bracket waits for. Deeper than this, brackets are only counted.
*/
const closers = new Uint8Array(1024);

/**
The offset of the first byte that is no JSON white space.
*/
export function skipSpace(body: Buffer, at: number): number {
	while (at < body.length && isSpace(body[at]!)) {
		at++;
	}

	return at;
}

/**
The offset behind the value that begins at `at`; -1 if it has no end, or is no value.
*/
export function skipValue(bytes: JsonBytes, at: number): number {
	const first = bytes.body[at];
	if (first === quote) {
		return skipString(bytes, at + 1);
	}

	return first === openBrace || first === openBracket
		? skipNested(bytes, at)
		: skipWord(bytes.body, at);
}

/**
Between strings only brackets are looked at. `|0x20` makes braces of brackets, and of nothing else.
*/
function skipNested(bytes: JsonBytes, at: number): number {
	const {body} = bytes;
	const end = body.length;
	let depth = 0;
	while (at < end) {
		const byte = body[at++]!;
		if (byte === quote) {
			at = skipString(bytes, at);
			if (at === -1) {
				return -1;
			}
		} else if ((byte | 0x20) === 0x7b) {
			// `]` and `}` both stand two behind their opening.
			closers[depth++] = byte + 2;
		} else if ((byte | 0x20) === 0x7d) {
			depth--;
			if (depth < closers.length && closers[depth] !== byte) {
				return -1;
			}

			if (depth === 0) {
				return at;
			}
		}
	}

	return -1;
}

function skipWord(body: Buffer, start: number): number {
	let at = start;
	while (isWordByte(body[at])) {
		at++;
	}

	return wordOrNumber.test(body.toString('latin1', start, at)) ? at : -1;
}

/**
Anything but white space and the three bytes that may follow a value.
*/
function isWordByte(byte: number | undefined): boolean {
	return (
		byte !== undefined && byte > 0x20 && byte !== 0x2c && (byte | 0x20) !== 0x7d
	);
}

function isSpace(byte: number): boolean {
	switch (byte) {
		case 0x20:
		case 0x0a:
		case 0x0d:
		case 0x09: {
			return true;
		}

		default: {
			return false;
		}
	}
}
