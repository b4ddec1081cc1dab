import type {CapDecision} from '../control/decisions.js';
import {admit, type Admission} from '../policy/admission.js';
import type {Standing} from '../usage-log/ledger.js';
import type {Question} from '../usage-log/recording.js';
import type {Stand} from './attempt.js';
import {capWords} from './cap-words.js';
import type {Capped} from './caps.js';
import {countUnproven} from './counted.js';
import type {End} from './end-facts.js';
import type {LinePlace} from './line.js';
import {modelOf, mostOf, type Most} from './most.js';
import {noteEnd} from './note-end.js';
import {Refusal} from './refusal.js';
import type {Received, Routed} from './stage.js';

/**
Writes the row of a request that goes on only if it is let. Answers whether that could be written.
*/
type Depart = (question: Question) => Promise<boolean>;

const go: Admission = {kind: 'go'};

/**
The money of one request: what it may come to, whether its key's cap lets it go, and what it counts for
in the end.
*/
export class Purse {
	readonly #received: Received;
	readonly #stand: Stand;
	readonly #order: number;
	#place: LinePlace | undefined;
	#turn: Promise<void> | undefined;
	/**
	Somebody has said that it may go whatever the cap says.
	*/
	#isLet = false;
	#capped: Capped | undefined;
	#standing: Standing | undefined;
	#routed: Routed | undefined;
	#most: Most | undefined;
	/**
	What tries that got no answer may have come to, each where it was sent.
	*/
	#maybeUsed = {nanodollars: 0, tokens: 0};
	#last: Admission = go;
	#askedUntil: number | undefined;
	#hasEnded = false;

	constructor(received: Received, stand: Stand, order: number) {
		this.#received = received;
		this.#stand = stand;
		this.#order = order;
	}

	get key(): string {
		return this.#received.bearer.key;
	}

	/**
	Whether it has to ask before it goes.
	*/
	get isCapped(): boolean {
		return (
			this.#received.wanted.kind === 'generate' &&
			this.#stand.world.caps.mayCap(this.key)
		);
	}

	/**
	What was last said of its cap, once it was asked.
	*/
	get capped(): Capped | undefined {
		return this.#capped;
	}

	/**
	It goes where it is sent, whatever the cap says: somebody wants it so.
	*/
	letGo(): void {
		this.#isLet = true;
	}

	/**
	Asks whether it may go to where it is `routed`; `depart` writes the row that says so.
	*/
	async ask(routed: Routed, depart: Depart): Promise<Admission> {
		const {caps} = this.#stand.world;
		const capped = await caps.of(this.key);
		this.#capped = capped;
		this.goesTo(routed);
		if (capped === undefined) {
			return go;
		}

		this.#place ??= caps.line(this.key).join(this.#order);
		// Before it is asked: whoever ends meanwhile calls.
		this.#turn = this.#place.turn();
		if (!this.#isLet && !this.#place.isFirst) {
			this.#place.wait();
			return {kind: 'wait'};
		}

		const admission = await this.#ask(capped, depart);
		this.#last = admission;
		if (admission.kind === 'wait') {
			this.#place.wait();
		} else {
			this.leaveLine();
		}

		return admission;
	}

	/**
	Something else is in force. Where that is its cap, what was said of it before holds no more.
	*/
	async lookAgain(): Promise<void> {
		const before = this.#capped;
		const now = await this.#stand.world.caps.of(this.key);
		if (
			now?.cap.nanodollars !== before?.cap.nanodollars ||
			now?.cap.tokens !== before?.cap.tokens ||
			now?.day.from !== before?.day.from
		) {
			this.#last = go;
		}
	}

	/**
	Settles when it should ask again.
	*/
	get turn(): Promise<void> {
		return this.#turn!;
	}

	/**
	Until when somebody is asked about it (epoch milliseconds), from the first time on.
	*/
	askedUntil(now: number, silentMs: number): number {
		this.#askedUntil ??= now + silentMs;
		return this.#askedUntil;
	}

	leaveLine(): void {
		this.#place?.leave();
		this.#place = undefined;
	}

	/**
	It is about to be sent there.
	*/
	goesTo(routed: Routed): void {
		this.#routed = routed;
		this.#most = undefined;
	}

