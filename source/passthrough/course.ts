import type {Admission} from '../policy/admission.js';
import {atCap} from './at-cap.js';
import type {Stand} from './attempt.js';
import {allLetBe, tooLate} from './attempt-results.js';
import type {Stop} from './journey.js';
import {Luggage} from './luggage.js';
import {passGate} from './pass-gate.js';
import {Refusal} from './refusal.js';
import type {Received} from './stage.js';
import {Trial} from './trial.js';

/**
One request on its way: through the gate, to a target that has room for it, and on to the next where it
must, until its client has an answer.
*/
export class Course {
	readonly #with: Luggage;
	readonly #trial: Trial;

	constructor(received: Received, stand: Stand) {
		this.#with = new Luggage(received, stand);
		this.#trial = new Trial(this.#with);
	}

	/**
	Runs until the client has its answer. Throws a Refusal or ClientLeft where it gets none of an endpoint.
	*/
	async run(): Promise<void> {
		try {
			/* eslint-disable no-await-in-loop -- Each step follows from how the last one ended. */
			for (;;) {
				if (this.#with.isWork) {
					await passGate(
						this.#with.stand.world,
						{
							order: this.#with.seat.order,
							exchange: this.#with.stand.exchange,
						},
						this.#with.hold,
					);
				}

				await this.#plan();
				if (await this.#isHeldBack()) {
					continue;
				}

				const stop = this.#findStop();
				if (stop === undefined) {
					await this.#giveUp(this.#allLetBe);
					return;
				}

				const isSeated = await this.#takeSeat(stop);
				if (isSeated && this.#isTooLate) {
					await this.#giveUp(this.#tooLate);
					return;
				}

				// Nothing comes between these and the departure.
				if (
					isSeated &&
					!this.#with.itinerary.isStale &&
					this.#mayTry(stop) &&
					(await this.#isDone())
				) {
					return;
				}

				this.#with.seat.leave();
			}
			/* eslint-enable no-await-in-loop */
		} catch (error) {
			if (isEndOfWait(error) && this.#with.answers.last !== undefined) {
				await this.#giveUp(error);
				return;
			}

			await this.#with.rows.flush();
			throw error;
		} finally {
			this.#with.seat.leave();
			this.#with.purse.leaveLine();
			this.#with.patience.end();
		}
	}

	/**
	Tries the present stop, if the cap lets it go there; waits for what it has to, if not. Answers whether the
	client has its answer, or has gone.
	*/
	async #isDone(): Promise<boolean> {
		const admission = await this.#admission();
		if (admission.kind === 'go') {
			this.#with.itinerary.depart();
			// Should this try fail, it waits with the others again.
			this.#with.stand.exchange.isLetThrough = false;
			return this.#trial.isOver();
		}

		this.#with.seat.leave();
		await atCap(this.#with, admission);
		return false;
	}

	/**
	What the cap of its key says; without one it just goes.
	*/
	async #admission(): Promise<Admission> {
		const {purse, journey, rows} = this.#with;
		const {routed} = journey;
		if (purse.isCapped) {
			return purse.ask(routed, async (question) => rows.ask(routed, question));
		}

		purse.leaveLine();
		purse.goesTo(routed);
		return {kind: 'go'};
	}

	async #plan(): Promise<void> {
		if (!(await this.#with.itinerary.plan())) {
			return;
		}

		this.#with.answers.beginAnew();
		const start = this.#with.journey.start(this.#with.judge.skipped);
		if (start > 0) {
			// It has failed too often at those before.
			this.#with.goTo(start);
		}
	}

	/**
	Waits where it is not to be tried before a moment: what the endpoint has asked for, or when a dear
	prompt's own target may be asked again. Answers whether it has waited.
	*/
	async #isHeldBack(): Promise<boolean> {
		const {isWork, journey, judge, answers, seat, stand, leftMs} = this.#with;
		const now = stand.world.now();
		const isWaitingOut = isWork && judge.isDear && answers.last !== undefined;
		const until = Math.max(
			journey.notBefore,
			isWaitingOut ? seat.shutUntil(journey) : 0,
		);
		if (!(until > now && until - now < leftMs)) {
			return false;
		}

		await this.#with.holdUntil(until);
		return true;
	}

	/**
	The stop to try now, on from those that are let be. A dear prompt does not go on: elsewhere it would be
	read anew.
	*/
	#findStop(): Stop | undefined {
		const {isWork, seat, journey, judge, received} = this.#with;
		const isFree = received.wanted.kind === 'count_tokens';
		const found =
			isWork || isFree
				? seat.find(journey, isFree || !judge.isDear)
				: journey.at;
		// What is free is asked for all the same.
		const at = isWork ? found : (found ?? journey.at);
		if (at === undefined) {
			return undefined;
		}

		if (at !== journey.at) {
			this.#with.goTo(at);
		}

		return this.#with.journey.stop;
	}

	#mayTry(stop: Stop): boolean {
		return !this.#with.isWork || this.#with.seat.admit(stop);
	}

	/**
	Waits for a place at the endpoint. Answers false where it has to look anew where it goes.
	*/
	async #takeSeat(stop: Stop): Promise<boolean> {
		const granted = this.#with.isWork ? this.#with.seat.take(stop) : undefined;
		if (granted === undefined) {
			return true;
		}

		await this.#with.holdUnlessSteered('queue', granted);
		const {seat, stand} = this.#with;
		const {helm} = stand.world;
		return seat.isTaken && (!helm.isPaused || stand.exchange.isLetThrough);
	}

	/**
	It was held for so long that its client might not wait for an answer that is paid for, and comments
	cannot keep it.
	*/
	get #isTooLate(): boolean {
		return (
			this.#with.isWork &&
			!this.#with.patience.mayComment &&
			(this.#with.patience.heldFor !== undefined ||
				this.#with.stand.exchange.attempts > 0) &&
			this.#with.leftMs === 0
		);
	}

	get #tooLate(): Refusal {
		const {exchange, world} = this.#with.stand;
		return (
			this.#with.purse.refused ??
			tooLate({
				heldFor: this.#with.patience.heldFor ?? 'backoff',
				sinceMs: world.now() - exchange.startedAt,
				silentMs: world.inForce().config.hold.silentMs,
			})
		);
	}

	get #allLetBe(): Refusal {
		const {traffic, now} = this.#with.stand.world;
		return allLetBe(
			this.#with.journey.plan.stops,
			traffic.breakers.standing(now()),
			now(),
		);
	}

	/**
	Nothing more can be tried: the last answer there was, or else a refusal of ours.
	*/
	async #giveUp(refusal: Refusal): Promise<void> {
		const {last: hidden} = this.#with.answers;
		if (hidden === undefined) {
			throw refusal;
		}

		await this.#with.rows.flush();
		await this.#with.answers.showInstead(hidden, refusal);
	}
}

/**
The budget ended while it waited for its next try: not because somebody wants the agent to wait.
*/
const isEndOfWait = (error: unknown): error is Refusal =>
	error instanceof Refusal &&
	(error.reason === 'queue' || error.reason === 'backoff');
