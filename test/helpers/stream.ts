import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import fs from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {send} from './ask.js';
import type {Call} from './endpoint.js';

const recording = fs.readFileSync('test/fixtures/a01-text.sse', 'utf8');
const half = recording.indexOf('\n\n', recording.indexOf('text_delta')) + 2;

/**
An endpoint's stream that stops in the middle until it is let go on.
*/
export function heldStream() {
	const {promise, resolve} = Promise.withResolvers<void>();
	return {
		async play({response}: Call) {
			response.writeHead(200, {'content-type': 'text/event-stream'});
			response.write(recording.slice(0, half));
			await promise;
			response.end(recording.slice(half));
		},
		goOn: resolve,
		whole: recording,
		firstHalf: recording.slice(0, half),
	};
}

export function playWhole({response}: Call): void {
	response.writeHead(200, {'content-type': 'text/event-stream'});
	response.end(recording);
}

/**
An answer through a passthrough whose first bytes are there.
*/
export async function streamThrough(url: string): Promise<IncomingMessage> {
	const [response] = (await once(send(url), 'response')) as [IncomingMessage];
	await once(response, 'readable');
	return response;
}

/**
An answer whose head has come; the rest of it when it is asked for.
*/
export async function openStream(
	url: string,
	asked: Parameters<typeof send>[1],
): Promise<{
	status: number;
	header(name: string): string | undefined;
	rest(): Promise<{body: Buffer; complete: boolean}>;
}> {
	const [response] = (await once(send(url, asked), 'response')) as [
		IncomingMessage,
	];
	const pieces: Buffer[] = [];
	response.on('data', (piece: Buffer) => {
		pieces.push(piece);
	});
	response.on('error', () => undefined);
	const closed = once(response, 'close');
	return {
		status: response.statusCode!,
		header: (name) => response.headers[name] as string | undefined,
		async rest() {
			await closed;
			return {body: Buffer.concat(pieces), complete: response.complete};
		},
	};
}
