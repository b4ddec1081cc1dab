import {free, unknown} from '../pricing/price-exchange.js';
import type {End} from './end-facts.js';
import type {Failed} from './failure.js';
import type {OpenExchange} from './open-exchange.js';
import type {Refusal} from './refusal.js';
import type {Relay} from './relay.js';
import type {Routed} from './stage.js';

/**
An answer that was kept back, and the number of the attempt it came of. `row` is what the log says of it.
*/
export type Hidden = Readonly<{
	kind: 'hidden';
	relay: Relay;
	number: number;
	row: End;
}>;

/**
An attempt that came to no answer.
*/
export type NoAnswer = Readonly<{
	kind: 'none';
	routed: Routed;
	failed: Failed;
}>;

/**
What came of the attempts of one request that its client has seen nothing of.
*/
export class Answers {
	/**
	By the stop of the present journey, the last of each.
	*/
	readonly #byStop = new Map<number, Hidden | NoAnswer>();
	#last: Hidden | undefined;
	readonly #exchange: OpenExchange;
	readonly #now: () => number;

	constructor(exchange: OpenExchange, now: () => number) {
		this.#exchange = exchange;
		this.#now = now;
	}

	/**
	The last answer that the client could be given.
	*/
	get last(): Hidden | undefined {
		return this.#last;
	}

	note(stop: number, came: Hidden | NoAnswer): void {
		this.#byStop.set(stop, came);
		if (came.kind === 'hidden') {
			this.#last = came;
		}
	}

	/**
	What came of the stops before this one, the last of them; undefined where none was tried.
	*/
	before(stop: number): Hidden | NoAnswer | undefined {
		const earlier = Math.max(
			...[...this.#byStop.keys()].filter((at) => at < stop),
		);
		return this.#byStop.get(earlier);
	}

	/**
	Another journey begins.
	*/
	beginAnew(): void {
		this.#byStop.clear();
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
			...refusedCost(this.#exchange),
			outcome: 'error',
			reason: refusal.reason,
			httpStatus: row.httpStatus ?? null,
			errorClass: row.errorClass ?? null,
			errorType: row.errorType ?? null,
			errorMessage: refusal.message,
			endedAt: this.#now(),
		});
	}
}

/**
What an exchange cost that ends with an answer of ours: nothing, unless an attempt may have been billed.
*/
export function refusedCost(exchange: OpenExchange) {
	exchange.isEndedByUs = true;
	return exchange.wasPossiblyBilled
		? ({...unknown, usageStatus: 'missing'} as const)
		: ({...free, usageStatus: 'none'} as const);
}
