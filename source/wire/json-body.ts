import {Buffer} from 'node:buffer';
import {parseJson} from './foreign-json.js';
import {scanTopLevel} from './json-scan.js';

/**
The keys of a JSON object that are looked at. A list of keys: the value is a list of one object, in
which they are looked at.
*/
export type WantedKeys = Readonly<Record<string, 'whole' | readonly string[]>>;

/**
Bytes up to which parsing all costs less than finding what is wanted.
*/
const small = 4096;

/**
A JSON text in plain bytes, parsed; of a large object the wanted keys alone. Undefined where it is no
JSON, or not whole.
*/
export function parseJsonBody(bytes: Uint8Array, wanted?: WantedKeys): unknown {
	const body = withoutMark(bytes);
	return wanted === undefined || body.length <= small
		? parseJson(body.toString())
		: (parseKeys(body, Object.keys(wanted), wanted) ??
				parseJson(body.toString()));
}

function withoutMark(bytes: Uint8Array): Buffer {
	const start =
		bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	return Buffer.from(
		bytes.buffer,
		bytes.byteOffset + start,
		bytes.length - start,
	);
}

function parseKeys(
	body: Buffer,
	keys: readonly string[],
	wanted?: WantedKeys,
): unknown {
	const scan = scanTopLevel(body, keys);
	return (
		scan &&
		Object.fromEntries(
			scan.values.map(({key, start, end}) => [
				key,
				parseValue(body.subarray(start, end), wanted?.[key]),
			]),
		)
	);
}

function parseValue(
	bytes: Buffer,
	wanted: WantedKeys[string] | undefined,
): unknown {
	if (Array.isArray(wanted) && bytes.length > small) {
		// Two objects in the list are not one object: then all of it is parsed.
		const only = parseKeys(bytes.subarray(1, -1), wanted);
		return only === undefined ? parseJson(bytes.toString()) : [only];
	}

	return parseJson(bytes.toString());
}
