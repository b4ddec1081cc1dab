import {mayFallBack} from '../policy/vendor.js';
import type {Received, Routed} from './stage.js';
import type {ReachableEndpoint} from './world.js';

/**
One place that a request may be sent to.
*/
export type Stop = Readonly<{
	endpoint: ReachableEndpoint;
	/**
	Undefined: as it was asked.
	*/
	model: string | undefined;
	/**
	What its breaker goes by.
	*/
	target: string;
}>;

export type Plan = Readonly<{
	alias: string | undefined;
	isSteered: boolean;
	system: string | undefined;
	allowSigned: boolean;
	/**
	In the order they are tried; at least one.
	*/
	stops: readonly Stop[];
}>;

/**
The stops of one request, and how far it has come.
*/
export class Journey {
	/**
	Attempts made at the present stop.
	*/
	tries = 0;
	/**
	Epoch milliseconds: the endpoint is not asked again before.
	*/
	notBefore = 0;
	/**
	It is sent again at once, on a connection of its own.
	*/
	reconnects = 0;
	readonly #received: Received;
	readonly #hasSignedThinking: () => boolean;
	#plan: Plan;
	#at = 0;

	constructor(
		received: Received,
		plan: Plan,
		hasSignedThinking: () => boolean,
	) {
		this.#received = received;
		this.#plan = plan;
		this.#hasSignedThinking = hasSignedThinking;
	}

	get plan(): Plan {
		return this.#plan;
	}

	get at(): number {
		return this.#at;
	}

	get stop(): Stop {
		return this.plan.stops[this.#at]!;
	}

	/**
	The request as it goes to the present stop.
	*/
	get routed(): Routed {
		const {endpoint, model} = this.stop;
		const {alias, system} = this.plan;
		return {...this.#received, endpoint, alias, model, system};
	}

	/**
	The next stop that it may go to from here; undefined where there is none.
	*/
	next(mayTry: (stop: Stop) => boolean): number | undefined {
		const {stops} = this.plan;
		for (let index = this.#at + 1; index < stops.length; index++) {
			if (this.#mayGoTo(stops[index]!) && mayTry(stops[index]!)) {
				return index;
			}
		}

		return undefined;
	}

	/**
	The stop to begin at, where some targets are not begun at; the first where none else may be.
	*/
	start(skipped: readonly string[]): number {
		return this.#startAfter(-1, skipped) ?? 0;
	}

	/**
	The stop to begin at in place of the one it begins at now; undefined where there is none.
	*/
	startInstead(skipped: readonly string[]): number | undefined {
		return this.#startAfter(this.start(skipped), skipped);
	}

	/**
	Another plan has the same stops: how far it has come stays so.
	*/
	renew(plan: Plan): void {
		this.#plan = plan;
	}

	goTo(index: number): void {
		this.#at = index;
		this.tries = 0;
		this.reconnects = 0;
		this.notBefore = 0;
	}

	#startAfter(index: number, skipped: readonly string[]): number | undefined {
		const found = this.plan.stops.findIndex(
			(stop, at) =>
				at > index && !skipped.includes(stop.target) && this.#mayGoTo(stop),
		);
		return found === -1 ? undefined : found;
	}

	#mayGoTo(stop: Stop): boolean {
		const {allowSigned, stops} = this.plan;
		if (stop === stops[0]) {
			return true;
		}

		const asked = this.#received.facts?.model ?? '';
		const facts = {
			from: stops[0]!.model ?? asked,
			to: stop.model ?? asked,
			allowSigned,
		};
		return (
			mayFallBack({...facts, hasSignedThinking: false}) &&
			(mayFallBack({...facts, hasSignedThinking: true}) ||
				mayFallBack({...facts, hasSignedThinking: this.#hasSignedThinking()}))
		);
	}
}
