import {
	isOrder,
	type CapDecision,
	type Decision,
} from '../control/decisions.js';

/**
What may become of a request about which somebody is asked: what was decided, or `nobody` where nobody is
there to decide; `again` where something has changed and it may fit now.
*/
export type AskedAnswer = CapDecision | Readonly<{kind: 'nobody' | 'again'}>;

/**
The requests held at a cap about which somebody is asked, by the number of their exchange.
*/
export class Asked {
	readonly #waiting = new Map<number, (answer: AskedAnswer) => void>();

	get isEmpty(): boolean {
		return this.#waiting.size === 0;
	}

	/**
	Asks about one. `answer` settles once.
	*/
	ask(
		exchange: number,
	): Readonly<{answer: Promise<AskedAnswer>; leave: () => void}> {
		const {promise, resolve} = Promise.withResolvers<AskedAnswer>();
		this.#waiting.set(exchange, resolve);
		return {
			answer: promise,
			leave: () => {
				this.#waiting.delete(exchange);
			},
		};
	}

	/**
	What was decided, and whether somebody is there who may decide on the rest.
	*/
	take(
		decisions: ReadonlyMap<number, Decision>,
		isSomebodyThere: boolean,
	): void {
		for (const [exchange, answer] of this.#waiting) {
			const decision = decisions.get(exchange);
			if (decision !== undefined && !isOrder(decision)) {
				answer(decision);
			} else if (!isSomebodyThere) {
				answer({kind: 'nobody'});
			}
		}
	}

	/**
	Something else is in force: each may look again.
	*/
	again(): void {
		for (const answer of this.#waiting.values()) {
			answer({kind: 'again'});
		}
	}
}
