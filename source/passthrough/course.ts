import {isPossiblyBilled, mayReconnect} from '../policy/reconnect.js';
import {mayBeHidden, type AttemptEnd, type Verdict} from '../policy/retry.js';
import {aliasesAdded} from './alias-list.js';
import {Answers, refusedCost, type Hidden} from './answers.js';
import {attempt, type Stand} from './attempt.js';
import {attemptFieldsOf} from './end-facts.js';
import {attemptOf, CourseRows} from './course-rows.js';
import {failedAttempt, failureOf, type Failed} from './failure.js';
import {Itinerary} from './itinerary.js';
import type {Journey, Stop} from './journey.js';
import {asksForUsage, hasBody} from './outgoing.js';
import {Judge} from './judge.js';
import {passGate} from './pass-gate.js';
import {Patience} from './patience.js';
import type {OwnHold} from './hold-words.js';
import {type Refusal} from './refusal.js';
import type {Ended, Relay} from './relay.js';
import {Seat} from './seat.js';
import type {Received, Routed} from './stage.js';
import {allLetBe, breakerResult, tooLate} from './attempt-results.js';

type Kept = Extract<Ended, {kind: 'kept'}>;

/**
What is not streamed cannot be kept by comments: with less than this of its budget left its client may
give up on an answer that is paid for.
*/
const leastForWholeMs = 30_000;

