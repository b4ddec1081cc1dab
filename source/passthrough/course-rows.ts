import type {HoldReason} from '../exchange/exchange.js';
import type {AttemptFacts} from '../usage-log/columns.js';
import type {Question} from '../usage-log/recording.js';
import type {Stand} from './attempt.js';
import {credentialMark} from './credential-mark.js';
import type {End} from './end-facts.js';
import {Recollection} from './recollection.js';
import {Refusal} from './refusal.js';
import type {Received, Routed} from './stage.js';

/**
What the log says of one request on its way. Each write is of all that has become known by then, so that
a request which goes straight to its answer costs two.
*/
export class CourseRows {
	/**
	An attempt that has ended and stands in no row of its own yet.
	*/
	unwritten: AttemptFacts | undefined;
	/**
	The row says already that it is on its way.
	*/
	#hasDeparted = false;
	readonly #received: Received;
	readonly #stand: Stand;

	constructor(received: Received, stand: Stand) {
		this.#received = received;
		this.#stand = stand;
	}

	/**
	It is kept waiting, on its way to where it is `planned` to go.
	*/
	async hold(reason: HoldReason, planned: Routed | undefined): Promise<void> {
		const {exchange} = this.#stand;
		const held = {
			state: reason === 'queue' ? 'queued' : 'held',
			holdReason: reason,
		} as const;
		if (exchange.recording === undefined) {
			const {beginning} = this.#received;
			exchange.requestBytes = beginning.requestBytes ?? 0;
			exchange.state = held.state;
			beginning.holdReason = reason;
			if (planned !== undefined) {
				Object.assign(beginning, targetOf(planned));
			}

			this.#checkRecorded(await exchange.begin(beginning));
			return;
		}

		void exchange.move({ended: this.#ended(), held});
	}

	/**
	It is about to be sent, if its key's cap lets it: the row that says so is written where it does. Answers
	whether it could be written, one way or the other.
	*/
	async ask(routed: Routed, question: Question): Promise<boolean> {
		const {exchange} = this.#stand;
		const isFirst = exchange.recording === undefined;
		const {beginning} = routed;
		exchange.requestBytes = beginning.requestBytes ?? 0;
		const ended = this.#ended();
		let isGranted = false;
		const isRecorded = await exchange.admit(
			isFirst ? Object.assign(beginning, targetOf(routed)) : beginning,
			{
				ended,
				next: this.#next(routed),
				question: {
					...question,
					decide(standing) {
						isGranted = question.decide(standing);
						return isGranted;
					},
				},
			},
		);
		this.#checkRecorded(isRecorded);
		this.#hasDeparted = isGranted;
		return isRecorded;
	}

	/**
	It is about to be sent. Nothing is sent upstream before its row is committed, or cannot be.
	*/
	async depart(routed: Routed): Promise<void> {
		const {exchange, world} = this.#stand;
		exchange.credential = () => credentialMark(routed, world);
		if (exchange.recollection === undefined) {
			exchange.recollection = new Recollection(world.memory, routed);
		} else {
			exchange.recollection.goesTo(routed);
		}

		if (this.#hasDeparted) {
			this.#hasDeparted = false;
			exchange.forgetAnswer();
			return;
		}

		exchange.admitAt(world.now());
		const next = this.#next(routed);
		if (exchange.recording === undefined) {
			const {beginning} = routed;
			exchange.requestBytes = beginning.requestBytes ?? 0;
			Object.assign(beginning, next, {attempts: 1});
			this.#checkRecorded(await exchange.begin(beginning));
			return;
		}

		exchange.forgetAnswer();
		this.#checkRecorded(await exchange.move({ended: this.#ended(), next}));
	}

	/**
	An attempt that the final row will not tell of gets a row of its own.
	*/
	async flush(): Promise<void> {
		const ended = this.#ended();
		if (ended !== undefined) {
			await this.#stand.exchange.move({ended});
		}
	}

	#next(routed: Routed) {
		const {exchange, world} = this.#stand;
		return {
			...targetOf(routed),
			attemptStartedAt: world.now(),
			admittedAt: exchange.admittedAt,
		};
	}

	#ended(): AttemptFacts | undefined {
		const ended = this.unwritten;
		this.unwritten = undefined;
		return ended;
	}

	#checkRecorded(isRecorded: boolean): void {
		const {inForce, recorder} = this.#stand.world;
		if (!isRecorded && inForce().config.server.ifNotRecording === 'refuse') {
			throw new Refusal(
				'not_recording',
				`The usage log cannot be written: ${recorder.trouble?.reason ?? 'it is busy'}. Free it, or set if_not_recording = "serve" in [server].`,
			);
		}
	}
}

const targetOf = ({alias, endpoint, model, beginning}: Routed) => ({
	alias: alias ?? null,
	endpoint: endpoint.config.name,
	sentModel: model ?? beginning.askedModel ?? null,
	billing: endpoint.config.billing,
});

/**
What the row of an attempt keeps of an answer that the client did not get.
*/
export const attemptOf = (
	end: End,
	firstByteAt: number | undefined,
): AttemptFacts => ({
	outcome: end.outcome ?? null,
	httpStatus: end.httpStatus ?? null,
	firstByteAt: firstByteAt ?? null,
	endedAt: end.endedAt ?? null,
	errorClass: end.errorClass ?? null,
	errorType: end.errorType ?? null,
	errorMessage: end.errorMessage ?? null,
	requestId: end.requestId ?? null,
	retryAfterMs: end.retryAfterMs ?? null,
});
