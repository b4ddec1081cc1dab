/**
A map that keeps what was set last: as many entries as it may have, the oldest forgotten first.
*/
export class Recent<Value> {
	readonly #most: number;
	readonly #entries = new Map<string, Value>();

	constructor(most: number) {
		this.#most = most;
	}

	get size(): number {
		return this.#entries.size;
	}

	get(key: string): Value | undefined {
		return this.#entries.get(key);
	}

	set(key: string, value: Value): void {
		// Entries stand in the order in which they were set.
		this.#entries.delete(key);
		this.#entries.set(key, value);
		if (this.#entries.size > this.#most) {
			this.#entries.delete(this.#entries.keys().next().value!);
		}
	}

	delete(key: string): void {
		this.#entries.delete(key);
	}
}
