import type {BreakerResult} from '../policy/breaker.js';
import type {Ticket} from '../policy/slots.js';
import type {Journey, Stop} from './journey.js';
import type {World} from './world.js';

/**
What one request has taken of what all share: a place at an endpoint, and leave to try a target. What is
not used is given back.
*/
export class Seat {
	readonly #world: Pick<World, 'traffic' | 'now'>;
	readonly #order: number;
	readonly #isSide: boolean;
	#ticket: Ticket | undefined;
	#admitted: Readonly<{target: string; as: 'go' | 'probe'}> | undefined;

	constructor(
		world: Pick<World, 'traffic' | 'now' | 'nextOrder'>,
		isSide: boolean,
	) {
		this.#world = world;
		this.#order = world.nextOrder();
		this.#isSide = isSide;
	}

	/**
	The present stop, or the first after it that is not let be. Undefined where all are.
	*/
	find(journey: Journey, goTo: (index: number) => void): Stop | undefined {
		const {traffic, now} = this.#world;
		for (;;) {
			const {target} = journey.stop;
			const as = traffic.breakers.admit(target, now());
			if (as !== 'open') {
				this.#admitted = {target, as};
				return journey.stop;
			}

			const next = journey.next(() => true);
			if (next === undefined) {
				return undefined;
			}

			goTo(next);
		}
	}

	/**
	The stop after the present one that is not let be.
	*/
	next(journey: Journey): number | undefined {
		const {traffic, now} = this.#world;
		const at = now();
		const shut = new Set(
			traffic.breakers
				.standing(at)
				.filter(({state, until}) => state === 'probing' || until > at)
				.map(({target}) => target),
		);
		return journey.next(({target}) => !shut.has(target));
	}

	/**
	Asks for a place at an endpoint. Undefined: it is there; else settles when it is.
	*/
	take({endpoint}: Stop): Promise<void> | undefined {
		const granted = Promise.withResolvers<void>();
		this.#ticket = this.#world.traffic.slotsOf(endpoint.config.name).ask({
			order: this.#order,
			isSide: this.#isSide,
			granted: granted.resolve,
		});
		return this.#ticket.isGranted ? undefined : granted.promise;
	}

	/**
	What the attempt says of its target.
	*/
	note(result: BreakerResult): void {
		const admitted = this.#admitted;
		this.#admitted = undefined;
		if (admitted === undefined) {
			return;
		}

		const {traffic, now} = this.#world;
		traffic.breakers.note(admitted.target, result, now(), admitted.as);
	}

	leave(): void {
		this.#ticket?.release();
		this.#ticket = undefined;
		this.note('dropped');
	}
}
