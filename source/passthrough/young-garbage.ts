import v8 from 'node:v8';
import vm from 'node:vm';

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
	#collect: (() => void) | undefined;

	/**
	To be told of bytes that nobody needs any more.
	*/
	add(bytes: number): void {
		this.#bytes += bytes;
		if (!(this.#bytes >= worthwhileBytes)) {
			return;
		}

		this.#bytes = 0;
		this.#collect ??= minorCollection();
		setImmediate(this.#collect);
	}
}

/**
Node hands it out on a flag alone; the flag may be set at any time, and counts in new contexts.
*/
function minorCollection(): () => void {
	v8.setFlagsFromString('--expose-gc');
	const collect = vm.runInNewContext('gc') as
		((options: {type: 'minor'}) => void) | undefined;
	v8.setFlagsFromString('--no-expose-gc');
	return () => collect?.({type: 'minor'});
}
