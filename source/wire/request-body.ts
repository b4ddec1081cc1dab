import type {Buffer} from 'node:buffer';
import {promisify} from 'node:util';
import zlib from 'node:zlib';
import {decodedString, isString, isWord} from './json-range.js';
import {scanTopLevel, type FoundValue, type Scan} from './json-scan.js';
import {
	boundKeys,
	boundless,
	readBound,
	type RequestBound,
} from './request-bound.js';
import {originKeys} from './request-origin.js';
import {includesUsage} from './splice.js';

/**
What a request body says of itself, in any of the wire formats.
*/
export type RequestFacts = RequestBound &
	Readonly<{
		/**
		False for what is not one JSON object: it goes on as it is, and nothing can be changed in it.
		*/
		readable: boolean;
		/**
		Where a key is given twice the last counts, as for `JSON.parse`.
		*/
		model: string | undefined;
		stream: boolean;
		/**
		The client itself asked an OpenAI chat stream for its usage.
		*/
		includeUsage: boolean;
		/**
		Where to splice; undefined if not readable.
		*/
		scan: Scan | undefined;
	}>;

const unreadable: RequestFacts = {
	...boundless,
	readable: false,
	model: undefined,
	stream: false,
	includeUsage: false,
	scan: undefined,
};

/**
Only what routing goes by has to be read without a doubt.
*/
const routingKeys = new Set(['model', 'stream', 'stream_options']);
const wantedKeys = [...routingKeys, ...originKeys, ...boundKeys];

/**
Reads what routing needs from the bytes of a body, without parsing it.
*/
export function readRequest(body: Buffer): RequestFacts {
	const scan = scanTopLevel(body, wantedKeys);
	if (!scan?.values.every((value) => isSound(body, value))) {
		return unreadable;
	}

	const model = scan.values.findLast(({key}) => key === 'model');
	const stream = scan.values.findLast(({key}) => key === 'stream');
	return {
		...readBound(body, scan),
		readable: true,
		model: model && decodedString(body, model),
		stream: stream !== undefined && isWord(body, stream, 'true'),
		includeUsage: includesUsage(body, scan),
		scan,
	};
}

/**
The scan does not look between the quotes of a string; here it matters what is there.
*/
function isSound(body: Buffer, value: FoundValue): boolean {
	return (
		!isString(body, value) ||
		!routingKeys.has(value.key) ||
		decodedString(body, value) !== undefined
	);
}

/**
A compressed request body in plain bytes. `contentEncoding` is the header's value, also a list;
the last coding named is the outermost. `too_large` as soon as any layer unfolds to more than
`maxBytes`; undefined for a coding that is unknown and for bytes that are not what the header says.
*/
export async function decodeRequest(
	body: Buffer,
	contentEncoding: string,
	maxBytes: number,
): Promise<Buffer | 'too_large' | undefined> {
	let plain = body;
	for (const coding of codings(contentEncoding).toReversed()) {
		const decode = decoders.get(coding);
		if (!decode) {
			return undefined;
		}

		try {
			// eslint-disable-next-line no-await-in-loop -- Each layer is inside the one before it.
			plain = await decode(plain, {maxOutputLength: maxBytes});
		} catch (error) {
			return isTooLarge(error) ? 'too_large' : undefined;
		}
	}

	return plain.length > maxBytes ? 'too_large' : plain;
}

type Decode = (
	body: Buffer,
	options: Readonly<{maxOutputLength: number}>,
) => Promise<Buffer>;

/**
Made ready when there is something to decode.
*/
const decoding =
	(
		name:
			| 'gunzip'
			| 'inflate'
			| 'inflateRaw'
			| 'brotliDecompress'
			| 'zstdDecompress',
	): Decode =>
	async (body, options) =>
		promisify(zlib[name] as typeof zlib.gunzip)(body, options);

const gunzip = decoding('gunzip');
const inflate = decoding('inflate');
const inflateRaw = decoding('inflateRaw');

const decoders: ReadonlyMap<string, Decode> = new Map([
	['gzip', gunzip],
	['x-gzip', gunzip],
	// Some senders leave out the zlib header, whose first byte always ends in 8.
	[
		'deflate',
		async (body, options) =>
			(body[0] ?? 0) % 16 === 8
				? inflate(body, options)
				: inflateRaw(body, options),
	],
	['br', decoding('brotliDecompress')],
	['zstd', decoding('zstdDecompress')],
]);

function codings(contentEncoding: string): readonly string[] {
	return contentEncoding
		.split(',')
		.map((coding) => coding.trim().toLowerCase())
		.filter((coding) => coding !== '' && coding !== 'identity');
}

function isTooLarge(error: unknown): boolean {
	return (
		error instanceof RangeError &&
		'code' in error &&
		error.code === 'ERR_BUFFER_TOO_LARGE'
	);
}
