import type {Buffer} from 'node:buffer';
import type {OpenState} from '../exchange/exchange.js';
import {comment, sseHeaders} from '../wire/sse-words.js';
import {ClientLeft} from './body.js';
import type {Client} from './client.js';
import type {OpenExchange} from './open-exchange.js';
import {holdWords, type OwnHold} from './hold-words.js';
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

const commentEveryMs = 15_000;

/**
The silence budget of one exchange. All holds and backoffs, and the wait for the endpoint's headers, use
up one span of time. After that a stream of Anthropic's format gets comments, which keep its client
there; any other request is told to come back.
*/
export class Patience {
	readonly #options: PatienceOptions;
	#heldFor: OwnHold | undefined;
	#commenting: NodeJS.Timeout | undefined;
	#waiting: NodeJS.Timeout | undefined;

	constructor(options: PatienceOptions) {
		this.#options = options;
	}

	/**
	Why it was held last; undefined: it never was.
	*/
	get heldFor(): OwnHold | undefined {
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
	Waits for `ready`, and shows for what. Throws ClientLeft where the client hangs up, and a Refusal where
	its budget ends and nothing can be done to keep it.
	*/
	async hold(
		reason: OwnHold,
		ready: Promise<unknown>,
		until?: number,
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
			if (!this.#comment(reason)) {
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
			? setTimeout(then, this.#endsAt - this.#options.now())
			: undefined;
	}

	/**
	Begins to comment. Answers whether this client can be kept so.
	*/
	#comment(reason: OwnHold): boolean {
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

const stateOf = (reason: OwnHold): OpenState =>
	reason === 'queue' ? 'queued' : 'held';
