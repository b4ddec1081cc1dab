/**
Who wants to be told when something happens.
*/
export class Listeners {
	readonly #listeners = new Set<() => void>();

	/**
	Answers how to stop listening.
	*/
	add(listener: () => void): () => void {
		// A set would take the same function of two for one.
		const own = () => {
			listener();
		};

		this.#listeners.add(own);
		return () => {
			this.#listeners.delete(own);
		};
	}

	call(): void {
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
