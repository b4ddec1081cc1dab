import {collectGarbage} from '../collect-garbage.js';

/**
Buffers of so many bytes have come and gone before they are collected.
*/
const worthwhileBytes = 8 * 1024 * 1024;

/**
Collects the buffers that large bodies leave behind, by the collection of young objects alone. V8
counts what lies outside its heap, and by itself would run the full collection for it again and again:
that costs more than all that is done with the body.
*/
export class YoungGarbage {
	#bytes = 0;

	/**
	To be told of bytes that nobody needs any more.
	*/
	add(bytes: number): void {
		this.#bytes += bytes;
		if (!(this.#bytes >= worthwhileBytes)) {
			return;
		}

		this.#bytes = 0;
		setImmediate(collectGarbage, 'minor');
	}
}
