import {Buffer} from 'node:buffer';

const mostKept = 6;
const mostKeptBytes = 16 * 1024 * 1024;
/**
Conversations grow: the next body is a little larger than this one.
*/
const headroom = 1.25;
const grainBytes = 64 * 1024;

/**
Memory for large bodies, used again and again: fresh pages cost more to get than the copy into them.
*/
export class Slabs {
	readonly #free: Buffer[] = [];

	/**
	Memory for at least so many bytes; what stands in it is left over from others.
	*/
	take(bytes: number): Buffer {
		const index = this.#free.findIndex((slab) => slab.length >= bytes);
		return index === -1
			? Buffer.allocUnsafeSlow(
					Math.ceil((bytes * headroom) / grainBytes) * grainBytes,
				)
			: this.#free.splice(index, 1)[0]!;
	}

	/**
	Takes memory back that nobody will read any more, least of all a socket.
	*/
	give(slab: Buffer): void {
		if (slab.length > mostKeptBytes) {
			return;
		}

		this.#free.push(slab);
		while (this.#free.length > mostKept || this.#bytes() > mostKeptBytes) {
			this.#free.shift();
		}
	}

	#bytes(): number {
		return this.#free.reduce((sum, slab) => sum + slab.length, 0);
	}
}
