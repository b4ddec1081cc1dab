import {Buffer} from 'node:buffer';
import type {ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {refusalAnswer} from './refusal.js';
import {mostHeaders} from './strange.js';

const statuses = {
	400: '400 Bad Request',
	408: '408 Request Timeout',
	431: '431 Request Header Fields Too Large',
} as const;

type Nonsense = Readonly<{status: keyof typeof statuses; message: string}>;

/**
What is not HTTP gets one clear answer and a closed connection. Where another answer is under way it gets
none, for it would be taken for that one or be mixed into it: the connection closes behind that.
*/
export function answerNonsense(
	error: NodeJS.ErrnoException,
	socket: Socket,
	largestHeadersBytes: number,
): void {
	if (error.code === 'ECONNRESET' || !socket.writable || closing.has(socket)) {
		socket.destroy();
		return;
	}

	const awaited = answerUnderWay(socket);
	if (awaited === undefined) {
		turnAway(socket, nonsenseOf(error, largestHeadersBytes));
		return;
	}

	closing.add(socket);
	awaited.once('close', () => {
		socket.destroySoon();
	});
}

/**
Whatever comes on them besides, the end above all, breaks them off.
*/
const closing = new WeakSet<Socket>();

/**
Answers on a connection without a request that could be answered, and closes it.
*/
export function turnAway(socket: Socket, {status, message}: Nonsense): void {
	const answer = refusalAnswer(
		{reason: 'bad_request', message},
		{format: undefined, requestId: 'none'},
	);
	const lines = [`HTTP/1.1 ${statuses[status]}`];
	for (let index = 0; index < answer.headers.length; index += 2) {
		lines.push(`${answer.headers[index]!}: ${answer.headers[index + 1]!}`);
	}

	socket.end(
		Buffer.from([...lines, 'connection: close', '', answer.body].join('\r\n')),
	);
}

/**
The answer to a request that came whole, or one that has begun.
*/
function answerUnderWay(socket: Socket): ServerResponse | undefined {
	const current = (socket as Socket & {_httpMessage?: ServerResponse | null})
		._httpMessage;
	return current?.headersSent === true || current?.req.complete === true
		? current
		: undefined;
}

function nonsenseOf(
	{code}: NodeJS.ErrnoException,
	largestHeadersBytes: number,
): Nonsense {
	if (code === 'HPE_HEADER_OVERFLOW') {
		return {
			status: 431,
			message: `The headers are larger than ${largestHeadersBytes / 1024} KB, or more than ${mostHeaders}.`,
		};
	}

	return code === 'ERR_HTTP_REQUEST_TIMEOUT'
		? {status: 408, message: 'The headers took too long to arrive.'}
		: {
				status: 400,
				message: 'This is not a request that can be read.',
			};
}
