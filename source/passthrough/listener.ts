import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import process from 'node:process';
import {isLoopback, type Door} from '../policy/door.js';
import {uptimeMs} from '../uptime.js';
import {Connections, type ConnectionBounds} from './connections.js';
import {openToOrigin} from './cross-origin.js';
import {answerNonsense, turnAway} from './nonsense.js';
import {refusalAnswer} from './refusal.js';
import {headersRead, lookAt, noProxy} from './strange.js';

// An import of it would run every getter of the module, and load an HTTP client that nobody here uses: a
// fifth of the time to start.
const http = process.getBuiltinModule('node:http');

export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
) => void;

export type Bounds = ConnectionBounds &
	Readonly<{
		/**
		For the request line and headers to arrive, from the first byte on or from when it connected.
		*/
		headersMs: number;
		/**
		How long a connection may be idle after an answer.
		*/
		keepAliveMs: number;
		/**
		How often we look who has taken too long.
		*/
		checkEveryMs: number;
	}>;

export const usualBounds: Bounds = {
	headersMs: 60_000,
	keepAliveMs: 75_000,
	leftoverMs: 60_000,
	connections: 1024,
	pipelined: 16,
	checkEveryMs: 5000,
};

const largestHeadersBytes = 64 * 1024;

export type ListenerOptions = Readonly<{
	/**
	Who may come in; without it no page of another origin.
	*/
	door?(): Door;
	bounds?: Partial<Bounds>;
}>;

/**
The server an agent talks to. It sets no limit to how long a request or an answer takes; what is not
HTTP gets one clear answer and a closed connection.
*/
export function createListener(
	handle: Handler,
	{door, ...options}: ListenerOptions = {},
): Server {
	const bounds = {...usualBounds, ...options.bounds};
	const connections = new Connections(bounds);
	const take = (request: IncomingMessage, response: ServerResponse) => {
		const standing = connections.began(request);
		if (standing === 'ignore') {
			return;
		}

		response.once('close', () => {
			connections.ended(request, uptimeMs());
		});
		const isStrange = lookAt(
			request,
			standing === 'pipelined'
				? `More than ${bounds.pipelined} requests wait on this connection.`
				: undefined,
		);
		if (isStrange || standing === 'surplus' || asksToUpgrade(request)) {
			connections.closeAfter(request);
			response.shouldKeepAlive = false;
		}

		if (standing === 'surplus') {
			answerSurplus(response, bounds.connections);
		} else if (
			isStrange ||
			door === undefined ||
			!openToOrigin(request, response, door())
		) {
			handle(request, response);
		}
	};

	const server = http.createServer(
		{
			keepAliveTimeout: bounds.keepAliveMs,
			headersTimeout: bounds.headersMs,
			requestTimeout: 0,
			connectionsCheckingInterval: bounds.checkEveryMs,
			// The door turns those without a host away, in the client's shape and with a row.
			requireHostHeader: false,
			maxHeaderSize: largestHeadersBytes,
			// Whatever NODE_OPTIONS say.
			insecureHTTPParser: false,
			noDelay: true,
		},
		take,
	);
	server.maxHeadersCount = headersRead;
	server.on('checkContinue', (request, response) => {
		response.writeContinue();
		take(request, response);
	});
	server.on('checkExpectation', take);
	server.on('connection', (socket) => {
		connections.add(socket);
	});
	server.on('connect', (_request, socket: Socket) => {
		// It is nobody's any more but ours: nobody else reads it, or hears its errors.
		socket.on('error', () => undefined).resume();
		turnAway(socket, {status: 400, message: noProxy});
		socket.destroySoon();
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		answerNonsense(error, socket, largestHeadersBytes);
	});
	const sweeper = setInterval(() => {
		connections.sweep(uptimeMs());
	}, bounds.checkEveryMs).unref();
	server.on('close', () => {
		clearInterval(sweeper);
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

/**
Whether a request was sent from this very machine, to whichever of its addresses.
*/
export const isFromHere = ({
	socket: {remoteAddress, localAddress},
}: IncomingMessage): boolean =>
	remoteAddress !== undefined &&
	(remoteAddress === localAddress || isLoopback(remoteAddress));

/**
It is served without: what follows could be of either protocol, so nothing may follow.
*/
const asksToUpgrade = ({headers}: IncomingMessage): boolean =>
	headers.upgrade !== undefined;

function answerSurplus(response: ServerResponse, connections: number): void {
	const {status, headers, body} = refusalAnswer(
		{
			reason: 'queue',
			message: `Tollgate has ${connections.toLocaleString('en-US')} connections open, and a request is under way on each. Close some.`,
		},
		{format: undefined, requestId: 'none'},
	);
	response.writeHead(status, headers).end(body);
}
