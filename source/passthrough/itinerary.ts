import {Buffer} from 'node:buffer';
import {hasSignedThinking} from '../wire/signed-thinking.js';
import {Journey, type Plan} from './journey.js';
import {bearerOf} from './local-key.js';
import {planFor} from './plan.js';
import type {Received, Routed} from './stage.js';
import type {InForce, World} from './world.js';

/**
Where one request goes: said when it leaves and not when it came, so said again after it was held.
*/
export class Itinerary {
	readonly #received: Received;
	readonly #world: Pick<World, 'helm' | 'inForce'>;
	#journey: Journey | undefined;
	/**
	What was in force when it was planned.
	*/
	#active: string | null = null;
	#inForce: InForce | undefined;
	/**
	A counted switch has counted it: it goes where that said.
	*/
	#isCounted = false;

	/**
	It goes to another alias than the one it would have gone to.
	*/
	#diverted: string | undefined;

	constructor(received: Received, world: Pick<World, 'helm' | 'inForce'>) {
		this.#received = received;
		this.#world = world;
	}

	/**
	There once it has been planned.
	*/
	get journey(): Journey {
		return this.#journey!;
	}

	/**
	Where it is to go, as far as that is said yet.
	*/
	get planned(): Routed | undefined {
		return this.#journey?.routed;
	}

	/**
	Something else is in force than when it was planned.
	*/
	get isStale(): boolean {
		const {helm, inForce} = this.#world;
		const isOther = helm.active.value.alias !== this.#active && !this.#isKept;
		return isOther || inForce() !== this.#inForce;
	}

	/**
	Sends it to an alias, whatever is active. Throws a Refusal where that does not serve it.
	*/
	async divert(alias: string): Promise<void> {
		const {inForce} = this.#world;
		await planFor(this.#received, {
			inForce: inForce(),
			active: null,
			diverted: alias,
		});
		this.#diverted = alias;
		this.#inForce = undefined;
	}

	/**
	Plans where that is needed. Answers whether it begins a journey. Throws a Refusal where it can go nowhere.
	*/
	async plan(): Promise<boolean> {
		const {helm, inForce} = this.#world;
		const before = this.#journey;
		if (before !== undefined && !this.isStale) {
			return false;
		}

		const now = inForce();
		if (before !== undefined && now !== this.#inForce) {
			// Its key may have been revoked while it was held.
			bearerOf(this.#received.request.rawHeaders, now.config);
		}

		const isKept = this.#isKept;
		const active = isKept ? this.#active : helm.active.value.alias;
		this.#isCounted = isKept || (this.#isCounted && active === this.#active);
		const plan = await planFor(this.#received, {
			inForce: now,
			active,
			diverted: this.#diverted,
		});
		this.#inForce = now;
		this.#active = active;
		if (before !== undefined && isSameWay(plan, before.plan)) {
			before.renew(plan);
			return false;
		}

		const {plain, body} = this.#received;
		this.#journey = new Journey(this.#received, plan, () =>
			hasSignedThinking(plain ?? body ?? Buffer.alloc(0)),
		);
		return true;
	}

	/**
	The switch that has counted it has run out: it still goes where that said.
	*/
	get #isKept(): boolean {
		return this.#isCounted && this.#world.helm.active.setBy === 'count';
	}

	/**
	It goes now: a counted switch that has said where counts it.
	*/
	depart(): void {
		const {helm} = this.#world;
		const {isSteered} = this.journey.plan;
		if (!(
			isSteered &&
			!this.#isCounted &&
			helm.isCounting &&
			this.#received.wanted.kind === 'generate'
		)) {
			return;
		}

		this.#isCounted = true;
		helm.steered();
	}
}

const isSameWay = (one: Plan, other: Plan): boolean =>
	one.alias === other.alias &&
	one.stops.length === other.stops.length &&
	one.stops.every(({target}, index) => target === other.stops[index]!.target);
