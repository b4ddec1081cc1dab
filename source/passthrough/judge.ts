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
		this.#hadFailedBefore = this.#strikesBefore() > 0;
	}

	/**
	The stop (an index) that this body starts at: another than the first where that failed too often.
	*/
	get start(): number {
		const {traffic, now} = this.#stand.world;
		const body = this.#body;
		return body === undefined || traffic.strikes.isEmpty
			? 0
			: traffic.strikes.startOf(body, now());
	}

	verdict(given: Case): Verdict {
		const {end, what, journey, next, isFallback, leftMs} = given;
		const {retry} = this.#stand.world.inForce().config;
		const {plain, body} = this.#received;
		const isDearPrompt = isDear(
			(plain ?? body)?.length ?? 0,
			retry.maxPromptTokens,
		);
		const verdict = afterAttempt({
			end,
			triesHere: journey.tries,
			attempts: this.#hadFailedBefore ? 1 : retry.attempts,
			isDear: isDearPrompt,
			hasNext: next !== undefined,
			isFallback,
			leftMs,
			random: Math.random(),
		});
		if (isDearPrompt && verdict.kind === 'again') {
			// It waits where its beginning is cached: that is no loop, and elsewhere it would be paid for anew.
			return verdict;
		}

		const act = this.#strike(journey, what);
		if (verdict.kind !== 'again' && verdict.kind !== 'next') {
			return verdict;
		}

		return act.kind === 'return'
			? {kind: 'show'}
			: act.kind === 'start-at' && act.index > journey.at && next !== undefined
				? {kind: 'next'}
				: verdict;
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
	#strike({plan, stop}: Journey, what: string): StrikeAct {
		const body = this.#body;
		const {traffic, inForce, helm, now} = this.#stand.world;
		const {strikes} = traffic;
		if (body === undefined) {
			return {kind: 'none'};
		}

		const count = strikes.note(body, now());
		const act = onThirdStrike({
			onStrikes: inForce().config.retry.onStrikes,
			strikes: count,
			startAt: strikes.startOf(body, now()),
			targets: plan.stops.length,
		});
		if (act.kind === 'start-at') {
			strikes.moveOn(body, act.index, now());
		} else if (act.kind === 'pause') {
			helm.pauseFor(
				{setBy: 'strikes', reason: strikeWords(count, stop, what)},
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
	Usually nothing has failed, and nobody has to wait for a hash.
	*/
	#strikesBefore(): number {
		const {exchange, world} = this.#stand;
		const {body, wanted} = this.#received;
		const {strikes} = world.traffic;
		if (strikes.isEmpty || wanted.kind !== 'generate' || body === undefined) {
			return 0;
		}

		exchange.bodyHash ??= world.hashBody(body);
		return strikes.count(this.#body!, world.now());
	}
}
