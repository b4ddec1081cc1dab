import {Buffer} from 'node:buffer';
import type {Usage} from '../exchange/usage.js';
import {answerFacts, type AnswerContext, type Ending} from './answer-facts.js';
import {AnswerReading} from './answer-reading.js';
import type {AnswerKind} from './answer-shape.js';
import {createDecoder, isPlain, looksGzipped, type Decoder} from './decode.js';
import {headerOf, type HeaderList} from './header-list.js';
import type {AnswerFacts, WireFormat} from './wire-format.js';

export type MeterOptions = Readonly<{
	/**
	Undefined where the request was in none that we read.
	*/
	format: WireFormat | undefined;
	kind: AnswerKind;
	/**
	As the client asked, without the query.
	*/
	path: string;
	status: number;
	/**
	The answer's headers: name, value, name, value, in their original case.
	*/
	headers: HeaderList;
	/**
	Epoch milliseconds, for a `retry-after` that is a date.
	*/
	now?: number;
	/**
	Credentials of this exchange, to be removed from all that is kept.
	*/
	secrets?: readonly string[];
}>;

/**
Reads a copy of one answer. Nothing here throws, whatever the bytes are.
*/
export type Meter = {
	/**
	Takes the next bytes. The chunk is kept for a while and must not be changed after.
	*/
	push(chunk: Uint8Array): void;
	/**
	Reads what has gathered. For the figures of a running stream: a few times a second at most.
	*/
	catchUp(): void;
	/**
	True from the first token on. Until then every push is read at once.
	*/
	readonly sawToken: boolean;
	readonly estimatedOutputTokens: number;
	readonly usageSoFar: Usage | undefined;
	readonly servedModel: string | undefined;
	/**
	No byte follows. A promise where a decoder still has to catch up; it never rejects.
	*/
	end(how: Ending): AnswerFacts | Promise<AnswerFacts>;
	/**
	What is known now, without waiting for a decoder.
	*/
	soFar(how: Ending): AnswerFacts;
};

/**
Gathered bytes that are worth reading in one go.
*/
const batchBytes = 32 * 1024;

export function createMeter(options: MeterOptions): Meter {
	return new AnswerMeter(options);
}

class AnswerMeter implements Meter {
	readonly #format: WireFormat | undefined;
	readonly #reading: AnswerReading;
	readonly #context: AnswerContext;
	readonly #anomalies: string[] = [];
	readonly #encoding: string | undefined;
	/**
	Chunks not read yet; their bytes.
	*/
	#waiting: Uint8Array[] = [];
	#waitingBytes = 0;
	/**
	What the body is packed in is known.
	*/
	#begun = false;
	#decoder: Decoder | undefined;
	#ended = false;

	constructor({path, status, headers, ...options}: MeterOptions) {
		const {kind, now, secrets = []} = options;
		this.#format = kind === 'generate' ? options.format : undefined;
		const known = kind !== 'generate' || this.#format !== undefined;
		const answer = {
			format: this.#format,
			kind: known ? kind : 'other',
			status,
		} as const;
		this.#context = {
			...answer,
			path,
			headers,
			now,
			secrets,
			anomalies: this.#anomalies,
		};
		this.#encoding = headerOf(headers, 'content-encoding');
		this.#reading = new AnswerReading({
			...answer,
			contentType: headerOf(headers, 'content-type'),
		});
	}

	get sawToken(): boolean {
		return (
			this.#format !== undefined && this.#format.hasToken(this.#reading.state)
		);
	}

	get estimatedOutputTokens(): number {
		return this.#format?.estimatedOutput(this.#reading.state) ?? 0;
	}

	get usageSoFar(): Usage | undefined {
		return this.#format?.usageSoFar(this.#reading.state);
	}

	get servedModel(): string | undefined {
		return this.#format?.servedModel(this.#reading.state);
	}

	push(chunk: Uint8Array): void {
		if (this.#ended || this.#reading.finished || chunk.length === 0) {
			return;
		}

		this.#waiting.push(chunk);
		this.#waitingBytes += chunk.length;
		if (this.#waitingBytes >= batchBytes || !this.sawToken) {
			this.catchUp();
		}
	}

	catchUp(): void {
		if (this.#waitingBytes === 0 || !this.#knowsPacking()) {
			return;
		}

		const bytes =
			this.#waiting.length === 1
				? this.#waiting[0]!
				: Buffer.concat(this.#waiting, this.#waitingBytes);
		this.#waiting = [];
		this.#waitingBytes = 0;
		if (this.#decoder === undefined) {
			this.#read(bytes);
		} else {
			this.#decoder.write(bytes);
		}
	}

	end(how: Ending): AnswerFacts | Promise<AnswerFacts> {
		this.#finish();
		if (this.#decoder === undefined) {
			this.#reading.end();
			return this.#facts(how);
		}

		return this.#decoded(this.#decoder, how);
	}

	soFar(how: Ending): AnswerFacts {
		this.catchUp();
		return this.#facts(how);
	}

	async #decoded(decoder: Decoder, how: Ending): Promise<AnswerFacts> {
		await decoder.end();
		this.#reading.end();
		return this.#facts(how);
	}

	#finish(): void {
		this.#ended = true;
		this.catchUp();
	}

	#facts(how: Ending): AnswerFacts {
		return answerFacts(this.#reading, this.#context, how);
	}

	/**
	Some nodes send gzip without saying so; its first two bytes tell.
	*/
	#knowsPacking(): boolean {
		if (this.#begun) {
			return true;
		}

		const first =
			this.#waiting.length === 1
				? this.#waiting[0]!
				: Buffer.concat(this.#waiting, this.#waitingBytes);
		if (!isPlain(this.#encoding)) {
			this.#decode(this.#encoding!, first);
		} else if (first.length === 1 && first[0] === 0x1f && !this.#ended) {
			return false;
		} else if (looksGzipped(first)) {
			this.#anomalies.push('unlabelled_gzip');
			this.#decode('gzip', first);
		}

		this.#begun = true;
		return true;
	}

	#decode(encoding: string, first: Uint8Array): void {
		this.#decoder = createDecoder(encoding, first, {
			onBytes: (bytes) => {
				this.#read(bytes);
				if (this.#reading.finished) {
					this.#decoder?.stop();
				}
			},
			onError: () => {
				this.#reading.giveUp('decode_error');
			},
		});
		if (this.#decoder === undefined) {
			this.#reading.giveUp('decode_error');
		}
	}

	/**
	A bug of ours must not take the traffic with it: the answer goes on, unread.
	*/
	#read(bytes: Uint8Array): void {
		try {
			this.#reading.feed(bytes);
		} catch {
			this.#reading.giveUp('meter_error');
		}
	}
}
