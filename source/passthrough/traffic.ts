import type {EndpointStanding} from '../control/steering.js';
import {Breakers} from '../policy/breaker.js';
import {Slots} from '../policy/slots.js';
import {Strikes} from '../policy/strikes.js';

/**
What all requests share on their way: the places at each endpoint, which targets are let be, and which
requests have failed before.
*/
export class Traffic {
	readonly breakers = new Breakers();
	readonly strikes = new Strikes();
	readonly #slots = new Map<string, Slots>();
	#max: number;

	/**
	`max`: requests that an endpoint is given at once.
	*/
	constructor(max: number) {
		this.#max = max;
	}

	setMax(max: number): void {
		this.#max = max;
		for (const slots of this.#slots.values()) {
			slots.setMax(max);
		}
	}

	slotsOf(endpoint: string): Slots {
		const known = this.#slots.get(endpoint);
		if (known !== undefined) {
			return known;
		}

		const slots = new Slots(this.#max);
		this.#slots.set(endpoint, slots);
		return slots;
	}

	/**
	To be called now and then: an endpoint that has been calm is given more again.
	*/
	calm(nowMs: number): void {
		for (const slots of this.#slots.values()) {
			slots.calm(nowMs);
		}
	}

	/**
	Forgets endpoints that are there no longer.
	*/
	keep(endpoints: readonly string[]): void {
		this.breakers.keep((target) => endpoints.includes(partsOf(target)[0]));
		for (const [name, {inUse, queued}] of this.#slots) {
			if (!endpoints.includes(name) && inUse + queued === 0) {
				this.#slots.delete(name);
			}
		}
	}

	standing(
		endpoints: readonly string[],
		nowMs: number,
	): readonly EndpointStanding[] {
		const breakers = this.breakers.standing(nowMs);
		return endpoints.map((name) => {
			const {slots, inUse, queued} = this.slotsOf(name);
			return {
				name,
				slots,
				maxSlots: this.#max,
				inUse,
				queued,
				breakers: breakers.flatMap(({target, state, until}) => {
					const [endpoint, model] = partsOf(target);
					return endpoint === name ? [{model, state, until}] : [];
				}),
			};
		});
	}
}

/**
How a target is written: as in the config; an endpoint alone where no model was asked for.
*/
export const targetName = (
	endpoint: string,
	model: string | null | undefined,
): string => (model ? `${endpoint}/${model}` : endpoint);

function partsOf(target: string): readonly [string, string | null] {
	const slash = target.indexOf('/');
	return slash === -1
		? [target, null]
		: [target.slice(0, slash), target.slice(slash + 1)];
}
