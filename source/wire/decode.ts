import {
	constants,
	createBrotliDecompress,
	createGunzip,
	createInflate,
	createInflateRaw,
	createZstdDecompress,
} from 'node:zlib';
import type {Transform} from 'node:stream';

/**
What a stream that ends early has to do: give what could be decoded, without an error. Whether the
answer was whole is for the wire format to say.
*/
const flushed = {finishFlush: constants.Z_SYNC_FLUSH} as const;

const decoders: ReadonlyMap<string, (first: Uint8Array) => Transform> = new Map<
	string,
	(first: Uint8Array) => Transform
>([
	['gzip', () => createGunzip(flushed)],
	['x-gzip', () => createGunzip(flushed)],
	[
		'deflate',
		// Some servers leave out the zlib header, whose low four bits are 8 (RFC 9110, 8.4.1.2).
		(first) =>
			first[0]! % 16 === 8 ? createInflate(flushed) : createInflateRaw(flushed),
	],
	[
		'br',
		() =>
			createBrotliDecompress({
				finishFlush: constants.BROTLI_OPERATION_FLUSH,
			}),
	],
	['zstd', () => createZstdDecompress({finishFlush: constants.ZSTD_e_flush})],
]);

/**
True where a body of this `content-encoding` is plain.
*/
export function isPlain(encoding: string | undefined): boolean {
	const name = encoding?.trim().toLowerCase() ?? '';
	return name === '' || name === 'identity';
}

/**
True where a body begins as gzip does (RFC 1952).
*/
export function looksGzipped(first: Uint8Array): boolean {
	return first[0] === 0x1f && first[1] === 0x8b;
}

export type Decoder = Readonly<{
	write(chunk: Uint8Array): void;
	/**
	Settles once all that was written has been decoded, or could not be. Never rejects.
	*/
	end(): Promise<void>;
	/**
	Stops at once; nothing more is decoded.
	*/
	stop(): void;
}>;

/**
Decodes a copy of a body bit by bit. `onBytes` gets the plain bytes later, in order; `onError` is
called once, after which nothing follows. Undefined for an encoding we cannot decode.
*/
export function createDecoder(
	encoding: string,
	first: Uint8Array,
	hear: Readonly<{
		onBytes: (bytes: Uint8Array) => void;
		onError: (error: Error) => void;
	}>,
): Decoder | undefined {
	const stream = decoders.get(encoding.trim().toLowerCase())?.(first);
	if (stream === undefined) {
		return undefined;
	}

	const closed = new Promise<void>((resolve) => {
		stream.once('close', resolve);
	});
	stream.on('data', hear.onBytes);
	stream.on('error', hear.onError);
	return {
		write(chunk) {
			if (!stream.destroyed) {
				stream.write(chunk);
			}
		},
		async end() {
			if (!stream.destroyed) {
				stream.end();
			}

			await closed;
		},
		stop() {
			stream.destroy();
		},
	};
}
