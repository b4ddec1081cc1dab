import {
	looksLikeJson,
	shapeFor,
	shapeOfBytes,
	type AnswerKind,
	type AnswerShape,
} from './answer-shape.js';
import {Gathered} from './gathered.js';
import {parseJsonBody, type WantedKeys} from './json-body.js';
import {SseReader} from './sse.js';
import type {WireFormat} from './wire-format.js';

/**
Why an answer could not be read, in the words of the log.
*/
export type Unreadable =
	'decode_error' | 'sse_overflow' | 'body_overflow' | 'meter_error';

const largestBody = 64 * 1024 * 1024;
// An error says early what it has to say.
const largestError = 64 * 1024;

/**
Reads one answer from its plain bytes: the events of a stream at once, a JSON body when it is whole,
the beginning of an error. Knows nothing of compression and of time.
*/
export class AnswerReading {
	/**
	Server-sent events dispatched so far.
	*/
	events = 0;
	unreadable: Unreadable | undefined;
	/**
	What the format knows so far.
	*/
	state: unknown;
	readonly #format: WireFormat | undefined;
	readonly #wanted: WantedKeys | undefined;
	readonly #contentType: string;
	readonly #gathered: Gathered;
	#shape: AnswerShape;
	#sse: SseReader | undefined;

	constructor(
		answer: Readonly<{
			/**
			Undefined but for answers with usage.
			*/
			format: WireFormat | undefined;
			kind: AnswerKind;
			status: number;
			contentType: string | undefined;
		}>,
	) {
		this.#format = answer.format;
		this.#wanted = answer.format?.bodyKeys;
		this.#contentType = answer.contentType ?? '';
		this.#shape = shapeFor(answer.status, answer.kind);
		this.#gathered = new Gathered(
			this.#shape === 'error' ? largestError : largestBody,
		);
		this.state = answer.format?.start();
	}

	/**
	Nothing that follows could change what is known.
	*/
	get finished(): boolean {
		return (
			this.unreadable !== undefined ||
			this.#shape === 'opaque' ||
			(this.#shape === 'error' && this.#gathered.full)
		);
	}

	/**
	True for bytes that can be no answer, whole or not. A stream of no known events is still one.
	*/
	get foreign(): boolean {
		return (
			this.#shape === 'json' &&
			this.unreadable === undefined &&
			!looksLikeJson(this.#gathered.bytes())
		);
	}

	feed(bytes: Uint8Array): void {
		if (this.finished) {
			return;
		}

		if (this.#sse !== undefined) {
			this.#read(this.#sse, bytes);
			return;
		}

		this.#gathered.add(bytes);
		if (this.#shape === 'unknown') {
			this.#begin();
		} else if (this.#gathered.full && this.#shape === 'json') {
			this.giveUp('body_overflow');
		}
	}

	/**
	No byte will follow.
	*/
	end(): void {
		if (this.unreadable === undefined) {
			this.#sse?.end();
		}
	}

	/**
	The JSON body; undefined where it is none, or not whole.
	*/
	body(): unknown {
		return parseJsonBody(this.#gathered.bytes(), this.#wanted);
	}

	/**
	What came of an error.
	*/
	errorBytes(): Uint8Array {
		return this.#gathered.bytes();
	}

	/**
	The state with the body read into it, where the answer is no stream.
	*/
	finalState(): unknown {
		if (this.#sse !== undefined || this.unreadable !== undefined) {
			return this.state;
		}

		const body = this.body();
		return body === undefined
			? this.state
			: this.#format?.body(this.state, body);
	}

	giveUp(reason: Unreadable): void {
		this.unreadable ??= reason;
		this.#gathered.clear();
	}

	#begin(): void {
		const bytes = this.#gathered.bytes();
		const shape = shapeOfBytes(this.#contentType, bytes);
		if (shape === undefined) {
			return;
		}

		this.#shape = shape;
		if (shape !== 'events') {
			return;
		}

		this.#gathered.clear();
		this.#sse = new SseReader((event) => {
			this.events++;
			this.state = this.#format?.event(this.state, event);
		});
		this.#read(this.#sse, bytes);
	}

	#read(sse: SseReader, bytes: Uint8Array): void {
		sse.feed(bytes);
		if (sse.overflowed) {
			this.giveUp('sse_overflow');
		}
	}
}
