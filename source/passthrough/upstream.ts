import {Buffer} from 'node:buffer';
import diagnostics from 'node:diagnostics_channel';
import type {Socket} from 'node:net';
import type {Readable} from 'node:stream';
import type {Dispatcher} from 'undici';
import type {ConnectionFailure} from '../policy/reconnect.js';
import {proxyFor} from '../policy/proxy.js';

export type UpstreamRequest = Readonly<{
	method: string;
	/**
	Path and query as they go to the endpoint.
	*/
	target: string;
	headers: string[];
	body: Buffer | Readable | undefined;
}>;

/**
How the flow of an answer is steered.
*/
export type Flow = Readonly<{
	pause(): void;
	resume(): void;
	abort(reason?: Error): void;
}>;

/**
What becomes of an answer as it arrives. Its methods must not throw.
*/
export type AnswerSink = {
	head(
		answer: Readonly<{
			status: number;
			statusText: string;
			rawHeaders: readonly Buffer[];
		}>,
		flow: Flow,
	): void;
	data(chunk: Buffer, flow: Flow): void;
	end(): void;
	fail(failure: ConnectionFailure & Readonly<{error: Error}>): void;
};

export type Upstream = Readonly<{
	/**
	Sends a request. `fresh`: on a connection of its own that nothing was ever sent on.
	*/
	send(request: UpstreamRequest, sink: AnswerSink, fresh?: boolean): Sent;
	/**
	Cuts what is still going on.
	*/
	close(): Promise<void>;
	/**
	Takes nothing more; what is going on ends by itself.
	*/
	retire(): Promise<void>;
}>;

export type Sent = Readonly<{
	abort(): void;
	/**
	The system has every byte of the request: its memory is ours again.
	*/
	readonly isWritten: boolean;
}>;

export type UpstreamOptions = Readonly<{
	origin: URL;
	headerTimeoutMs: number;
	/**
	Between two bytes of the endpoint; stands still while we do not read.
	*/
	idleTimeoutMs: number;
	env: NodeJS.ProcessEnv;
}>;

/**
How long a connection waits for its next request. Longer than an agent usually thinks.
*/
const keepAliveMs = 60_000;
const connectMs = 30_000;
const largestHeadersBytes = 256 * 1024;

/**
Connections to one endpoint: HTTP/1.1, one request at a time on each, as many as are needed.
*/
export async function createUpstream(
	options: UpstreamOptions,
): Promise<Upstream> {
	const settings = {
		allowH2: false,
		pipelining: 1,
		headersTimeout: options.headerTimeoutMs,
		bodyTimeout: options.idleTimeoutMs,
		keepAliveTimeout: keepAliveMs,
		keepAliveMaxTimeout: 10 * keepAliveMs,
		maxHeaderSize: largestHeadersBytes,
		connectTimeout: connectMs,
		...(await proxied(options)),
	};
	const {origin} = options.origin;
	const {default: Pool} = await import('undici/lib/dispatcher/pool.js');
	const pool = new Pool(origin, settings);
	watchSockets();
	return {
		send(request, sink, fresh = false) {
			const through = fresh ? new Pool(origin, settings) : pool;
			const answer = new Answer(sink);
			through.dispatch(
				{
					origin,
					path: request.target,
					method: request.method,
					headers: request.headers,
					body: request.body ?? null,
				},
				answer,
			);
			if (through !== pool) {
				// It closes once its one request has ended.
				void through.close();
			}

			return answer;
		},
		async close() {
			await pool.destroy();
		},
		async retire() {
			await pool.close();
		},
	};
}

/**
Loaded by those who have a proxy.
*/
async function proxied({origin, env}: UpstreamOptions) {
	const proxy = proxyFor(origin, env);
	if (proxy === undefined) {
		return {};
	}

	const {tunnelThrough} = await import('./tunnel.js');
	return {connect: tunnelThrough(proxy, {timeoutMs: connectMs})};
}

/**
Connections that a request has been sent on.
*/
const used = new WeakSet<Socket>();

/**
One answer on its way from undici to its sink, and what the connection under it has seen.
*/
class Answer implements Dispatcher.DispatchHandler {
	readonly #sink: AnswerSink;
	#controller: Dispatcher.DispatchController | undefined;
	#abortAsked = false;
	#reused = false;
	#written = false;
	#socket: Socket | undefined;
	#answering = false;
	#settled = false;

	constructor(sink: AnswerSink) {
		this.#sink = sink;
	}

	get isWritten(): boolean {
		return this.#written;
	}

	abort(): void {
		this.#abortAsked = true;
		this.#controller?.abort(new Error('aborted'));
	}

	/**
	Before the first byte of the request is written to a socket.
	*/
	connectedTo(socket: Socket): void {
		this.#socket = socket;
		this.#reused = used.has(socket);
		used.add(socket);
		this.#written = false;
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.#controller = controller;
		nowStarting(this);
		if (this.#abortAsked) {
			controller.abort(new Error('aborted'));
		}
	}

	/**
	Undici has given the last byte to the socket, which may still hold some of them.
	*/
	onRequestSent(): void {
		const socket = this.#socket;
		if (socket === undefined || socket.writableLength === 0) {
			this.#written = true;
		} else {
			socket.write('', () => {
				this.#written ||= !socket.destroyed;
			});
		}
	}

	onResponseStarted(): void {
		this.#answering = true;
	}

	onResponseStart(
		controller: Dispatcher.DispatchController,
		status: number,
		_headers: unknown,
		statusText?: string,
	): void {
		// Early hints and the like are between the endpoint and us.
		if (status >= 200) {
			this.#sink.head(
				{
					status,
					statusText: asBytes(statusText ?? ''),
					rawHeaders: controller.rawHeaders as Buffer[],
				},
				controller,
			);
		}
	}

	onResponseData(
		controller: Dispatcher.DispatchController,
		chunk: Buffer,
	): void {
		this.#sink.data(chunk, controller);
	}

	onResponseEnd(): void {
		if (this.#settled) {
			return;
		}

		this.#settled = true;
		this.#sink.end();
	}

	onResponseError(_controller: unknown, error: Error): void {
		if (this.#settled) {
			return;
		}

		this.#settled = true;
		this.#sink.fail({
			error,
			code: codeOf(error),
			begun: this.#controller !== undefined,
			written: this.#written,
			reused: this.#reused && !this.#answering,
		});
	}
}

/**
The request being written now: undici tells of its socket in the same breath.
*/
let starting: Answer | undefined;
let isWatching = false;

const nowStarting = (answer: Answer): void => {
	starting = answer;
};

function watchSockets(): void {
	if (isWatching) {
		return;
	}

	isWatching = true;
	diagnostics.subscribe('undici:client:sendHeaders', (message) => {
		starting?.connectedTo((message as {socket: Socket}).socket);
		starting = undefined;
	});
}

/**
Undici reads a status text as UTF-8, and Node writes it as Latin-1: what was sent is what goes on.
*/
function asBytes(statusText: string): string {
	return /^[\t\u{20}-\u{7E}]*$/v.test(statusText)
		? statusText
		: Buffer.from(statusText).toString('latin1');
}

/**
The system's code is often one or two causes deep.
*/
function codeOf(error: Error): string {
	let found: unknown = error;
	while (found instanceof Error) {
		const {code} = found as {code?: unknown};
		if (typeof code === 'string' && !code.startsWith('UND_ERR')) {
			return code;
		}

		found =
			found instanceof AggregateError
				? (found.errors[0] as unknown)
				: found.cause;
	}

	return (error as {code?: string}).code ?? error.name;
}
