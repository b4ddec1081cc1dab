import {createParser} from 'eventsource-parser';
import type {SseEvent} from './wire-format.js';

/**
Characters of one unfinished event that are kept, at most.
*/
const longestEvent = 8 * 1024 * 1024;

const carriageReturn = 13;

/**
Splits bytes into server-sent events (HTML standard, "Server-sent events"): any line end, also cut in
two, a leading byte order mark, comments, several data lines. An event that no blank line closes is
never dispatched.
*/
export class SseReader {
	/**
	An event grew too long: nothing more is read.
	*/
	overflowed = false;
	readonly #decoder = new TextDecoder();
	readonly #parser;
	#endsWithReturn = false;

	constructor(onEvent: (event: SseEvent) => void) {
		this.#parser = createParser({
			onEvent,
			onError: (error) => {
				// The others (unknown fields, odd retry values) are to be ignored by the standard.
				this.overflowed ||= error.type === 'max-buffer-size-exceeded';
			},
			maxBufferSize: longestEvent,
		});
	}

	feed(bytes: Uint8Array): void {
		if (this.overflowed || bytes.length === 0) {
			return;
		}

		// One decoder for the whole stream: characters may be cut in two by chunks.
		const text = this.#decoder.decode(bytes, {stream: true});
		this.#endsWithReturn = bytes.at(-1) === carriageReturn;
		if (text !== '') {
			this.#parser.feed(text);
		}
	}

	/**
	The parser waits after a last CR for its LF. None will come: the CR alone ends the line.
	*/
	end(): void {
		if (!this.#endsWithReturn || this.overflowed) {
			return;
		}

		this.#endsWithReturn = false;
		this.#parser.feed('\n');
	}
}
