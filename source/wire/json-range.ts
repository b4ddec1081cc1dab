import type {Buffer} from 'node:buffer';

const quote = 0x22;

/**
The bytes of one value: `start` is its first, `end` the one after its last.
*/
export type Range = Readonly<{start: number; end: number}>;

/**
What a JSON string means, quotes included in the range. Undefined if it is no string, or a bad one.
*/
export function decodedString(
	body: Buffer,
	{start, end}: Range,
): string | undefined {
	if (!isString(body, {start, end})) {
		return undefined;
	}

	try {
		return JSON.parse(body.toString('utf8', start, end)) as string;
	} catch {
		// A bad escape or a bare control character: no reading of it can be right.
		return undefined;
	}
}

export function isString(body: Buffer, {start}: Range): boolean {
	return body[start] === quote;
}

/**
Whether a value is this word: `true`, `false` or `null`.
*/
export function isWord(
	body: Buffer,
	{start, end}: Range,
	word: 'true' | 'false' | 'null',
): boolean {
	return (
		end - start === word.length && body.toString('latin1', start, end) === word
	);
}
