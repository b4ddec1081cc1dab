import {Buffer} from 'node:buffer';
import {createDecoder, isPlain, type Decoder} from '../wire/decode.js';
import {decodeRequest} from '../wire/request-body.js';
import {errorEvent} from '../wire/sse-words.js';
import type {Client} from './client.js';
import {headerOf} from './headers.js';

/**
An answer that goes to the client in another form, once its body is whole.
*/
export type GatheredAnswer = Readonly<{
	add(chunk: Buffer): void;
	/**
	What of the body has not gone to the client yet; its head has been written by now.
	*/
	end(): Buffer | Promise<Buffer>;
}>;

type Given = Readonly<{
	client: Client;
	status: number;
	statusText: string;
	rewrite: ((body: Buffer) => Buffer) | undefined;
	secrets: readonly string[];
}>;

/**
Of an answer to a stream that has begun with our comments, no more than this is told.
*/
const largestErrorBytes = 64 * 1024;

/**
A longer list of models is none that anybody reads: it goes on as it came.
*/
const largestListBytes = 16 * 1024 * 1024;

/**
Whether an answer has to be gathered first: what is no stream, where a stream of ours has begun, becomes
an event in it; a list of models is added to. Undefined: it goes on as it comes.
*/
export function gather(
	headers: readonly string[],
	{client, status, statusText, rewrite, secrets}: Given,
): GatheredAnswer | undefined {
	if (client.isOurStream) {
		const encoding = headerOf(headers, 'content-encoding');
		if (!isEventStream(headers, status)) {
			return asEvent({status, secrets, isPlain: isPlain(encoding)});
		}

		return isPlain(encoding) ? undefined : decoded(encoding!, client);
	}

	return rewrite !== undefined && status === 200
		? rewritten(headers, {client, statusText, rewrite})
		: undefined;
}

function isEventStream(headers: readonly string[], status: number): boolean {
	return (
		status >= 200 &&
		status < 300 &&
		/^text\/event-stream/iv.test(headerOf(headers, 'content-type') ?? '')
	);
}

function asEvent({
	status,
	secrets,
	isPlain: isReadable,
}: Pick<Given, 'status' | 'secrets'> &
	Readonly<{isPlain: boolean}>): GatheredAnswer {
	const chunks: Buffer[] = [];
	let bytes = 0;
	return {
		add(chunk) {
			if (!(bytes < largestErrorBytes)) {
				return;
			}

			chunks.push(chunk);
			bytes += chunk.length;
		},
		end: () =>
			errorEvent(isReadable ? Buffer.concat(chunks) : '', {status, secrets}),
	};
}

/**
Our own head has said that nothing is compressed; some compress what they were asked not to.
*/
function decoded(encoding: string, client: Client): GatheredAnswer {
	let decoder: Decoder | undefined;
	let isBroken = false;
	return {
		add(chunk) {
			decoder ??= createDecoder(encoding, chunk, {
				onBytes(bytes) {
					client.write(Buffer.from(bytes));
				},
				onError() {
					isBroken = true;
				},
			});
			decoder?.write(chunk);
		},
		async end() {
			await decoder?.end();
			return isBroken || decoder === undefined
				? errorEvent('', {status: 502})
				: Buffer.alloc(0);
		},
	};
}

function rewritten(
	headers: readonly string[],
	{
		client,
		statusText,
		rewrite,
	}: Readonly<{
		client: Client;
		statusText: string;
		rewrite(body: Buffer): Buffer;
	}>,
): GatheredAnswer {
	const chunks: Buffer[] = [];
	return {
		add(chunk) {
			chunks.push(chunk);
		},
		end(): Buffer | Promise<Buffer> {
			const body = Buffer.concat(chunks);
			const encoding = headerOf(headers, 'content-encoding');
			return isPlain(encoding)
				? start(rewrite(body), withoutLength(headers))
				: unpacked(body, encoding!);
		},
	};

	function start(body: Buffer, others: readonly string[]): Buffer {
		client.start(200, statusText, [
			...others,
			'content-length',
			String(body.length),
		]);
		return body;
	}

	/**
	Some compress what they were asked not to. What cannot be read, or is not changed, goes on as it came.
	*/
	async function unpacked(body: Buffer, encoding: string): Promise<Buffer> {
		const plain = await decodeRequest(body, encoding, largestListBytes);
		const changed = Buffer.isBuffer(plain) ? rewrite(plain) : plain;
		return Buffer.isBuffer(changed) && changed !== plain
			? start(changed, without(headers, ['content-length', 'content-encoding']))
			: start(body, withoutLength(headers));
	}
}

/**
The same headers for a body of another length.
*/
export const withoutLength = (headers: readonly string[]): string[] =>
	without(headers, ['content-length']);

function without(
	headers: readonly string[],
	names: readonly string[],
): string[] {
	return headers.filter(
		(_, index) => !names.includes(headers[index - (index % 2)]!.toLowerCase()),
	);
}
