import {isPossiblyBilled, mayReconnect} from '../policy/reconnect.js';
import {mayBeHidden, type AttemptEnd, type Verdict} from '../policy/retry.js';
import {aliasesAdded} from './alias-list.js';
import {refusedCost, type Hidden} from './answers.js';
import {attempt} from './attempt.js';
import {breakerResult} from './attempt-results.js';
import {attemptOf} from './course-rows.js';
import {attemptFieldsOf} from './end-facts.js';
import {failedAttempt, failureOf, type Failed} from './failure.js';
import type {Luggage} from './luggage.js';
import {asksForUsage, hasBody} from './outgoing.js';
import type {Ended, Relay} from './relay.js';
import type {Routed} from './stage.js';

type Kept = Extract<Ended, {kind: 'kept'}>;

/**
What happens at one stop: the request is sent, its answer handed on or kept back, and it is decided
whether that was all.
*/
export class Trial {
	readonly #with: Luggage;

	constructor(luggage: Luggage) {
		this.#with = luggage;
	}

	/**
	Tries the present stop. Answers whether the client has its answer, or has gone.
	*/
	async isOver(): Promise<boolean> {
		const {journey} = this.#with;
		const {routed} = journey;
		journey.tries++;
		const {ended, relay} = await this.#try(routed);
		switch (ended.kind) {
			case 'answered': {
				this.#with.seat.note(breakerResult(ended.status, ended.outcome));
				this.#with.judge.answered(journey, failureIn(ended));
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
		const {world} = this.#with.stand;
		const {journey} = this.#with;
		let isFresh = false;
		/* eslint-disable no-await-in-loop -- Each follows from how the last one ended. */
		for (;;) {
			let isUnderWay = true;
			await this.#with.rows.depart(routed);
			this.#with.patience.awaitHeaders();
			const {ended, relay} = await attempt(routed, this.#with.stand, {
				withUsage: asksForUsage(routed),
				isFresh,
				keepsBack: (status) =>
					this.#with.isWork && mayBeHidden(status, this.#isFallback),
				rewrite: aliasesAdded(routed, world),
				mayComment: this.#with.patience.mayComment,
				keepingMs: () => this.#with.patience.keepingMs,
				onStart: (status) => {
					this.#with.patience.end();
					if (isUnderWay && breakerResult(status, 'ok') === 'ok') {
						// It answers again: nobody has to wait for the end of a long answer.
						this.#with.seat.note('busy');
					}
				},
			});
			isUnderWay = false;
			if (ended.kind === 'usage-refused') {
				routed.endpoint.refusesUsageOption = true;
				this.#with.rows.unwritten = {
					...attemptFieldsOf(ended.answer),
					httpStatus: ended.status,
					endedAt: world.now(),
				};
			} else if (
				ended.kind === 'failed' &&
				!(routed.body === undefined && hasBody(routed.request)) &&
				mayReconnect(ended.failure, journey.reconnects) &&
				(!this.#with.isWork || this.#with.leftMs > 0)
			) {
				journey.reconnects++;
				isFresh = true;
				this.#with.rows.unwritten = failedAttempt(ended, world.now());
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
		this.#with.seat.note('failed');
		this.#with.answers.note(this.#with.journey.at, {
			kind: 'none',
			routed,
			failed,
		});
		if (isPaid && this.#with.isWork) {
			this.#with.purse.noteMaybeUsed();
		}

		const row = failedAttempt(failed, this.#with.stand.world.now());
		const verdict = this.#with.isWork
			? this.#verdict(
					{kind: isPaid ? 'maybe-billed' : 'unreachable'},
					failed.failure.code,
				)
			: ({kind: 'show'} as const);
		if (verdict.kind === 'again' || verdict.kind === 'next') {
			this.#with.rows.unwritten = row;
			await this.#goOn(verdict);
			return false;
		}

		const {last: hidden} = this.#with.answers;
		if (hidden === undefined) {
			throw failureOf(routed, failed);
		}

		await this.#with.answers.show(hidden, {
			...refusedCost(this.#with.stand.exchange),
			...row,
		});
		return true;
	}

	/**
	An answer came that may have to be hidden.
	*/
	async #afterRefusal({answer, status}: Kept, relay: Relay): Promise<boolean> {
		const {exchange, world} = this.#with.stand;
		const {endpoint} = this.#with.journey.stop;
		this.#with.seat.note(breakerResult(status, answer.outcome));
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
				const before = this.#with.answers.before(this.#with.journey.at)!;
				if (before.kind === 'hidden') {
					await this.#with.answers.show(before, hidden.row);
					return true;
				}

				// What came before it was no answer: neither is this one.
				this.#with.rows.unwritten = attemptOf(hidden.row, exchange.firstByteAt);
				throw failureOf(before.routed, before.failed);
			}

			case 'again':
			case 'next': {
				this.#with.answers.note(this.#with.journey.at, hidden);
				this.#with.rows.unwritten = attemptOf(hidden.row, exchange.firstByteAt);
				await this.#goOn(verdict);
				return false;
			}
		}
	}

	#verdict(end: AttemptEnd, what: string): Verdict {
		return this.#with.judge.verdict({
			end,
			what,
			journey: this.#with.journey,
			next: this.#with.seat.next(this.#with.journey),
			isFallback: this.#isFallback,
			leftMs: this.#with.leftMs,
		});
	}

	/**
	Another target has been tried before this one.
	*/
	get #isFallback(): boolean {
		return this.#with.answers.before(this.#with.journey.at) !== undefined;
	}

	async #goOn(verdict: Extract<Verdict, {kind: 'again' | 'next'}>) {
		this.#with.seat.leave();
		if (verdict.kind === 'next') {
			this.#with.goTo(this.#with.seat.next(this.#with.journey)!);
			return;
		}

		const {journey, stand} = this.#with;
		journey.notBefore = stand.world.now() + verdict.waitMs;
		await this.#with.holdUntil(journey.notBefore);
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
