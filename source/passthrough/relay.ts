import type {Buffer} from 'node:buffer';
import {isPossiblyBilled, type ConnectionFailure} from '../policy/reconnect.js';
import type {Cost} from '../pricing/price-exchange.js';
import {createMeter} from '../wire/meter.js';
import type {AnswerFacts} from '../wire/wire-format.js';
import {wireFormat} from '../wire/formats.js';
import {endOf, type End} from './end-facts.js';
import {incomingHeaders} from './headers.js';
import {KeptAnswer} from './kept-answer.js';
import type {OpenExchange} from './open-exchange.js';
import {Outflow, type OutflowOptions} from './outflow.js';
import {readToEnd} from './read-to-end.js';
import type {Wanted} from './stage.js';
import type {AnswerSink, Flow} from './upstream.js';

export type RelayOptions = OutflowOptions &
	Readonly<{
		exchange: OpenExchange;
		recognised: Wanted;
		/**
	Whether an answer of this status is kept back whole: it may have to be hidden from the client.
	*/
		keepsBack(status: number): boolean;
		/**
	How long its end is waited for then, in milliseconds.
	*/
		keepingMs(): number;
		/**
	What an answer of this HTTP status cost.
	*/
		price(answer: AnswerFacts, status: number): Cost;
		/**
	The answer begins to go to the client.
	*/
		onStart(status: number): void;
		now(): number;
	}>;

export type Ended = Readonly<
	| {kind: 'answered'; outcome: AnswerFacts['outcome']; status: number}
	| {kind: 'left'}
	/**
	Kept back: nothing of it has gone to the client, and `show` of the relay hands it over.
	*/
	| {kind: 'kept'; answer: AnswerFacts; status: number}
	/**
	Not a byte of an answer came.
	*/
	| {kind: 'failed'; failure: ConnectionFailure & {readonly error: Error}}
	/**
	The endpoint does not know the usage option that we put in: nothing has gone to the client.
	*/
	| {kind: 'usage-refused'; answer: AnswerFacts; status: number}
>;

/**
Hands an answer on to the client as it comes, and reads a copy after. The end of the message alone
waits for the commit of its row.
*/
export class Relay implements AnswerSink {
	readonly ended: Promise<Ended>;
	readonly #options: RelayOptions;
	readonly #out: Outflow;
	#resolve!: (ended: Ended) => void;
	#isOver = false;
	/**
	The final row, if this relay wrote one.
	*/
	#written: End | undefined;
	#status = 0;
	#flow: Flow | undefined;
	#kept: KeptAnswer | undefined;
	/**
	What is kept goes to whoever sent the request, not to the client.
	*/
	#isKeptBack = false;
	/**
	Until when the end of what is kept back is waited for.
	*/
	#keeping: NodeJS.Timeout | undefined;
	/**
	An option that we put in may be what it refuses.
	*/
	#mayNameOption = false;
	#hidden: Readonly<{answer: AnswerFacts; isCut: boolean}> | undefined;

	constructor(options: RelayOptions) {
		this.#options = options;
		this.#out = new Outflow(options);
		this.ended = new Promise((resolve) => {
			this.#resolve = resolve;
		});
	}

	head(
		{status, statusText, rawHeaders}: Parameters<AnswerSink['head']>[0],
		flow: Flow,
	): void {
		const {exchange, recognised, usageWasAsked, now} = this.#options;
		this.#flow = flow;
		this.#status = status;
		exchange.firstByteAt = now();
		exchange.lastByteAt = exchange.firstByteAt;
		exchange.hasMoved = true;
		const headers = incomingHeaders(rawHeaders);
		exchange.meter = createMeter({
			format:
				recognised.format === undefined
					? undefined
					: wireFormat(recognised.format),
			kind: recognised.kind,
			path: recognised.path,
			status,
			headers,
			now: exchange.firstByteAt,
			secrets: this.#options.secrets,
		});
		this.#isKeptBack = this.#options.keepsBack(status);
		this.#mayNameOption = usageWasAsked && status === 400;
		if (this.#isKeptBack || this.#mayNameOption) {
			this.#kept = new KeptAnswer(statusText, rawHeaders);
			this.#keepNoLongerThan(this.#options.keepingMs());
		} else {
			this.#start(statusText, headers);
		}
	}

	data(chunk: Buffer): void {
		if (this.#isOver) {
			return;
		}

		const {exchange, now} = this.#options;
		exchange.responseBytes += chunk.length;
		exchange.lastByteAt = now();
		exchange.hasMoved = true;
		if (this.#kept === undefined) {
			this.#forward(chunk);
		} else if (this.#kept.add(chunk)) {
			// Too long to be hidden: it is the answer.
			this.#isKeptBack = false;
			this.#release();
		}

		const meter = exchange.meter!;
		meter.push(chunk);
		if (exchange.firstTokenAt === undefined && meter.sawToken) {
			exchange.firstTokenAt = exchange.lastByteAt;
		}
	}

