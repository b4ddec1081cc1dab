import type {HoldReason, Live, OpenState} from '../exchange/exchange.js';
import type {Recorder} from '../usage-log/recorder.js';
import type {Asking, Moved, Recording} from '../usage-log/recording.js';
import type {Meter} from '../wire/meter.js';
import type {End} from './end-facts.js';
import type {Purse} from './purse.js';
import type {Recollection} from './recollection.js';
import type {Beginning} from './stage.js';

/**
Epoch milliseconds. `until`: when it goes on by itself. `silentUntil`: when its client may give up.
*/
export type Held = Readonly<{
	reason: HoldReason;
	state: OpenState;
	since: number;
	until: number | undefined;
	silentUntil: number;
}>;

/**
One exchange from its acceptance to its end: its row, and how far it has come.
*/
export class OpenExchange {
	state: OpenState = 'waiting';
	/**
	Why it is held now.
	*/
	held: Held | undefined;
	/**
	All holds that are over, in milliseconds.
	*/
	heldMs = 0;
	/**
	Why it was held last.
	*/
	holdReason: HoldReason | null = null;
	fallbacks = 0;
	/**
	Attempts that ended without an answer and may have been billed.
	*/
	possiblyBilled = 0;
	/**
	It ends with an answer of ours, or with none: what may have been billed are attempts before.
	*/
	isEndedByUs = false;
	/**
	What it may come to and counts for; undefined before its body was read.
	*/
	purse: Pick<Purse, 'conclude'> | undefined;
	/**
	Called once the end is in the log, or cannot be.
	*/
	onEnded: (() => void) | undefined;
	/**
	Called when somebody wants it to end.
	*/
	onCancel: (() => void) | undefined;
	/**
	Called when it may go on although all are paused.
	*/
	onResume: (() => void) | undefined;
	/**
	Somebody has said so, and it has not been sent since.
	*/
	isLetThrough = false;
	/**
	The attempt whose answer the client gets, where that is not the last.
	*/
	shownAttempt: number | undefined;
	firstByteAt: number | undefined;
	firstTokenAt: number | undefined;
	lastByteAt: number | undefined;
	requestBytes = 0;
	responseBytes = 0;
	bodyHash: string | undefined;
	meter: Meter | undefined;
	/**
	What the exchanges before it tell of it; undefined before it is known where it goes.
	*/
	recollection: Recollection | undefined;
	/**
	Tells its credential from others; asked only where there is something to tell apart.
	*/
	credential: () => string = () => '';
	/**
	Something has moved since its progress was last written.
	*/
	hasMoved = true;
	readonly startedAt: number;
	/**
	When it counts for its day, where that is not when it came: it was held before it was sent.
	*/
	#admittedAt: number | undefined;
	readonly #recorder: Recorder;
	#recording: Recording | undefined;
	#hasEnded = false;
	#cancelling: PromiseWithResolvers<void> | undefined;
	#isCancelled = false;

	constructor(recorder: Recorder, startedAt: number) {
		this.#recorder = recorder;
		this.startedAt = startedAt;
	}

	get recording(): Recording | undefined {
		return this.#recording;
	}

	get wasPossiblyBilled(): boolean {
		return this.possiblyBilled > 0;
	}

	/**
	Epoch milliseconds; null where that is when it came.
	*/
	get admittedAt(): number | null {
		return this.#admittedAt ?? null;
	}

	get attempts(): number {
		return this.#recording?.attempts ?? 0;
	}

	/**
	Resolves once the row is committed (true), or once it is clear that it cannot be (false).
	*/
	async begin(facts: Beginning): Promise<boolean> {
		facts.startedAt = this.startedAt;
		facts.state = this.state;
		return new Promise((resolve) => {
			this.#recording = this.#recorder.begin(facts, resolve);
		});
	}

	/**
	It may be sent now (epoch milliseconds). Answers when it counts: the first time that it was sent, and in
	the day that began at `dayFrom`.
	*/
	admitAt(now: number, dayFrom = 0): number {
		if (this.attempts === 0 && (this.heldMs > 0 || this.startedAt < dayFrom)) {
			this.#admittedAt = now;
		}

		return this.#admittedAt ?? this.startedAt;
	}