	/**
	The try that was sent last got no answer and may have been billed: what it may have come to is no more to
	be had.
	*/
	noteMaybeUsed(): void {
		const {nanodollars, tokens} = this.#mostOf(this.#routed!);
		const before = this.#maybeUsed;
		this.#stand.exchange.possiblyBilled++;
		this.#maybeUsed = {
			nanodollars: before.nanodollars + (nanodollars ?? 0),
			tokens: before.tokens + tokens,
		};
	}

	/**
	Why it was not let go when it asked last; undefined where it may go, or only has to wait.
	*/
	get refused(): Refusal | undefined {
		const last = this.#last;
		return this.#isLet || last.kind === 'go' || last.kind === 'wait'
			? undefined
			: this.refusal(last);
	}

	/**
	Why it may not go, in words and as an answer.
	*/
	refusal(admission: Exclude<Admission, {kind: 'go' | 'wait'}>): Refusal {
		const {world} = this.#stand;
		return new Refusal(
			'cap',
			capWords({
				admission,
				capped: this.#capped!,
				standing: this.#standing!,
				bound: this.#asksFor(this.#routed!),
				model: modelOf(this.#routed!),
				nowMs: world.now(),
			}),
			{isFinal: true},
		);
	}

	/**
	What somebody has decided on it. Throws a Refusal where it is to be turned away.
	*/
	obey(
		decision: CapDecision,
		admission: Exclude<Admission, {kind: 'go' | 'wait'}>,
	): string | undefined {
		if (decision.kind === 'refuse') {
			throw this.refusal(admission);
		}

		this.letGo();
		return decision.kind === 'alias' ? decision.alias : undefined;
	}

	/**
	Says in a final row what it counts for where that is more than is proven, and remembers what it tells of
	its model. Again where the row is corrected.
	*/
	conclude(end: End): void {
		if (
			this.#received.wanted.kind !== 'generate' ||
			this.#routed === undefined
		) {
			return;
		}

		const {isEndedByUs, wasPossiblyBilled} = this.#stand.exchange;
		countUnproven(
			end,
			{
				isEndedByUs,
				before: wasPossiblyBilled ? this.#maybeUsed : undefined,
			},
			() => this.#mostOf(this.#routed!),
		);
		this.#remember(end);
	}

	#remember(end: End): void {
		if (this.#hasEnded) {
			return;
		}

		this.#hasEnded = true;
		noteEnd(end, this.#routed!, this.#stand.world);
	}

	async #ask(capped: Capped, depart: Depart): Promise<Admission> {
		const {caps, now} = this.#stand.world;
		const {exchange} = this.#stand;
		const most = this.#mostOf(this.#routed!);
		const admittedAt = exchange.admitAt(now(), capped.day.from);
		const asked = this.#asksFor(this.#routed!);
		const before = this.#maybeUsed;
		const kept = {key: this.key, admittedAt, ...before};
		let admission: Admission | undefined;
		let isSettled = false;
		const decide = (standing: Standing): boolean => {
			if (!isSettled) {
				this.#standing = standing;
				admission = this.#isLet
					? go
					: admit({
							standing,
							cap: capped.cap,
							bound: asked,
							unpriced: capped.key.unpriced,
						});
			}

			return admission!.kind === 'go';
		};

		const isRecorded = await depart({
			bound: {
				...kept,
				nanodollars: before.nanodollars + (most.nanodollars ?? 0),
				tokens: asked.tokens,
			},
			kept: exchange.wasPossiblyBilled ? kept : undefined,
			...capped.day,
			decide,
			held: () => ({
				state: 'held',
				holdReason: admission!.kind === 'wait' ? 'reserved' : 'cap',
			}),
		});
		if (!isRecorded) {
			// The log cannot be written: what was last known of the key decides, whatever a write that failed has
			// read.
			decide(caps.counts.lastKnown(this.key, capped.day));
			if (admission!.kind === 'go') {
				caps.counts.noteUnrecorded(
					this.key,
					most.nanodollars ?? 0,
					most.tokens,
				);
			}
		}

		// Whatever is written later says what was done.
		isSettled = true;
		if (admission!.kind === 'go') {
			const line = caps.line(this.key);
			exchange.onEnded = () => {
				line.call();
			};
		}

		return admission!;
	}

	/**
	What it may come to with what its tries before may have: dollars null where they are not known of this one.
	*/
	#asksFor(routed: Routed): Most {
		const {nanodollars, tokens} = this.#mostOf(routed);
		const before = this.#maybeUsed;
		return {
			nanodollars:
				nanodollars === null ? null : before.nanodollars + nanodollars,
			tokens: before.tokens + tokens,
		};
	}

	#mostOf(routed: Routed): Most {
		this.#most ??= mostOf(routed, this.#stand.world);
		return this.#most;
	}
}
