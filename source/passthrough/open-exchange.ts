import type {Live, OpenState} from '../exchange/exchange.js';
import type {AttemptFacts} from '../usage-log/columns.js';
import type {Recorder, Recording} from '../usage-log/recorder.js';
import type {Meter} from '../wire/meter.js';
import type {End} from './end-facts.js';
import type {Recollection} from './recollection.js';
import type {Beginning} from './stage.js';

/**
One exchange from its acceptance to its end: its row, and how far it has come.
*/
export class OpenExchange {
	state: OpenState = 'waiting';
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
	readonly #recorder: Recorder;
	#recording: Recording | undefined;

	constructor(recorder: Recorder, startedAt: number) {
		this.#recorder = recorder;
		this.startedAt = startedAt;
	}

	get recording(): Recording | undefined {
		return this.#recording;
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

	async nextAttempt(
		ended: AttemptFacts,
		next: Parameters<Recorder['nextAttempt']>[2],
	): Promise<boolean> {
		return new Promise((resolve) => {
			this.#recorder.nextAttempt(this.#recording!, ended, next, resolve);
		});
	}

	/**
	Writes the final row, again where it is corrected. `done` says when the end may be handed over.
	*/
	finish(end: End, done: (recorded: boolean) => void): void {
		end.firstByteAt = this.firstByteAt ?? null;
		end.firstTokenAt = this.firstTokenAt ?? null;
		end.fallbacks = 0;
		end.heldMs = 0;
		end.responseBytes = this.responseBytes;
		end.bodyHash = this.bodyHash ?? null;
		this.recollection?.conclude(end, this.#recording!.id);
		if (end.rateLimits) {
			this.#recording!.credential = this.credential();
		}

		this.#recorder.finish(this.#recording!, end, done);
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
			holdReason: null,
			heldSince: null,
			heldUntil: null,
			silentUntil: null,
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
