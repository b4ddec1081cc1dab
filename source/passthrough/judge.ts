import {isDear} from '../policy/dear.js';
import {afterAttempt, type AttemptEnd, type Verdict} from '../policy/retry.js';
import {
	onThirdStrike,
	type StrikeAct,
	type StruckBody,
} from '../policy/strikes.js';
import type {Stand} from './attempt.js';
import {strikeWords} from './attempt-results.js';
import type {Journey} from './journey.js';
import type {Received} from './stage.js';

/**
What a failed attempt leaves to decide by.
*/
export type Case = Readonly<{
	end: AttemptEnd;
	/**
	Names the failure: a status, or the code of a connection.
	*/
	what: string;
	journey: Journey;
	/**
	The stop it may go on to.
	*/
	next: number | undefined;
	/**
	Another target has failed before this one.
	*/
	isFallback: boolean;
	/**
	Of the silence budget.
	*/
	leftMs: number;
}>;

/**
Decides what becomes of one request after a failed attempt, and counts the strikes of its body.
*/
export class Judge {
	readonly #received: Received;
	readonly #stand: Stand;
	readonly #hadFailedBefore: boolean;

	constructor(received: Received, stand: Stand) {
		this.#received = received;
		this.#stand = stand;
		const {traffic, now} = stand.world;
		const body = traffic.strikes.isEmpty ? undefined : this.#knownBody();
		this.#hadFailedBefore =
			body !== undefined && traffic.strikes.count(body, now()) > 0;
	}

	/**
	Its prompt costs so much that another model should not have to read it.
	*/
	get isDear(): boolean {
		const {plain, body} = this.#received;
		const {retry} = this.#stand.world.inForce().config;
		return isDear((plain ?? body)?.length ?? 0, retry.maxPromptTokens);
	}

	/**
	The targets that this body is not begun at, as it failed there too often.
	*/
	get skipped(): readonly string[] {
		const {traffic, now} = this.#stand.world;
		const body = traffic.strikes.isEmpty ? undefined : this.#knownBody();
		return body === undefined ? [] : traffic.strikes.skippedBy(body, now());
	}

	verdict(given: Case): Verdict {
		const {end, what, journey, next, isFallback, leftMs} = given;
		const {retry} = this.#stand.world.inForce().config;
		const facts = {
			end,
			triesHere: journey.tries,
			attempts: this.#hadFailedBefore ? 1 : retry.attempts,
			isDear: this.isDear,
			hasNext: next !== undefined,
			isFallback,
			leftMs,
			random: Math.random(),
		};
		const verdict = afterAttempt(facts);
		if (this.isDear && verdict.kind === 'again') {
			// It waits where its beginning is cached: that is no loop, and elsewhere it would be paid for anew.
			return verdict;
		}

		const act = this.#strike(journey, what);
		if (verdict.kind !== 'again' && verdict.kind !== 'next') {
			return verdict;
		}

		switch (act) {
			case 'return': {
				// As if nothing else could be tried.
				return afterAttempt({...facts, attempts: 0, hasNext: false});
			}

			case 'next': {
				const isStruck = this.skipped.includes(journey.stop.target);
				return isStruck && next !== undefined ? {kind: 'next'} : verdict;
			}

			case 'none':
			case 'pause': {
				return verdict;
			}
		}
	}

	/**
	After an answer that went to the client; `what` is undefined where it was a good one.
	*/
	answered(journey: Journey, what: string | undefined): void {
		const {strikes} = this.#stand.world.traffic;
		const body = this.#body;
		if (what !== undefined) {
			this.#strike(journey, what);
		} else if (body !== undefined && !strikes.isEmpty) {
			strikes.clear(body);
		}
	}

	/**
	Notes a failure of this body, and does what the third in a row asks for.
	*/
	#strike(journey: Journey, what: string): StrikeAct {
		const body = this.#body;
		const {traffic, inForce, helm, now} = this.#stand.world;
		const {strikes} = traffic;
		const {skipped} = this;
		// What was under way when its target had struck out says nothing new.
		if (body === undefined || skipped.includes(journey.stop.target)) {
			return 'none';
		}

		const count = strikes.note(body, now());
		const act = onThirdStrike({
			onStrikes: inForce().config.retry.onStrikes,
			strikes: count,
			hasNext: journey.startInstead(skipped) !== undefined,
		});
		if (act === 'next') {
			const {target} = journey.plan.stops[journey.start(skipped)]!;
			strikes.skip(body, target, now());
		} else if (act === 'pause') {
			helm.pauseFor(
				{setBy: 'strikes', reason: strikeWords(count, journey.stop, what)},
				strikes.untilOf(body, now()),
			);
		}

		return act;
	}

	get #body(): StruckBody | undefined {
		const {bodyHash} = this.#stand.exchange;
		const {wanted, beginning} = this.#received;
		return wanted.kind === 'generate' && bodyHash !== undefined
			? {session: beginning.session ?? null, bodyHash}
			: undefined;
	}

	/**
	The same, also before it has been sent. Usually nothing has failed, and nobody has to wait for a hash.
	*/
	#knownBody(): StruckBody | undefined {
		const {exchange, world} = this.#stand;
		const {body, wanted} = this.#received;
		if (wanted.kind === 'generate' && body !== undefined) {
			exchange.bodyHash ??= world.hashBody(body);
		}

		return this.#body;
	}
}
