import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import http, {type Agent} from 'node:http';
import net from 'node:net';

/**
What a client got, byte for byte.
*/
export type Answer = Readonly<{
	status: number;
	statusText: string;
	/**
	Names and values in turn, as they came.
	*/
	headers: readonly string[];
	body: Buffer;
	/**
	The message came to its proper end.
	*/
	complete: boolean;
	trailers: readonly string[];
	header(name: string): string | undefined;
	json(): unknown;
}>;

export type Asked = Readonly<{
	method?: string;
	path?: string;
	/**
	Names and values in turn; the host is added.
	*/
	headers?: readonly string[];
	body?: string | Uint8Array;
	agent?: Agent | false;
	/**
	Sends the body in chunks of this size, without its length.
	*/
	chunked?: number;
}>;

export const question = JSON.stringify({
	model: 'claude-sonnet-4-6',
	max_tokens: 100,
	messages: [{role: 'user', content: 'Hello'}],
});

/**
Asks over a connection of its own, and resolves once the answer has ended, whichever way. Rejects
where none began.
*/
export async function ask(url: string, asked: Asked = {}): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const request = send(url, asked);
		request.on('error', reject);
		request.on('response', (response) => {
			const pieces: Buffer[] = [];
			response.on('data', (piece: Buffer) => {
				pieces.push(piece);
			});
			response.on('error', () => undefined);
			response.on('close', () => {
				resolve({
					status: response.statusCode!,
					statusText: response.statusMessage!,
					headers: response.rawHeaders,
					body: Buffer.concat(pieces),
					complete: response.complete,
					trailers: response.rawTrailers,
					header(name) {
						const value = response.headers[name];
						return Array.isArray(value) ? value.join(', ') : value;
					},
					json: () => JSON.parse(Buffer.concat(pieces).toString()) as unknown,
				});
			});
		});
	});
}

/**
Sends a request; what becomes of it is up to the caller.
*/
export function send(
	url: string,
	{
		method = 'POST',
		path = '/v1/messages',
		headers = ['content-type', 'application/json'],
		body = method === 'POST' ? question : undefined,
		agent = false,
		chunked,
	}: Asked = {},
): http.ClientRequest {
	const {hostname, port} = new URL(url);
	const bytes = body === undefined ? undefined : Buffer.from(body);
	const request = http.request({
		host: hostname,
		port,
		method,
		path,
		agent,
		headers: [
			'Host',
			`${hostname}:${port}`,
			...headers,
			...(bytes === undefined || chunked !== undefined
				? []
				: ['Content-Length', String(bytes.length)]),
			...(chunked === undefined ? [] : ['Transfer-Encoding', 'chunked']),
		],
	});
	if (bytes === undefined || chunked === undefined) {
		request.end(bytes);
		return request;
	}

	for (let at = 0; at < bytes.length; at += chunked) {
		request.write(bytes.subarray(at, at + chunked));
	}

	request.end();
	return request;
}

/**
The answer to a request that was sent, once it has begun.
*/
export async function answerTo(
	request: http.ClientRequest,
): Promise<http.IncomingMessage> {
	const [response] = (await once(request, 'response')) as [
		http.IncomingMessage,
	];
	return response;
}

/**
Resolves once a connection is closed, however it came to that.
*/
export async function closed(socket: net.Socket): Promise<void> {
	socket.on('error', () => undefined);
	await new Promise<void>((resolve) => {
		socket.on('close', () => {
			resolve();
		});
	});
}

/**
Writes bytes to a connection and resolves with all that comes until it closes.
*/
export async function exchangeBytes(
	url: string,
	bytes: string | Uint8Array,
): Promise<string> {
	const {hostname, port} = new URL(url);
	const socket = net.connect(Number(port), hostname);
	const pieces: Buffer[] = [];
	socket.on('data', (piece) => {
		pieces.push(piece);
	});
	socket.on('error', () => undefined);
	socket.write(bytes);
	await once(socket, 'close');
	return Buffer.concat(pieces).toString('latin1');
}
