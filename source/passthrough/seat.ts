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
	#isNoted = false;

	constructor(
		world: Pick<World, 'traffic' | 'now' | 'nextOrder'>,
		isSide: boolean,
	) {
		this.#world = world;
		this.#order = world.nextOrder();
		this.#isSide = isSide;
	}

	get order(): number {
		return this.#order;
	}

	/**
	The present stop, or the first after it that is not let be, where it may go on. Undefined where all are.
	*/
	find(journey: Journey, mayGoOn: boolean): number | undefined {
		const {at, stop} = journey;
		if (this.#world.traffic.breakers.isQuiet) {
			return at;
		}

		const isShut = this.#shut().has(stop.target);
		if (!mayGoOn || !(isShut || this.#isLongShot(stop))) {
			return isShut ? undefined : at;
		}

		return this.next(journey) ?? (isShut ? undefined : at);
	}

	/**
	The stop after the present one that is not let be.
	*/
	next(journey: Journey): number | undefined {
		const shut = this.#shut();
		return journey.next(({target}) => !shut.has(target));
	}

	/**
	Leave to try a target, to be asked for when there is a place. False: it is let be after all.
	*/
	admit({target}: Stop): boolean {
		const {traffic, now} = this.#world;
		const as = traffic.breakers.admit(target, now());
		if (as === 'open') {
			return false;
		}

		this.#admitted = {target, as};
		return true;
	}

	get isTaken(): boolean {
		return this.#ticket?.isGranted === true;
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
	What the attempt says of its target; again where more becomes known of it.
	*/
	note(result: BreakerResult): void {
		const {traffic, now} = this.#world;
		const admitted = this.#admitted;
		if (admitted === undefined) {
			return;
		}

		traffic.breakers.note(admitted.target, result, now(), admitted.as);
		this.#admitted = {...admitted, as: 'go'};
		this.#isNoted = true;
	}

	leave(): void {
		this.#ticket?.release();
		this.#ticket = undefined;
		if (!this.#isNoted) {
			this.note('dropped');
		}

		this.#admitted = undefined;
		this.#isNoted = false;
	}

	/**
	Until when (epoch milliseconds) the present stop is let be.
	*/
	shutUntil({stop}: Journey): number {
		const {traffic, now} = this.#world;
		const standing = traffic.breakers
			.standing(now())
			.find(({target}) => target === stop.target);
		return standing?.until ?? 0;
	}

	/**
	Whether a target that failed is back is not worth a wait in its queue.
	*/
	#isLongShot({target, endpoint}: Stop): boolean {
		const {traffic, now} = this.#world;
		const {inUse, slots} = traffic.slotsOf(endpoint.config.name);
		return (
			inUse >= slots &&
			traffic.breakers.standing(now()).some((one) => one.target === target)
		);
	}

	#shut(): ReadonlySet<string> {
		const {traffic, now} = this.#world;
		const at = now();
		return new Set(
			traffic.breakers
				.standing(at)
				.filter(({until}) => until > at)
				.map(({target}) => target),
		);
	}
}
