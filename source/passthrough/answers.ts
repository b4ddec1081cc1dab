import {free} from '../pricing/price-exchange.js';
import type {End} from './end-facts.js';
import type {Failed} from './failure.js';
import type {OpenExchange} from './open-exchange.js';
import type {Refusal} from './refusal.js';
import type {Relay} from './relay.js';
import type {Routed} from './stage.js';

/**
An answer that was kept back, and the number of the attempt it came of. `row` is what the log says of it.
*/
export type Hidden = Readonly<{relay: Relay; number: number; row: End}>;

/**
What came of the attempts of one request that its client has seen nothing of.
*/
export class Answers {
	/**
	The last answer that the client could be given.
	*/
	hidden: Hidden | undefined;
	/**
	The last attempt without any.
	*/
	failure: Readonly<{routed: Routed; failed: Failed}> | undefined;
	readonly #exchange: OpenExchange;
	readonly #now: () => number;

	constructor(exchange: OpenExchange, now: () => number) {
		this.#exchange = exchange;
		this.#now = now;
	}

	get areNone(): boolean {
		return this.hidden === undefined && this.failure === undefined;
	}

	/**
	The client gets the hidden answer; `row` tells of an attempt after it.
	*/
	async show({relay, number}: Hidden, row: End): Promise<void> {
		this.#exchange.shownAttempt = number;
		await relay.show(row);
	}

	/**
	The client gets the hidden answer, as nothing more can be tried for the reason of `refusal`.
	*/
	async showInstead(hidden: Hidden, refusal: Refusal): Promise<void> {
		const {row} = hidden;
		await this.show(hidden, {
			...free,
			outcome: 'error',
			reason: refusal.reason,
			httpStatus: row.httpStatus ?? null,
			errorClass: row.errorClass ?? null,
			errorType: row.errorType ?? null,
			errorMessage: refusal.message,
			usageStatus: 'none',
			endedAt: this.#now(),
		});
	}
}
