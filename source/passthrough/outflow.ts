import type {Buffer} from 'node:buffer';
import {createUsageEventCutter} from '../wire/usage-event.js';
import type {Client} from './client.js';
import {gather, withoutLength, type GatheredAnswer} from './gathered-answer.js';
import {headerOf} from './headers.js';

export type OutflowOptions = Readonly<{
	client: Client;
	method: string;
	/**
	We asked for a usage event that the client did not ask for: it is cut out again.
	*/
	usageWasAsked: boolean;
	/**
	What becomes of the body of a list of models; undefined: nothing.
	*/
	rewrite: ((body: Buffer) => Buffer) | undefined;
	/**
	Credentials that must not stand in what we say of the endpoint's words.
	*/
	secrets: readonly string[];
}>;

/**
How an answer goes to its client: as it comes, but for the piece that completes it.
*/
export class Outflow {
	readonly #options: OutflowOptions;
	#status = 0;
	#hasBytes = false;
	#isEnded = false;
	#remaining: number | undefined;
	#last: Buffer | undefined;
	#cutter: ReturnType<typeof createUsageEventCutter> | undefined;
	/**
	A body that goes to the client as another one, once it is whole.
	*/
	#gathered: GatheredAnswer | undefined;

	constructor(options: OutflowOptions) {
		this.#options = options;
	}

	start(status: number, statusText: string, headers: string[]): void {
		this.#status = status;
		this.#gathered = gather(headers, {...this.#options, status, statusText});
		if (this.#gathered === undefined && !this.#options.client.isOurStream) {
			this.#startPlain(statusText, headers);
		}
	}

	/**
	False: the client is slow.
	*/
	write(chunk: Buffer): boolean {
		const {client} = this.#options;
		this.#hasBytes = true;
		if (this.#gathered !== undefined) {
			this.#gathered.add(chunk);
			return true;
		}

		if (this.#remaining !== undefined) {
			this.#remaining -= chunk.length;
			if (this.#remaining === 0) {
				this.#last = chunk;
				return true;
			}
		}

		if (this.#cutter === undefined) {
			return client.write(chunk);
		}

		let goesOn = true;
		for (const part of this.#cutter.push(chunk).forward) {
			goesOn = client.write(part as Buffer) && goesOn;
		}

		return goesOn;
	}

	/**
	Nothing more comes: what was waited with goes out, but for the end of the message.
	*/
	flush(): void {
		for (const rest of this.#cutter?.end() ?? []) {
			this.#options.client.write(rest as Buffer);
		}
	}

	/**
	The end of the message.
	*/
	end(): void {
		this.#isEnded = true;
		const {client} = this.#options;
		const last =
			this.#gathered === undefined ? this.#last : this.#gathered.end();
		if (last instanceof Promise) {
			void last.then((rest) => {
				client.end(rest);
			});
		} else {
			client.end(last);
		}
	}

	breakOff(): void {
		this.#isEnded = true;
		this.#options.client.breakOff();
	}

	#startPlain(statusText: string, headers: string[]): void {
		const {client, usageWasAsked} = this.#options;
		const length = headerOf(headers, 'content-length');
		const type = headerOf(headers, 'content-type') ?? '';
		let out = headers;
		if (
			usageWasAsked &&
			type.startsWith('text/event-stream') &&
			headerOf(headers, 'content-encoding') === undefined
		) {
			this.#cutter = createUsageEventCutter();
			out = withoutLength(headers);
		} else if (length !== undefined && !this.#hasNoBody()) {
			this.#remaining = Number(length);
		}

		client.start(this.#status, statusText, out);
		queueMicrotask(() => {
			// The head mostly goes out with the first bytes; where those are not here yet, it does not wait.
			if (!this.#hasBytes && !this.#isEnded && !this.#isLastByteDue()) {
				client.flushHead();
			}
		});
	}

	/**
	Nothing more is to come but the end: it goes out with the head.
	*/
	#isLastByteDue(): boolean {
		return this.#remaining === 0 || this.#hasNoBody();
	}

	#hasNoBody(): boolean {
		return (
			this.#options.method === 'HEAD' ||
			this.#status === 204 ||
			this.#status === 304
		);
	}
}
