import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import http, {type IncomingMessage, type ServerResponse} from 'node:http';
import net, {type AddressInfo, type Socket} from 'node:net';
import {buffer} from 'node:stream/consumers';

/**
One request as it reached an endpoint.
*/
export type Heard = Readonly<{
	method: string;
	target: string;
	/**
	Names and values in turn, as they came.
	*/
	headers: readonly string[];
	httpVersion: string;
	/**
	The number of its connection, from 1.
	*/
	connection: number;
	/**
	Reads all of the body; rejects where it is cut.
	*/
	body(): Promise<Buffer>;
	/**
	The value of the first header of this name.
	*/
	header(name: string): string | undefined;
}>;

export type Call = Readonly<{
	heard: Heard;
	request: IncomingMessage;
	response: ServerResponse;
	/**
	How many came before this one.
	*/
	index: number;
}>;

export type Endpoint = AsyncDisposable &
	Readonly<{
		url: string;
		port: number;
		heard: readonly Heard[];
		/**
		Every connection there ever was, in order.
		*/
		sockets(): readonly Socket[];
		close(): Promise<void>;
	}>;

/**
A real endpoint on loopback whose answers a test plays. What it hears is kept as it came.
*/
export async function startEndpoint(
	play: (call: Call) => void | Promise<void>,
	{
		port = 0,
		maxHeaderSize,
		onNonsense,
	}: {
		port?: number;
		maxHeaderSize?: number;
		onNonsense?(error: Error): void;
	} = {},
): Promise<Endpoint> {
	const heard: Heard[] = [];
	const sockets: Socket[] = [];
	const server = http.createServer(
		{keepAliveTimeout: 60_000, requestTimeout: 0, maxHeaderSize},
		(request, response) => {
			const one = hear(request, sockets.indexOf(request.socket) + 1);
			const index = heard.length;
			heard.push(one);
			// A test that ends early hangs up.
			response.on('error', () => undefined);
			void play({heard: one, request, response, index});
		},
	);
	server.on('connection', (socket) => {
		sockets.push(socket);
	});
	if (onNonsense !== undefined) {
		server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
			socket.destroy();
			// What was cut is not nonsense.
			if (
				error.code !== 'ECONNRESET' &&
				error.code !== 'HPE_INVALID_EOF_STATE'
			) {
				onNonsense(error);
			}
		});
	}

	const close = async () => {
		if (!server.listening) {
			return;
		}

		server.close();
		server.closeAllConnections();
		await once(server, 'close');
	};

	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const actual = (server.address() as AddressInfo).port;
	return {
		url: `http://127.0.0.1:${actual}`,
		port: actual,
		heard,
		sockets: () => sockets,
		close,
		[Symbol.asyncDispose]: close,
	};
}

function hear(request: IncomingMessage, connection: number): Heard {
	let body: Promise<Buffer> | undefined;
	return {
		method: request.method!,
		target: request.url!,
		headers: request.rawHeaders,
		httpVersion: request.httpVersion,
		connection,
		async body() {
			body ??= buffer(request);
			return body;
		},
		header: (name) => valueOf(request.rawHeaders, name),
	};
}

export type RawEndpoint = AsyncDisposable &
	Readonly<{url: string; port: number; sockets: readonly Socket[]}>;

/**
An endpoint that speaks bytes, for those that HTTP servers do not let through.
*/
export async function startRawEndpoint(
	play: (socket: Socket, index: number) => void | Promise<void>,
): Promise<RawEndpoint> {
	const sockets: Socket[] = [];
	const server = net.createServer((socket) => {
		const index = sockets.length;
		sockets.push(socket);
		socket.on('error', () => undefined);
		void play(socket, index);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		sockets,
		async [Symbol.asyncDispose]() {
			server.close();
			for (const socket of sockets) {
				socket.destroy();
			}

			await once(server, 'close');
		},
	};
}

/**
The next whole request on a connection: head and the body that its length announces.
*/
export async function readRequest(
	socket: Socket,
): Promise<Readonly<{head: string; body: Buffer}>> {
	const pieces: Buffer[] = [];
	let length = 0;
	let head: string | undefined;
	let whole = Infinity;
	return new Promise((resolve) => {
		const take = (piece: Buffer) => {
			pieces.push(piece);
			length += piece.length;
			if (head === undefined) {
				const bytes = Buffer.concat(pieces);
				const end = bytes.indexOf('\r\n\r\n');
				if (end === -1) {
					return;
				}

				head = bytes.toString('latin1', 0, end);
				whole =
					end +
					4 +
					Number(
						/^content-length: (?<length>\d+)$/im.exec(head)?.groups![
							'length'
						] ?? 0,
					);
			}

			if (!(length >= whole)) {
				return;
			}

			socket.off('data', take);
			resolve({
				head,
				body: Buffer.concat(pieces).subarray(head.length + 4),
			});
		};

		socket.on('data', take);
	});
}

/**
The value of the first header of this name.
*/
export function valueOf(
	raw: readonly string[],
	name: string,
): string | undefined {
	const at = raw.findIndex(
		(text, index) => index % 2 === 0 && text.toLowerCase() === name,
	);
	return at === -1 ? undefined : raw[at + 1];
}

/**
The pairs of headers without those that belong to one connection only.
*/
export function withoutHops(
	raw: readonly string[],
	more: readonly string[] = [],
): ReadonlyArray<readonly [string, string]> {
	const hops = new Set([
		'connection',
		'keep-alive',
		'transfer-encoding',
		...more,
	]);
	return pairsOf(raw).filter(([name]) => !hops.has(name.toLowerCase()));
}

export function pairsOf(
	raw: readonly string[],
): ReadonlyArray<readonly [string, string]> {
	return raw.flatMap((name, index) =>
		index % 2 === 0 ? [[name, raw[index + 1]!] as const] : [],
	);
}