	end(): void {
		if (this.#isOver) {
			return;
		}

		this.#conclude('complete', (answer) => {
			if (this.#mayNameOption && this.#kept?.namesUsageOption(answer)) {
				this.#over({kind: 'usage-refused', answer, status: this.#status});
			} else if (this.#isKeptBack) {
				this.#keepBack(answer, false);
			} else {
				this.#handOver(answer);
			}
		});
	}

	/**
	Hands over an answer that was kept back. `row`: what the final row says, where it is not of this answer.
	*/
	async show(row?: End): Promise<void> {
		const {answer, isCut} = this.#hidden!;
		return new Promise((resolve) => {
			this.#release();
			this.#options.exchange.finish(row ?? this.#endOf(answer), () => {
				if (isCut) {
					this.#out.breakOff();
				} else {
					this.#out.end();
				}

				resolve();
			});
		});
	}

	/**
	What the log says of it.
	*/
	rowOf(answer: AnswerFacts): End {
		return this.#endOf(answer);
	}

	fail(failure: ConnectionFailure & Readonly<{error: Error}>): void {
		if (this.#isOver) {
			return;
		}

		if (this.#flow === undefined) {
			this.#over({kind: 'failed', failure});
			return;
		}

		this.#conclude('cut', (answer) => {
			if (this.#isKeptBack) {
				this.#keepBack(answer, true);
				return;
			}

			this.#release();
			this.#out.flush();
			this.#finish(
				answer,
				() => {
					this.#out.breakOff();
				},
				isPossiblyBilled({...failure, begun: true, written: true}),
			);
		});
	}

	/**
	The client has gone: what was seen until now is what there is.
	*/
	leave(): void {
		if (this.#isOver) {
			return;
		}

		const {exchange, now, recognised} = this.#options;
		const seen = exchange.meter?.soFar('cut');
		// Lets go of a decoder that may be at work.
		void exchange.meter?.end('cut');
		this.#over({kind: 'left'});
		exchange.finish(
			{
				...(seen && this.#endOf(seen)),
				usageStatus:
					seen?.usageStatus ??
					(recognised.kind === 'generate' ? 'missing' : 'none'),
				outcome: 'aborted',
				errorClass: 'aborted',
				endedAt: now(),
			},
			() => undefined,
		);
	}

	/**
	A body may stall, and its client does not even see a head.
	*/
	#keepNoLongerThan(ms: number): void {
		if (ms === Infinity) {
			return;
		}

		this.#keeping = setTimeout(() => {
			if (!this.#isKeptBack) {
				this.#release();
				return;
			}

			// What came of it until now tells enough.
			const {meter} = this.#options.exchange;
			const answer = meter!.soFar('cut');
			void meter!.end('cut');
			this.#keepBack(answer, true);
			this.#flow!.abort(new Error('aborted'));
		}, ms);
	}

	#keepBack(answer: AnswerFacts, isCut: boolean): void {
		this.#hidden = {answer, isCut};
		this.#over({kind: 'kept', answer, status: this.#status});
	}

	#handOver(answer: AnswerFacts): void {
		this.#release();
		this.#out.flush();
		this.#finish(answer, () => {
			this.#out.end();
		});
	}

	#start(statusText: string, headers: string[]): void {
		this.#options.exchange.state = 'streaming';
		this.#options.onStart(this.#status);
		this.#out.start(this.#status, statusText, headers);
	}

	#forward(chunk: Buffer): void {
		if (this.#out.write(chunk)) {
			return;
		}

		const flow = this.#flow!;
		flow.pause();
		this.#options.client.onDrain(() => {
			flow.resume();
		});
	}

	/**
	What was kept back goes to the client after all.
	*/
	#release(): void {
		const kept = this.#kept;
		if (kept === undefined) {
			return;
		}

		clearTimeout(this.#keeping);
		this.#kept = undefined;
		this.#start(kept.statusText, incomingHeaders(kept.rawHeaders));
		for (const chunk of kept.chunks) {
			this.#forward(chunk);
		}
	}

	#conclude(
		how: 'complete' | 'cut',
		then: (answer: AnswerFacts) => void,
	): void {
		clearTimeout(this.#keeping);
		readToEnd(this.#options.exchange.meter!, how, {
			inTime: (answer) => {
				// Its client may have gone meanwhile.
				if (!this.#isOver) {
					then(answer);
				}
			},
			late: (answer) => {
				this.#correct(answer);
			},
		});
	}

	#finish(
		answer: AnswerFacts,
		then: () => void,
		isPossiblyPaid?: boolean,
	): void {
		if (this.#isOver) {
			return;
		}

		this.#isOver = true;
		const {exchange} = this.#options;
		const end = this.#endOf(answer);
		end.possiblyBilled = isPossiblyPaid ?? null;
		this.#written = end;
		exchange.finish(end, () => {
			then();
			this.#resolve({
				kind: 'answered',
				outcome: answer.outcome,
				status: this.#status,
			});
		});
	}

	/**
	What was read too late for the row corrects it: its figures, not when it ended or how.
	*/
	#correct(answer: AnswerFacts): void {
		const written = this.#written;
		if (written === undefined) {
			return;
		}

		const end = this.#endOf(answer);
		end.endedAt = written.endedAt;
		end.possiblyBilled = written.possiblyBilled;
		this.#options.exchange.finish(end, () => undefined);
	}

	#endOf(answer: AnswerFacts): End {
		return endOf(answer, {
			endedAt: this.#options.now(),
			status: this.#status,
			cost: this.#options.price(answer, this.#status),
		});
	}

	#over(ended: Ended): void {
		clearTimeout(this.#keeping);
		this.#isOver = true;
		this.#resolve(ended);
	}
}
