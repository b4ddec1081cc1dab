/* eslint no-bitwise: "off" -- Four bytes are looked at in one word. */
import type {Buffer} from 'node:buffer';

const quote = 0x22;
const backslash = 0x5c;

/**
The bytes of a JSON text, to be seen one by one and four at a time.
*/
export type JsonBytes = Readonly<{
	body: Buffer;
	words: Int32Array;
	/**
	How many bytes before the body the first word begins: words stand on addresses that four divides.
	*/
	shift: number;
}>;

export function jsonBytes(body: Buffer): JsonBytes {
	const shift = body.byteOffset & 3;
	const words = new Int32Array(
		body.buffer,
		body.byteOffset - shift,
		(shift + body.length) >> 2,
	);
	return {body, words, shift};
}

/**
The offset behind the closing quote of a string, given the offset behind its opening quote; -1 if it
never closes. What is between the quotes is not checked.

Most strings of a conversation are short, and calling a native search costs more than looking at
their bytes. Strings of up to some hundred bytes, or with many escaped quotes, go four bytes at a
time; only what is longer (files, images) is worth the native search.
*/
export function skipString(bytes: JsonBytes, at: number): number {
	const {body} = bytes;
	const near = Math.min(body.length, at + 16);
	while (at < near) {
		const byte = body[at++];
		if (byte === quote) {
			return at;
		}

		if (byte === backslash) {
			at++;
		}
	}

	return skipLongString(bytes, at);
}

function skipLongString(bytes: JsonBytes, from: number): number {
	let at = from;
	for (;;) {
		const found = nextQuote(bytes, at);
		if (found === -1) {
			return -1;
		}

		at = found + 1;
		if (!isEscaped(bytes.body, found, from)) {
			return at;
		}
	}
}

/**
Whether an odd number of backslashes stands before it, counted down to `floor`.
*/
function isEscaped(body: Buffer, at: number, floor: number): boolean {
	let before = at - 1;
	while (before >= floor && body[before] === backslash) {
		before--;
	}

	return ((at - before) & 1) === 0;
}

function nextQuote({body, words, shift}: JsonBytes, at: number): number {
	while (((at + shift) & 3) !== 0) {
		if (at >= body.length) {
			return -1;
		}

		if (body[at] === quote) {
			return at;
		}

		at++;
	}

	let word = (at + shift) >> 2;
	const near = Math.min(words.length, word + 64);
	while (word < near && !holdsQuote(words[word]!)) {
		word++;
	}

	at = (word << 2) - shift;
	if (word >= near) {
		return body.indexOf(quote, at);
	}

	while (body[at] !== quote) {
		at++;
	}

	return at;
}

/**
Whether one of four bytes is a quote. XOR makes such a byte zero, and only a zero byte borrows from
its own top bit when one is taken from each.
*/
function holdsQuote(word: number): boolean {
	const rest = word ^ 0x22_22_22_22;
	return ((rest - 0x01_01_01_01) & ~rest & 0x80_80_80_80) !== 0;
}
