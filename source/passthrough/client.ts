import type {Buffer} from 'node:buffer';
import type {ServerResponse} from 'node:http';
import {errorEvent} from '../wire/sse-words.js';

/**
The agent's side of one exchange: its answer is begun, goes on, and ends in one of three ways.
*/
export class Client {
	readonly #response: ServerResponse;
	#ended = false;
	#left = false;
	#isCancelled = false;
	#isClosed = false;
	#isOurStream = false;
	#onClosed: (() => void) | undefined;
	#onLeft: (() => void) | undefined;
	#onDrain: (() => void) | undefined;

	constructor(response: ServerResponse) {
		this.#response = response;
		// We say what the endpoint said: also no date where it sent none.
		response.sendDate = false;
		response.on('close', this.#closed);
	}

	/**
	Nobody wants the rest of its answer: the agent hung up before that was whole, or somebody cancelled it.
	*/
	get left(): boolean {
		return this.#left || this.#isCancelled;
	}

	/**
	Somebody wants it to end. Whoever carries it does what it does when the agent hangs up; what the agent is
	told is still to be said.
	*/
	cancel(): void {
		this.#isCancelled = true;
		this.#onLeft?.();
	}

	get hasStarted(): boolean {
		return this.#response.headersSent;
	}

	/**
	Called when the agent hangs up before the end, or somebody cancels it; at once if that is so.
	*/
	onLeft(listener: () => void): void {
		this.#onLeft = listener;
		if (this.left) {
			listener();
		}
	}

	/**
	Called once when all is with the system or the connection is gone; at once if that is so.
	*/
	onClosed(listener: () => void): void {
		this.#onClosed = listener;
		if (this.#isClosed) {
			listener();
		}
	}

	/**
	Its answer has begun with a head and comments of ours: the status is spent.
	*/
	get isOurStream(): boolean {
		return this.#isOurStream;
	}

	/**
	Begins a stream of events before the endpoint has answered, so that the agent does not give up.
	*/
	startOurStream(headers: string[], first: Buffer): void {
		this.#isOurStream = true;
		this.#response.writeHead(200, headers);
		this.#response.write(first);
	}

	start(status: number, statusText: string, headers: string[]): void {
		this.#response.writeHead(status, statusText, headers);
	}

	/**
	Sends a head that is written but waits for a first byte of the body.
	*/
	flushHead(): void {
		this.#response.flushHeaders();
	}

	/**
	False: the agent is slow, and `onDrain` says when to go on.
	*/
	write(chunk: Buffer): boolean {
		return this.#response.write(chunk);
	}

	onDrain(listener: () => void): void {
		if (this.#onDrain === undefined) {
			this.#response.on('drain', () => this.#onDrain?.());
		}

		this.#onDrain = listener;
	}

	end(last?: Buffer): void {
		this.#ended = true;
		this.#response.end(last);
	}

	/**
	Breaks the connection off, so that half an answer never looks whole. A client of HTTP/1.0 takes an
	orderly close for the end of its answer: it gets a reset.
	*/
	breakOff(): void {
		this.#ended = true;
		const {req, socket} = this.#response;
		if (socket === null) {
			this.#breakOffInTurn();
			return;
		}

		if (req.httpVersionMinor === 0) {
			socket.resetAndDestroy();
		}

		this.#response.destroy();
	}

	/**
	The answers before it on the same connection are still under way: only what follows them is broken off.
	Nobody is told when it is its turn, so that is heard where the connection is handed to it.
	*/
	#breakOffInTurn(): void {
		const response = this.#response;
		const assign = response.assignSocket.bind(response);
		response.assignSocket = (socket) => {
			assign(socket);
			socket.destroy();
		};
	}

	/**
	A whole answer of ours. In a stream of ours it becomes the last event; after another head has gone out
	it can only be broken off.
	*/
	answer(status: number, headers: string[], body: string): void {
		if (this.#isOurStream && !this.#left) {
			this.end(errorEvent(body, {status}));
			return;
		}

		if (this.#left || this.hasStarted) {
			this.breakOff();
			return;
		}

		this.#ended = true;
		this.#response.writeHead(status, headers);
		this.#response.end(this.#response.req.method === 'HEAD' ? undefined : body);
	}

	readonly #closed = (): void => {
		this.#isClosed = true;
		this.#onClosed?.();
		if (this.#ended) {
			return;
		}

		this.#left = true;
		this.#onLeft?.();
	};
}
