import {Buffer} from 'node:buffer';
/**
Keeps chunks as they come, up to a bound. Costs nothing until somebody asks for the whole.
*/
export class Gathered {
	/**
	More came than may be kept.
	*/
	full = false;
	readonly #chunks: Uint8Array[] = [];
	readonly #most: number;
	#length = 0;

	/**
	`most`: bytes that may be kept.
	*/
	constructor(most: number) {
		this.#most = most;
	}

	/**
	Keeps what still fits.
	*/
	add(chunk: Uint8Array): void {
		const room = this.#most - this.#length;
		this.full ||= chunk.length > room;
		if (!(room > 0)) {
			return;
		}

		this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
		this.#length += Math.min(chunk.length, room);
	}

	bytes(): Uint8Array {
		return this.#chunks.length === 1
			? this.#chunks[0]!
			: Buffer.concat(this.#chunks, this.#length);
	}

	clear(): void {
		this.#chunks.length = 0;
		this.#length = 0;
	}
}
