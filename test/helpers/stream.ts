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
