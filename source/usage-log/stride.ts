import {uptimeMs} from '../uptime.js';

/**
How long others may find the write lock taken by what is done beside the path of requests: a third of
what is promised, as a step may meet a slow disk.
*/
const goalMs = 3;

/**
Finds out how much can be done at a time, by how long it took.
*/
export class Stride {
	#count: number;
	readonly #most: number;

	constructor({first = 20, most = 5000}: {first?: number; most?: number} = {}) {
		this.#count = first;
		this.#most = most;
	}

	/**
	Runs one step of a size; answers what the step does, and learns from the time it took.
	*/
	step<Result>(run: (count: number) => Result): Result {
		const startedAt = uptimeMs();
		const result = run(this.#count);
		const tookMs = uptimeMs() - startedAt;
		const fitting = (this.#count * goalMs) / Math.max(tookMs, 0.1);
		// Grows slowly, as what comes next may be heavier; shrinks at once.
		this.#count = Math.max(
			1,
			Math.min(
				this.#most,
				Math.floor(Math.min(fitting, this.#count * 1.5 + 1)),
			),
		);
		return result;
	}
}
