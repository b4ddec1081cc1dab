import {once} from 'node:events';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {setImmediate} from 'node:timers/promises';
import {
	constants,
	createBrotliCompress,
	createGzip,
	createZstdCompress,
	type BrotliCompress,
	type Gzip,
	type ZstdCompress,
} from 'node:zlib';
import type {Coding} from './faults.js';

/**
Where an answer goes. All waits end with an `AbortError` when the client leaves.
*/
export type Outlet = Readonly<{
	/**
	Waits while the client is slow.
	*/
	write(text: string): Promise<void>;
	/**
	Waits until the system has taken all that was written.
	*/
	flush(): Promise<void>;
	end(): Promise<void>;
}>;

export function openOutlet(
	response: ServerResponse,
	coding: Coding | undefined,
	signal: AbortSignal,
): Outlet {
	return coding === undefined
		? plainOutlet(response, signal)
		: compressedOutlet(response, encoders[coding](), signal);
}

/**
The coding, if the client said that it reads it.
*/
export function acceptedCoding(
	coding: Coding | undefined,
	{headers}: IncomingMessage,
): Coding | undefined {
	const accepted = (headers['accept-encoding'] ?? '').split(/[\s,;]+/);
	return coding !== undefined && accepted.includes(coding) ? coding : undefined;
}

const encoders = {
	gzip: () => createGzip({flush: constants.Z_SYNC_FLUSH}),
	br: () =>
		createBrotliCompress({
			flush: constants.BROTLI_OPERATION_FLUSH,
			// The default is for files that are packed once: far too slow here.
			params: {[constants.BROTLI_PARAM_QUALITY]: 4},
		}),
	zstd: () => createZstdCompress({flush: constants.ZSTD_e_flush}),
} as const satisfies Record<Coding, () => Gzip | BrotliCompress | ZstdCompress>;

function plainOutlet(response: ServerResponse, signal: AbortSignal): Outlet {
	return {
		async write(text) {
			if (!response.write(text)) {
				await once(response, 'drain', {signal});
			}
		},
		async flush() {
			response.flushHeaders();
			await new Promise<void>((resolve) => {
				response.write('', () => {
					resolve();
				});
			});
			signal.throwIfAborted();
		},
		async end() {
			response.end();
			await finished(response, signal);
		},
	};
}

function compressedOutlet(
	response: ServerResponse,
	encoder: Gzip | BrotliCompress | ZstdCompress,
	signal: AbortSignal,
): Outlet {
	const plain = plainOutlet(response, signal);
	encoder.pipe(response);
	signal.addEventListener('abort', () => {
		encoder.destroy();
	});

	return {
		async write(text) {
			signal.throwIfAborted();
			if (!encoder.write(text)) {
				await once(encoder, 'drain', {signal});
			}
		},
		async flush() {
			signal.throwIfAborted();
			await new Promise<void>((resolve) => {
				encoder.flush(resolve);
			});
			// The pipe hands on in its own turn, and only as fast as the client reads.
			do {
				// eslint-disable-next-line no-await-in-loop
				await setImmediate(undefined, {signal});
			} while (encoder.readableLength > 0);

			await plain.flush();
		},
		async end() {
			encoder.end();
			await finished(response, signal);
		},
	};
}

async function finished(
	response: ServerResponse,
	signal: AbortSignal,
): Promise<void> {
	if (!response.writableFinished) {
		await once(response, 'finish', {signal});
	}
}
