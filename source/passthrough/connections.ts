import type {IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';

export type ConnectionBounds = Readonly<{
	/**
	How many connections there may be.
	*/
	connections: number;
	/**
	How many requests of one connection may wait for their answers.
	*/
	pipelined: number;
	/**
	How long the rest of a request that has been answered may take to arrive, in milliseconds.
	*/
	leftoverMs: number;
}>;

/**
What becomes of a request by the connection it came on. `ignore`: that is about to be closed.
*/
export type Standing = 'go' | 'surplus' | 'pipelined' | 'ignore';

/**
The connections of agents: which of them are busy, and which must go when there are too many.
*/
export class Connections {
	readonly #bounds: ConnectionBounds;
	#count = 0;
	/** Without a request under way; who has been so for longest comes first. */
	readonly #idle = new Set<Socket>();
	/** They came when there was no place, and none could be made. */
	readonly #surplus = new WeakSet<Socket>();
	readonly #closing = new WeakSet<Socket>();
	readonly #waiting = new WeakMap<Socket, number>();
	readonly #leftovers = new Map<IncomingMessage, number>();

	constructor(bounds: ConnectionBounds) {
		this.#bounds = bounds;
	}

	get count(): number {
		return this.#count;
	}

	add(socket: Socket): void {
		if (++this.#count > this.#bounds.connections) {
			const [longest] = this.#idle;
			if (longest === undefined) {
				this.#surplus.add(socket);
			} else {
				this.#idle.delete(longest);
				longest.destroy();
			}
		}

		this.#idle.add(socket);
		socket.once('close', () => {
			this.#count--;
			this.#idle.delete(socket);
		});
	}

	/**
	A request has come: `ended` is to be called once its answer is over.
	*/
	began({socket}: IncomingMessage): Standing {
		if (this.#closing.has(socket)) {
			return 'ignore';
		}

		this.#idle.delete(socket);
		const waiting = (this.#waiting.get(socket) ?? 0) + 1;
		this.#waiting.set(socket, waiting);
		if (waiting > this.#bounds.pipelined) {
			return 'pipelined';
		}

		return this.#surplus.has(socket) && this.#count > this.#bounds.connections
			? 'surplus'
			: 'go';
	}

	/**
	Nothing more is taken from a connection: it closes after the answer under way.
	*/
	closeAfter({socket}: IncomingMessage): void {
		this.#closing.add(socket);
	}

	ended(request: IncomingMessage, now: number): void {
		const {socket} = request;
		const waiting = this.#waiting.get(socket)! - 1;
		this.#waiting.set(socket, waiting);
		if (waiting === 0 && !socket.destroyed) {
			this.#idle.add(socket);
		}

		if (!request.complete && !socket.destroyed) {
			this.#leftovers.set(request, now + this.#bounds.leftoverMs);
		}
	}

	/**
	Closes connections whose answered request goes on and on.
	*/
	sweep(now: number): void {
		for (const [request, until] of this.#leftovers) {
			if (request.complete || request.socket.destroyed) {
				this.#leftovers.delete(request);
			} else if (until < now) {
				request.socket.destroy();
			}
		}
	}
}