	/**
	As `begin` and `move`, where its key's cap decides whether it goes on.
	*/
	async admit(facts: Beginning, asking: Asking): Promise<boolean> {
		facts.startedAt = this.startedAt;
		return new Promise((resolve) => {
			this.#recording = this.#recorder.admit(
				this.#recording,
				facts,
				asking,
				resolve,
			);
		});
	}

	/**
	The attempt under way has ended and the next one begins, or one of the two. Resolves as `begin` does.
	*/
	async move(moved: Moved): Promise<boolean> {
		return new Promise((resolve) => {
			this.#recorder.move(this.#recording!, moved, resolve);
		});
	}

	/**
	Nothing is sent before it is let go.
	*/
	hold(held: Held): void {
		this.held = held;
		this.state = held.state;
		this.holdReason = held.reason;
		this.hasMoved = true;
	}

	letGo(afterMs: number): void {
		this.held = undefined;
		this.heldMs += afterMs;
		this.state = 'waiting';
		this.hasMoved = true;
	}

	/**
	Somebody wants it to end; too late for what has ended already.
	*/
	cancel(): void {
		if (this.#hasEnded || this.#cancelling !== undefined) {
			return;
		}

		this.#cancelling = Promise.withResolvers<void>();
		this.onCancel?.();
	}

	/**
	Settles once its end is in the log, or cannot be; undefined where it did not end because somebody wanted it
	to.
	*/
	get cancelled(): Promise<void> | undefined {
		return this.#isCancelled ? this.#cancelling?.promise : undefined;
	}

	/**
	It may go on although all are paused; of no meaning where it waits for something else.
	*/
	resume(): void {
		if (this.held === undefined || !isPause(this.held.reason)) {
			return;
		}

		this.isLetThrough = true;
		this.onResume?.();
	}

	/**
	What an attempt has seen says nothing of the next one.
	*/
	forgetAnswer(): void {
		this.firstByteAt = undefined;
		this.firstTokenAt = undefined;
		this.lastByteAt = undefined;
		this.responseBytes = 0;
		this.meter = undefined;
		this.state = 'waiting';
	}

	/**
	Writes the final row, again where it is corrected. `done` says when the end may be handed over.
	*/
	finish(end: End, done: (recorded: boolean) => void): void {
		this.#hasEnded = true;
		if (this.#cancelling !== undefined && end.outcome === 'aborted') {
			this.#isCancelled = true;
			end.reason = 'cancelled';
		}

		end.firstByteAt = this.firstByteAt ?? null;
		end.firstTokenAt = this.firstTokenAt ?? null;
		end.fallbacks = this.fallbacks;
		end.heldMs = this.heldMs;
		end.holdReason = this.holdReason;
		end.shownAttempt = this.shownAttempt ?? null;
		end.responseBytes = this.responseBytes;
		if (this.wasPossiblyBilled) {
			end.possiblyBilled = true;
		}

		end.bodyHash = this.bodyHash ?? null;
		this.purse?.conclude(end);
		this.recollection?.conclude(end, this.#recording!.id);
		if (end.rateLimits) {
			this.#recording!.credential = this.credential();
		}

		const {onEnded} = this;
		const cancelling = this.#cancelling;
		this.#recorder.finish(
			this.#recording!,
			end,
			onEnded === undefined && cancelling === undefined
				? done
				: (recorded) => {
						done(recorded);
						cancelling?.resolve();
						onEnded?.();
					},
		);
	}

	/**
	Its progress for those who watch.
	*/
	progress(): Omit<Live, 'id' | 'owner'> {
		this.hasMoved = false;
		this.meter?.catchUp();
		const usage = this.meter?.usageSoFar;
		return {
			state: this.state,
			...heldNow(this.held),
			firstByteAt: this.firstByteAt ?? null,
			firstTokenAt: this.firstTokenAt ?? null,
			lastByteAt: this.lastByteAt ?? null,
			responseBytes: this.responseBytes,
			inputTokens: usage?.input ?? null,
			cacheReadTokens: usage?.cacheRead ?? null,
			cacheWrite5mTokens: usage?.cacheWrite5m ?? null,
			cacheWrite1hTokens: usage?.cacheWrite1h ?? null,
			estimatedOutputTokens: this.meter?.estimatedOutputTokens ?? null,
			attempts: this.attempts,
			servedModel: this.meter?.servedModel ?? null,
		};
	}
}

/**
Held until the agent may go on.
*/
const isPause = (reason: HoldReason): boolean =>
	['paused', 'strikes', 'guard'].includes(reason);

const heldNow = (held: Held | undefined) => ({
	holdReason: held?.reason ?? null,
	heldSince: held?.since ?? null,
	heldUntil: held?.until ?? null,
	silentUntil: held?.silentUntil ?? null,
});
