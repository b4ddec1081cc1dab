import type {Buffer} from 'node:buffer';
import type {HoldReason, OpenState} from '../exchange/exchange.js';
import {comment, sseHeaders} from '../wire/sse-words.js';
import {ClientLeft} from './body.js';
import type {Client} from './client.js';
import type {OpenExchange} from './open-exchange.js';
import {holdWords} from './hold-words.js';
import {leaving, Refusal} from './refusal.js';

export type PatienceOptions = Readonly<{
	exchange: OpenExchange;
	client: Client;
	/**
	A stream that takes comments: those of Anthropic's format. Others break, or do not care.
	*/
	takesComments: boolean;
	/**
	How long its client may go without a byte, in milliseconds from its receipt.
	*/
	silentMs: number;
	/**
	Nobody is held any longer when this passthrough is about to leave. Answers how to stop listening.
	*/
	onDraining(listener: () => void): () => void;
	isDraining(): boolean;
	now(): number;
}>;

export type HoldOptions = Readonly<{
	/**
	Epoch milliseconds: when it goes on by itself.
	*/
	until?: number | undefined;
	/**
	What is thrown when its budget ends, in place of comments.
	*/
	whenSpent?: (() => Error) | undefined;
}>;

const commentEveryMs = 15_000;

/**
The body of an error mostly comes with its head.
*/
const leastKeepingMs = 1000;

/**
The silence budget of one exchange. All holds and backoffs, and the wait for the endpoint's headers, use
up one span of time. After that a stream of Anthropic's format gets comments, which keep its client
there; any other request is told to come back.
*/
export class Patience {
	readonly #options: PatienceOptions;
	#heldFor: HoldReason | undefined;
	#commenting: NodeJS.Timeout | undefined;
	#waiting: NodeJS.Timeout | undefined;

	constructor(options: PatienceOptions) {
		this.#options = options;
	}

	/**
	Why it was held last; undefined: it never was.
	*/
	get heldFor(): HoldReason | undefined {
		return this.#heldFor;
	}

	/**
	Its answer may have to go into a stream that has begun with our comments.
	*/
	get mayComment(): boolean {
		return (
			this.#options.client.isOurStream ||
			(this.#options.takesComments && this.#heldFor !== undefined)
		);
	}

	/**
	Milliseconds; without end once comments keep the client.
	*/
	get leftMs(): number {
		return this.#options.client.isOurStream
			? Infinity
			: Math.max(0, this.#endsAt - this.#options.now());
	}

	/**
	How long an answer may be kept back from its client, in milliseconds: a moment at least. Without end
	where comments keep the client.
	*/
	get keepingMs(): number {
		return this.mayComment ? Infinity : Math.max(leastKeepingMs, this.leftMs);
	}

	/**
	Waits for `ready`, and shows for what. Throws ClientLeft where the client hangs up, and a Refusal where
	its budget ends and nothing can be done to keep it.
	*/
	async hold(
		reason: HoldReason,
		ready: Promise<unknown>,
		{until, whenSpent}: HoldOptions = {},
	): Promise<void> {
		const {exchange, client, now, onDraining, isDraining} = this.#options;
		if (isDraining()) {
			throw leaving();
		}

		const since = now();
		this.#heldFor = reason;
		exchange.hold({
			reason,
			state: stateOf(reason),
			since,
			until,
			silentUntil: this.#endsAt,
		});
		const given = Promise.withResolvers<never>();
		client.onLeft(() => {
			given.reject(
				new ClientLeft('The client left while its request was held.'),
			);
		});
		const timer = this.#whenSpent(() => {
			if (whenSpent !== undefined) {
				given.reject(whenSpent());
			} else if (!this.#comment(reason)) {
				given.reject(new Refusal(reason, holdWords(reason, now() - since)));
			}
		});
		const stopListening = onDraining(() => {
			given.reject(leaving());
		});
		try {
			await Promise.race([ready, given.promise]);
		} finally {
			clearTimeout(timer);
			stopListening();
			client.onLeft(() => undefined);
			exchange.letGo(now() - since);
		}
	}

	/**
	While the endpoint's headers are waited for: a client that was held before has little patience left.
	*/
	awaitHeaders(): void {
		const reason = this.#heldFor;
		clearTimeout(this.#waiting);
		if (reason !== undefined) {
			this.#waiting = this.#whenSpent(() => {
				this.#comment(reason);
			});
		}
	}

	/**
	The endpoint has begun to answer, or the exchange is over.
	*/
	end(): void {
		clearTimeout(this.#waiting);
		clearInterval(this.#commenting);
		this.#commenting = undefined;
	}

	get #endsAt(): number {
		return this.#options.exchange.startedAt + this.#options.silentMs;
	}

	#whenSpent(then: () => void): NodeJS.Timeout | undefined {
		return this.#commenting === undefined
			? setTimeout(then, Math.max(0, this.#endsAt - this.#options.now()))
			: undefined;
	}

	/**
	Begins to comment. Answers whether this client can be kept so.
	*/
	#comment(reason: HoldReason): boolean {
		const {client, takesComments} = this.#options;
		if (!takesComments) {
			return false;
		}

		const words: Buffer = comment(reason);
		if (!client.isOurStream) {
			client.startOurStream(
				[...sseHeaders(), 'x-tollgate-reason', reason],
				words,
			);
		}

		this.#commenting ??= setInterval(() => {
			client.write(words);
		}, commentEveryMs);
		return true;
	}
}

const stateOf = (reason: HoldReason): OpenState =>
	reason === 'queue' ? 'queued' : 'held';