/**
One request on its way: through the gate, to a target that has room for it, and on to the next where it
must, until its client has an answer.
*/
export class Course {
	readonly #received: Received;
	readonly #stand: Stand;
	readonly #patience: Patience;
	readonly #seat: Seat;
	readonly #rows: CourseRows;
	readonly #itinerary: Itinerary;
	readonly #judge: Judge;
	readonly #answers: Answers;
	constructor(received: Received, stand: Stand) {
		this.#received = received;
		this.#stand = stand;
		this.#seat = new Seat(stand.world, received.beginning.side === true);
		this.#rows = new CourseRows(received, stand);
		this.#itinerary = new Itinerary(received, stand.world);
		this.#judge = new Judge(received, stand);
		this.#answers = new Answers(stand.exchange, stand.world.now);
		this.#patience = new Patience({
			...stand,
			takesComments:
				received.wanted.kind === 'generate' &&
				received.wanted.format === 'anthropic-messages' &&
				received.facts?.stream === true,
			silentMs: stand.world.inForce().config.hold.silentMs,
			onDraining: stand.world.onDraining,
			now: stand.world.now,
		});
	}

	/**
	Runs until the client has its answer. Throws a Refusal or ClientLeft where it gets none of an endpoint.
	*/
	async run(): Promise<void> {
		try {
			/* eslint-disable no-await-in-loop -- Each step follows from how the last one ended. */
			for (;;) {
				if (this.#isWork) {
					await passGate(this.#stand.world, this.#seat.order, this.#hold);
				}

				await this.#plan();
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
				if (isSeated && !this.#itinerary.isStale && this.#mayTry(stop)) {
					this.#itinerary.depart();
					if (await this.#isOverAfterTrying()) {
						return;
					}
				}

				this.#seat.leave();
			}
			/* eslint-enable no-await-in-loop */
		} catch (error) {
			await this.#rows.flush();
			throw error;
		} finally {
			this.#seat.leave();
			this.#patience.end();
		}
	}

	/**
	Free questions, and what we do not measure, are neither held nor counted.
	*/
	get #isWork(): boolean {
		return this.#received.wanted.kind === 'generate';
	}

	async #plan(): Promise<void> {
		if (!(await this.#itinerary.plan())) {
			return;
		}

		this.#answers.beginAnew();
		const start = this.#journey.start(this.#judge.skipped);
		if (start > 0) {
			// It has failed too often at those before.
			this.#goTo(start);
		}
	}

	get #journey(): Journey {
		return this.#itinerary.journey;
	}

	/**
	The stop to try now, on from those that are let be. A dear prompt does not go on: elsewhere it would be
	read anew.
	*/
	#findStop(): Stop | undefined {
		const at = this.#isWork ? this.#seat.find(this.#journey) : this.#journey.at;
		if (at === undefined || (at !== this.#journey.at && this.#judge.isDear)) {
			return undefined;
		}

		if (at !== this.#journey.at) {
			this.#goTo(at);
		}

		return this.#journey.stop;
	}

	#mayTry(stop: Stop): boolean {
		return !this.#isWork || this.#seat.admit(stop);
	}

	#goTo(index: number): void {
		this.#journey.goTo(index);
		this.#stand.exchange.fallbacks++;
	}

	/**
	Waits for a place at the endpoint. Answers false where it has to look anew where it goes.
	*/
	async #takeSeat(stop: Stop): Promise<boolean> {
		const granted = this.#isWork ? this.#seat.take(stop) : undefined;
		if (granted === undefined) {
			return true;
		}

		await this.#holdUnlessSteered('queue', granted);
		return !this.#stand.world.helm.isPaused;
	}

	readonly #hold = async (
		reason: OwnHold,
		ready: Promise<unknown>,
		until?: number,
	): Promise<void> => {
		await this.#rows.hold(reason, this.#itinerary.planned);
		await this.#patience.hold(reason, ready, until);
	};

	/**
	The same, until something else is in force: it may go where there is room.
	*/
	async #holdUnlessSteered(
		reason: OwnHold,
		ready: Promise<unknown>,
		until?: number,
	): Promise<void> {
		const stale = Promise.withResolvers<void>();
		const look = () => {
			if (this.#itinerary.isStale) {
				stale.resolve();
			}
		};

		const stop = this.#stand.world.onSteered(look);
		try {
			look();
			await this.#hold(reason, Promise.race([ready, stale.promise]), until);
		} finally {
			stop();
		}
	}

	/**
	Tries the present stop. Answers whether the client has its answer, or has gone.
	*/
	async #isOverAfterTrying(): Promise<boolean> {
		const journey = this.#journey;
		const {routed} = journey;
		journey.tries++;
		const {ended, relay} = await this.#try(routed);
		switch (ended.kind) {
			case 'answered': {
				this.#seat.note(breakerResult(ended.status, ended.outcome));
				this.#judge.answered(journey, failureIn(ended));
				return true;
			}

			case 'left': {
				return true;
			}

			case 'failed': {
				return this.#afterFailure(routed, ended);
			}

			case 'kept': {
				return this.#afterRefusal(ended, relay);
			}
		}
	}

	/**
	One try: again at once where the endpoint cannot have begun to work on it, or did not know an option
	of ours.
	*/
	async #try(routed: Routed): Promise<
		Readonly<{
			ended: Exclude<Ended, {kind: 'usage-refused'}>;
			relay: Relay;
		}>
	> {
		const {world} = this.#stand;
		const journey = this.#journey;
		let isFresh = false;
		/* eslint-disable no-await-in-loop -- Each follows from how the last one ended. */
		for (;;) {
			await this.#rows.depart(routed);
			this.#patience.awaitHeaders();
			const {ended, relay} = await attempt(routed, this.#stand, {
				withUsage: asksForUsage(routed),
				isFresh,
				keepsBack: (status) =>
					this.#isWork && mayBeHidden(status, this.#isFallback),
				rewrite: aliasesAdded(routed, world),
				mayComment: this.#patience.mayComment,
				onStart: (status) => {
					this.#patience.end();
					if (breakerResult(status, 'ok') === 'ok') {
						// It works again: nobody has to wait for the end of a long answer.
						this.#seat.note('ok');
					}
				},
			});
			if (ended.kind === 'usage-refused') {
				routed.endpoint.refusesUsageOption = true;
				this.#rows.unwritten = {
					...attemptFieldsOf(ended.answer),
					httpStatus: ended.status,
					endedAt: world.now(),
				};
			} else if (
				ended.kind === 'failed' &&
				!(routed.body === undefined && hasBody(routed.request)) &&
				mayReconnect(ended.failure, journey.reconnects) &&
				this.#patience.leftMs > 0
			) {
				journey.reconnects++;
				isFresh = true;
				this.#rows.unwritten = failedAttempt(ended, world.now());
			} else {
				return {ended, relay};
			}
		}
		/* eslint-enable no-await-in-loop */
	}

	/**
	No answer came.
	*/
	async #afterFailure(routed: Routed, failed: Failed): Promise<boolean> {
		const isPaid = isPossiblyBilled(failed.failure);
		this.#seat.note('failed');
		this.#answers.note(this.#journey.at, {kind: 'none', routed, failed});
		this.#stand.exchange.wasPossiblyBilled ||= isPaid;
		const row = failedAttempt(failed, this.#stand.world.now());
		const verdict = this.#isWork
			? this.#verdict(
					{kind: isPaid ? 'maybe-billed' : 'unreachable'},
					failed.failure.code,
				)
			: ({kind: 'show'} as const);
		if (verdict.kind === 'again' || verdict.kind === 'next') {
			this.#rows.unwritten = row;
			await this.#goOn(verdict);
			return false;
		}

		const {last: hidden} = this.#answers;
		if (hidden === undefined) {
			throw failureOf(routed, failed);
		}

		await this.#answers.show(hidden, {
			...refusedCost(this.#stand.exchange),
			...row,
		});
		return true;
	}

	/**
	An answer came that may have to be hidden.
	*/
	async #afterRefusal({answer, status}: Kept, relay: Relay): Promise<boolean> {
		const {exchange, world} = this.#stand;
		const {endpoint} = this.#journey.stop;
		this.#seat.note(breakerResult(status, answer.outcome));
		if (status === 429) {
			world.traffic
				.slotsOf(endpoint.config.name)
				.limited(
					world.now(),
					exchange.recording?.beginning.attemptStartedAt ?? undefined,
				);
		}

		const verdict = this.#verdict(
			{
				kind: 'refused',
				status,
				class: answer.error?.class,
				retryable: answer.error?.retryable ?? false,
				retryAfterMs: answer.error?.retryAfterMs,
			},
			`${status}`,
		);
		const hidden: Hidden = {
			kind: 'hidden',
			relay,
			number: exchange.attempts,
			row: relay.rowOf(answer),
		};
		switch (verdict.kind) {
			case 'show': {
				await relay.show();
				return true;
			}

			case 'show-previous': {
				const before = this.#answers.before(this.#journey.at)!;
				if (before.kind === 'hidden') {
					await this.#answers.show(before, hidden.row);
					return true;
				}

				// What came before it was no answer: neither is this one.
				this.#rows.unwritten = attemptOf(hidden.row, exchange.firstByteAt);
				throw failureOf(before.routed, before.failed);
			}

			case 'again':
			case 'next': {
				this.#answers.note(this.#journey.at, hidden);
				this.#rows.unwritten = attemptOf(hidden.row, exchange.firstByteAt);
				await this.#goOn(verdict);
				return false;
			}
		}
	}

	#verdict(end: AttemptEnd, what: string): Verdict {
		return this.#judge.verdict({
			end,
			what,
			journey: this.#journey,
			next: this.#seat.next(this.#journey),
			isFallback: this.#isFallback,
			leftMs: this.#leftMs(),
		});
	}

	/**
	Another target has been tried before this one.
	*/
	get #isFallback(): boolean {
		return this.#answers.before(this.#journey.at) !== undefined;
	}

	async #goOn(verdict: Extract<Verdict, {kind: 'again' | 'next'}>) {
		this.#seat.leave();
		if (verdict.kind === 'next') {
			this.#goTo(this.#seat.next(this.#journey)!);
			return;
		}

		const {waitMs} = verdict;
		let timer: NodeJS.Timeout | undefined;
		const waited = new Promise<void>((resolve) => {
			timer = setTimeout(resolve, waitMs);
		});
		try {
			await this.#holdUnlessSteered(
				'backoff',
				waited,
				this.#stand.world.now() + waitMs,
			);
		} finally {
			clearTimeout(timer);
		}
	}

	#leftMs(): number {
		const {leftMs} = this.#patience;
		return this.#received.facts?.stream === true
			? leftMs
			: Math.max(0, leftMs - leastForWholeMs);
	}

	/**
	It was held for so long that its client might not wait for an answer that is paid for.
	*/
	get #isTooLate(): boolean {
		return (
			this.#isWork &&
			(this.#patience.heldFor !== undefined ||
				this.#stand.exchange.attempts > 0) &&
			this.#leftMs() === 0
		);
	}

	get #tooLate(): Refusal {
		const {exchange, world} = this.#stand;
		return tooLate({
			heldFor: this.#patience.heldFor ?? 'backoff',
			sinceMs: world.now() - exchange.startedAt,
			silentMs: world.inForce().config.hold.silentMs,
		});
	}

	get #allLetBe(): Refusal {
		const {traffic, now} = this.#stand.world;
		return allLetBe(
			this.#journey.plan.stops,
			traffic.breakers.standing(now()),
			now(),
		);
	}

	/**
	Nothing more can be tried: the last answer there was, or else a refusal of ours.
	*/
	async #giveUp(refusal: Refusal): Promise<void> {
		const {last: hidden} = this.#answers;
		if (hidden === undefined) {
			throw refusal;
		}

		await this.#rows.flush();
		await this.#answers.showInstead(hidden, refusal);
	}
}

/**
What went wrong with an answer that the client has got all the same; undefined: nothing.
*/
function failureIn({
	outcome,
	status,
}: Extract<Ended, {kind: 'answered'}>): string | undefined {
	return outcome === 'ok' ? undefined : status >= 400 ? `${status}` : outcome;
}
