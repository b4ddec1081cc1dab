import {Buffer} from 'node:buffer';
import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import process from 'node:process';
import {refusalAnswer} from './refusal.js';

// An import of it would run every getter of the module, and load an HTTP client that nobody here uses: a
// fifth of the time to start.
const http = process.getBuiltinModule('node:http');

export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
) => void;

const keepAliveMs = 75_000;
/**
For the request line and headers to arrive.
*/
const headersMs = 60_000;
const largestHeadersBytes = 64 * 1024;

/**
The server an agent talks to. It sets no limit to how long a request or an answer takes; what is not
HTTP gets one clear answer and a closed connection.
*/
export function createListener(handle: Handler): Server {
	const server = http.createServer(
		{
			keepAliveTimeout: keepAliveMs,
			headersTimeout: headersMs,
			requestTimeout: 0,
			// The door turns those without a host away, in the client's shape and with a row.
			requireHostHeader: false,
			maxHeaderSize: largestHeadersBytes,
			noDelay: true,
		},
		handle,
	);
	server.on('checkContinue', (request, response) => {
		response.writeContinue();
		handle(request, response);
	});
	server.on('checkExpectation', handle);
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		answerNonsense(error, socket);
	});
	return server;
}

/**
Resolves with the port once it listens. Throws what the system says, EADDRINUSE above all.
*/
export async function listen(
	server: Server,
	{host, port}: Readonly<{host: string; port: number}>,
): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({host, port}, () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

function answerNonsense(error: NodeJS.ErrnoException, socket: Socket): void {
	if (error.code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}

	// An answer of ours may be under way on this connection: nothing may be mixed into it.
	const current = (socket as Socket & {_httpMessage?: ServerResponse})
		._httpMessage;
	if (current?.headersSent) {
		socket.destroy();
		return;
	}

	const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
	const answer = refusalAnswer(
		{
			reason: 'bad_request',
			message: isTooLong
				? `The headers are larger than ${largestHeadersBytes / 1024} KB.`
				: 'This is not a request that can be read.',
		},
		{format: undefined, requestId: 'none'},
	);
	const status = isTooLong
		? '431 Request Header Fields Too Large'
		: error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
			? '408 Request Timeout'
			: '400 Bad Request';
	const lines = [`HTTP/1.1 ${status}`];
	for (let index = 0; index < answer.headers.length; index += 2) {
		lines.push(`${answer.headers[index]!}: ${answer.headers[index + 1]!}`);
	}

	socket.end(
		Buffer.from([...lines, 'connection: close', '', answer.body].join('\r\n')),
	);
}
